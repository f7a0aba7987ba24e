# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

# From so many messages on, one statement is worth it.
MANY = 50
COLUMNS = {"channel", "message"}


class BusBus(models.Model):
    _inherit = "bus.bus"

    @api.model_create_multi
    def create(self, vals_list):
        """One alert for a thousand employees is a thousand messages: they are stored
        in one statement, without the cost of a record for each."""
        if len(vals_list) < MANY or any(vals.keys() != COLUMNS for vals in vals_list):
            return super().create(vals_list)
        self.check_access("create")
        return self._create_many(vals_list)

    @api.model
    def _create_many(self, vals_list):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bus_bus (channel, message,
                    create_uid, create_date, write_uid, write_date)
                SELECT channel, message, %s, %s, %s, %s
                  FROM unnest(%s, %s) WITH ORDINALITY AS sent (channel, message, number)
              ORDER BY number
             RETURNING id
                """,
                self.env.uid,
                self.env.cr.now(),
                self.env.uid,
                self.env.cr.now(),
                [vals["channel"] for vals in vals_list],
                [vals["message"] for vals in vals_list],
            )
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

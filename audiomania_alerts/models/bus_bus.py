# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models, sql_db
from odoo.tools import SQL
from odoo.tools.misc import OrderedSet

from odoo.addons.bus.models.bus import ODOO_NOTIFY_FUNCTION, get_notify_payloads

# From so many messages on, one statement is worth it.
MANY = 50
COLUMNS = {"channel", "message"}
CHANNELS = "bus.bus.channels"  # Odoo's own note of whom to wake


def wake(channels):
    """Tell the processes that hold the websockets where there is news.

    They listen in the database `postgres`. Odoo connects to it anew for each message
    and hangs up, which costs more than an alert does; here the connection goes back
    to Odoo's pool, which mends or closes it as any other.
    """
    sql_db.db_connect("postgres")  # makes the pool where there is none
    # `dsn` of what that gives lacks the password.
    _name, info = sql_db.connection_info_for("postgres")
    connection = sql_db._Pool.borrow(info)
    try:
        with connection, connection.cursor() as cr:
            for payload in get_notify_payloads(list(channels)):
                cr.execute(f"SELECT {ODOO_NOTIFY_FUNCTION}('imbus', %s)", [payload])
    finally:
        sql_db._Pool.give_back(connection)


class BusBus(models.Model):
    _inherit = "bus.bus"

    def _ensure_hooks(self):
        postcommit = self.env.cr.postcommit
        if CHANNELS not in postcommit.data:
            # Odoo adds its own way of waking where nobody has.
            postcommit.data[CHANNELS] = OrderedSet()
            postcommit.add(self._wake_noted)
        return super()._ensure_hooks()

    def _wake_noted(self):
        wake(self.env.cr.postcommit.data.pop(CHANNELS))

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

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL


class AlertInbox(models.Model):
    _name = "alert.inbox"
    _description = "Version of an employee's alerts"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    version = fields.Integer(
        required=True,
        help="Grows by one with each change of this employee's alerts, in the order "
        "in which the changes were committed. A screen drops what is older than what "
        "it shows.",
    )

    _user_unique = models.UniqueIndex("(user_id)")

    @api.model
    def _bump(self, users):
        """Raise the version of every user in one statement; return them by id.

        The rows are locked in the order of their ids until the end of the
        transaction, so that a higher version always is a later state. Two who tell the
        same employee at once collide here, and the second one starts again.
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO alert_inbox AS inbox (user_id, version)
                     SELECT user_id, 1
                       FROM unnest(%s) AS user_id
                   ORDER BY user_id
                ON CONFLICT (user_id) DO UPDATE SET version = inbox.version + 1
                  RETURNING user_id, version
                """,
                sorted(users.ids),
            ),
            log_exceptions=False,
        )
        self.invalidate_model(["version"])
        return dict(self.env.cr.fetchall())

    @api.model
    def _select_version(self, user):
        """SQL: the version of what this user's transaction sees; nothing where he has
        never had an alert."""
        return SQL("SELECT version FROM alert_inbox WHERE user_id = %s", user.id)

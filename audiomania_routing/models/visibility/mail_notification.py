# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import SQL


class MailNotification(models.Model):
    """Who was told of a message is hidden with the message."""

    _name = "mail.notification"
    _inherit = ["mail.notification", "conversation.part"]

    def _shown_to_sql(self, model, alias, query):
        # sudo: mail.message: only whether it is shown leaves the query
        messages = self.env["mail.message"].sudo()
        found = messages._search([])
        shown = self.env["mail.message"]._shown_to_sql(messages, messages._table, found)
        found.add_where(
            SQL(
                "%s = %s AND NOT %s",
                SQL.identifier(messages._table, "id"),
                model._field_to_sql(alias, "mail_message_id", query),
                shown,
            )
        )
        return SQL("(NOT EXISTS (%s))", found.select(SQL("1")))

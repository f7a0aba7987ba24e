# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ...names import SEEN


class MailComposeMessage(models.TransientModel):
    """The large composer knows what its writer had seen, as the small one does."""

    _inherit = "mail.compose.message"

    routing_seen = fields.Char(
        help="What had happened in the conversation when the composer was opened, or "
        "when its writer said that he sends nevertheless.",
    )

    def _action_send_mail_comment(self, res_ids):
        if self.model != "helpdesk.ticket" or not self.routing_seen:
            return super()._action_send_mail_comment(res_ids)
        wizard = self.with_context(**{SEEN: self.routing_seen})
        return super(MailComposeMessage, wizard)._action_send_mail_comment(res_ids)

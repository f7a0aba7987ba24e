# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HelpdeskTicketSplitOffLine(models.TransientModel):
    """One message of the customer, which stays or goes."""

    _name = "helpdesk.ticket.split.off.line"
    _description = "Message of a Conversation to Split"
    _order = "id"

    dialog_id = fields.Many2one(
        comodel_name="helpdesk.ticket.split.off", required=True, ondelete="cascade"
    )
    inquiry_id = fields.Many2one(
        comodel_name="helpdesk.inquiry",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    chosen = fields.Boolean(string="Split off")
    # What the reader may not read himself, the dialog does not show him either.
    received_at = fields.Datetime(related="inquiry_id.received_at", related_sudo=False)
    subject = fields.Char(related="inquiry_id.subject", related_sudo=False)
    excerpt = fields.Char(related="inquiry_id.excerpt", related_sudo=False)
    state = fields.Selection(related="inquiry_id.state", related_sudo=False)
    sender = fields.Char(string="From", compute="_compute_sender")

    @api.depends("inquiry_id")
    def _compute_sender(self):
        """Who wrote it: a contact by name, else by his address."""
        for line in self:
            message = line.inquiry_id.message_id
            author = message.author_id.name or message.email_from
            line.sender = author or line.inquiry_id.partner_id.name

    @api.constrains("dialog_id", "inquiry_id")
    def _check_own(self):
        """It lists what is in its conversation, and nothing of another."""
        # sudo: helpdesk.inquiry: not as the superuser, as which Odoo runs checks
        lines = self.sudo(False)
        lines.inquiry_id.check_access("read")
        for line in lines:
            if line.inquiry_id.ticket_id != line.dialog_id.ticket_id:
                raise ValidationError(
                    self.env._("This message is not in the conversation.")
                )

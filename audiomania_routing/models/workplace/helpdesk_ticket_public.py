# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools.mail import email_normalize_all

from ...names import PENDING
from ..intake.helpdesk_ticket import get_letter


class HelpdeskTicket(models.Model):
    """What others read, too, is marked wherever one writes (rule 15)."""

    _inherit = "helpdesk.ticket"

    is_public = fields.Boolean(
        string="Public",
        compute="_compute_is_public",
        store=True,
        groups="base.group_user",
        help="Other people will read the answer, too.",
    )
    public_text = fields.Char(
        string="Who else reads it",
        compute="_compute_public_text",
        groups="base.group_user",
    )

    @api.depends(
        "inquiry_ids.is_public", "inquiry_ids.state", "inquiry_ids.received_at"
    )
    def _compute_is_public(self):
        for ticket in self:
            answered = ticket._get_answered_next()
            ticket.is_public = any(answered.mapped("is_public"))

    def _get_answered_next(self):
        """The inquiries that the next reply answers: those that wait, else the last."""
        pending = self.inquiry_ids.filtered(lambda one: one.state == PENDING)
        latest = self.inquiry_ids.sorted(lambda one: (one.received_at, one.id))
        return pending or latest[-1:]

    @api.depends("is_public", "inquiry_ids.state")
    @api.depends_context("lang")
    def _compute_public_text(self):
        for ticket in self:
            ticket.public_text = ticket.is_public and ticket._describe_public()

    def _describe_public(self):
        """By which channel, or who from outside."""
        public = self._get_answered_next().filtered("is_public")
        emails = [
            email for one in public for email in (one.outsiders or "").split(", ")
        ]
        if readers := list(dict.fromkeys(filter(None, emails))):
            return self.env._(
                "Public: %(readers)s will read the answer, too.",
                readers=", ".join(readers),
            )
        # sudo: helpdesk.ticket.channel: its name
        if channel := public.sudo().channel_id[:1]:
            return self.env._(
                "Public: everybody can read the answer (%(channel)s).",
                channel=channel.name,
            )
        return self.env._("Public: everybody can read the answer.")

    @api.model
    def _get_system_fields(self):
        return super()._get_system_fields() | {"is_public"}

    def _prepare_inquiry_vals(self, message):
        """Its channel is that of the letter, else that of the conversation."""
        values = super()._prepare_inquiry_vals(message)
        channel_id = self._get_message_channel(message)
        outsiders = self._get_outsiders(message)
        public_ids = self.env["helpdesk.ticket.channel"]._get_public_ids()
        return {
            **values,
            "channel_id": channel_id,
            "outsiders": ", ".join(outsiders) or False,
            "is_public": bool(outsiders) or channel_id in public_ids,
        }

    def _get_message_channel(self, message):
        """The id of the channel by which the customer sent this message."""
        # sudo: helpdesk.ticket, mail.message: the customer may not read all of it
        ticket, message = self.sudo(), message.sudo()
        if message.message_type == "email":
            return self._get_channel_id("email")
        if len(ticket.inquiry_ids) == 0 and ticket.channel_id:
            return ticket.channel_id.id
        return self._get_channel_id("web")

    @api.model
    def _get_channel_id(self, name):
        """The id of a channel of the host; False where somebody has deleted it."""
        return self.env["ir.model.data"]._xmlid_to_res_id(
            f"helpdesk_mgmt.helpdesk_ticket_channel_{name}", raise_if_not_found=False
        )

    def _get_outsiders(self, message):
        """Who from outside gets the letter beside us, and is not its sender."""
        letter = get_letter(self.env)
        outsiders = letter.get("outsiders") or ()
        if not outsiders:
            return []
        # sudo: mail.message, res.partner: all addresses of who wrote it
        own = set(email_normalize_all(message.sudo().author_id.email or ""))
        return [email for email in outsiders if email not in own]

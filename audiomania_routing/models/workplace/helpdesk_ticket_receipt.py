# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import clean_context

from ..intake.helpdesk_ticket import get_letter

TEMPLATE = "audiomania_routing.mail_template_receipt"


class HelpdeskTicket(models.Model):
    """A receipt for who begins a conversation by a letter: where his team wants one,
    once, and never to a machine."""

    _inherit = "helpdesk.ticket"

    receipt_at = fields.Datetime(
        string="Receipt sent at",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When the customer was told that his letter came in.",
    )

    receipt_time = fields.Char(
        string="Time of answers, for a receipt",
        compute="_compute_receipt_time",
        groups="base.group_user",
        help="In how much time its team really answers, as a sentence; empty where "
        "that is not known.",
    )

    @api.depends("team_id.answered_within")
    @api.depends_context("lang")
    def _compute_receipt_time(self):
        for ticket in self:
            team = ticket.team_id
            ticket.receipt_time = team and team._describe_answer_time()

    @api.model
    def _get_system_fields(self):
        return super()._get_system_fields() | {"receipt_at"}

    def _message_post_after_hook(self, message, msg_values):
        """After it was decided whose it is: the receipt is the team's."""
        result = super()._message_post_after_hook(message, msg_values)
        letter = get_letter(self.env)
        teams = letter.get("is_personal") and self.team_id._get_receipt_team_ids()
        # sudo: helpdesk.ticket: whoever's letter it is
        ticket = self.sudo()
        if teams and ticket.team_id.id in teams and ticket._may_get_receipt(message):
            ticket._send_receipt()
        return result

    def _may_get_receipt(self, message):
        """With the first letter, and if somebody will see to it."""
        inquiries = self.inquiry_ids
        return (
            not self.receipt_at
            and len(inquiries) == 1
            and inquiries.message_id == message
        )

    def _send_receipt(self):
        """It can be answered as any other letter, and says that a machine wrote it."""
        partner_ids, address = self._get_customer_recipient()
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not template or not (partner_ids or address):
            return
        self.receipt_at = fields.Datetime.now()
        # sudo: mail.template: whoever's letter it is
        template = template.sudo()
        body = template._render_field(
            "body_html", self.ids, compute_lang=True, options={"post_process": True}
        )[self.id]
        ticket = self.with_context(
            clean_context(self.env.context), mail_post_autofollow=False
        )
        ticket.message_post(
            body=body,
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.company_id.partner_id.id,
            partner_ids=partner_ids,
            outgoing_email_to=address,
            notify_skip_followers=True,
        )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...names import ANSWERED, PENDING, WORKED_OUT

GO_ON = "routing_go_on"
"""In the context of a button: who works it out goes on to what waits for him next."""


class HelpdeskTicket(models.Model):
    """Answering from the conversation, and going on to the next one."""

    _inherit = "helpdesk.ticket"

    can_reply = fields.Boolean(
        string="May answer",
        compute="_compute_can_reply",
        groups="base.group_user",
        help="What waits is answered by who may work it out; after that, by who may "
        "write in it.",
    )

    @api.depends("inquiry_state", "user_id", "team_id", "ladder_active")
    @api.depends_context("uid")
    def _compute_can_reply(self):
        workable = self.filtered_domain(self._get_workable_domain())
        writable = self._origin._filtered_access("write")
        for ticket in self:
            ticket.can_reply = (
                ticket.ladder_active
                and ticket._origin in writable
                and (ticket in workable or ticket.inquiry_state == WORKED_OUT)
            )

    def action_reply(self):
        """Write the answer. The form opens the composer beside the letter; from
        elsewhere it is the large one."""
        self.ensure_one()
        self.check_access("write")
        if not self.can_reply:
            refusal = self.env._("You may not answer in this conversation.")
            raise UserError(self._describe_holder() if self._is_taken() else refusal)
        partner_ids, _address = self._get_customer_recipient()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": partner_ids,
                "default_subtype_xmlid": "mail.mt_comment",
                "default_routing_seen": self.seen_token,
            },
        }

    # Going on

    def _get_action_after_work_out(self):
        """Who works one out on its form goes on, if he likes to."""
        if self._goes_on():
            return self._get_next_action()
        return super()._get_action_after_work_out()

    def _goes_on(self):
        if not (self.env.context.get(GO_ON) and len(self) == 1):
            return False
        # sudo: helpdesk.ticket: he may not read it any more
        is_done = self.sudo().inquiry_state == WORKED_OUT
        return is_done and self.env.user.opens_next_inquiry

    def action_after_answer(self):
        """What the form opens after this employee has answered; nothing: it stays."""
        self.ensure_one()
        # sudo: helpdesk.ticket: he may not read it any more
        inquiries = self.sudo().inquiry_ids
        if PENDING in inquiries.mapped("state"):
            return False
        last = inquiries.filtered("worked_out_at").sorted("worked_out_at")[-1:]
        is_his = last.state == ANSWERED and last.worked_out_by_id == self.env.user
        if not (is_his and self.env.user.opens_next_inquiry):
            return False
        return self._get_next_action()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from ...names import SEEN
from .helpdesk_ticket_promise import PROMISE

CONVERSATION = "helpdesk.ticket"


class MailComposeMessage(models.TransientModel):
    """The large composer promises as the small one does, now or later."""

    _inherit = "mail.compose.message"

    routing_promise = fields.Char(
        help="For when more is promised with this reply, as the composer says it.",
    )

    def _action_send_mail_comment(self, res_ids):
        if self.model != CONVERSATION or not self.routing_promise:
            return super()._action_send_mail_comment(res_ids)
        wizard = self.with_context(**{PROMISE: self.routing_promise})
        return super(MailComposeMessage, wizard)._action_send_mail_comment(res_ids)

    def _prepare_schedule_message_post_values(self, post_values):
        """What its writer had seen and promises is remembered until it is sent."""
        if self.model != CONVERSATION or self.subtype_is_log:
            return super()._prepare_schedule_message_post_values(post_values)
        self._check_promise_after(post_values["scheduled_date"])
        values = super()._prepare_schedule_message_post_values(post_values)
        reply = {SEEN: self.routing_seen, PROMISE: self.routing_promise}
        context = {name: value for name, value in reply.items() if value}
        values["send_context"] = {**clean_context(self.env.context), **context}
        return values

    def _check_promise_after(self, scheduled):
        if not self.routing_promise:
            return
        ticket = self.env[CONVERSATION].browse(self._evaluate_res_ids()[:1])
        promise = ticket.with_context(**{PROMISE: self.routing_promise})._read_promise()
        until = ticket._find_promised_moment(promise.get("until"))
        if until <= fields.Datetime.to_datetime(scheduled):
            raise UserError(
                self.env._("What is promised has to come after the letter is sent.")
            )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.audiomania_alerts.inside import get_inside

from ...names import PENDING
from .routing_channel_answer import FAILED, SENT, WAITING
from .routing_channel_mixin import FROM_CHANNEL


class HelpdeskTicket(models.Model):
    """What was asked by a channel is answered there, and nowhere else (rule 15)."""

    _inherit = "helpdesk.ticket"

    channel_answer_ids = fields.One2many(
        comodel_name="routing.channel.answer",
        inverse_name="ticket_id",
        string="Answers by channels",
        groups="base.group_user",
    )
    has_unsent = fields.Boolean(
        string="Has an answer that is not sent",
        compute="_compute_has_unsent",
        groups="base.group_user",
    )
    channel_url = fields.Char(
        string="Where it was asked",
        compute="_compute_channel_url",
        groups="base.group_user",
        help="The question outside of Odoo.",
    )

    @api.depends("channel_answer_ids.state", "channel_answer_ids.attempts")
    def _compute_has_unsent(self):
        for ticket in self:
            ticket.has_unsent = any(
                one.state == FAILED or (one.state == WAITING and one.attempts)
                for one in ticket.channel_answer_ids
            )

    @api.depends("inquiry_ids")
    def _compute_channel_url(self):
        for ticket in self:
            threads = ticket._get_answered_next()._get_threads()
            urls = (self._get_url_of(*each) for each in threads)
            ticket.channel_url = next(filter(None, urls), False)

    @api.model
    def _get_url_of(self, model, id_, thread):
        if model not in self.env:
            return False
        # sudo: routing.channel.mixin: an address, for who may read the conversation
        channel = self.env[model].sudo().browse(id_).exists()
        return channel and channel._get_thread_url(thread)

    def action_open_channel(self):
        """The question where it was asked."""
        self.ensure_one()
        self.check_access("read")
        if not self.channel_url:
            raise UserError(self.env._("It cannot be opened outside of Odoo."))
        return {"type": "ir.actions.act_url", "url": self.channel_url, "target": "new"}

    def action_retry_answers(self):
        """Send again at once what could not be sent."""
        self.check_access("write")
        # sudo: routing.channel.answer: whoever may answer may try it again
        answers = self.sudo().channel_answer_ids
        answers.filtered(lambda one: one.state != SENT).action_retry()

    @api.model
    def _get_system_fields(self):
        return super()._get_system_fields() | {"channel_answer_ids"}

    def _get_unsent(self):
        # sudo: routing.channel.answer: whoever may answer
        answers = self.sudo().channel_answer_ids
        return answers.filtered(lambda one: one.state != SENT)

    def _prepare_inquiry_vals(self, message):
        values = super()._prepare_inquiry_vals(message)
        return {**values, **(get_inside(self.env, FROM_CHANNEL) or {})}

    # Where an answer goes

    def _is_answered_by_channel(self):
        """(by a channel, by e-mail): whence the inquiries came that a reply answers."""
        # sudo: helpdesk.ticket: who writes a reply may not be shown the inquiries
        answered = self.sudo()._get_answered_next()
        by_channel = answered.filtered("channel_thread")
        return bool(by_channel), bool(answered - by_channel) or not by_channel

    def _get_customer_recipient(self, written=()):
        """Who asked by a channel gets no e-mail."""
        if not self._is_answered_by_channel()[1]:
            return [], False
        return super()._get_customer_recipient(written)

    def _message_get_suggested_recipients_batch(self, *args, **kwargs):
        suggested = super()._message_get_suggested_recipients_batch(*args, **kwargs)
        for ticket in self:
            if not ticket._is_answered_by_channel()[1]:
                suggested[ticket.id] = []
        return suggested

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """A reply that goes to a channel goes to nobody outside by e-mail."""
        recipients = super()._notify_get_recipients(
            message, msg_vals=msg_vals, **kwargs
        )
        if not self._is_reply_here(message) or self._is_answered_by_channel()[1]:
            return recipients
        return [one for one in recipients if one["uid"] and not one["share"]]

    def _is_reply_here(self, message):
        """Whether an employee's message is one of this conversation, for outside."""
        # sudo: mail.message: who answers may not read all that the check needs
        message = message.sudo()
        author = message.author_id
        return (
            len(self) == 1
            and message.model == self._name
            and bool(author)
            and not author.partner_share
            and self._is_reply(message.message_type, message.subtype_id, author.id)
        )

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """An answer is written down for each thread in which the customer asked."""
        threads = []
        if self._is_reply_here(message):
            # sudo: helpdesk.ticket: who writes a reply may not be shown the inquiries
            threads = self.sudo()._get_answered_next()._get_threads()
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        # sudo: routing.channel.answer: written with the answer, whoever writes it
        self.env["routing.channel.answer"].sudo().create(
            [self._prepare_answer_vals(message, *thread) for thread in threads]
        )
        return recipients

    def _prepare_answer_vals(self, message, model, id_, thread):
        name = model
        if model in self.env:
            # sudo: routing.channel.mixin: its name
            name = self.env[model].sudo().browse(id_).exists().display_name or model
        return {
            "message_id": message.id,
            "ticket_id": self.id,
            "channel_model": model,
            "channel_res_id": id_,
            "channel_name": name,
            "channel_thread": thread,
        }

    def _is_answer(self, message, recipients):
        """What is handed to the channel is an answer; if it fails, it is taken back."""
        if self.inquiry_state == PENDING and self._is_reply_here(message):
            by_channel, by_mail = self._is_answered_by_channel()
            if by_channel and not by_mail:
                return True
        return super()._is_answer(message, recipients)

    # Merging and splitting

    def _move_all_from(self, others):
        others.channel_answer_ids.write({"ticket_id": self.id})
        return super()._move_all_from(others)

    def _move_to(self, other, inquiries, with_answers):
        result = super()._move_to(other, inquiries, with_answers)
        moved = self.channel_answer_ids.filtered(
            lambda one: one.message_id.res_id == other.id
        )
        moved.write({"ticket_id": other.id})
        return result

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...names import SEEN
from .helpdesk_ticket_promise import PROMISE

_logger = logging.getLogger(__name__)

CONVERSATION = "helpdesk.ticket"
ALERT_HELD = "reply_held"
AGAIN = timedelta(days=1)


class MailScheduledMessage(models.Model):
    """A reply that is sent later: what has happened until then stops it, and nothing
    of it is lost. Its writer is told, and sends it by hand or takes it back."""

    _inherit = "mail.scheduled.message"

    held_reason = fields.Char(
        readonly=True, help="Why it was not sent when its moment came."
    )

    def post_message(self):
        """Who sends it now by hand has the conversation before his eyes."""
        for message in self.filtered(lambda one: one.model == CONVERSATION):
            context = dict(message.send_context or {})
            if context.pop(SEEN, None):
                # sudo: mail.scheduled.message: Odoo checks next whether he may
                message.sudo().send_context = context
        return super().post_message()

    def _post_message(self, raise_exception=True):
        held = self.browse() if raise_exception else self._hold_back()
        rest = self - held
        return super(MailScheduledMessage, rest)._post_message(
            raise_exception=raise_exception
        )

    def _hold_back(self):
        """Those that are not sent by themselves."""
        held = self.browse()
        for message in self.filtered(lambda one: one.model == CONVERSATION):
            if reason := message._try_find_reason():
                message._hold(reason)
                held |= message
        return held

    def _try_find_reason(self):
        """One that cannot be judged keeps no other one from leaving: Odoo tries to
        send it, and gives it back to its writer."""
        try:
            with self.env.cr.savepoint():
                return self._find_reason_to_hold()
        except OperationalError:
            raise
        except Exception:
            _logger.info("%s cannot be judged", self, exc_info=True)
            return None

    def _find_reason_to_hold(self):
        """A sentence; nothing where it may leave. Where its writer may not answer any
        more Odoo sends all that he wrote back to him."""
        context = self.send_context or {}
        ticket = self.env[CONVERSATION].browse(self.res_id).with_user(self.create_uid)
        if self.is_note or not ticket.exists() or not ticket.has_access("write"):
            return None
        if lines := context.get(SEEN) and ticket.get_news(context[SEEN])["lines"]:
            return " ".join(lines)
        if context.get(PROMISE):
            promise = ticket.with_context(**{PROMISE: context[PROMISE]})._read_promise()
            try:
                ticket._find_promised_moment(promise.get("until"))
            except UserError as refusal:
                return str(refusal)
        return None

    def _hold(self, reason):
        """It is asked again a day later, until its writer sends it or takes it back."""
        self.write(
            {"scheduled_date": fields.Datetime.now() + AGAIN, "held_reason": reason}
        )
        self._tell_writer()

    def _tell_writer(self):
        ticket = self.env[CONVERSATION].browse(self.res_id)
        self.env["alert.type"]._alert(
            ALERT_HELD,
            ticket,
            users=self.create_uid,
            key=str(self.id),
            customer=ticket.sender or "",
            reason=self.held_reason,
        )

    def _withdraw_held(self):
        for message in self.filtered("held_reason"):
            ticket = self.env[CONVERSATION].browse(message.res_id)
            self.env["alert.type"]._withdraw(ALERT_HELD, ticket, key=str(message.id))

    def _move_to_conversation(self, ticket):
        """They will be sent in this one, of which theirs has become a part. Past
        Odoo, which lets nobody change where a message is sent."""
        self._withdraw_held()
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE mail_scheduled_message SET res_id = %s WHERE id IN %s",
                ticket.id,
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["res_id"])
        for message in self.filtered("held_reason"):
            message._tell_writer()

    def unlink(self):
        """Sent or taken back: nobody has to look at it."""
        # sudo: mail.scheduled.message: whether its writer was told
        self.sudo()._withdraw_held()
        return super().unlink()

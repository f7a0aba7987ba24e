# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, models

from .helpdesk_ticket import LETTER, get_letter


class HelpdeskTicket(models.Model):
    """Letters of colleagues: forwards of customers' letters, and own questions."""

    _inherit = "helpdesk.ticket"

    @api.model
    def _asks_as_colleague(self, message_type):
        """Whether the letter that is read is an employee's question."""
        letter = get_letter(self.env)
        return message_type == "email" and bool(letter.get("asks"))

    def _is_inquiry(self, message):
        # sudo: mail.message: a portal customer may not read what the check needs
        asks = self._asks_as_colleague(message.sudo().message_type)
        return asks or super()._is_inquiry(message)

    def _is_reply(self, message_type, subtype, author_id):
        return not self._asks_as_colleague(message_type) and super()._is_reply(
            message_type, subtype, author_id
        )

    def _may_be_notified(self, recipient):
        """An employee who asked gets the answer, though he may not read the rest."""
        return self._is_asked_by(recipient) or super()._may_be_notified(recipient)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """He gets it by e-mail: in his inbox he could not open it."""
        recipients = super()._notify_get_recipients(
            message, msg_vals=msg_vals, **kwargs
        )
        return [
            {**one, "notif": "email"} if self._is_asked_by(one) else one
            for one in recipients
        ]

    def _is_asked_by(self, recipient):
        """Whether a recipient is an employee whose own question it is."""
        # sudo: helpdesk.ticket: whoever answers may not be shown the inquiries
        return bool(
            recipient["uid"]
            and not recipient["share"]
            and recipient["id"] in self.sudo()._get_customers().ids
        )

    def _prepare_inquiry_vals(self, message):
        letter = get_letter(self.env)
        return {
            **super()._prepare_inquiry_vals(message),
            "hinted_emails": letter.get("hinted_emails") or False,
            "forwarded_by_id": letter.get("forwarded_by_id") or False,
        }

    def _note_forwarded(self, original):
        """Who has sent the customer's letter on, and what he says of it."""
        self.ensure_one()
        user = self.env["mail.thread"]._find_user(original.by)
        said = self.env._(
            "%(name)s has forwarded a letter of %(sender)s.",
            name=user.name or original.by,
            sender=original.sender,
        )
        words = Markup("<br>").join(original.comment.splitlines())
        body = Markup("<p>%s</p>") % said
        robot = self.env.ref("base.user_root")
        ticket = self.with_user(robot).with_context(**{LETTER: None})
        return ticket.message_post(
            body=body + Markup("<p>%s</p>") % words if words else body,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            author_id=user.partner_id.id,
            email_from=original.by,
            message_id=original.forward_id,
            attachments=[tuple(one) for one in original.added],
        )

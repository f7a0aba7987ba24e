# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools.mail import email_normalize, email_normalize_all, email_split_and_format

from .course import TICKET


class MailMail(models.Model):
    """More than 10 automatic mails in 3 hours to one address, or in one conversation,
    are not sent: two machines that answer each other end.

    Human answers are never limited.
    """

    _inherit = "mail.mail"

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        # sudo: mail.mail: whoever sends, the limits are the same
        stopped = self.sudo()._keep_to_budget().with_env(self.env)
        if stopped and post_send_callback:
            post_send_callback(stopped.ids)
        return super(MailMail, self - stopped).send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            post_send_callback=post_send_callback,
        )

    def _keep_to_budget(self):
        """Count what goes out by itself; hold back what is too much.

        :return: the mails that are not sent to anybody
        """
        waiting = self.filtered(
            lambda one: one.is_automatic and one.state == "outgoing"
        )
        if not waiting:
            return waiting
        receivers = {mail: mail._get_receivers() for mail in waiting}
        budget = self.env["mail.automatic.sent"]._open_budget(receivers)
        stopped = waiting.browse()
        for mail, emails in receivers.items():
            ticket_id = mail.model == TICKET and mail.res_id
            refused = [
                one for one in emails if not budget.take(mail.id, one, ticket_id)
            ]
            if refused and mail._hold_back(refused):
                stopped |= mail
        self.env["mail.automatic.sent"]._note(budget)
        return stopped

    def _get_receivers(self):
        """Normalized addresses to which it goes, once each."""
        texts = [self.email_to, self.email_cc, *self.recipient_ids.mapped("email")]
        return list(dict.fromkeys(email_normalize_all(",".join(filter(None, texts)))))

    def _hold_back(self, emails):
        """Do not send it to these; whether nobody is left to send it to."""
        held = self.recipient_ids.filtered(
            lambda one: set(email_normalize_all(one.email or "")) & set(emails)
        )
        reason = self._get_reason(emails)
        self._cancel_notifications(held, emails, reason)
        left = set(self._get_receivers()) - set(emails)
        if not left:
            self.write({"state": "cancel", "failure_reason": reason})
            return True
        self.write(
            {
                "recipient_ids": [(3, one.id) for one in held],
                "email_to": _leave_out(self.email_to, emails),
                "email_cc": _leave_out(self.email_cc, emails),
                "failure_reason": reason,
            }
        )
        return False

    def _cancel_notifications(self, partners, emails, reason):
        notifications = self.env["mail.notification"].search(
            [
                ("mail_mail_id", "=", self.id),
                "|",
                ("res_partner_id", "in", partners.ids),
                ("mail_email_address", "in", emails),
            ]
        )
        notifications.write(
            {"notification_status": "canceled", "failure_reason": reason}
        )

    def _get_reason(self, emails):
        sent = self.env["mail.automatic.sent"]
        return self.env._(
            "Not sent to %(emails)s: more than %(limit)s automatic mails within "
            "%(hours)s hours went there or in this conversation. Probably two machines "
            "answer each other.",
            emails=", ".join(emails),
            limit=sent._get_limit(),
            hours=sent._get_hours(),
        )


def _leave_out(text, emails):
    """A list of addresses without some of them."""
    kept = (
        one
        for one in email_split_and_format(text or "")
        if email_normalize(one) not in emails
    )
    return ", ".join(kept) or False

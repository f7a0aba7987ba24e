# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.mail import email_normalize_all, unfold_references

from ...letter.kinds import REPORTS, Kind, classify

ALERT_LETTER_BOUNCED = "letter_bounced"
FAILURE_SUBTYPE = "audiomania_routing.mt_delivery_failure"
IS_JOINED = "routing_report_is_joined"
"""In the context: only what Odoo itself does of a bounce is left to do."""

JOINING = {*REPORTS, Kind.READ_RECEIPT}
TOLD = ("comment", "email", "auto_comment", "notification")
"""Letters on a document, not mailings: somebody waits for an answer to them."""

GIVEN_UP_AFTER = timedelta(days=6)
"""Mail servers try for five days; an older letter is not what a report is about."""


class MailThread(models.AbstractModel):
    """Reports on letters of ours join what they are about (rule 20)."""

    _inherit = "mail.thread"

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """Where Odoo itself finds a report, it joins its document too."""
        if not self.env.context.get(IS_JOINED):
            verdict = classify(email_message)
            if verdict.kind in JOINING and verdict.report:
                return self._join_report(verdict, email_message, message_dict)
        return super()._routing_handle_bounce(email_message, message_dict)

    @api.model
    def _join_report(self, verdict, message, message_dict):
        """Put a report on a letter of ours as a note to what it is about.

        Nobody gets an e-mail of it and it asks nothing. A failure re-opens the
        conversation that could not be delivered and alerts who wrote, once for each
        answer.

        :param verdict: of `letter.kinds.classify`
        :param message: the letter (email.message.EmailMessage)
        :param message_dict: what Odoo read in it
        :return: the record that it joined, or None: it names no letter of ours
        """
        report = verdict.report
        if not report or verdict.kind not in JOINING:
            return None
        letter = self._find_reported(report, message_dict)
        failed = self._get_failed(report, letter)
        if verdict.kind == Kind.DELIVERY_FAILURE:
            self._mark_bounced(letter, failed, message, message_dict, report)
        document = self._get_document(letter)
        if document is None:
            return None
        failure = self._get_failure_subtype()
        known = document._has_failure_of(letter, failure)
        note = document._note_report(letter, verdict, failed, message_dict)
        if verdict.kind == Kind.DELIVERY_FAILURE:
            note.subtype_id = failure
            if not known:
                document._tell_of_failure(letter, ", ".join(failed), report)
        return document.with_env(self.env)

    # Which letter

    @api.model
    def _find_reported(self, report, message_dict):
        """The letter of ours that a report names; of a failure that names none, the
        last one to that address."""
        answered = unfold_references(
            f"{message_dict.get('in_reply_to') or ''} "
            f"{message_dict.get('references') or ''}"
        )
        found = self._find_own_letter(report.original_ids) or self._find_own_letter(
            (*report.references, *answered)
        )
        if found or report.kind != Kind.DELIVERY_FAILURE or _is_gone(report):
            return found
        return self._find_letter_to(report.failed)

    @api.model
    def _find_own_letter(self, message_ids):
        """The latest of these messages, rather one of ours than one to us."""
        # sudo: mail.message: a report is read for whoever fetched it
        messages = self.env["mail.message"].sudo()
        ids = [message_id.strip() for message_id in message_ids if message_id.strip()]
        if not ids:
            return messages
        found = messages.search([("message_id", "in", ids[-32:])], order="id desc")
        return found.filtered(lambda one: one._is_sent_by_us())[:1] or found[:1]

    @api.model
    def _find_letter_to(self, emails):
        """The latest letter to an address, where a report names no letter."""
        # sudo: mail.notification: a report is read for whoever fetched it
        notifications = self.env["mail.notification"].sudo()
        if not emails:
            return notifications.mail_message_id
        return notifications.search(
            [
                ("notification_type", "=", "email"),
                ("mail_message_id.date", ">=", fields.Datetime.now() - GIVEN_UP_AFTER),
                "|",
                ("res_partner_id.email_normalized", "in", list(emails)),
                ("mail_email_address", "in", list(emails)),
            ],
            order="id desc",
            limit=1,
        ).mail_message_id

    @api.model
    def _get_failed(self, report, letter):
        """Whom it did not reach; of a letter to one address that one.

        A mailbox that sends its letters on reports the address behind it.
        """
        texts = (
            one.res_partner_id.email or one.mail_email_address
            for one in letter.notification_ids
            if one.notification_type == "email"
        )
        emails = set(email_normalize_all(",".join(filter(None, texts))))
        only = len(emails) == 1 and emails.isdisjoint(report.failed)
        return tuple(emails) if only else report.failed

    @api.model
    def _get_document(self, letter):
        """The record on which a letter was written, if notes can be put there."""
        if not letter.model or not letter.res_id or letter.model not in self.env:
            return None
        # sudo: any document: a report is read for whoever fetched it
        document = self.env[letter.model].sudo().browse(letter.res_id).exists()
        return document if document and hasattr(document, "_message_log") else None

    # What a failure does

    @api.model
    def _mark_bounced(self, letter, failed, message, message_dict, report):
        """What Odoo itself does of a bounce: notifications and counters."""
        # sudo: res.partner: a report is read for whoever fetched it
        partners = self.env["res.partner"].sudo()
        for email in failed:
            values = {
                "bounced_email": email,
                "bounced_partner": partners.search([("email_normalized", "=", email)]),
                # of a mailing there may be nothing left but its name in the statistics
                "bounced_msg_ids": letter.mapped("message_id")
                or list(report.original_ids),
                "bounced_message": letter,
            }
            joined = self.with_context(**{IS_JOINED: True})
            joined._routing_handle_bounce(message, {**message_dict, **values})

    def _has_failure_of(self, letter, failure):
        """Whether a failure of this letter was reported before."""
        # sudo: mail.message: a report is read for whoever fetched it
        messages = self.env["mail.message"].sudo()
        return bool(
            messages.search_count(
                [("parent_id", "=", letter.id), ("subtype_id", "=", failure.id)],
                limit=1,
            )
        )

    @api.model
    def _get_failure_subtype(self):
        # sudo: mail.message.subtype: a report is read for whoever fetched it
        return self.env.ref(FAILURE_SUBTYPE).sudo()

    def _tell_of_failure(self, letter, address, report):
        """A letter on an order or invoice: who wrote it, else who is responsible.

        Where it answered what a customer asked there, that waits again.
        """
        # sudo: helpdesk.inquiry: a report is read for whoever fetched it
        inquiries = self.env["helpdesk.inquiry"].sudo()
        tickets = inquiries.search([("answer_id", "=", letter.id)]).ticket_id
        for ticket in tickets:
            reason = self._describe_failure(report)
            ticket._take_back_answer(letter, address, reason)
        if tickets or letter.message_type not in TOLD:
            return
        users = _keep_employees(letter.author_id.user_ids)
        responsible = self._fields.get("user_id")
        if not users and responsible and responsible.comodel_name == "res.users":
            users = _keep_employees(self.user_id)
        if users:
            self.env["alert.type"]._alert(
                ALERT_LETTER_BOUNCED,
                self,
                users=users,
                key=letter.id,
                document=self.display_name,
                address=address,
                reason=self._describe_failure(report),
            )


def _is_gone(report):
    """Whether it names a letter of Odoo that is no longer kept, as a mailing's is not:
    then it is about no other one."""
    return any("-openerp-" in message_id for message_id in report.original_ids)


def _keep_employees(users):
    return users.filtered(lambda user: user.active and not user.share)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import email
import re
from email import policy
from email.message import EmailMessage

from odoo import api, models
from odoo.tools import email_normalize, formataddr
from odoo.tools.mail import parse_contact_from_email

from ...letter.mending import plain_text
from .course import COURSE, Cause, Course

ANYWAY = "intake_anyway"
MOST_RECIPIENTS = 50
CLEAN_ID = re.compile(r"<[^<>\s]{1,200}@[^<>\s]{1,200}>")


class MailIntakeEntry(models.Model):
    """A conversation of what no program can read: its raw text, as good as it gets.

    A letter of our own is written from what the entry knows, with the original as an
    attachment, and given to the gateway past everything that could refuse it.
    """

    _inherit = "mail.intake.entry"

    def _make_anyway(self):
        entries = self.with_context(**{ANYWAY: True})
        _id, error = entries._attempt(self.id, self._get_letter(), {}, forced=True)
        if error is not None:
            self._fail(self.id, error)

    @api.model
    def _process(self, entry_id, raw, options, forced, defects):
        if not self.env.context.get(ANYWAY):
            return super()._process(entry_id, raw, options, forced, defects)
        course = Course(entry_id, forced=True)
        # sudo: mail.intake.entry: whoever works on a letter may not write its entry
        entry = self.with_context(**{ANYWAY: False}).sudo().browse(entry_id)
        entry._process_plain(course, entry._write_plain_letter(raw))
        values = entry._prepare_outcome_vals(course, defects)
        entry.write({**values, "cause": Cause.UNREADABLE.value, "reason": False})
        return entry.res_id

    def _process_plain(self, course, message):
        """The gateway's own steps, without its question where the letter goes."""
        gateway = self.env["mail.thread"].with_context(**{COURSE: course})
        values = gateway.message_parse(message)
        routes = gateway._find_ticket_routes(message, values)
        values.update(gateway._message_parse_post_process(message, values, routes))
        gateway._message_route_process(message, values, routes)
        gateway._conclude(course)

    def _write_plain_letter(self, raw):
        """A letter that every program can read, of one that none could."""
        letter = EmailMessage()
        sender = email_normalize(self.sender_email or "")
        if sender:
            name = parse_contact_from_email(self.sender or "")[0]
            letter["From"] = formataddr((_one_line(name), sender))
        if recipients := self._get_plain_recipients():
            letter["To"] = ", ".join(recipients)
        letter["Subject"] = _one_line(self.subject) or self.env._("No subject")
        letter["Message-ID"] = self._get_plain_message_id()
        letter.set_content(plain_text(raw))
        letter.add_attachment(
            bytes(raw),
            maintype="application",
            subtype="octet-stream",
            filename=self.original_name,
        )
        return email.message_from_bytes(letter.as_bytes(), policy=policy.SMTP)

    def _get_plain_recipients(self):
        emails = (email_normalize(each) for each in (self.recipients or "").split(","))
        return [each for each in emails if each][:MOST_RECIPIENTS]

    def _get_plain_message_id(self):
        """The letter's own, so that answers to it find the conversation."""
        known = CLEAN_ID.fullmatch(self.message_id or "")
        if known and self.message_id.isascii():
            return self.message_id
        return f"<{self.id}.intake@raw.invalid>"


def _one_line(text):
    return " ".join((text or "").split())

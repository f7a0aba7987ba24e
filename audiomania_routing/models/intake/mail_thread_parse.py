# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from hashlib import sha256

from odoo import api, models

from ...letter.kinds import REPORTS
from .course import BOUNCE
from .mail_intake_entry_protocol import INDEXED


class MailThread(models.AbstractModel):
    """What kind of letter it is, and whether it has come before."""

    _inherit = "mail.thread"

    @api.model
    def message_parse(self, message, save_original=False):
        course = self._get_course()
        if course:
            course.meet(message)
        values = super().message_parse(message, save_original=save_original)
        if course:
            values["message_id"] = self._settle_message_id(course, values)
        return values

    @api.model
    def _settle_message_id(self, course, values):
        """The name under which Odoo keeps the message.

        The same Message-ID with another content is another letter, which Odoo would
        take for a duplicate: it gets a name of its own.
        """
        name = values["message_id"]
        if len(name) > INDEXED:
            digest = sha256(name.encode("utf-8", "replace")).hexdigest()
            name = f"<{digest}@long.invalid>"
        # sudo: mail.message, mail.intake.entry: the gateway asks whether it is known
        known = self.env["mail.message"].sudo()
        course.seen_before = bool(known.search_count([("message_id", "=", name)], 1))
        if course.seen_before and (course.forced or self._is_another_letter(course)):
            course.seen_before = False
            name = f"<{course.entry_id}.{name.strip('<>')}>"
        return name

    @api.model
    def _is_another_letter(self, course):
        """Whether the message of that name came from another letter."""
        # sudo: mail.intake.entry: the gateway asks for whoever fetched it
        entries = self.env["mail.intake.entry"].sudo()
        entry = entries.browse(course.entry_id)
        return bool(
            entries.search_count(
                [
                    ("message_id", "=", entry.message_id),
                    ("id", "!=", entry.id),
                    ("content_hash", "!=", entry.content_hash),
                    "|",
                    ("mail_message_id", "!=", False),
                    ("outcome", "=", BOUNCE),  # a report is a note
                ],
                limit=1,
            )
        )

    @api.model
    def _detect_is_bounce(self, message, message_dict):
        """A delivery report is known by what it says, not by its address."""
        course = self._get_course()
        if course is None:
            return super()._detect_is_bounce(message, message_dict)
        return course.verdict.kind in REPORTS

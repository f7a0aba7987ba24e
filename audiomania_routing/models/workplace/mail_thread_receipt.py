# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ...letter.kinds import Kind


class MailThread(models.AbstractModel):
    """Whether a human wrote a letter, and waits for a word."""

    _inherit = "mail.thread"

    @api.model
    def _prepare_letter(self, course, message, message_dict):
        """A machine gets no receipt (RFC 3834), nor does whom a colleague forwards."""
        letter = super()._prepare_letter(course, message, message_dict)
        by_hand = course.verdict is None or course.verdict.kind is Kind.PERSONAL
        is_personal = (
            by_hand
            and not course.asks
            and not course.forwarded
            and not course.sent_by
            and not self._is_from_machine(message)
        )
        return {**letter, "is_personal": is_personal}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import email_normalize

from .course import REFUSED, Cause, Reason


class MailThread(models.AbstractModel):
    """Which letters of people are no inquiries: those of colleagues."""

    _inherit = "mail.thread"

    @api.model
    def _judge(self, course, message, message_dict):
        outcome, reason = super()._judge(course, message, message_dict)
        if outcome:
            return outcome, reason
        sender = email_normalize(message_dict["email_from"])
        if not self._is_colleague(sender):
            return None, None
        if not self._may_colleague_ask(course, message, message_dict):
            return REFUSED, Reason(Cause.COLLEAGUE)
        course.asks = True
        return None, None

    @api.model
    def _may_colleague_ask(self, course, message, message_dict):
        """Whether the company answers its own employees too."""
        company = self._get_letter_company(message_dict)
        # sudo: res.company: the policy holds for whoever fetched the letter
        return company.sudo().inquiry_from_employees

    @api.model
    def _prepare_letter(self, course, message, message_dict):
        letter = super()._prepare_letter(course, message, message_dict)
        return {**letter, "asks": course.asks}

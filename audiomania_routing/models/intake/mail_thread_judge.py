# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import email_normalize

from .course import REFUSED


class MailThread(models.AbstractModel):
    """Which letters of people are no inquiries: those of colleagues."""

    _inherit = "mail.thread"

    @api.model
    def _judge(self, course, message, message_dict):
        outcome, reason = super()._judge(course, message, message_dict)
        if outcome:
            return outcome, reason
        sender = email_normalize(message_dict["email_from"])
        if self._is_employee_address([sender]):
            return REFUSED, self.env._("A colleague wrote it.")
        return None, None

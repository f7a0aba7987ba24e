# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _prepare_letter(self, course, message, message_dict):
        """Whether a machine wrote it for itself: nobody there gives marks."""
        letter = super()._prepare_letter(course, message, message_dict)
        is_machine = not course.sent_by and self._is_from_machine(message)
        return {**letter, "is_from_machine": is_machine}

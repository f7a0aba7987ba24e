# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class MailMessage(models.Model):
    """Being named in a letter, notified or its author gives an employee nothing."""

    _name = "mail.message"
    _inherit = ["mail.message", "conversation.part"]
    _part_model = "model"

    def _message_notifications_to_store(self, store):
        """Of what fails later an author learns while he may read the conversation."""
        if not self._is_limited_by_ladder():
            return super()._message_notifications_to_store(store)
        shown = self - self._get_hidden_by_ladder()
        return super(MailMessage, shown)._message_notifications_to_store(store)

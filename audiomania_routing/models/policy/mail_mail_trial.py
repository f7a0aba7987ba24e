# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .routing_trial_mixin import is_tried


class MailMail(models.Model):
    _inherit = "mail.mail"

    def send(self, *args, **kwargs):
        """Nothing leaves while a letter is only tried."""
        return True if is_tried(self.env) else super().send(*args, **kwargs)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class AlertType(models.Model):
    """A type knows whom to tell; whoever sends it need not."""

    _name = "alert.type"
    _inherit = ["alert.type", "alert.recipients"]

    def _get_recipient_model(self):
        # sudo: ir.model: its name; an alert administrator need not read models
        return self.sudo().model_id.model

    @api.constrains("model_id")
    def _check_recipient_model(self):
        self._check_recipient_paths()

    def _get_recipients(self, record=None):
        """Whom this type tells about a record when the sender names nobody: what is
        set on the type, and what the record's model answers."""
        users = self._find_recipients(record)
        answer = getattr(record, "_get_alert_recipients", None)
        if answer is not None:
            users |= self._keep_concerned(answer(self.code), record)
        return users

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AlertType(models.Model):
    _inherit = "alert.type"

    escalation_ids = fields.One2many(
        "alert.type.escalation",
        "type_id",
        string="Not done in time",
        copy=True,
        help="To whom it goes when it was not done in time, one level after another.",
    )

    @api.constrains("must_do", "escalation_ids")
    def _check_escalation(self):
        if any(type_.escalation_ids and not type_.must_do for type_ in self):
            raise ValidationError(
                self.env._("Only what must be done can be passed on.")
            )

    @api.constrains("model_id")
    def _check_escalation_paths(self):
        self.escalation_ids._check_recipient_paths()

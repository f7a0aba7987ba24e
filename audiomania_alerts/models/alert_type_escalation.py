# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..states import UNITS


class AlertTypeEscalation(models.Model):
    """Who is told when an alert was not done by its time."""

    _name = "alert.type.escalation"
    _inherit = "alert.recipients"
    _description = "Escalation of alerts"
    _order = "type_id, sequence, id"

    type_id = fields.Many2one(
        "alert.type", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    after = fields.Integer(
        "Not done after",
        required=True,
        default=1,
        help="Counted from the level before, the first from when the alert was "
        "reported.",
    )
    unit = fields.Selection(
        UNITS,
        required=True,
        default="working_hours",
        help="Working time is over when one of those who were told had that much of "
        "it; where no working schedule is known, all time is working time.",
    )

    _after_positive = models.Constraint(
        "CHECK(after > 0)", "An alert needs some time to be done in."
    )

    def _get_recipient_model(self):
        return self.type_id._get_recipient_model()

    @api.constrains("type_id")
    def _check_must_do(self):
        self.type_id._check_escalation()

    def _get_text(self):
        """How long was waited, as "2 working hours"."""
        units = dict(self._fields["unit"]._description_selection(self.env))
        return f"{self.after} {units[self.unit]}"

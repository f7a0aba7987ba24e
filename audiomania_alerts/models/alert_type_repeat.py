# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..states import UNITS


class AlertType(models.Model):
    """Rule 31: "a reminder repeats until the thing itself is done"."""

    _inherit = "alert.type"

    repeat_every = fields.Integer(
        "Remind every",
        help="So long after it was last told an alert that is not done becomes new "
        "again. 0: never.",
    )
    repeat_unit = fields.Selection(
        UNITS,
        "Unit of reminders",
        required=True,
        default="hours",
        help="Working time is that of the employee who is reminded; where no working "
        "schedule is known, all time is working time.",
    )

    _repeat_every_positive = models.Constraint(
        "CHECK(repeat_every >= 0)", "An employee cannot be reminded in the past."
    )

    @api.constrains("repeat_every", "must_do")
    def _check_repeat(self):
        if any(type_.repeat_every and not type_.must_do for type_ in self):
            raise ValidationError(
                self.env._("Only what must be done can be reminded of.")
            )

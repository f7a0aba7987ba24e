# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo import fields, models

from ..policy.routing_policy import Rules


class RoutingPolicy(models.Model):
    """Within what an answer may be promised (rule 17)."""

    _inherit = "routing.policy"

    promise_days = fields.Integer(
        string="Promises reach",
        default=Rules.promise_days,
        help="An answer may be promised for so many days at most. Until then the"
        " inquiry rests. 0: no answer is promised.",
    )
    promise_reminder = fields.Float(
        string="Promises come back before",
        default=Rules.promise_reminder,
        help="Who has promised an answer is reminded so many of his working hours"
        " before. 0: not before the moment itself.",
    )

    _promise_check = models.Constraint(
        "CHECK (promise_days BETWEEN 0 AND 365 AND promise_reminder BETWEEN 0 AND 40)",
        "An answer is promised for 0 to 365 days, and comes back 0 to 40 working"
        " hours before.",
    )

    def _make_rules(self):
        return replace(
            super()._make_rules(),
            promise_days=self.promise_days,
            promise_reminder=self.promise_reminder,
        )

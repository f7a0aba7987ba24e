# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class RoutingPolicyCriterion(models.Model):
    """What one criterion weighs in a policy."""

    _name = "routing.policy.criterion"
    _inherit = ["routing.memory.mixin"]
    _description = "Weight of a criterion"
    _order = "policy_id, sequence, id"
    _rec_name = "criterion_id"

    policy_id = fields.Many2one(
        comodel_name="routing.policy", required=True, ondelete="cascade", index=True
    )
    criterion_id = fields.Many2one(
        comodel_name="routing.criterion",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("only_rules_out", "=", False)],
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    explanation = fields.Text(related="criterion_id.explanation")
    is_known = fields.Boolean(related="criterion_id.is_known")
    weight = fields.Float(
        default=1.0,
        digits=(6, 2),
        help="By how much the criterion counts. Its value, from -1 to 1, times the"
        " weight gives the points; the sum of all points ranks. 0: it does not count.",
    )
    active = fields.Boolean(string="Asked", default=True, help="Off: it is not asked.")

    _criterion_uniq = models.UniqueIndex(
        "(policy_id, criterion_id)", "A policy has one weight for each criterion."
    )
    _weight_check = models.Constraint(
        "CHECK (weight BETWEEN 0 AND 100)",
        "A weight is a number from 0 to 100. What speaks against somebody has a value"
        " below zero by itself.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines:
            line._log_added()
        return lines

    def write(self, vals):
        before = {line: line._get_tracked_values() for line in self}
        result = super().write(vals)
        for line, old in before.items():
            line._log_changes(old)
        return result

    def unlink(self):
        for line in self:
            line._log_change("weight", line.weight, None)
        return super().unlink()

    def _get_tracked_values(self):
        return {"weight": self.weight, "active": self.active}

    def _log_added(self):
        """A line that comes later; those of a new policy are told with it."""
        if self.policy_id.change_ids:
            self._log_change("weight", None, self.weight)

    def _log_changes(self, old):
        for name, value in self._get_tracked_values().items():
            if old[name] != value:
                self._log_change(name, old[name], value)

    def _log_change(self, name, old, new):
        changes = self.env["routing.policy.change"]
        subject = changes._get_criterion_subject(self.criterion_id.code, name)
        self.policy_id._log(subject, old, new)

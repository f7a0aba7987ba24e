# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.criteria import CRITERIA


class RoutingCriterion(models.Model):
    """One fact that the engine weighs (rule 2): what it is called and what it says.

    The function behind it is entered into ``engine.criteria`` under the same code. An
    addon adds a criterion with one record and one function.
    """

    _name = "routing.criterion"
    _inherit = ["routing.memory.mixin"]
    _description = "Routing criterion"
    _order = "sequence, id"

    code = fields.Char(
        required=True,
        readonly=True,
        help="The name of the function that gives the value, from -1 to 1.",
    )
    name = fields.Char(
        required=True, translate=True, help="What explanations call the criterion."
    )
    explanation = fields.Text(
        translate=True, help="What it says of an employee, in a sentence."
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(
        default=True, help="No policy asks a criterion that is archived."
    )
    weight = fields.Float(
        string="Usual weight",
        default=1.0,
        digits=(6, 2),
        help="What it weighs in a new policy, and where there is no policy.",
    )
    only_rules_out = fields.Boolean(
        help="It says only whom an inquiry is not for, and has no weight."
    )
    is_known = fields.Boolean(
        string="Works",
        compute="_compute_is_known",
        help="Off: the addon that gives the value is not there any more.",
    )

    _code_uniq = models.UniqueIndex("(code)", "There is a criterion with this code.")
    _weight_check = models.Constraint(
        "CHECK (weight BETWEEN 0 AND 100)", "A weight is a number from 0 to 100."
    )

    @api.depends("code")
    def _compute_is_known(self):
        for criterion in self:
            criterion.is_known = criterion.code in CRITERIA

    @api.constrains("code")
    def _check_code(self):
        for criterion in self:
            if criterion.code not in CRITERIA:
                raise ValidationError(
                    self.env._(
                        "There is no function for the criterion %(code)s. An addon has"
                        " to enter it: @criterion(%(quoted)s).",
                        code=criterion.code,
                        quoted=repr(criterion.code),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Every policy gets a new criterion with its usual weight."""
        criteria = super().create(vals_list)
        # sudo: routing.policy: who installs an addon need not be a manager
        policies = self.env["routing.policy"].sudo().with_context(active_test=False)
        policies.search([])._add_criteria(criteria)
        return criteria

    @api.model
    def _get_weighed(self):
        """The criteria that have a weight, in their order."""
        # sudo: routing.criterion: what is weighed is the same for everybody
        criteria = self.sudo().with_context(active_test=True)
        return criteria.search([("only_rules_out", "=", False)])

    @api.model
    def _get_labels(self):
        """{code: name} in the reader's language, archived ones too"""
        # sudo: routing.criterion: names, for whoever reads an explanation
        criteria = self.sudo().with_context(active_test=False)
        return {one.code: one.name for one in criteria.search_fetch([], ["name"])}

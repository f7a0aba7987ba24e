# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from .routing_policy import DAYS, HOURS

POLICY = "policy"
"""The subject of the lines that say a policy was made or deleted."""

CRITERION = "criterion"
WEIGHT = "weight"


class RoutingPolicyChange(models.Model):
    """Who changed what in a policy and when: written once, changed by nobody.

    What was changed is kept as it is called in the code, and put into words for the
    reader.
    """

    _name = "routing.policy.change"
    _description = "Change of a routing policy"
    _order = "changed_at desc, id desc"
    _rec_name = "policy_name"
    _log_access = False

    policy_id = fields.Many2one(
        comodel_name="routing.policy",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
    )
    policy_name = fields.Char(
        string="Changed policy", readonly=True, help="What it was called then."
    )
    company_id = fields.Many2one(
        comodel_name="res.company", ondelete="cascade", readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Changed by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    changed_at = fields.Datetime(
        string="Changed on",
        required=True,
        readonly=True,
        index=True,
        default=fields.Datetime.now,
    )
    subject = fields.Char(
        required=True,
        readonly=True,
        help="A field of the policy, or a criterion and a field of its line.",
    )
    old_raw = fields.Char(readonly=True)
    new_raw = fields.Char(readonly=True)
    what = fields.Char(compute="_compute_words", help="What was changed.")
    old_value = fields.Char(string="Before", compute="_compute_words")
    new_value = fields.Char(string="After", compute="_compute_words")

    @api.depends("subject", "old_raw", "new_raw")
    @api.depends_context("lang")
    def _compute_words(self):
        labels = self.env["routing.criterion"]._get_labels()
        for change in self:
            change.what = change._describe_subject(labels)
            change.old_value = change._describe_value(change.old_raw)
            change.new_value = change._describe_value(change.new_raw)

    def write(self, vals):
        self._refuse()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _refuse(self):
        """What happened does not change, whoever wants it."""
        raise UserError(
            self.env._("The list of changes cannot be edited, and nothing deleted.")
        )

    @api.model
    def _note(self, policy, subject, old, new):
        """Keep that the present user has changed something.

        :param subject: as ``_get_criterion_subject`` gives it, or the name of a field
        """
        # sudo: routing.policy.change: nobody writes the list but the policy itself
        self.sudo().create(
            {
                "policy_id": policy.id,
                "policy_name": policy.display_name,
                "company_id": policy.company_id.id,
                "user_id": self.env.uid,
                "subject": subject,
                "old_raw": json.dumps(old),
                "new_raw": json.dumps(new),
            }
        )

    @api.model
    def _get_criterion_subject(self, code, name):
        return f"{CRITERION}:{code}:{name}"

    def _split_subject(self):
        """(criterion or None, field)"""
        kind, _, rest = self.subject.partition(":")
        code, _, name = rest.rpartition(":")
        return (code, name) if kind == CRITERION else (None, self.subject)

    def _describe_subject(self, labels):
        code, name = self._split_subject()
        if name == POLICY:
            return self.env._("The policy itself")
        if code is None:
            return self._get_label("routing.policy", name)
        label = labels.get(code, code)
        if name == WEIGHT:
            return self.env._("Weight of: %(criterion)s", criterion=label)
        return self.env._("Asked: %(criterion)s", criterion=label)

    @api.model
    def _get_label(self, model, name):
        """The label of a field, or its name where the field is not there any more."""
        field = self.env[model]._fields.get(name)
        return field._description_string(self.env) if field else name

    def _describe_value(self, raw):
        value = json.loads(raw or "null")
        name = self._split_subject()[1]
        field = self.env["routing.policy"]._fields.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        if field is not None and field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if isinstance(value, (int, float)):
            return self._describe_number(name, value)
        return value

    @api.model
    def _describe_number(self, name, value):
        number = formatLang(self.env, value, digits=0 if value == int(value) else 2)
        if name in HOURS:
            return self.env._("%(number)s h", number=number)
        if name in DAYS:
            return self.env._("%(number)s days", number=number)
        return number

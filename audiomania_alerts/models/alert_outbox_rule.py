# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class AlertOutbox(models.Model):
    _inherit = "alert.outbox"

    type_name = fields.Char("Alert type", compute="_compute_type_name")

    @api.depends("code")
    def _compute_type_name(self):
        """What a fault is about, for whoever does not know codes by heart."""
        types = self.env["alert.type"].with_context(active_test=False)
        found = types.search([("code", "in", self.mapped("code"))])
        names = {type_.code: type_.name for type_ in found}
        for row in self:
            row.type_name = names.get(row.code)

    def _is_concerned(self, type_, record, facts):
        """Whether the record is one of those that the rule is about: asked once for
        all reports of a rule, as its author."""
        matters = super()._is_concerned(type_, record, facts)
        rule_id = self.payload.get("rule")
        if not rule_id:
            return matters
        if rule_id not in facts.matching:
            rule = self.env["alert.rule"].browse(rule_id).exists()
            ids = [id_ for model, id_ in facts.records if model == self.res_model]
            facts.matching[rule_id] = rule._find_matching(ids) if rule else set()
        return matters and self.res_id in facts.matching[rule_id]

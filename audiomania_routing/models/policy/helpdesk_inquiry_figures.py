# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class HelpdeskInquiry(models.Model):
    _inherit = "helpdesk.inquiry"

    decision_figures = fields.Html(
        string="In figures",
        compute="_compute_decision_figures",
        sanitize=False,
        groups="helpdesk_mgmt.group_helpdesk_manager",
        help="What each criterion said of each employee, as it was at the decision.",
    )

    @api.depends("decision")
    @api.depends_context("lang", "tz")
    def _compute_decision_figures(self):
        facts = self.env["routing.facts"]
        for inquiry in self:
            decision = inquiry._get_decision()
            inquiry.decision_figures = decision and facts._render_figures(
                inquiry, decision
            )

    def action_show_decision(self):
        """The decision in words and, for managers, in figures."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who sees it, and why"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [
                (
                    self.env.ref(
                        "audiomania_routing.helpdesk_inquiry_view_form_decision"
                    ).id,
                    "form",
                )
            ],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

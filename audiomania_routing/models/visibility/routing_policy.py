# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL, ormcache

RULES = (
    "audiomania_routing.helpdesk_ticket_excluded",
    "audiomania_routing.helpdesk_inquiry_excluded",
    "audiomania_routing.helpdesk_ticket_transition_excluded",
    "audiomania_routing.routing_channel_answer_excluded",
)


class RoutingPolicy(models.Model):
    """The switch that hides a conversation from whom the customer rated badly.

    Comparing the people left out makes long lists slower (odoo19.md 3), so those rules
    are in force only while one policy hides.
    """

    _inherit = "routing.policy"

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        self._switch_hiding()
        return policies

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"hide_badly_rated", "active"}:
            self._switch_hiding()
        return result

    def unlink(self):
        result = super().unlink()
        self._switch_hiding()
        return result

    @api.model
    @ormcache()
    def _is_hiding(self):
        """Whether any policy hides, of whichever company."""
        # sudo: routing.policy: one switch, for rules of everybody
        return bool(self.sudo().search_count([("hide_badly_rated", "=", True)]))

    @api.model
    def _switch_hiding(self):
        found = [self.env.ref(xmlid, raise_if_not_found=False) for xmlid in RULES]
        ids = [rule.id for rule in found if rule]
        # sudo: ir.rule: four rules follow the switch, and nothing else of them
        rules = self.env["ir.rule"].sudo().browse(ids)
        self.env.registry.clear_cache()
        hiding = self._is_hiding()
        if any(rule.active != hiding for rule in rules):
            self._forget_excluded()
            rules.active = hiding

    @api.model
    def _forget_excluded(self):
        """What was decided before the switch was changed hides nothing."""
        self.env.flush_all()
        self.env.cr.execute(SQL("DELETE FROM helpdesk_ticket_excluded_user_rel"))
        self.env["helpdesk.ticket"].invalidate_model(["excluded_user_ids"])

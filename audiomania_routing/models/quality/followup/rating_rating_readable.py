# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...visibility.conversation_part import CONVERSATION


class RatingRating(models.Model):
    """Who may read a conversation reads of its marks those that are his to read.

    His own where the policy shows them to him, those of the people whom he leads, a
    manager all; what was given to nobody follows the conversation alone (rule 25).
    """

    _inherit = "rating.rating"

    has_followup = fields.Boolean(
        compute="_compute_has_followup",
        help="Its follow-up is one that you may read.",
    )

    @api.depends_context("uid")
    def _compute_has_followup(self):
        followups = self.env["helpdesk.quality.followup"]
        found = followups.browse()
        if followups.has_access("read"):
            found = followups.search([("rating_id", "in", self.ids)])
        for mark in self:
            mark.has_followup = mark in found.rating_id

    def _shown_to_sql(self, model, alias, query):
        shown = super()._shown_to_sql(model, alias, query)
        if self.env.user._is_routing_manager():
            return shown
        partners = self.env.user._get_readable_mark_partners()
        return SQL(
            "(%s AND ((%s IS DISTINCT FROM %s AND %s IS NULL)"
            " OR %s IS NULL OR %s = ANY(%s)))",
            shown,
            model._field_to_sql(alias, "res_model", query),
            CONVERSATION,
            model._field_to_sql(alias, "mark_id", query),
            model._field_to_sql(alias, "rated_partner_id", query),
            model._field_to_sql(alias, "rated_partner_id", query),
            partners,
        )

    # Screens

    def action_change_mark(self):
        """Ask a manager what it should be, and why."""
        return self._get_change_dialog(self.env._("Change a mark"), delete=False)

    def action_delete_mark(self):
        """Ask a manager why it should be deleted."""
        return self._get_change_dialog(self.env._("Delete a mark"), delete=True)

    def _get_change_dialog(self, name, delete):
        self.ensure_one()
        self._check_manages()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "helpdesk.mark.revise",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_rating_id": self.id, "default_is_deletion": delete},
        }

    def _check_manages(self):
        """Changing and deleting marks is for managers."""
        self.check_access("write")
        if not self.env.user._is_routing_manager():
            raise AccessError(
                self.env._("Marks are changed by helpdesk managers only.")
            )

    def action_show_mark_followup(self):
        """What is done about this mark."""
        self.ensure_one()
        self.check_access("read")
        followups = self.env["helpdesk.quality.followup"]
        found = followups.search([("rating_id", "=", self.id)], limit=1)
        return bool(found) and {
            "type": "ir.actions.act_window",
            "res_model": found._name,
            "res_id": found.id,
            "views": [(False, "form")],
        }

    def action_show_mark_conversation(self):
        """The conversation, or the delivered order, for who may read the mark."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

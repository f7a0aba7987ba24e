# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain


class HelpdeskTicket(models.Model):
    """What a conversation is about now, and for supervisors how long its inquiries
    took."""

    _inherit = "helpdesk.ticket"

    inquiry_type_id = fields.Many2one(
        comodel_name="helpdesk.inquiry.type",
        string="Type",
        compute="_compute_inquiry_type_id",
        inverse="_inverse_inquiry_type_id",
        search="_search_inquiry_type_id",
        compute_sudo=True,
        groups="base.group_user",
        help="What the customer writes about. Choose it by hand where the rules are "
        "wrong: it holds for what waits here, else for his latest message.",
    )
    can_see_times = fields.Boolean(
        compute="_compute_can_see_times", groups="base.group_user"
    )

    @api.depends("inquiry_ids.type_id", "inquiry_ids.state")
    def _compute_inquiry_type_id(self):
        for ticket in self:
            ticket.inquiry_type_id = ticket._get_typed()[:1].type_id

    def _inverse_inquiry_type_id(self):
        # sudo: helpdesk.inquiry: who may write in the conversation says its type
        for ticket in self.sudo():
            ticket._get_typed()._choose_type(ticket.inquiry_type_id)

    @api.model
    def _search_inquiry_type_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("inquiry_ids.type_id", operator, value)

    def _get_typed(self):
        """What waits, the oldest first; else the latest inquiry."""
        pending = self._get_pending().sorted(lambda one: (one.received_at, one.id))
        return pending or self.inquiry_ids[:1]

    @api.depends("team_id", "user_id")
    @api.depends_context("uid")
    def _compute_can_see_times(self):
        for ticket in self:
            ticket.can_see_times = (
                bool(ticket.ladder_active) and ticket._is_supervised()
            )

    def action_show_times(self):
        """When each inquiry was seen, taken, answered and worked out."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Times"),
            "res_model": "helpdesk.inquiry",
            "views": [
                (
                    self.env.ref("audiomania_routing.helpdesk_inquiry_view_times").id,
                    "list",
                )
            ],
            "domain": [("ticket_id", "=", self.id)],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

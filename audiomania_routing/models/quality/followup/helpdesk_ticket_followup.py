# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    """Marks and follow-ups stand beside the conversation, for who may read them."""

    _inherit = "helpdesk.ticket"

    mark_count = fields.Integer(
        string="Marks", compute="_compute_mark_count", groups="base.group_user"
    )
    mark_average = fields.Float(
        string="Average mark",
        compute="_compute_mark_count",
        digits=(2, 1),
        groups="base.group_user",
        help="The plain average of the marks of this conversation that you may read.",
    )
    # By a search in them nobody learns of a mark that he may not read.
    rating_ids = fields.One2many(
        bypass_search_access=False, groups="helpdesk_mgmt.group_helpdesk_manager"
    )
    followup_count = fields.Integer(
        string="Follow-ups of marks",
        compute="_compute_followup_count",
        groups="base.group_user",
    )

    @api.depends_context("uid")
    def _compute_mark_count(self):
        found = self.env["rating.rating"]._read_group(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("consumed", "=", True),
                ("rating", ">=", 1),
            ],
            ["res_id"],
            ["__count", "rating:avg"],
        )
        marks = {key: (count, mean) for key, count, mean in found}
        for ticket in self:
            count, mean = marks.get(ticket._origin.id, (0, 0.0))
            ticket.mark_count, ticket.mark_average = count, mean

    @api.depends_context("uid")
    def _compute_followup_count(self):
        followups = self.env["helpdesk.quality.followup"]
        counts = {}
        if followups.has_access("read"):
            domain = [("ticket_id", "in", self.ids)]
            groups = followups._read_group(domain, ["ticket_id"], ["__count"])
            counts = {ticket.id: count for ticket, count in groups}
        for ticket in self:
            ticket.followup_count = counts.get(ticket._origin.id, 0)

    def action_show_marks(self):
        """The marks of this conversation that one may read."""
        self.ensure_one()
        self._check_reading_employee()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.rating_rating_action_of_conversation"
        )
        action["domain"] = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("consumed", "=", True),
        ]
        return action

    def action_show_followups(self):
        """What is done, and was done, about its bad marks."""
        self.ensure_one()
        self._check_reading_employee()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.helpdesk_quality_followup_action"
        )
        action["domain"] = [("ticket_id", "=", self.id)]
        action["context"] = {}
        if self.followup_count == 1:
            only = self.env["helpdesk.quality.followup"].search(action["domain"])
            action.update(res_id=only.id, views=[(False, "form")])
        return action

    def _rating_get_access_token(self, partner=None):
        self.check_access("read")
        # sudo: helpdesk.ticket: whoever reads it may ask for a rating
        return super(HelpdeskTicket, self.sudo())._rating_get_access_token(partner)

    def unlink(self):
        """Its marks are deleted with it, and the trace of that stays."""
        self.check_access("unlink")
        # sudo: rating.rating: whoever may delete the conversation
        self.env["rating.rating"].sudo().search(
            [
                "|",
                ("inquiry_id.ticket_id", "in", self.ids),
                "&",
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
            ]
        ).unlink()
        return super().unlink()

    def _move_to(self, other, inquiries, with_answers):
        """What is split off takes along its marks and what is done about them."""
        result = super()._move_to(other, inquiries, with_answers)
        # sudo: rating.rating: moved with it, whoever splits
        marks = (
            self.env["rating.rating"]
            .sudo()
            .search(
                [
                    ("inquiry_id", "in", inquiries.ids),
                    ("res_model", "=", self._name),
                ]
            )
        )
        marks.write({"res_id": other.id})
        marks.followup_ids.write({"ticket_id": other.id})
        return result

    def _move_all_from(self, others):
        """Follow-ups go on where the conversation does."""
        result = super()._move_all_from(others)
        # sudo: helpdesk.quality.followup: moved with it, whoever merges
        followups = self.env["helpdesk.quality.followup"].sudo()
        followups.search([("ticket_id", "in", others.ids)]).write(
            {"ticket_id": self.id}
        )
        return result

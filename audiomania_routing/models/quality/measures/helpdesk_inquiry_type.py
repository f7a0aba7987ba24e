# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class HelpdeskInquiryType(models.Model):
    """What inquiries are about, in a few words that stay for years: so that like is
    compared with like (rule 26)."""

    _name = "helpdesk.inquiry.type"
    _description = "Type of inquiry"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(
        default=True,
        help="An archived type is offered no more, and stays in the figures of the "
        "past.",
    )
    sequence = fields.Integer(default=10)
    description = fields.Char(
        translate=True, help="For employees: what belongs here, and what does not."
    )
    color = fields.Integer()
    inquiry_count = fields.Integer(
        string="Inquiries",
        compute="_compute_inquiry_count",
        help="How many have this type, in all years.",
    )
    rule_ids = fields.One2many(
        comodel_name="helpdesk.inquiry.type.rule",
        inverse_name="type_id",
        string="Rules",
        groups="helpdesk_mgmt.group_helpdesk_manager",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_inquiry_count(self):
        groups = self.env["helpdesk.inquiry"]._read_group(
            [("type_id", "in", self.ids)], ["type_id"], ["__count"]
        )
        counts = {one.id: count for one, count in groups}
        for one in self:
            one.inquiry_count = counts.get(one.id, 0)

    def write(self, vals):
        """Rules of an archived type rest."""
        result = super().write(vals)
        if "active" in vals:
            self.env.registry.clear_cache()
        return result

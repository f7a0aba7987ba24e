# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class CustomerAudience(models.Model):
    """A segment of customers by the products they care about."""

    _name = "customer.audience"
    _description = "Audience"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        help="Empty: the audience is common to all companies.",
    )
    team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        check_company=True,
        index="btree_not_null",
        help="The employees who serve this audience. Without a team the inquiries of"
        " its customers go to the whole department.",
    )
    category_ids = fields.Many2many(
        comodel_name="product.category",
        relation="customer_audience_product_category_rel",
        column1="audience_id",
        column2="category_id",
        string="Product Categories",
        help="What customers of this audience buy. Categories below these count too,"
        " unless another audience names a nearer one.",
    )
    tag_ids = fields.Many2many(
        comodel_name="product.tag",
        relation="customer_audience_product_tag_rel",
        column1="audience_id",
        column2="tag_id",
        string="Product Tags",
        help="Products with one of these tags belong here, whatever their category.",
    )

    customer_count = fields.Integer(
        string="Customers",
        compute="_compute_customer_count",
        help="Contacts who belong to this audience now.",
    )

    @api.depends_context("uid")
    def _compute_customer_count(self):
        groups = self.env["res.partner"]._read_group(
            [("audience_id", "in", self.ids)], ["audience_id"], ["__count"]
        )
        counts = {audience.id: count for audience, count in groups}
        for audience in self:
            audience.customer_count = counts.get(audience.id, 0)

    @api.model
    def _get_definition_fields(self):
        """The fields that say which products belong to an audience."""
        return {"active", "category_ids", "tag_ids"}

    @api.model_create_multi
    def create(self, vals_list):
        audiences = super().create(vals_list)
        if any(self._get_definition_fields() & vals.keys() for vals in vals_list):
            self.env["customer.affinity"]._rebuild()
        return audiences

    def write(self, vals):
        """Another definition is another sum: past orders are counted anew."""
        result = super().write(vals)
        if self._get_definition_fields() & vals.keys():
            self.env["customer.affinity"]._rebuild()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["customer.affinity"]._rebuild()
        return result

    def action_view_customers(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "res.partner",
            "view_mode": "list,form",
            "domain": [("audience_id", "=", self.id)],
        }

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CustomerAudienceProposalLine(models.TransientModel):
    """A product category that may become an audience."""

    _name = "customer.audience.proposal.line"
    _description = "Proposed audience"
    _order = "order_count desc, id"

    proposal_id = fields.Many2one(
        comodel_name="customer.audience.proposal",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="proposal_id.company_id")
    is_chosen = fields.Boolean(string="Make it")
    name = fields.Char(required=True, help="How the audience will be called.")
    category_id = fields.Many2one(
        comodel_name="product.category",
        string="Product category",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    order_count = fields.Integer(string="Orders", readonly=True)
    customer_count = fields.Integer(string="Customers", readonly=True)
    salesperson_ids = fields.Many2many(
        comodel_name="res.users",
        relation="customer_audience_proposal_salesperson_rel",
        column1="line_id",
        column2="user_id",
        string="Sold by",
        readonly=True,
        help="The employees with most of these orders.",
    )
    team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        check_company=True,
        ondelete="set null",
        help="Who will serve it. Proposed: the team whose members made most of these "
        "orders.",
    )

    def _prepare_audience_vals(self):
        """Of its company alone where there are several."""
        self.ensure_one()
        # sudo: res.company: whether there is another one
        several = self.env["res.company"].sudo().search_count([], limit=2) > 1
        return {
            "name": self.name,
            "category_ids": [(4, self.category_id.id)],
            "team_id": self.team_id.id,
            "company_id": self.company_id.id if several else False,
        }

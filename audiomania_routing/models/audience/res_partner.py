# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    audience_id = fields.Many2one(
        comodel_name="customer.audience",
        compute="_compute_audience_id",
        store=True,
        index="btree_not_null",
        help="The segment this customer belongs to: chosen by hand, or else the one"
        " with the largest share of his confirmed orders; recent and large ones weigh"
        " more. Empty: unknown.",
    )
    audience_manual_id = fields.Many2one(
        comodel_name="customer.audience",
        string="Audience by Hand",
        index="btree_not_null",
        help="Chosen by an employee; it wins over what the orders say and is kept.",
    )
    audience_evidence = fields.Text(
        compute="_compute_audience_evidence",
        help="What the orders of the customer and of his company say.",
    )

    @api.depends("audience_manual_id", "commercial_partner_id.audience_manual_id")
    def _compute_audience_id(self):
        """A choice by hand wins, his own before his company's; then the orders."""
        companies = self.commercial_partner_id._origin
        leading = self.env["customer.affinity"]._get_leading_audiences(companies)
        for partner in self:
            company = partner.commercial_partner_id
            by_hand = partner.audience_manual_id or company.audience_manual_id
            partner.audience_id = by_hand or leading.get(company._origin.id)

    @api.depends("commercial_partner_id", "audience_id")
    @api.depends_context("lang")
    def _compute_audience_evidence(self):
        companies = self.commercial_partner_id._origin
        evidence = self.env["customer.affinity"]._get_evidence(companies)
        for partner in self:
            sentences = evidence.get(partner.commercial_partner_id._origin.id, [])
            partner.audience_evidence = "\n".join(sentences) or self.env._(
                "No confirmed orders yet."
            )

    def write(self, vals):
        """Orders of a contact who joins or leaves a company go with him."""
        if not {"parent_id", "is_company"} & vals.keys():
            return super().write(vals)
        before = self.commercial_partner_id
        result = super().write(vals)
        if self.commercial_partner_id != before:
            affected = before | self.commercial_partner_id
            self.env["customer.affinity"]._rebuild(affected)
        return result

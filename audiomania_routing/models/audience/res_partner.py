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

    @api.depends("audience_manual_id", "commercial_partner_id.audience_manual_id")
    def _compute_audience_id(self):
        """A choice by hand wins, his own before his company's; then the orders."""
        companies = self.commercial_partner_id._origin
        leading = self.env["customer.affinity"]._get_leading_audiences(companies)
        for partner in self:
            company = partner.commercial_partner_id
            by_hand = partner._get_audiences_by_hand().filtered("active")[:1]
            partner.audience_id = by_hand or leading.get(company._origin.id)

    def _get_audiences_by_hand(self):
        """What was chosen for him, then what was chosen for his company."""
        # sudo: customer.audience: the system asks, whoever saves the contact
        partner = self.sudo()
        return partner.audience_manual_id | (
            partner.commercial_partner_id.audience_manual_id
        )

    def _get_audience(self, company):
        """The audience to which he belongs in that company; empty: unknown.

        Where the one that is kept is another company's, the next that is this
        company's or common to all.
        """
        for audience in self._get_audiences_by_hand():
            if audience._is_of(company):
                return audience
        kept = self.audience_id
        policy = self.env["routing.facts"]._get_policy
        if policy(company).audience_share == policy().audience_share:
            if not kept or kept._is_of(company):
                return kept
        customer = self.commercial_partner_id
        affinity = self.env["customer.affinity"]
        leading = affinity._get_leading_audiences(customer, company)
        return kept.browse(leading.get(customer.id))

    def write(self, vals):
        """Orders of a contact who joins or leaves a company go with him."""
        if not {"parent_id", "is_company", "lang"} & vals.keys():
            return super().write(vals)
        before = {partner: partner._get_affinity_place() for partner in self}
        result = super().write(vals)
        affected = self.browse()
        for partner, (customer, lang) in before.items():
            if partner._get_affinity_place() != (customer, lang):
                affected |= customer | partner.commercial_partner_id
        self.env["customer.affinity"]._rebuild(affected)
        return result

    def _get_affinity_place(self):
        """Whose sums his orders are in, and the language that decides for audiences."""
        languages = self.env["customer.audience"]._get_languages()
        return self.commercial_partner_id, self.lang if languages else None

    def unlink(self):
        """Contacts of a company that is deleted are customers of their own."""
        contacts = self.with_context(active_test=False).child_ids - self
        result = super().unlink()
        self.env["customer.affinity"]._rebuild(contacts.exists())
        return result

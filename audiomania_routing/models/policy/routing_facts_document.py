# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class RoutingFacts(models.AbstractModel):
    """The salesperson of the document on which a customer wrote."""

    _inherit = "routing.facts"

    @api.model
    def _inquiry_facts_addresses(self, batch):
        """A message on a document is addressed to its salesperson, if it names nobody.

        He is a fact of his own too, which weighs where somebody else is named. Who
        works in other companies only is none: he could not read it.
        """
        found = super()._inquiry_facts_addresses(batch)
        salespersons = batch.inquiries.ticket_id._get_document_salespersons()
        for inquiry in batch.inquiries:
            user = salespersons.get(inquiry.ticket_id.id)
            if user and inquiry.company_id in user.company_ids:
                facts = found[inquiry.id]
                facts["document"] = user.id
                facts["named"] = facts.get("named") or (user.id,)
        return found

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ...engine.marks import Mark, Marks


class RoutingFacts(models.AbstractModel):
    """How customers rated an employee (rules 2, 3 and 25)."""

    _inherit = "routing.facts"

    @api.model
    def _employee_facts_marks(self, batch):
        """What all customers gave him, beside what is usual."""
        marks = self.env["rating.rating"]._get_marks_of_all()
        usual = marks[None][0] if marks else None
        return {
            key: {"marks": Marks(*marks[key], usual)}
            for key in batch.user_ids
            if key in marks
        }

    @api.model
    def _pair_facts_mark(self, batch):
        """The latest mark that this customer, or a colleague of his, gave him."""
        customers = self._get_customers(batch)
        known = self.env["res.partner"].union(*customers.values())
        if not known:
            return {}
        marks = {
            (customer_id, user_id): Mark(value, given_at)
            for customer_id, user_id, value, given_at in self.env[
                "rating.rating"
            ]._get_latest_marks(known)
        }
        return {
            (inquiry_id, key): {"mark": marks[customers[inquiry_id].id, key]}
            for inquiry_id, keys in batch.staff.items()
            for key in keys
            if (customers[inquiry_id].id, key) in marks
        }

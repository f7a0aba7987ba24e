# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    @api.model
    def _get_journal_draft_domain(self, vendor, currency, warehouse):
        """Drafts of the vendor that requests may join: same company, currency and
        receiving warehouse."""
        return [
            ("partner_id", "=", vendor.id),
            ("state", "=", "draft"),
            ("company_id", "=", warehouse.company_id.id),
            ("currency_id", "=", currency.id),
            ("picking_type_id", "=", warehouse.in_type_id.id),
        ]

    @api.model
    def _get_journal_draft(self, vendor, currency, warehouse, origins):
        """The open draft of the vendor, the buyer's own first, or a new one
        (rule 37). ``origins`` are the names of the orders that it is for."""
        drafts = self.search(
            self._get_journal_draft_domain(vendor, currency, warehouse), order="id"
        )
        draft = drafts.sorted(lambda order: order.user_id != self.env.user)[:1]
        if draft:
            draft._add_origins(origins)
            return draft
        return self.create(
            self._prepare_journal_draft_vals(vendor, currency, warehouse, origins)
        )

    @api.model
    def _prepare_journal_draft_vals(self, vendor, currency, warehouse, origins):
        vendor = vendor.with_company(warehouse.company_id)
        fiscal_position = self.env["account.fiscal.position"].with_company(
            warehouse.company_id
        )
        return {
            "partner_id": vendor.id,
            "user_id": self.env.user.id,
            "company_id": warehouse.company_id.id,
            "currency_id": currency.id,
            "picking_type_id": warehouse.in_type_id.id,
            "payment_term_id": vendor.property_supplier_payment_term_id.id,
            "fiscal_position_id": fiscal_position._get_fiscal_position(vendor).id,
            "date_order": fields.Datetime.now(),
            "origin": ", ".join(origins),
        }

    def _add_origins(self, origins):
        """Name the sales orders that a draft serves, each once."""
        known = (self.origin or "").split(", ") if self.origin else []
        missing = [origin for origin in origins if origin not in known]
        if missing:
            self.origin = ", ".join(known + missing)

    def _create_picking(self):
        """Deliveries wait for the receipts of what was bought for them."""
        res = super()._create_picking()
        self.order_line._link_journal_moves()
        return res

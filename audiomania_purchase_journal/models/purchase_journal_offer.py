# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

OPEN = "open"
ACCEPTED = "accepted"
DECLINED = "declined"
WITHDRAWN = "withdrawn"
OFFER_STATES = [
    (OPEN, "Waits for a word"),
    (ACCEPTED, "Accepted"),
    (DECLINED, "Declined"),
    (WITHDRAWN, "Withdrawn"),
]


class PurchaseJournalOffer(models.Model):
    """Another product instead of the one that was asked for (rule 41): "there is no
    green one, a yellow one today". Kept for ever with what became of it."""

    _name = "purchase.journal.offer"
    _description = "Offer of Another Product"
    _order = "id desc"
    _rec_name = "product_id"

    request_id = fields.Many2one(
        "purchase.journal.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True
    )
    instead_of_id = fields.Many2one(
        "product.product",
        string="Instead of",
        required=True,
        readonly=True,
        help="What was asked for when this was offered.",
    )
    product_id = fields.Many2one(
        "product.product", string="Offered", required=True, readonly=True
    )
    product_qty = fields.Float(
        string="Quantity", digits="Product Unit", required=True, readonly=True
    )
    product_uom_id = fields.Many2one("uom.uom", string="Unit", required=True)
    date_expected = fields.Date(
        string="On", readonly=True, help="The day on which the buyer can have it here."
    )
    from_stock = fields.Boolean(
        readonly=True, help="It is in stock: nothing has to be bought."
    )
    note = fields.Text(readonly=True)
    state = fields.Selection(
        OFFER_STATES, default=OPEN, required=True, readonly=True, index=True
    )
    offered_by_id = fields.Many2one("res.users", required=True, readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)

    _product_qty_positive = models.Constraint(
        "CHECK(product_qty > 0)", "The quantity of an offer must be positive."
    )
    _one_open = models.UniqueIndex(
        "(request_id) WHERE state = 'open'",
        "Something else is offered for this request already.",
    )

    @api.constrains("product_id", "product_uom_id")
    def _check_product(self):
        for offer in self:
            if offer.product_id == offer.instead_of_id:
                raise ValidationError(
                    self.env._("Offer another product than the one asked for.")
                )
            if not offer.product_id.sale_ok:
                raise ValidationError(
                    self.env._(
                        "%(product)s is not for sale.",
                        product=offer.product_id.display_name,
                    )
                )
            if not offer.product_uom_id._has_common_reference(offer.product_id.uom_id):
                raise ValidationError(
                    self.env._(
                        "%(product)s is not sold in %(unit)s.",
                        product=offer.product_id.display_name,
                        unit=offer.product_uom_id.name,
                    )
                )

    def _settle(self, state):
        """What became of the offers, by whom and when."""
        self.write(
            {
                "state": state,
                "decided_by_id": self.env.user.id,
                "decided_at": fields.Datetime.now(),
            }
        )

    def _describe(self):
        """The offer in words, for the conversation and the alert."""
        words = self.env._(
            "%(quantity)s %(unit)s of %(product)s instead of %(asked)s",
            quantity=f"{self.product_qty:g}",
            unit=self.product_uom_id.name,
            product=self.product_id.display_name,
            asked=self.instead_of_id.display_name,
        )
        if self.date_expected:
            words = self.env._(
                "%(offer)s on %(day)s",
                offer=words,
                day=format_date(self.env, self.date_expected),
            )
        return "\n".join(filter(None, [words, (self.note or "").strip()]))

    def _get_mark(self):
        """What the order line shows of the offer; neither vendor nor purchase price."""
        return {
            "id": self.id,
            "product": self.product_id.display_name,
            "quantity": self.product_qty,
            "unit": self.product_uom_id.name,
            "expected_date": fields.Date.to_string(self.date_expected) or False,
            "from_stock": self.from_stock,
            "note": self.note or "",
            "by": self.offered_by_id.name,
        }

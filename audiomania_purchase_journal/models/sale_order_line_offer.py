# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

QUOTATION = ("draft", "sent")


class SaleOrderLine(models.Model):
    """Rule 41: accepting another product changes the order line. A quotation's line is
    changed; on a confirmed order a new line takes the place of what is not delivered
    and not bought otherwise."""

    _inherit = "sale.order.line"

    def _take_offer(self, offer, replaced):
        """Put the offered product on the order.

        :param offer: the accepted ``purchase.journal.offer``
        :param float replaced: how much of this line it stands in for, in the unit of
            the request
        :return: the line of the offered product: this one, or a new one
        """
        self.ensure_one()
        self._check_may_change_product()
        quantity = offer.request_id.product_uom_id._compute_quantity(
            replaced, self.product_uom_id, rounding_method="HALF-UP"
        )
        rest = self.product_uom_id.round(
            max(self.product_uom_qty - quantity, self.qty_delivered, 0.0)
        )
        if self.state in QUOTATION and self.product_uom_id.is_zero(rest):
            return self._become_offered(offer)
        return self._give_way(offer, rest)

    def _check_may_change_product(self):
        """A sentence where Odoo would refuse (a locked order), or where a bill would
        tell of something else (an invoiced line)."""
        order = self.order_id
        if order.state == "cancel":
            raise UserError(order._get_cancelled_reason())
        if order.locked:
            raise UserError(
                self.env._(
                    "%(order)s is locked: unlock it before you accept another product.",
                    order=order.name,
                )
            )
        # sudo: account.move.line: whether there is a bill; not what is on it.
        bills = self.sudo().invoice_lines.filtered(
            lambda bill: bill.parent_state != "cancel"
        )
        if bills:
            raise UserError(
                self.env._(
                    "%(product)s of %(order)s is invoiced: it cannot be replaced. "
                    "Decline the offer, or add the other product as a line of its own.",
                    product=self.product_id.display_name,
                    order=order.name,
                )
            )

    def _become_offered(self, offer):
        line = self.with_context(journal_keeps_requests=Inside(True))
        line.write(self._prepare_offered_line_vals(offer))
        line._price_anew()
        return self

    def _price_anew(self):
        """The price list's price and discount, whatever was typed for the old one."""
        line = self.with_context(force_price_recomputation=True)
        line._compute_price_unit()
        line._compute_discount()

    def _give_way(self, offer, rest):
        """Down to what stays with the old product, and a new line for the other."""
        lowered = self.with_context(journal_keeps_requests=Inside(True))
        lowered.product_uom_qty = rest
        line = lowered.create(
            {
                "order_id": self.order_id.id,
                "sequence": self.sequence,
                **self._prepare_offered_line_vals(offer),
            }
        )
        return line.with_env(self.env)

    def _prepare_offered_line_vals(self, offer):
        """What the offer says; price, taxes and description are Odoo's own."""
        return {
            "product_id": offer.product_id.id,
            "product_uom_qty": offer.product_qty,
            "product_uom_id": offer.product_uom_id.id,
        }

    def _drop_purchase_requests(self, reason):
        """An accepted offer takes the requests along."""
        keeps = get_inside(self.env, "journal_keeps_requests")
        kept = self if keeps else self.browse()
        return super(SaleOrderLine, self - kept)._drop_purchase_requests(reason)

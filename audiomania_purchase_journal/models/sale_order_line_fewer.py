# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

from .request_state import ENDED


class SaleOrderLine(models.Model):
    """What a shortened order no longer needs is taken off its requests: first what
    nobody has ordered yet, then what stands on purchase orders, of which the buyer is
    told."""

    _inherit = "sale.order.line"

    def write(self, vals):
        needed = self._get_needs_before(vals)
        res = super().write(vals)
        for line, need in needed.items():
            fewer = need - line._get_purchase_need()
            if line.product_id.uom_id.compare(fewer, 0.0) > 0:
                line._take_off_requests(fewer)
        return res

    def _get_needs_before(self, vals):
        """``{line: quantity}`` of the lines with requests that ``vals`` may shorten."""
        if "product_uom_qty" not in vals or "product_id" in vals:
            return {}
        if get_inside(self.env, "journal_keeps_requests"):
            return {}
        return {
            line: line._get_purchase_need()
            for line in self
            if line._get_live_requests().filtered(lambda r: r.desk_state not in ENDED)
        }

    def _take_off_requests(self, fewer):
        """Cut the requests of this line, which needs ``fewer`` (unit of the product)
        than before."""
        # sudo: purchase.journal.request: sales end what they asked for.
        requests = self.sudo()._get_live_requests().sorted("id", reverse=True)
        requests = requests.filtered(lambda r: r.desk_state not in ENDED)
        worked_on = requests.filtered(lambda r: r._is_worked_on())
        surplus = min(fewer, self._get_surplus_to_order(requests))
        cut = requests._cut_to_order(surplus)
        cut |= requests._cut_planned(self._get_surplus_planned(requests))
        cut._note_shortened(self._describe_shortened())
        (cut & worked_on)._alert_changed(
            lambda requests: self.with_env(requests.env)._describe_shortened()
        )

    def _describe_shortened(self):
        return self.env._(
            "The order line was shortened to %(quantity)s %(unit)s.",
            quantity=f"{self.product_uom_qty:g}",
            unit=self.product_uom_id.name,
        )

    def _get_surplus_to_order(self, requests):
        """What is asked for and not ordered beyond what is short, now."""
        to_order = sum(r._in_product_unit(r.qty_to_order) for r in requests)
        line = self.with_context(journal_without_unordered=Inside(True))
        short = self._in_product_unit(line._get_purchase_short().get(line, 0.0))
        return max(to_order - short, 0.0)

    def _get_surplus_planned(self, requests):
        """What is still asked for, or has come for it, beyond what the order needs."""
        awaited = sum(r._in_product_unit(r._get_qty_awaited()) for r in requests)
        awaited += self._get_received_not_delivered()
        return max(awaited - self._get_purchase_need(), 0.0)

    def _get_purchase_askable(self):
        askable = super()._get_purchase_askable()
        if get_inside(self.env, "journal_without_unordered"):
            askable += sum(
                r._in_product_unit(r.qty_to_order) for r in self._get_live_requests()
            )
        return askable

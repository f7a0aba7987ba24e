# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.audiomania_alerts.inside import get_inside

from .purchase_journal_rule import CONFIRMED, LIKELY
from .request_state import CANCELLED, REFUSED


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """What a confirmed order lacks is asked for, also what is added to it later
        (rule 35)."""
        res = super()._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )
        self._get_launched_lines(previous_product_uom_qty or {})._ask_by_rules()
        return res

    def _get_launched_lines(self, previous):
        """The confirmed lines that grew; a shorter one needs nothing new, and sections,
        notes and down payments have no unit.

        :param dict previous: ``{id: quantity}`` of the lines that were there before
        """
        if self.env.context.get("skip_procurement"):
            return self.browse()
        return self.filtered(
            lambda line: (
                line.state == "sale"
                and line.product_uom_id
                and line.product_uom_id.compare(
                    line.product_uom_qty, previous.get(line.id, 0.0)
                )
                > 0
            )
        )

    def _ask_by_rules(self):
        """An accepted offer brings its request along: nothing is asked for it."""
        if self and not get_inside(self.env, "journal_keeps_requests"):
            self.env["purchase.journal.rule"]._ask_for_lines(CONFIRMED, self)

    def _get_ruled_lines(self, kind):
        """Lines that rules may ask for: goods that Odoo does not replenish by itself,
        and that buyers did not refuse; a quotation is not asked for again after
        somebody took it back."""
        ended = {REFUSED, CANCELLED} if kind == LIKELY else {REFUSED}
        buyable = self.filtered(
            lambda line: (
                line.is_buyable
                and ended.isdisjoint(line._get_live_requests().mapped("desk_state"))
            )
        )
        replenished = self.env["purchase.journal.rule"]._find_replenished(
            buyable.product_id, buyable.warehouse_id
        )
        return buyable.filtered(
            lambda line: (line.product_id, line.warehouse_id) not in replenished
        )

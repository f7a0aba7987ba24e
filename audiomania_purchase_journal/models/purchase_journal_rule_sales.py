# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.audiomania_alerts.inside import Inside

from .purchase_journal_rule import LIKELY


class PurchaseJournalRule(models.Model):
    """Rule 35: orders that are confirmed, and quotations that are likely."""

    _inherit = "purchase.journal.rule"

    @api.model
    def _ask_for_lines(self, kind, lines):
        """Ask for what is short on these lines, each line by the first rule that
        fits it; never what somebody asked for already.

        :return: the requests that were made or grew
        """
        # sudo: sale.order.line: a rule asks, whoever confirmed or sent the order.
        lines = lines.sudo()
        rules = self._find_rules(kind, lines.company_id)
        ruled = rules and rules._assign(lines._get_ruled_lines(kind))
        if not ruled:
            return self.env["purchase.journal.request"]
        short = lines.browse().union(*ruled)._get_purchase_short()
        asks = {
            line: rule._prepare_ask(line, short[line])
            for line, rule in ruled.items()
            if line.product_uom_id.compare(short.get(line, 0.0), 0.0) > 0
        }
        asked = lines.browse().union(*asks)
        together = asked.with_context(journal_alerts_at_the_end=Inside(True))
        return together._ask_to_buy(asks)

    def _assign(self, lines):
        """The first of these rules that fits each line; ``{line: rule}``."""
        ruled = {}
        for rule in self:
            left = lines.filtered(
                lambda line, rule=rule: (
                    line not in ruled and rule._holds_in(line.company_id)
                )
            )
            for line in left.filtered_domain(rule._get_domain()):
                if rule.kind != LIKELY or rule._is_slow(line):
                    ruled[line] = rule
        return ruled

    def _is_slow(self, line):
        """Whether the vendor needs so long that a quotation is not waited for."""
        product = line.product_id.with_company(line.company_id)
        seller = product._select_seller(
            quantity=line.product_uom_qty, uom_id=line.product_uom_id
        )
        seller = seller or product._prepare_sellers()[:1]
        return bool(seller) and seller.delay >= self.vendor_days

    def _prepare_ask(self, line, quantity):
        """As a salesperson's press of Buy; questions go to the order's salesperson."""
        return {
            "product_qty": quantity,
            "rule_id": self.id,
            "reason": self._get_reason(line.order_id.user_id),
            "requested_by_id": (line.order_id.user_id or self.responsible_id).id,
        }

    def _get_reason(self, user):
        """The words of the rule in the language of who reads them first."""
        return self.with_context(lang=user.lang or self.env.lang).reason

    # -- likely quotations ---------------------------------------------------------

    @api.model
    def _get_likely_domain(self, company):
        """Quotations that the customer has, and that hold still."""
        return Domain("state", "=", "sent") & Domain(
            [
                ("company_id", "=?", company.id),
                "|",
                ("validity_date", "=", False),
                ("validity_date", ">=", fields.Date.context_today(self)),
            ]
        )

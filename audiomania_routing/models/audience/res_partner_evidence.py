# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, format_date, formatLang

SHOWN = 8
"""So many categories are shown; what is below them is one row."""


@dataclass
class Bought:
    """What a customer has bought in one category, or in several."""

    names: list = field(default_factory=list)
    amount: float = 0.0
    weight: float = 0.0
    orders: set = field(default_factory=set)
    last: datetime = datetime.min
    audiences: set = field(default_factory=set)
    handled: dict = field(default_factory=lambda: defaultdict(float))

    def add(self, row):
        """Another line of the query."""
        _category_id, user_id, audience_ids, amount, weight, orders, last = row
        self.amount += amount
        self.weight += weight
        self.orders.update(orders)
        self.last = max(self.last, last)
        self.audiences.update(audience_ids or ())
        if user_id:
            self.handled[user_id] += weight

    def join(self, other):
        """Two categories in one row."""
        self.names += other.names
        self.amount += other.amount
        self.weight += other.weight
        self.orders |= other.orders
        self.last = max(self.last, other.last)
        self.audiences |= other.audiences
        for user_id, weight in other.handled.items():
            self.handled[user_id] += weight


class ResPartner(models.Model):
    """Why a customer belongs to an audience, for who looks at his contact."""

    _inherit = "res.partner"

    def get_audience_evidence(self):
        """What the tab of a contact shows: words and numbers, nothing to work out.

        Only orders of the companies that are chosen are shown.

        :raise AccessError: for who does not work with conversations
        """
        self.ensure_one()
        if not self.env.user.has_group("helpdesk_mgmt.group_helpdesk_user_own"):
            raise AccessError(
                self.env._("Audiences are shown to who works with conversations.")
            )
        self.check_access("read")
        rows = self._get_bought()
        return {
            **self._get_audience_words(),
            "note": self._get_evidence_note(),
            "rows": self._get_evidence_rows(rows),
            "handled": self._get_names(self._sum_up(rows).handled, "res.users"),
        }

    # ------------------------------------------------------------------
    # In words
    # ------------------------------------------------------------------

    def _get_audience_words(self):
        """Which audience, and why this one."""
        # sudo: res.partner: what the engine takes, for who may read the contact
        audience = self.sudo()._get_audience(self.env.company)
        parts = self._get_audience_parts()
        return {
            "audience": audience.name or self.env._("Unknown"),
            "team": audience.team_id.name or "",
            "is_known": bool(audience),
            "why": self._get_why(audience, parts),
            "parts": self._get_names(parts, "customer.audience"),
        }

    def _get_audience_parts(self):
        """{audience id: share} in this company"""
        customer = self.commercial_partner_id
        audiences = self.env["customer.audience"]._get_ids_in(self.env.company.id)
        shares = self.env["customer.affinity"]._get_shares(
            customer, "audience_id", audiences
        )
        return shares.get(customer.id, {})

    def _get_why(self, audience, parts):
        _ = self.env._
        # sudo: res.partner: the choice on the company's contact
        customer = self.sudo().commercial_partner_id
        if audience and audience == self.sudo().audience_manual_id:
            return _("Chosen by hand.")
        if audience and audience == customer.audience_manual_id:
            return _("Chosen by hand for %(company)s.", company=customer.name)
        if audience:
            share = round(100 * parts.get(audience.id, 0.0))
            return _(
                "%(share)s %% of the purchases that belong to an audience.", share=share
            )
        if not parts:
            return _("No purchase belongs to an audience.")
        least = self.env["routing.facts"]._get_policy(self.env.company).audience_share
        return _(
            "The largest share is %(share)s %%; the policy asks for %(least)s %%.",
            share=round(100 * max(parts.values())),
            least=round(100 * least),
        )

    def _get_evidence_note(self):
        """Whose orders these are, where they are not his alone."""
        customer = self.commercial_partner_id
        if customer != self:
            return self.env._(
                "Orders of %(company)s and of all its contacts count together.",
                company=customer.display_name,
            )
        if self.child_ids:
            return self.env._("Orders of all contacts count together.")
        return ""

    def _get_names(self, parts, model):
        """[{"name", "share"}] of what has a part, largest first"""
        total = sum(part for part in parts.values() if part > 0)
        # sudo: res.users, customer.audience: names only
        records = self.env[model].sudo()
        return [
            {
                "name": records.browse(key).display_name,
                "share": round(100 * parts[key] / total),
            }
            for key in sorted(parts, key=lambda key: (-parts[key], key))
            if parts[key] > 0
        ]

    # ------------------------------------------------------------------
    # In numbers
    # ------------------------------------------------------------------

    def _get_bought(self):
        """[Bought of each category], what weighs most first"""
        categories = defaultdict(Bought)
        for row in self.env.execute_query(self._sql_bought()):
            categories[row[0]].add(row)
        for category_id, bought in categories.items():
            # sudo: product.category: names only
            category = self.env["product.category"].sudo().browse(category_id or [])
            name = category.display_name or self.env._("No category")
            bought.names.append(name)
        return sorted(categories.values(), key=lambda each: (-each.weight, each.names))

    @api.model
    def _sum_up(self, bought):
        total = Bought()
        for each in bought:
            total.join(each)
        return total

    def _get_evidence_rows(self, bought):
        shown = bought[:SHOWN]
        if len(bought) > SHOWN + 1:
            rest = self._sum_up(bought[SHOWN:])
            number = len(rest.names)
            rest.names = [self.env._("%(number)s more categories", number=number)]
            shown.append(rest)
        else:
            shown = bought
        total = sum(max(each.weight, 0.0) for each in bought)
        return [self._get_evidence_row(each, total) for each in shown]

    def _get_evidence_row(self, bought, total):
        # sudo: customer.audience: names only
        audiences = self.env["customer.audience"].sudo().browse(bought.audiences)
        here = self.env["customer.audience"]._get_ids_in(self.env.company.id)
        audiences = audiences.filtered(lambda audience: audience.id in here)
        share = max(bought.weight, 0.0) / total if total else 0.0
        currency = self.env["res.company"]._get_affinity_currency()
        return {
            "category": bought.names[0],
            "audiences": ", ".join(audiences.sorted().mapped("name")),
            "share": round(100 * share),
            "amount": formatLang(self.env, bought.amount, currency_obj=currency),
            "orders": len(bought.orders),
            "last": format_date(self.env, bought.last.date()),
            "handled": self._get_names(bought.handled, "res.users"),
        }

    def _sql_bought(self):
        """(category, employee, audiences, amount, decayed amount, orders, last)"""
        affinity = self.env["customer.affinity"]
        affinity._flush_sources()
        condition = SQL(
            "partner.commercial_partner_id = %s AND so.company_id IN %s",
            self.commercial_partner_id.id,
            tuple(self.env.companies.ids),
        )
        return SQL(
            """
            WITH line AS MATERIALIZED (%s), belongs AS (%s), named AS (
                SELECT product_id, lang,
                       ARRAY_AGG(audience_id ORDER BY audience_id) AS audience_ids
                  FROM belongs
                 GROUP BY product_id, lang
            )
            SELECT template.categ_id, user_id, audience_ids,
                   SUM(amount), SUM(amount * %s), ARRAY_AGG(DISTINCT order_id), MAX(at)
              FROM (SELECT *, MAX(at) OVER () AS latest FROM line) AS dated
              JOIN product_product product ON product.id = dated.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              LEFT JOIN named
                ON named.product_id = dated.product_id AND named.lang = dated.lang
             GROUP BY template.categ_id, user_id, audience_ids
            """,
            affinity._sql_lines(condition),
            affinity._sql_belongs(),
            affinity._sql_decay(SQL("latest - at")),
        )

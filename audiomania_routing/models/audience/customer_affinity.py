# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.affinity import FORGOTTEN, DecayedSum, leading, shares

FOLLOWED = "audiomania_routing.followed_orders"


class CustomerAffinity(models.Model):
    """How much a customer's confirmed orders speak for an employee or an audience.

    A running decayed sum: an order adds its amount, a cancelled one takes it back, and
    nothing is ever summed up again. What an order adds is one query over its present
    lines, the same one for the running sums and for the rebuild, so they agree.
    """

    _name = "customer.affinity"
    _description = "Affinity of a customer"
    _order = "value desc, id"
    _log_access = False

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        ondelete="cascade",
        readonly=True,
        help="The customer's company: orders of all its contacts count together.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Employee",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        help="Who handled the orders: their salesperson.",
    )
    audience_id = fields.Many2one(
        comodel_name="customer.audience",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        help="To which segment the products of the orders belong.",
    )
    value = fields.Float(
        readonly=True,
        digits=0,
        help="The decayed sum of the orders in the company's currency.",
    )
    valued_at = fields.Datetime(
        required=True, readonly=True, help="At which moment it was worth that much."
    )
    orders = fields.Integer(readonly=True, help="How many confirmed orders count here.")

    _either_check = models.Constraint(
        "CHECK (num_nonnulls(user_id, audience_id) = 1)",
        "An affinity is to an employee or to an audience.",
    )
    _key_uniq = models.UniqueIndex(
        "(partner_id, COALESCE(user_id, 0), COALESCE(audience_id, 0))",
        "A customer has one sum for each employee and each audience.",
    )

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _get_half_life(self):
        """Sums are common to all companies: the policy without a company counts."""
        return self.env["routing.facts"]._get_policy().half_life

    @api.model
    def _get_sums(self, partners, field):
        """{partner id: {employee or audience id: (decayed sum, number of orders)}}"""
        # sudo: customer.affinity: sums of the system; only shares leave the callers
        rows = self.sudo().search_fetch(
            [("partner_id", "in", partners.ids), (field, "!=", False)],
            ["partner_id", field, "value", "valued_at", "orders"],
        )
        sums = defaultdict(dict)
        for row in rows:
            total = DecayedSum(row.value, row.valued_at)
            sums[row.partner_id.id][row[field].id] = (total, row.orders)
        return sums

    @api.model
    def _get_shares(self, partners, field):
        """{partner id: {employee or audience id: share of his decayed orders}}

        :param field: "user_id" or "audience_id"
        """
        half_life = self._get_half_life()
        return {
            partner_id: shares(
                {key: each for key, (each, _) in sums.items()}, half_life
            )
            for partner_id, sums in self._get_sums(partners, field).items()
        }

    @api.model
    def _get_leading_audiences(self, partners):
        """{partner id: audience id}, without whose evidence is thin (rule 2)."""
        least = self.env["routing.facts"]._get_policy().audience_share
        return {
            partner_id: leading(parts, least)
            for partner_id, parts in self._get_shares(partners, "audience_id").items()
        }

    @api.model
    def _get_evidence(self, partners):
        """{partner id: sentences on what he buys and from whom}, largest share first"""
        bought = self._get_parts(partners, "audience_id")
        handled = self._get_parts(partners, "user_id")
        evidence = defaultdict(list)
        for partner_id, parts in bought.items():
            evidence[partner_id].append(
                self.env._("Buys: %(parts)s.", parts=", ".join(parts))
            )
        for partner_id, parts in handled.items():
            evidence[partner_id].append(
                self.env._("Orders handled by: %(parts)s.", parts=", ".join(parts))
            )
        return evidence

    @api.model
    def _get_parts(self, partners, field):
        """{partner id: ["Vinyl 82 % (orders: 4)", ...]}, largest share first"""
        half_life = self._get_half_life()
        # sudo: res.users, customer.audience: names only
        model = self.env[self._fields[field].comodel_name].sudo()
        texts = {}
        for partner_id, sums in self._get_sums(partners, field).items():
            parts = shares({key: each for key, (each, _) in sums.items()}, half_life)
            texts[partner_id] = [
                self.env._(
                    "%(name)s %(share)s %% (orders: %(orders)s)",
                    name=model.browse(key).display_name,
                    share=round(parts[key] * 100),
                    orders=sums[key][1],
                )
                for key in sorted(parts, key=lambda key: (-parts[key], key))
            ]
        return texts

    # ------------------------------------------------------------------
    # Running sums
    # ------------------------------------------------------------------

    @contextmanager
    def _follow(self, orders):
        """Whatever the block does to the orders, the sums follow.

        What they spoke for before is taken back, what they speak for after is added:
        a constant number of queries for any number of orders and lines. An order that
        an outer block follows already is left to it.
        """
        followed = self.env.cr.cache.setdefault(FOLLOWED, set())
        # sudo: sale.order: whether they are confirmed, for sums of the system
        mine = orders.sudo().filtered(lambda order: order.id not in followed)
        followed.update(mine.ids)
        try:
            before = self._get_contributions(mine)
            yield
            self._replace(before, self._get_contributions(mine))
        finally:
            followed.difference_update(mine.ids)

    @api.model
    def _get_contributions(self, orders):
        """{(partner, employee, audience, order, moment): amount} of confirmed orders"""
        confirmed = orders.filtered(lambda order: order.state == "sale")
        if not confirmed:
            return {}
        self._flush_sources()
        condition = SQL("so.id IN %s", tuple(confirmed.ids))
        rows = self.env.execute_query(self._sql_contributions(condition))
        return {tuple(key): amount for *key, amount in rows}

    @api.model
    def _replace(self, before, after):
        """Take back what was counted and add what counts now, where it differs."""
        changes = defaultdict(list)
        for counted, sign in ((before, -1), (after, 1)):
            other = after if sign < 0 else before
            for key, amount in counted.items():
                if other.get(key) != amount:
                    partner_id, user_id, audience_id, _order_id, at = key
                    change = (at, sign * amount, sign)
                    changes[partner_id, user_id, audience_id].append(change)
        if changes:
            self._add(changes)
            self._refresh_partners({partner_id for partner_id, _, _ in changes})

    @api.model
    def _add(self, changes):
        """Add to the sums in one statement; a sum of no orders is no sum."""
        half_life = self._get_half_life()
        rows = []
        for key, additions in changes.items():
            total = DecayedSum(0.0, min(at for at, _amount, _sign in additions))
            for at, amount, _sign in additions:
                total = total.add(amount, at, half_life)
            count = sum(sign for _at, _amount, sign in additions)
            rows.append(SQL("%s", (*key, total.value, total.at, count)))
        self.flush_model()
        self.env.cr.execute(self._sql_upsert(rows))
        self.env.cr.execute(
            SQL(
                "DELETE FROM customer_affinity WHERE orders <= 0 AND partner_id IN %s",
                tuple(partner_id for partner_id, _user_id, _audience_id in changes),
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _refresh_partners(self, partner_ids):
        """The audience of these customers and of their contacts is asked anew."""
        partners = self.env["res.partner"].with_context(active_test=False)
        # sudo: res.partner: the system follows orders, whoever confirmed them
        contacts = partners.sudo().search(
            [("commercial_partner_id", "in", list(partner_ids))]
        )
        contacts.invalidate_recordset(["audience_evidence"])
        self.env.add_to_compute(partners._fields["audience_id"], contacts)

    # ------------------------------------------------------------------
    # Rebuild
    # ------------------------------------------------------------------

    @api.model
    def _rebuild_soon(self):
        """Count everything anew in the background."""
        # sudo: ir.cron: only asks for an earlier run
        self.env.ref("audiomania_routing.ir_cron_rebuild_affinity").sudo()._trigger()

    @api.model
    def _cron_rebuild(self):
        self._rebuild()

    @api.model
    def _rebuild(self, partners=None):
        """Sum up all confirmed orders anew: one statement clears, one fills.

        :param partners: only these customers and their companies; None: everybody
        """
        customers = None
        if partners is not None:
            customers = partners | partners.commercial_partner_id
            if not customers:
                return
        self._flush_sources()
        old, new = self._sql_scope(customers)
        gone = self.env.execute_query(
            SQL("DELETE FROM customer_affinity WHERE %s RETURNING partner_id", old)
        )
        made = self.env.execute_query(self._sql_fill(new))
        self.invalidate_model(flush=False)
        self._refresh_partners({partner_id for (partner_id,) in [*gone, *made]})

    @api.model
    def _forget(self, partners):
        """Drop the sums of customers who are about to be no customers."""
        # sudo: customer.affinity: sums of the system, whoever merges customers
        self.sudo().search([("partner_id", "in", partners.ids)]).unlink()

    @api.model
    def _flush_sources(self):
        """SQL reads what the ORM still holds back."""
        self.flush_model()
        for model in (
            "customer.audience",
            "product.category",
            "product.product",
            "product.template",
            "res.partner",
            "sale.order",
            "sale.order.line",
        ):
            self.env[model].flush_model()

    # ------------------------------------------------------------------
    # SQL
    # ------------------------------------------------------------------

    @api.model
    def _sql_scope(self, customers):
        """Which sums, and which orders, belong to the customers."""
        if customers is None:
            return SQL("TRUE"), SQL("TRUE")
        ids = tuple(customers.ids)
        return (
            SQL("partner_id IN %s", ids),
            SQL("partner.commercial_partner_id IN %s", ids),
        )

    @api.model
    def _sql_contributions(self, condition):
        """What each confirmed order says for its salesperson and for audiences.

        The amount is in the currency of the order's company. A product belongs to the
        audience that names the nearest category above it, and to those of its tags.
        """
        return SQL(
            """
            WITH line AS (
                SELECT partner.commercial_partner_id AS partner_id,
                       so.user_id,
                       so.id AS order_id,
                       so.date_order AS at,
                       sol.product_id,
                       COALESCE(sol.price_subtotal, 0)::float8
                           / COALESCE(NULLIF(so.currency_rate, 0), 1)::float8 AS amount
                  FROM sale_order so
                  JOIN sale_order_line sol ON sol.order_id = so.id
                  JOIN res_partner partner ON partner.id = so.partner_id
                 WHERE so.state = 'sale'
                   AND sol.display_type IS NULL
                   AND sol.is_downpayment IS NOT TRUE
                   AND %s
            ), near AS (
                SELECT category.id AS category_id,
                       rel.audience_id,
                       RANK() OVER (
                           PARTITION BY category.id
                               ORDER BY LENGTH(above.parent_path) DESC
                       ) AS distance
                  FROM customer_audience_product_category_rel rel
                  JOIN customer_audience audience
                    ON audience.id = rel.audience_id AND audience.active
                  JOIN product_category above ON above.id = rel.category_id
                  JOIN product_category category
                    ON category.parent_path LIKE above.parent_path || '%%'
            ), tagged AS (
                SELECT rel.audience_id, rel.tag_id
                  FROM customer_audience_product_tag_rel rel
                  JOIN customer_audience audience
                    ON audience.id = rel.audience_id AND audience.active
            ), belongs AS (
                SELECT product.id AS product_id, near.audience_id
                  FROM product_product product
                  JOIN product_template template
                    ON template.id = product.product_tmpl_id
                  JOIN near ON near.category_id = template.categ_id AND distance = 1
                 WHERE product.id IN (SELECT product_id FROM line)
                 UNION
                SELECT product.id, tagged.audience_id
                  FROM product_product product
                  JOIN product_tag_product_template_rel rel
                    ON rel.product_template_id = product.product_tmpl_id
                  JOIN tagged ON tagged.tag_id = rel.product_tag_id
                 WHERE product.id IN (SELECT product_id FROM line)
                 UNION
                SELECT rel.product_product_id, tagged.audience_id
                  FROM product_tag_product_product_rel rel
                  JOIN tagged ON tagged.tag_id = rel.product_tag_id
                 WHERE rel.product_product_id IN (SELECT product_id FROM line)
            )
            SELECT partner_id, user_id, NULL::integer AS audience_id, order_id, at,
                   SUM(amount) AS amount
              FROM line
             WHERE user_id IS NOT NULL
             GROUP BY partner_id, user_id, order_id, at
             UNION ALL
            SELECT partner_id, NULL::integer, belongs.audience_id, order_id, at,
                   SUM(amount)
              FROM line
              JOIN belongs ON belongs.product_id = line.product_id
             GROUP BY partner_id, belongs.audience_id, order_id, at
            """,
            condition,
        )

    @api.model
    def _sql_fill(self, condition):
        return SQL(
            """
            INSERT INTO customer_affinity
                   (partner_id, user_id, audience_id, value, valued_at, orders)
            SELECT partner_id, user_id, audience_id, SUM(amount * %s), latest, COUNT(*)
              FROM (
                  SELECT *, MAX(at) OVER (
                             PARTITION BY partner_id, user_id, audience_id
                         ) AS latest
                    FROM (%s) AS contribution
              ) AS dated
             GROUP BY partner_id, user_id, audience_id, latest
            RETURNING partner_id
            """,
            self._sql_decay(SQL("latest - at")),
            self._sql_contributions(condition),
        )

    @api.model
    def _sql_upsert(self, rows):
        latest = SQL("GREATEST(known.valued_at, EXCLUDED.valued_at)")
        return SQL(
            """
            INSERT INTO customer_affinity AS known
                   (partner_id, user_id, audience_id, value, valued_at, orders)
            VALUES %s
            ON CONFLICT (partner_id, COALESCE(user_id, 0), COALESCE(audience_id, 0))
            DO UPDATE SET
                value = known.value * %s + EXCLUDED.value * %s,
                valued_at = %s,
                orders = known.orders + EXCLUDED.orders
            """,
            SQL(", ").join(rows),
            self._sql_decay(SQL("%s - known.valued_at", latest)),
            self._sql_decay(SQL("%s - EXCLUDED.valued_at", latest)),
            latest,
        )

    @api.model
    def _sql_decay(self, age):
        """What is left of one after an interval: the engine's ``decay`` in SQL."""
        halvings = SQL(
            "EXTRACT(EPOCH FROM %s)::float8 / %s::float8",
            age,
            self._get_half_life().total_seconds(),
        )
        return SQL(
            "CASE WHEN %s <= %s THEN POWER(2::float8, -(%s)) ELSE 0 END",
            halvings,
            FORGOTTEN,
            halvings,
        )

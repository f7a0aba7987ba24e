# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.affinity import DecayedSum, leading, shares

FOLLOWED = "audiomania_routing.followed_orders"
FEW = 100
"""The audience of so many customers is compared one by one."""


class CustomerAffinity(models.Model):
    """How much a customer's confirmed orders speak for an employee or an audience.

    A running decayed sum, kept as additions: an order adds a row, a change or a
    cancellation adds the difference, and nothing is ever summed up again. Rows are only
    added, so two who confirm orders of one customer never wait for each other; now and
    then the rows of a sum are folded into one.

    What an order adds is asked of its present lines, in the same words for the running
    sums and for a recount. A recount replaces the rows that its transaction sees by
    what the orders that it sees add up to; an order that is confirmed meanwhile is in
    neither, and its own row stays. So both agree at every moment.
    """

    _name = "customer.affinity"
    _description = "Affinity of a customer"
    _order = "partner_id, id"
    _log_access = False

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        ondelete="cascade",
        index=True,
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
        help="What is added to the decayed sum, in the currency in which the orders of"
        " all companies are counted.",
    )
    valued_at = fields.Datetime(
        required=True, readonly=True, help="At which moment it was worth that much."
    )
    orders = fields.Integer(
        readonly=True, help="How many confirmed orders it adds, or takes back."
    )

    _either_check = models.Constraint(
        "CHECK (num_nonnulls(user_id, audience_id) = 1)",
        "An affinity is to an employee or to an audience.",
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
        half_life = self._get_half_life()
        sums = defaultdict(dict)
        for partner_id, key, value, at, added in self._read_rows(partners, field):
            total, orders = sums[partner_id].get(key, (DecayedSum(0.0, at), 0))
            total = total.add(value, at, half_life)
            sums[partner_id][key] = (total, orders + added)
        return {
            partner_id: {key: each for key, each in known.items() if each[1] > 0}
            for partner_id, known in sums.items()
        }

    @api.model
    def _read_rows(self, partners, field):
        """(customer, employee or audience, value, moment, orders) of each row.

        Whoever asks: these are sums of the system, and callers give shares only.
        """
        if not partners.ids:
            return []
        self.flush_model()
        key = SQL.identifier(field)
        return self.env.execute_query(
            SQL(
                """
                SELECT partner_id, %s, value, valued_at, orders
                  FROM customer_affinity
                 WHERE partner_id IN %s AND %s IS NOT NULL
                 ORDER BY id
                """,
                key,
                tuple(partners.ids),
                key,
            )
        )

    @api.model
    def _get_shares(self, partners, field, keys=None):
        """{partner id: {employee or audience id: share of his decayed orders}}

        :param field: "user_id" or "audience_id"
        :param keys: only these employees or audiences; None: all of them
        """
        return self._share(self._get_sums(partners, field), keys)

    @api.model
    def _share(self, sums, keys=None):
        half_life = self._get_half_life()
        return {
            partner_id: shares(
                {
                    key: total
                    for key, (total, _orders) in each.items()
                    if keys is None or key in keys
                },
                half_life,
            )
            for partner_id, each in sums.items()
        }

    @api.model
    def _get_leading_audiences(self, partners, company=None):
        """{partner id: audience id}, without whose evidence is thin (rule 2).

        Audiences of one company and those common to all are compared with each other,
        not with those of another company.

        :param company: whose audiences are asked for; None: the largest share of all
        """
        least = self.env["routing.facts"]._get_policy(company).audience_share
        audiences = self.env["customer.audience"]
        asked = [company.id] if company else audiences._get_companies()
        best = defaultdict(dict)
        sums = self._get_sums(partners, "audience_id")
        for company_id in asked:
            parts = self._share(sums, audiences._get_ids_in(company_id))
            for partner_id, each in parts.items():
                found = leading(each, least)
                if found and each[found] > best[partner_id].get(found, 0.0):
                    best[partner_id][found] = each[found]
        return {partner_id: leading(parts, 0.0) for partner_id, parts in best.items()}

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
        if not orders:
            yield
            return
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
        lines = self.env.execute_query(self._sql_lines(condition, confirmed))
        belongs = self._get_belongs(confirmed.order_line.product_id)
        found = defaultdict(float)
        for partner_id, lang, user_id, order_id, at, product_id, amount in lines:
            if user_id:
                found[partner_id, user_id, None, order_id, at] += amount
            for audience_id in belongs(product_id, lang):
                found[partner_id, None, audience_id, order_id, at] += amount
        return found

    @api.model
    def _get_belongs(self, products):
        """A function that gives the audiences of a product and a language: what
        ``_sql_belongs`` is for many."""
        audiences = self.env["customer.audience"]
        categories, tags = audiences._get_of_categories(), audiences._get_of_tags()

        def belongs(product_id, lang):
            product = products.browse(product_id)
            found = set(categories.get((product.categ_id.id, lang), ()))
            if tags:
                named = product.product_tag_ids | product.additional_product_tag_ids
                found.update(*(tags.get((tag.id, lang), ()) for tag in named))
            return found

        return belongs

    @api.model
    def _replace(self, before, after):
        """Take back what was counted and add what counts now, where it differs."""
        changes = defaultdict(lambda: (0.0, 0))
        for counted, sign in ((before, -1), (after, 1)):
            other = after if sign < 0 else before
            for key, amount in counted.items():
                if other.get(key) != amount:
                    partner_id, user_id, audience_id, _order_id, at = key
                    value, orders = changes[partner_id, user_id, audience_id, at]
                    change = (value + sign * amount, orders + sign)
                    changes[partner_id, user_id, audience_id, at] = change
        if changes:
            self._add(changes)
            self._refresh_partners({partner_id for partner_id, *_rest in changes})

    @api.model
    def _add(self, changes):
        """Add {(partner, employee, audience, moment): (amount, orders)}."""
        rows = [
            SQL("%s", (partner_id, user_id, audience_id, value, at, orders))
            for (partner_id, user_id, audience_id, at), (value, orders) in (
                changes.items()
            )
        ]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO customer_affinity
                       (partner_id, user_id, audience_id, value, valued_at, orders)
                VALUES %s
                """,
                SQL(", ").join(rows),
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _refresh_partners(self, partner_ids):
        """What rests on the sums of these customers follows: here their audience.

        Most customers stay where they are: of few it is seen without a statement.
        """
        if len(partner_ids) > FEW:
            self._refresh_audiences(partner_ids)
            return
        # sudo: res.partner: the system follows orders, whoever confirmed them
        customers = self.env["res.partner"].sudo().browse(partner_ids)
        leading = self._get_leading_audiences(customers)
        moved = customers.filtered(
            lambda customer: (
                not customer.audience_manual_id.active
                and customer.audience_id.id != leading.get(customer.id, False)
            )
        )
        if moved:
            self._refresh_audiences(moved.ids)

    @api.model
    def _refresh_audiences(self, partner_ids=None):
        """The audience of these customers and of their contacts follows the sums.

        One statement finds and changes those whose audience is another one now.

        :param partner_ids: of customers; None: everybody
        :return: ids of the customers of whom something changed
        """
        partners = self.env["res.partner"]
        partners.flush_model(
            ["audience_id", "audience_manual_id", "commercial_partner_id"]
        )
        scope = None if partner_ids is None else list(partner_ids)
        rows = self.env.execute_query(self._sql_refresh(scope))
        if rows:
            changed = partners.browse(contact_id for contact_id, _customer_id in rows)
            changed.invalidate_recordset(["audience_id"], flush=False)
            changed.modified(["audience_id"])
        return {customer_id for _contact_id, customer_id in rows}

    # ------------------------------------------------------------------
    # Recount
    # ------------------------------------------------------------------

    @api.model
    def _cron_rebuild(self):
        """Count what somebody has asked for, then fold what was added meanwhile."""
        recounts = self.env["customer.affinity.recount"]
        if recounts._work():
            self._fold()

    @api.model
    def _rebuild(self, partners=None):
        """Sum up all confirmed orders anew: one statement clears, one fills.

        :param partners: only these customers and their companies; None: everybody
        """
        if partners is None:
            self._rebuild_ids()
        elif partners:
            self._rebuild_ids((partners | partners.commercial_partner_id).ids)

    @api.model
    def _rebuild_ids(self, partner_ids=None):
        """The same, where the ids of the customers are known."""
        self._flush_sources()
        old, new = self._sql_scope(partner_ids)
        self.env.cr.execute(SQL("DELETE FROM customer_affinity WHERE %s", old))
        self.env.cr.execute(self._sql_fill(new))
        self.invalidate_model(flush=False)
        changed = self._refresh_audiences(partner_ids)
        if partner_ids is not None and len(partner_ids) <= FEW:
            changed = partner_ids
        if changed and partner_ids is not None:
            self._refresh_partners(changed)

    @api.model
    def _fold(self):
        """Make one row of the rows of a sum, in batches of customers.

        :return: whether all of them could be folded in the time that the job has
        """
        batches = self.env["customer.affinity.recount"]
        rows = self.env.execute_query(self._sql_unfolded())
        return batches._run_in_batches(
            [partner_id for (partner_id,) in rows], self._fold_ids
        )

    @api.model
    def _fold_ids(self, partner_ids):
        self.flush_model()
        self.env.cr.execute(self._sql_fold(partner_ids))
        self.invalidate_model(flush=False)
        self._refresh_audiences(partner_ids)

    @api.model
    def _forget(self, partners):
        """Drop the sums of customers who are about to be no customers."""
        # sudo: customer.affinity: sums of the system, whoever merges customers
        self.sudo().search([("partner_id", "in", partners.ids)]).unlink()

    @api.model
    def _flush_sources(self):
        """SQL reads what the ORM still holds back."""
        for model, names in self._get_sources().items():
            self.env[model].flush_model(names)

    @api.model
    def _get_sources(self):
        """{model: fields} that say what an order speaks for; None: all of what an
        order changes, so that it is written out once."""
        return {
            "customer.audience": ["active", "company_id", "lang"],
            "product.category": ["parent_id", "parent_path"],
            "product.product": ["product_tmpl_id"],
            "product.template": ["categ_id"],
            "res.partner": ["commercial_partner_id", "lang"],
            "sale.order": None,
            "sale.order.line": None,
        }

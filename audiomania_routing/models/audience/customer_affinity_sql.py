# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from ...engine.affinity import FORGOTTEN


class CustomerAffinity(models.Model):
    """The statements in which orders are counted."""

    _inherit = "customer.affinity"

    # ------------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------------

    @api.model
    def _sql_scope(self, partner_ids):
        """Which sums, and which orders, belong to the customers."""
        if partner_ids is None:
            return SQL("TRUE"), SQL("TRUE")
        return (
            SQL("partner_id = ANY(%s)", list(partner_ids)),
            SQL("partner.commercial_partner_id = ANY(%s)", list(partner_ids)),
        )

    @api.model
    def _sql_lines(self, condition, orders=None):
        """Each line of confirmed orders that counts: whose it is and its amount.

        :param orders: the orders that the condition names, where they are few
        """
        languages = self.env["customer.audience"]._get_languages()
        lang, customer = SQL("''"), SQL()
        if languages:
            lang = SQL(
                "CASE WHEN customer.lang IN %s THEN customer.lang ELSE '' END",
                languages,
            )
            customer = SQL(
                "JOIN res_partner customer"
                " ON customer.id = partner.commercial_partner_id"
            )
        return SQL(
            """
            SELECT partner.commercial_partner_id AS partner_id,
                   %s AS lang,
                   so.user_id,
                   so.id AS order_id,
                   so.date_order AS at,
                   sol.product_id,
                   %s * %s AS amount
              FROM sale_order so
              JOIN sale_order_line sol ON sol.order_id = so.id
              JOIN res_partner partner ON partner.id = so.partner_id
              %s
             WHERE so.state = 'sale'
               AND sol.display_type IS NULL
               AND sol.is_downpayment IS NOT TRUE
               AND %s
            """,
            lang,
            self._sql_amount(orders),
            self._sql_rate(),
            customer,
            condition,
        )

    @api.model
    def _sql_amount(self, orders):
        """What a line is worth, in the currency of the company that sold it.

        :param orders: whose lines they are; None: anybody's
        """
        return SQL(
            "(COALESCE(sol.price_subtotal, 0)::float8"
            " / COALESCE(NULLIF(so.currency_rate, 0), 1)::float8)"
        )

    @api.model
    def _sql_rate(self):
        """From the company's currency into the common one, as of the order's date."""
        companies = self.env["res.company"]._get_other_currencies()
        cases = [
            SQL(
                "WHEN so.company_id = %s THEN %s / %s",
                company_id,
                self._sql_rate_of(common_id, root_id),
                self._sql_rate_of(currency_id, root_id),
            )
            for company_id, root_id, currency_id, common_id in companies
        ]
        if not cases:
            return SQL("1")
        return SQL("CASE %s ELSE 1 END", SQL(" ").join(cases))

    @api.model
    def _sql_rate_of(self, currency_id, root_id):
        """The rate of a currency on the day of the order, as Odoo finds it."""
        known = SQL(
            "SELECT rate.rate FROM res_currency_rate rate WHERE rate.currency_id = %s"
            " AND (rate.company_id IS NULL OR rate.company_id = %s)",
            currency_id,
            root_id,
        )
        return SQL(
            "COALESCE((%s AND rate.name <= so.date_order::date"
            " ORDER BY rate.company_id, rate.name DESC LIMIT 1),"
            " (%s ORDER BY rate.company_id, rate.name LIMIT 1), 1)::float8",
            known,
            known,
        )

    @api.model
    def _sql_belongs(self):
        """(product, language, audience) of the products in the relation ``line``."""
        audiences = self.env["customer.audience"]
        categories, tags = audiences._get_of_categories(), audiences._get_of_tags()
        named = SQL(
            """
            SELECT sold.product_id, sold.lang, named.audience_id
              FROM sold
              JOIN product_product product ON product.id = sold.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN %s ON named.id = template.categ_id AND named.lang = sold.lang
            """,
            self._sql_named(categories),
        )
        if tags:
            named = SQL(
                """
                %s
                 UNION
                SELECT sold.product_id, sold.lang, named.audience_id
                  FROM sold
                  JOIN product_product product ON product.id = sold.product_id
                  JOIN product_tag_product_template_rel link
                    ON link.product_template_id = product.product_tmpl_id
                  JOIN %s
                    ON named.id = link.product_tag_id AND named.lang = sold.lang
                 UNION
                SELECT sold.product_id, sold.lang, named.audience_id
                  FROM sold
                  JOIN product_tag_product_product_rel link
                    ON link.product_product_id = sold.product_id
                  JOIN %s
                    ON named.id = link.product_tag_id AND named.lang = sold.lang
                """,
                named,
                self._sql_named(tags),
                self._sql_named(tags),
            )
        return SQL(
            "WITH sold AS (SELECT DISTINCT product_id, lang FROM line) %s", named
        )

    @api.model
    def _sql_named(self, found):
        """The relation ``named`` of {(category or tag, language): audiences}."""
        rows = [(key, lang, each) for (key, lang), ids in found.items() for each in ids]
        ids, languages, audiences = zip(*rows, strict=True) if rows else ((), (), ())
        return SQL(
            "UNNEST(%s::int[], %s::text[], %s::int[]) AS named (id, lang, audience_id)",
            list(ids),
            list(languages),
            list(audiences),
        )

    @api.model
    def _sql_contributions(self, condition):
        """What each confirmed order says for its salesperson and for audiences."""
        return SQL(
            """
            WITH line AS MATERIALIZED (%s), belongs AS (%s)
            SELECT partner_id, user_id, NULL::integer AS audience_id, order_id, at,
                   SUM(amount) AS amount
              FROM line
             WHERE user_id IS NOT NULL
             GROUP BY partner_id, user_id, order_id, at
             UNION ALL
            SELECT partner_id, NULL::integer, belongs.audience_id, order_id, at,
                   SUM(amount)
              FROM line
              JOIN belongs
                ON belongs.product_id = line.product_id AND belongs.lang = line.lang
             GROUP BY partner_id, belongs.audience_id, order_id, at
            """,
            self._sql_lines(condition),
            self._sql_belongs(),
        )

    # ------------------------------------------------------------------
    # Sums
    # ------------------------------------------------------------------

    @api.model
    def _sql_fill(self, condition):
        return SQL(
            """
            INSERT INTO customer_affinity
                   (partner_id, user_id, audience_id, value, valued_at, orders)
            %s
            """,
            self._sql_summed(
                SQL(
                    "SELECT partner_id, user_id, audience_id, amount AS value,"
                    " at AS valued_at, 1 AS orders FROM (%s) AS contribution",
                    self._sql_contributions(condition),
                )
            ),
        )

    @api.model
    def _sql_unfolded(self):
        """Customers with a sum of several rows, or of no orders."""
        return SQL(
            """
            SELECT DISTINCT partner_id
              FROM (
                  SELECT partner_id
                    FROM customer_affinity
                   GROUP BY partner_id, user_id, audience_id
                  HAVING COUNT(*) > 1 OR SUM(orders) <= 0
              ) AS found
             ORDER BY partner_id
            """
        )

    @api.model
    def _sql_fold(self, partner_ids):
        return SQL(
            """
            WITH gone AS (
                DELETE FROM customer_affinity
                 WHERE partner_id = ANY(%s)
             RETURNING partner_id, user_id, audience_id, value, valued_at, orders
            )
            INSERT INTO customer_affinity
                   (partner_id, user_id, audience_id, value, valued_at, orders)
            %s
            """,
            list(partner_ids),
            self._sql_summed(SQL("SELECT * FROM gone")),
        )

    @api.model
    def _sql_summed(self, rows):
        """One row for each sum of these rows; a sum of no orders is no sum."""
        return SQL(
            """
            SELECT partner_id, user_id, audience_id, SUM(value * %s), latest,
                   SUM(orders)
              FROM (
                  SELECT *, MAX(valued_at) OVER (
                             PARTITION BY partner_id, user_id, audience_id
                         ) AS latest
                    FROM (%s) AS added
              ) AS dated
             GROUP BY partner_id, user_id, audience_id, latest
            HAVING SUM(orders) > 0
            """,
            self._sql_decay(SQL("latest - valued_at")),
            rows,
        )

    @api.model
    def _sql_refresh(self, partner_ids):
        """Write the audience of the contacts of these customers where it changed: the
        compute of ``res.partner.audience_id`` in SQL."""
        scope = SQL("TRUE")
        if partner_ids is not None:
            scope = SQL("contact.commercial_partner_id = ANY(%s)", partner_ids)
        return SQL(
            """
            WITH foremost AS (%s)
            UPDATE res_partner AS partner
               SET audience_id = found.audience_id
              FROM (
                  SELECT contact.id,
                         COALESCE(own.id, company.id, foremost.audience_id)
                             AS audience_id
                    FROM res_partner contact
                    JOIN res_partner customer
                      ON customer.id = contact.commercial_partner_id
                    LEFT JOIN customer_audience own
                      ON own.id = contact.audience_manual_id AND own.active
                    LEFT JOIN customer_audience company
                      ON company.id = customer.audience_manual_id AND company.active
                    LEFT JOIN foremost ON foremost.partner_id = customer.id
                   WHERE %s
              ) AS found
             WHERE partner.id = found.id
               AND partner.audience_id IS DISTINCT FROM found.audience_id
         RETURNING partner.id, partner.commercial_partner_id
            """,
            self._sql_leading(partner_ids),
            scope,
        )

    @api.model
    def _sql_leading(self, partner_ids):
        """(partner, audience): ``_get_leading_audiences`` in SQL."""
        old, _new = self._sql_scope(partner_ids)
        least = self.env["routing.facts"]._get_policy().audience_share
        return SQL(
            """
            SELECT DISTINCT ON (partner_id) partner_id, audience_id
              FROM (
                  SELECT partner_id, audience_id,
                         worth / NULLIF(
                             SUM(worth) OVER (PARTITION BY partner_id, shop.id), 0
                         ) AS share
                    FROM (
                        SELECT partner_id, audience_id,
                               GREATEST(SUM(value * %s), 0) AS worth
                          FROM (
                              SELECT *, MAX(valued_at) OVER (
                                         PARTITION BY partner_id
                                     ) AS latest
                                FROM customer_affinity
                               WHERE audience_id IS NOT NULL AND %s
                          ) AS dated
                         GROUP BY partner_id, audience_id
                        HAVING SUM(orders) > 0
                    ) AS summed
                    JOIN customer_audience audience ON audience.id = audience_id
                    JOIN UNNEST(%s::int[]) AS shop (id)
                      ON audience.company_id IS NULL OR audience.company_id = shop.id
              ) AS part
             WHERE share > 0 AND share >= %s
             ORDER BY partner_id, share DESC, audience_id
            """,
            self._sql_decay(SQL("latest - valued_at")),
            old,
            list(self.env["customer.audience"]._get_companies()),
            least,
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

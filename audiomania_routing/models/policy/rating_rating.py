# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

ALL, PAIR_ONLY, NOWHERE = "all", "pair", "none"
FIGURES, PAIR = "figures", "pair"
COUNTED = {FIGURES: (ALL,), PAIR: (ALL, PAIR_ONLY)}
"""{what is asked: the marks that count for it} (rule 24)"""


class RatingRating(models.Model):
    """The marks of conversations that routing weighs (rules 2, 3 and 25)."""

    _inherit = "rating.rating"

    counts = fields.Selection(
        selection=[
            (ALL, "Everywhere"),
            (PAIR_ONLY, "For this customer and employee only"),
            (NOWHERE, "Nowhere"),
        ],
        default=ALL,
        copy=False,
        help="A mark that was not justified tells the routing that this customer did"
        " not get on with this employee, and stands in no figure; one that was given"
        " by accident counts nowhere.",
    )

    _routing_idx = models.Index("(partner_id, rated_partner_id) WHERE consumed")

    @api.model
    def _get_mark_fields(self):
        """The fields whose change changes what a mark says, or whether it counts."""
        return {"consumed", "counts", "rated_partner_id", "rating", "res_model_id"}

    @api.model
    def _sql_counted(self, purpose, value="rating"):
        """Which ratings are marks that count: given, and not voided; on a conversation,
        or after a delivered order, of its salesperson.

        :param purpose: ``FIGURES``: for figures and for everybody's averages; ``PAIR``:
            for the routing of this customer to this employee (rule 24)
        :param value: the column that was given
        """
        return SQL(
            "rating.consumed"
            " AND (rating.res_model = 'helpdesk.ticket' OR rating.mark_id IS NOT NULL)"
            " AND %s >= 1 AND COALESCE(rating.counts, %s) IN %s",
            SQL.identifier("rating", value),
            ALL,
            COUNTED[purpose],
        )

    @api.model
    @ormcache()
    def _get_marks_of_all(self):
        """{user id: (average, number)} of everybody's marks; None: of all employees.

        Asked for each letter, and changed only when a customer gives a mark.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT users.id, AVG(rating.rating), COUNT(*)
                  FROM rating_rating rating
                  JOIN res_users users ON users.partner_id = rating.rated_partner_id
                 WHERE %s
                 GROUP BY GROUPING SETS ((users.id), ())
                """,
                self._sql_counted(FIGURES),
            )
        )
        return {key: (mean, number) for key, mean, number in rows if number}

    @api.model
    def _get_latest_marks(self, customers):
        """(customer, employee's user, mark, moment): the latest that counts, of these
        customers' companies.

        :param customers: commercial partners
        """
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (contact.commercial_partner_id, users.id)
                       contact.commercial_partner_id, users.id, rating.rating,
                       COALESCE(rating.rated_on, rating.write_date) AS given_at
                  FROM res_partner contact
                  JOIN rating_rating rating ON rating.partner_id = contact.id
                  JOIN res_users users ON users.partner_id = rating.rated_partner_id
                 WHERE contact.commercial_partner_id IN %s AND %s
                 ORDER BY contact.commercial_partner_id, users.id, given_at DESC,
                       rating.id DESC
                """,
                tuple(customers.ids),
                self._sql_counted(PAIR),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        if any(vals.get("consumed") for vals in vals_list):
            self.env.registry.clear_cache()
        return ratings

    def write(self, vals):
        result = super().write(vals)
        if self._get_mark_fields() & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine.marks import Marks
from ...policy.rating_rating import FIGURES

QUALITY = "quality"
COLUMNS = {QUALITY: "rating", "speed": "speed"}
USER, TEAM, AUDIENCE = "user", "team", "audience"
GIVEN_AT = SQL("COALESCE(rating.rated_on, rating.write_date)")


class Average(NamedTuple):
    """What customers gave: never shown without its number (rule 25).

    :param average: with the usual marks added, so that one mark does not decide: the
        value with which routing weighs an employee
    :param mean: the plain one
    :param number: of marks
    """

    average: float
    mean: float
    number: int


class RatingRating(models.Model):
    """Averages with a prior (rule 25)."""

    _inherit = "rating.rating"

    @api.model
    def _get_averages(self, by, domain=None, start=None, end=None, of=QUALITY):
        """{id: :class:`Average`} of those who have marks that count in figures.

        The prior is the mean of all marks until the end of the period, of everybody and
        not only of the domain: a week with one mark does not make that mark usual. How
        much it weighs is what the policy of each employee, team or audience says.

        Rights are the caller's: he asks for those whose marks his reader may know.

        :param by: ``user``, ``team`` or ``audience``
        :param domain: on ``rating.rating``: these marks only
        :param start: moment in UTC; marks given from then on
        :param end: moment in UTC; marks given before it
        :param of: ``quality`` or ``speed``
        """
        rows = self._read_means(by, domain, start, end, of)
        if not rows:
            return {}
        usual = self._get_usual_mark(end, of)
        strengths = self._get_prior_strengths(by, [key for key, _m, _n in rows])
        return {
            key: Average(
                Marks(mean, number, usual).averaged(strengths[key]), mean, number
            )
            for key, mean, number in rows
        }

    @api.model
    def _get_usual_mark(self, end=None, of=QUALITY):
        """The mean of all marks that were given before a moment; None: there is none.

        Without a moment it is the one that routing adds, from the same memory.
        """
        if not end and of == QUALITY:
            marks = self._get_marks_of_all()
            return marks[None][0] if marks else None
        column = COLUMNS[of]
        self.flush_model()
        query = SQL(
            "SELECT AVG(%s) FROM rating_rating rating WHERE %s AND %s",
            SQL.identifier("rating", column),
            self._sql_counted(FIGURES, column),
            self._sql_given(None, end),
        )
        return self.env.execute_query(query)[0][0]

    @api.model
    def _read_means(self, by, domain, start, end, of):
        """[(id, plain mean, number)]: one statement, however many there are."""
        column = COLUMNS[of]
        key, joins = self._sql_group(by)
        where = [
            self._sql_counted(FIGURES, column),
            SQL("%s IS NOT NULL", key),
            self._sql_given(start, end),
        ]
        if domain is not None:
            # sudo: rating.rating: numbers only; whose, is the caller's to ask
            found = self.sudo().with_context(active_test=False)._search(Domain(domain))
            where.append(SQL("rating.id IN %s", found.subselect()))
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                "SELECT %s, AVG(%s), COUNT(*) FROM rating_rating rating %s"
                " WHERE %s GROUP BY 1",
                key,
                SQL.identifier("rating", column),
                joins,
                SQL(" AND ").join(where),
            )
        )

    @api.model
    def _sql_given(self, start, end):
        parts = [SQL("TRUE")]
        if start:
            parts.append(SQL("%s >= %s", GIVEN_AT, start))
        if end:
            parts.append(SQL("%s < %s", GIVEN_AT, end))
        return SQL(" AND ").join(parts)

    @api.model
    def _sql_group(self, by):
        """What marks are grouped by, and the tables that it needs: the employee who
        was rated; the team and the audience of what was answered."""
        if by == USER:
            users = SQL(
                "JOIN res_users users ON users.partner_id = rating.rated_partner_id"
            )
            return SQL("users.id"), users
        column = {TEAM: "team_id", AUDIENCE: "audience_id"}[by]
        key = SQL(
            "COALESCE(%s, %s)",
            SQL.identifier("inquiry", column),
            SQL.identifier("ticket", column),
        )
        return key, SQL(
            "JOIN helpdesk_ticket ticket ON ticket.id = rating.res_id"
            " AND rating.res_model = 'helpdesk.ticket'"
            " LEFT JOIN helpdesk_inquiry inquiry ON inquiry.id = rating.inquiry_id"
        )

    @api.model
    def _get_prior_strengths(self, by, ids):
        """{id: how many usual marks are added}, as the policy in force there says."""
        policies = self.env["routing.policy"]
        return {
            key: policies._get_rules(company, team).engine.prior_strength
            for key, (company, team) in self._get_places_of(by, ids).items()
        }

    @api.model
    def _get_places_of(self, by, ids):
        """{id: (company, team)} whose policy speaks for them."""
        teams = self.env["helpdesk.ticket.team"]
        if by == USER:
            # sudo: res.users: to which company he belongs, for the policy
            users = self.env["res.users"].sudo().browse(ids)
            first = {key: p.id for p in reversed(teams._get_places()) for key in p[3]}
            return {
                user.id: (user.company_id, teams.browse(first.get(user.id, [])))
                for user in users
            }
        if by == AUDIENCE:
            # sudo: customer.audience: whose policy speaks for them
            audiences = self.env["customer.audience"].sudo().browse(ids)
            found = {one.id: one.team_id for one in audiences}
        else:
            # sudo: helpdesk.ticket.team: whose policy speaks for it
            found = {team.id: team for team in teams.sudo().browse(ids)}
        return {
            key: (team.company_id or self.env.company, team)
            for key, team in found.items()
        }

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL, ormcache

from ...names import ABSENT, LEFT, TAKEN, TAKEN_AWAY, WRONG_AUDIENCE

LATELY = 4
"""What is older than so many half-lives of what is recent does not count any more."""

EXCUSED = (ABSENT, LEFT, WRONG_AUDIENCE)
"""Why a conversation may be taken away from somebody without his doing."""


class RoutingFacts(models.AbstractModel):
    """Who does not answer what is his alone."""

    _inherit = "routing.facts"

    @api.model
    def _employee_facts_unanswered(self, batch):
        """Of what was his alone lately, the share that ran out or was taken away."""
        hour = batch.now.replace(minute=0, second=0, microsecond=0)
        shares = self._get_unanswered(hour, self._get_policy().recent_half_life)
        return {
            key: {"unanswered": shares[key]} for key in batch.user_ids if key in shares
        }

    @api.model
    @ormcache("hour", "half_life")
    def _get_unanswered(self, hour, half_life):
        """{user id: share} of those who left something, as it was at a full hour: a
        habit does not change from one letter to the next."""
        for model in ("helpdesk.inquiry", "helpdesk.ticket.transition"):
            self.env[model].flush_model()
        rows = self.env.execute_query(self._sql_unanswered(hour, half_life))
        return {key: min(1.0, left / (had or left)) for key, left, had in rows if left}

    @api.model
    def _sql_unanswered(self, hour, half_life):
        """(employee, what he left, all that he had), recent ones weighing more.

        A window ran out if until its end nobody took it, handed it on or worked it
        out. What he took without having had a window was his alone, too.
        """
        return SQL(
            """
            WITH asked AS (
                SELECT inquiry.addressee_id AS user_id, inquiry.asked_until AS at,
                       NOT EXISTS (
                           SELECT FROM helpdesk_ticket_transition line
                            WHERE line.ticket_id = inquiry.ticket_id
                              AND line.at BETWEEN inquiry.received_at
                                              AND inquiry.asked_until
                       ) AND (
                           inquiry.worked_out_at IS NULL
                           OR inquiry.worked_out_at > inquiry.asked_until
                       ) AS ran_out
                  FROM helpdesk_inquiry inquiry
                 WHERE inquiry.addressee_id IS NOT NULL
                   AND inquiry.asked_until > %(since)s
                   AND inquiry.asked_until <= %(hour)s
            ), taken AS (
                SELECT line.user_id, line.at
                  FROM helpdesk_ticket_transition line
                 WHERE line.kind = %(taken)s
                   AND line.at > %(since)s AND line.at <= %(hour)s
                   AND NOT EXISTS (
                       SELECT FROM helpdesk_inquiry inquiry
                        WHERE inquiry.ticket_id = line.ticket_id
                          AND inquiry.addressee_id = line.user_id
                          AND line.at BETWEEN inquiry.received_at
                                          AND inquiry.asked_until
                   )
            ), lost AS (
                SELECT line.from_user_id AS user_id, line.at
                  FROM helpdesk_ticket_transition line
                 WHERE line.kind = %(taken_away)s
                   AND line.at > %(since)s AND line.at <= %(hour)s
                   AND COALESCE(line.cause, '') NOT IN %(excused)s
            ), weighed AS (
                SELECT user_id, at, ran_out::integer AS left_out, 1 AS had FROM asked
                 UNION ALL
                SELECT user_id, at, 0, 1 FROM taken
                 UNION ALL
                SELECT user_id, at, 1, 0 FROM lost
            )
            SELECT user_id, SUM(left_out * %(weight)s), SUM(had * %(weight)s)
              FROM weighed
             WHERE user_id IS NOT NULL
             GROUP BY user_id
            """,
            since=hour - LATELY * half_life,
            hour=hour,
            taken=TAKEN,
            taken_away=TAKEN_AWAY,
            excused=EXCUSED,
            weight=SQL(
                "POWER(2::float8, EXTRACT(EPOCH FROM at - %s)::float8 / %s::float8)",
                hour,
                half_life / timedelta(seconds=1),
            ),
        )

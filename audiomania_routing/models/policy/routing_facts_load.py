# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter, defaultdict

from odoo import api, models
from odoo.tools import SQL

COUNTED = {
    "helpdesk.ticket": ["addressee_id", "exclusive_until", "inquiry_state", "user_id"],
    "helpdesk.inquiry": ["state", "ticket_id"],
}


class RoutingFacts(models.AbstractModel):
    """How much an employee has to do already."""

    _inherit = "routing.facts"

    @api.model
    def _pair_facts_load(self, batch):
        """The inquiries that wait for him: taken by him, or reserved for him now.

        Those of the conversation itself are not counted: they are what is asked about.
        """
        if not batch.user_ids:
            return {}
        tickets = batch.inquiries.ticket_id
        # Of several each counts the others.
        for records in (tickets, batch.inquiries):
            self._flush_others(records[: len(tickets) == 1], COUNTED[records._name])
        rows = self.env.execute_query(self._sql_load(batch, tickets))
        everywhere, here = Counter(), defaultdict(int)
        for user_id, ticket_id, number in rows:
            everywhere[user_id] += number
            here[ticket_id, user_id] += number
        return {
            (inquiry.id, key): {
                "open_inquiries": everywhere[key] - here[inquiry.ticket_id.id, key]
            }
            for inquiry in batch.inquiries
            for key in batch.staff[inquiry.id]
            if everywhere[key]
        }

    @api.model
    def _sql_load(self, batch, tickets):
        """(employee, conversation, number of pending inquiries); one conversation for
        all that are not asked about."""
        return SQL(
            """
            SELECT held.holder_id, own.id, COUNT(*)
              FROM (
                  SELECT id, user_id AS holder_id
                    FROM helpdesk_ticket
                   WHERE inquiry_state = 'pending' AND user_id = ANY(%(users)s)
                   UNION ALL
                  SELECT id, addressee_id
                    FROM helpdesk_ticket
                   WHERE inquiry_state = 'pending' AND user_id IS NULL
                     AND exclusive_until > %(now)s
                     AND addressee_id = ANY(%(users)s)
              ) held
              JOIN helpdesk_inquiry inquiry
                ON inquiry.ticket_id = held.id AND inquiry.state = 'pending'
              LEFT JOIN UNNEST(%(tickets)s::integer[]) AS own (id) ON own.id = held.id
             GROUP BY held.holder_id, own.id
            """,
            users=batch.user_ids,
            now=batch.now,
            tickets=tickets.ids,
        )

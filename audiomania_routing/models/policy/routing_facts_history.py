# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...engine.affinity import shares

ALL = (None, None)
"""The key of the sums of all conversations."""


class RoutingFacts(models.AbstractModel):
    """What earlier conversations say of the customer and of the employees."""

    _inherit = "routing.facts"

    @api.model
    def _customer_facts_language(self, batch):
        """The language that is kept with him, where it was chosen from several."""
        if len(self.env["res.lang"].get_installed()) < 2:
            return {}
        return {
            inquiry.id: {"language": code.split("_")[0]}
            for inquiry in batch.inquiries
            if (code := inquiry._get_weighed_customer().lang)
        }

    @api.model
    def _customer_facts_open(self, batch):
        """Who has taken other open conversations of his, the last one first."""
        customers = self._get_customers(batch)
        known = self.env["res.partner"].union(*customers.values())
        if not known:
            return {}
        tickets = batch.inquiries.ticket_id
        names = ["active", "commercial_partner_id", "stage_id", "user_id"]
        self._flush_others(tickets[: len(tickets) == 1], names)
        taken = defaultdict(list)
        for customer_id, ticket_id, user_id in self.env.execute_query(
            self._sql_open(known)
        ):
            taken[customer_id].append((ticket_id, user_id))
        found = {}
        for inquiry in batch.inquiries:
            mine = taken[customers[inquiry.id].id]
            others = [user for ticket, user in mine if ticket != inquiry.ticket_id.id]
            found[inquiry.id] = {"open_with": tuple(dict.fromkeys(others))}
        return found

    @api.model
    def _sql_open(self, customers):
        """(customer, conversation, who has taken it) of those that are not closed."""
        return SQL(
            """
            SELECT ticket.commercial_partner_id, ticket.id, ticket.user_id
              FROM helpdesk_ticket ticket
              LEFT JOIN helpdesk_ticket_stage stage ON stage.id = ticket.stage_id
             WHERE ticket.commercial_partner_id IN %s
               AND ticket.user_id IS NOT NULL
               AND ticket.active
               AND stage.closed IS NOT TRUE
             ORDER BY ticket.assigned_date DESC NULLS LAST, ticket.id DESC
            """,
            tuple(customers.ids),
        )

    @api.model
    def _pair_facts_history(self, batch):
        """His shares of this customer's conversations, of the matters of this kind and
        of everything; recent ones weigh more."""
        affinity = self.env["conversation.affinity"]
        slow, fast = affinity._get_half_lives()
        keys = {
            inquiry.id: self._get_history_keys(batch, inquiry)
            for inquiry in batch.inquiries
        }
        wanted = defaultdict(set)
        for name, key in {each for some in keys.values() for each in some}:
            if key:
                wanted[name].add(key)
        sums = affinity._get_sums(wanted)
        recent = {key: _share(some, "recent", fast) for key, some in sums.items()}
        often = {key: _share(some, "value", slow) for key, some in sums.items()}
        found = defaultdict(dict)
        for inquiry_id, (customer, *kinds) in keys.items():
            kind = next((each for each in kinds if each in sums), None)
            named = {
                "conversed": often.get(customer, {}),
                "conversed_lately": recent.get(customer, {}),
                "expertise": often.get(kind, {}),
                "workshare": recent.get(ALL, {}),
            }
            for name, parts in named.items():
                for key, share in parts.items():
                    found[inquiry_id, key][name] = share
        return found

    @api.model
    def _get_history_keys(self, batch, inquiry):
        """Which sums speak for this inquiry: those of its customer, then those of its
        kind, the most telling first: its category, the audience, the way it came.

        :return: (name of a field, id), without an id where it is not known
        """
        ticket = inquiry.ticket_id
        asked, customer = batch.made[inquiry.id]
        audience_id = customer.audience_id or next(
            (segment.audience_id for segment in asked.products), None
        )
        company = inquiry._get_weighed_customer().commercial_partner_id
        return [
            ("partner_id", company.id),
            ("category_id", ticket.category_id.id),
            ("audience_id", audience_id),
            ("channel_id", ticket.channel_id.id),
        ]


def _share(sums, name, half_life):
    """{employee: his part} of one of the decayed sums."""
    return shares({key: getattr(each, name) for key, each in sums.items()}, half_life)

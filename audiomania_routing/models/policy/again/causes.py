# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Why open inquiries are decided again, and which of them."""

from dataclasses import dataclass, field, fields
from enum import Enum

from odoo.fields import Domain


class Cause(str, Enum):
    """What has changed. Stored with what is left to the job."""

    ABSENCE = "absence"
    HOLIDAY = "holiday"
    SCHEDULE = "schedule"
    EMPLOYEE = "employee"
    RIGHTS = "rights"
    TEAM = "team"
    AUDIENCE = "audience"
    CUSTOMER = "customer"
    ORDERS = "orders"
    NOBODY = "nobody"
    UNSEEN = "unseen"
    ASKED = "asked"


@dataclass
class Scope:
    """Ids of what has changed: inquiries rest on any of these.

    :param departments: also False: conversations that are everybody's
    :param everything: each open inquiry may rest on it
    """

    users: set = field(default_factory=set)
    teams: set = field(default_factory=set)
    departments: set = field(default_factory=set)
    companies: set = field(default_factory=set)
    partners: set = field(default_factory=set)
    audiences: set = field(default_factory=set)
    tickets: set = field(default_factory=set)
    everything: bool = False

    def add(self, other):
        for each in fields(self):
            mine, others = getattr(self, each.name), getattr(other, each.name)
            setattr(self, each.name, mine | others)

    def get_waiting_domain(self):
        """The conversations nobody has taken that rest on it."""
        if self.everything:
            return Domain.TRUE
        written_by = Domain.OR(
            [
                Domain("partner_id.commercial_partner_id", "in", self.partners),
                Domain("partner_id.audience_id", "in", self.audiences),
            ]
        )
        return Domain.OR(
            [
                Domain("id", "in", self.tickets),
                Domain("addressee_id", "in", self.users),
                Domain("team_id", "in", self.teams),
                Domain("addressee_team_id", "in", self.teams),
                Domain("department_id", "in", self.departments),
                Domain("company_id", "in", self.companies),
                Domain("audience_id", "in", self.audiences),
                Domain("inquiry_ids", "any", written_by)
                if self.partners or self.audiences
                else Domain.FALSE,
            ]
        )

    def get_taken_domain(self):
        """The conversations that one of these employees has, who may have left."""
        if self.everything:
            return Domain("user_id", "!=", False)
        return Domain("user_id", "in", self.users) | (
            Domain("user_id", "!=", False) & Domain("id", "in", self.tickets)
        )

    def concerns(self, ticket):
        """The same for one conversation that is at hand."""
        customers = ticket.inquiry_ids.partner_id
        return self.everything or bool(
            self.tickets & set(ticket.ids)
            or self.users & {ticket.addressee_id.id, ticket.user_id.id}
            or self.teams & {ticket.team_id.id, ticket.addressee_team_id.id}
            or self.departments & {ticket.department_id.id}
            or self.companies & {ticket.company_id.id}
            or self.audiences & {ticket.audience_id.id, *customers.audience_id.ids}
            or self.partners & set(customers.commercial_partner_id.ids)
        )

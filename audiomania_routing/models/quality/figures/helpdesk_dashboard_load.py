# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter
from dataclasses import dataclass

from odoo import api, models
from odoo.fields import Domain

from ....engine.facts import Away
from ....names import PENDING
from ...policy.routing_facts import Batch
from ...queue.helpdesk_ticket_attention import CALM, LATE, SOON
from .helpdesk_dashboard import OWN, TEAMS
from .helpdesk_dashboard_waiting import LEVELS, ROWS

ABSENT = {Away.ARCHIVED, Away.LEAVE, Away.NO_ACCESS}
"""Who does not come back by himself in the morning."""

NEARLY = 0.8


@dataclass(frozen=True)
class Load:
    """How much an employee has open, of how much he may have.

    :param away: why he is absent, in words; empty: he is not
    """

    user_id: int
    open: int
    limit: int
    away: str

    @property
    def level(self):
        if (self.away and self.open) or (self.limit and self.open >= self.limit):
            return LATE
        return SOON if self.limit and self.open >= NEARLY * self.limit else CALM


class HelpdeskDashboard(models.AbstractModel):
    """Who has more open inquiries than the policy's limit, and who is absent while
    somebody waits for him: as routing counts it."""

    _inherit = "helpdesk.dashboard"

    @api.model
    @api.readonly
    def get_load(self, scope=None):
        """Employees who need help first, and how many of them there are."""
        view = self._get_scope_view(scope)
        loads = self._get_loads(view)
        shown = loads if view.scope == OWN else [x for x in loads if x.level != CALM]
        names = self.env["routing.facts"]._get_employee_names(
            [load.user_id for load in shown[:ROWS]]
        )
        _ = self.env._
        return {
            "figures": self._list_load_figures(view, loads),
            "columns": [_("Employee"), _("Open now"), _("Limit"), ""] if shown else [],
            "rows": [
                self._make_load_row(view, load, names[load.user_id])
                for load in shown[:ROWS]
            ],
            "note": "" if shown else _("Nobody has too much, and nobody is absent."),
        }

    @api.model
    def _get_loads(self, view):
        """:class:`Load` of each who has something open, whom to help first first."""
        user_ids = self._get_loaded_users(view)
        # sudo: routing.facts: numbers of employees whom the reader supervises
        facts = self.env["routing.facts"].sudo()
        batch = Batch(facts.env["helpdesk.inquiry"], view.now, {0: user_ids})
        presence = facts._employee_facts_presence(batch)
        numbers = self._count_open(facts, batch)
        loads = [
            Load(
                key,
                numbers[key],
                self._get_limit(batch.people[key]),
                self._tell_absence(facts, presence[key]),
            )
            for key in user_ids
            if key in batch.people and (numbers[key] or view.scope == OWN)
        ]
        return sorted(
            loads, key=lambda one: (LEVELS.index(one.level), -one.open, one.user_id)
        )

    @api.model
    def _get_loaded_users(self, view):
        """Who holds something of what waits here, and of whom the view is about."""
        user = self.env.user
        if view.scope == OWN:
            return (user.id,)
        tickets = self.env["helpdesk.ticket"]
        domain = self._get_waiting_domain(view)
        reserved = Domain("user_id", "=", False) & Domain(
            "exclusive_until", ">", view.now
        )
        held = tickets._read_group(domain & Domain("user_id", "!=", False), ["user_id"])
        asked = tickets._read_group(domain & reserved, ["addressee_id"])
        people = {holder.id for (holder,) in [*held, *asked] if holder}
        if view.scope == TEAMS:
            # sudo: helpdesk.ticket.team: ids of his own people
            teams = self.env["helpdesk.ticket.team"].sudo()
            led = teams.browse(user._get_routing_scope().supervised)
            people.update(user._get_people_of(led))
        return tuple(sorted(people))

    @api.model
    def _count_open(self, facts, batch):
        """{user id: his pending inquiries}, as they count against his limit."""
        if not batch.user_ids:
            return Counter()
        self.env.flush_all()
        tickets = facts.env["helpdesk.ticket"]
        rows = self.env.execute_query(facts._sql_load(batch, tickets))
        return Counter({user_id: number for user_id, _own, number in rows})

    @api.model
    def _get_limit(self, person):
        """His own, else that of the policy in force for his first team."""
        if person.limit:
            return person.limit
        company = self.env["res.company"].browse(person.company_id)
        return self._get_rules_of(person.id, company).engine.limit

    @api.model
    def _tell_absence(self, facts, presence):
        away = presence.get("away")
        if away not in ABSENT:
            return ""
        return facts._describe_away(away.value, presence.get("back_at"))

    @api.model
    def _list_load_figures(self, view, loads):
        _ = self.env._
        if view.scope == OWN:
            return [self._make_own_load(view, load) for load in loads]
        over = sum(bool(load.limit and load.open >= load.limit) for load in loads)
        absent = sum(bool(load.away) for load in loads)
        return [
            self._make_figure(
                "over",
                _("Overloaded"),
                str(over),
                _(
                    "Employees with as many open inquiries as the policy's limit, or"
                    " more: taken by them, or reserved for them now."
                ),
                level=LATE if over else CALM,
                action=self._open_held(view, _("Overloaded"), _filter_over(loads)),
            ),
            self._make_figure(
                "absent",
                _("Absent with open ones"),
                str(absent),
                _(
                    "Employees on leave, archived or without access, for whose answer"
                    " customers wait."
                ),
                level=LATE if absent else CALM,
                action=self._open_held(
                    view,
                    _("Absent with open ones"),
                    [load.user_id for load in loads if load.away],
                ),
            ),
        ]

    @api.model
    def _make_own_load(self, view, load):
        return self._make_figure(
            "open",
            self.env._("My open inquiries"),
            str(load.open),
            self.env._("Inquiries that you have taken, or that are reserved for you."),
            note=load.limit and self.env._("of %(limit)s", limit=load.limit),
            level=load.level,
            action=self._open_held(
                view, self.env._("My open inquiries"), [self.env.uid]
            ),
        )

    @api.model
    def _make_load_row(self, view, load, name):
        return self._make_row(
            str(load.user_id),
            load.level,
            self._make_cell(name, self._open_held(view, name, [load.user_id])),
            self._make_cell(str(load.open)),
            self._make_cell(str(load.limit or self._tell_nothing())),
            self._make_cell(load.away),
        )

    @api.model
    def _open_held(self, view, name, user_ids):
        """What these have open, of what the reader may see."""
        held = Domain.OR(self._get_held_domain(key, view.now) for key in user_ids)
        return self._open_conversations(
            name, Domain("inquiry_state", "=", PENDING) & held
        )


def _filter_over(loads):
    return [load.user_id for load in loads if load.limit and load.open >= load.limit]

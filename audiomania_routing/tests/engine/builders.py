# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Builders for the engine's tests: one Monday, two teams, nine to six with lunch."""

from datetime import datetime, timedelta

from engine.decision import decide
from engine.facts import Away, Customer, Employee, Inquiry
from engine.policy import Policy

TEAM, OTHER_TEAM = 50, 60
AUDIENCE = 5
KNOWN = Customer(audience_id=AUDIENCE, audience_team_id=TEAM)
UNKNOWN = Customer()


def at(hour, minute=0, day=3):
    """A moment of March 2025; the 3rd is a Monday."""
    return datetime(2025, 3, day, hour, minute)


NOW = at(10)
HOURS = tuple(
    part
    for day in (3, 4, 5, 6, 7)
    for part in ((at(9, day=day), at(12, day=day)), (at(13, day=day), at(18, day=day)))
)


def employee(id, team=TEAM, away=None, **values):
    """One who is at work until six, in the audience's team."""
    present = {} if away else {"at_work_until": at(18)}
    return Employee(
        **{
            "id": id,
            "team_ids": (team,) if team else (),
            "away": away,
            "hours": HOURS,
            **present,
            **values,
        }
    )


def ask(staff, named=(), continues=None, customer=KNOWN, policy=None, now=NOW):
    inquiry = Inquiry(1, named=tuple(named), continues=continues)
    return decide(inquiry, customer, staff, policy or Policy(), now)


def codes(decision):
    return [reason.code for reason in decision.reasons]


def hours(number):
    return timedelta(hours=number)


AWAY = list(Away)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who reads what, once more: written from rules 4 to 14, without Odoo or the engine.

Slow and plain. Time goes in quarters of an hour: schedules, leaves, delays and what
happens all begin and end on one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

QUARTER = timedelta(minutes=15)
WINDOW = timedelta(hours=2)
DELAY = timedelta(hours=2)
ALL_DAY = ((8, 12), (13, 17))
MORNINGS = ((8, 12),)

Leave = tuple[datetime, datetime]


@dataclass
class Person:
    """An employee.

    :param teams: those of which he is a member, in the order of the company
    :param leads: those whose leader he is
    :param hours: of each day from Monday to Friday
    :param here: works for the company of the customers, and not for another one
    :param active: has an account still
    """

    name: str
    teams: list[str] = field(default_factory=list)
    leads: tuple[str, ...] = ()
    hours: tuple[tuple[int, int], ...] = ALL_DAY
    is_manager: bool = False
    here: bool = True
    active: bool = True
    leaves: list[Leave] = field(default_factory=list)

    @property
    def mine(self) -> set[str]:
        return {*self.teams, *self.leads}

    @property
    def works_here(self) -> bool:
        return self.here and self.active

    def expected(self, at: datetime) -> bool:
        """Whether his schedule has the quarter that begins then."""
        hour = at.hour + at.minute / 60
        return at.weekday() < 5 and any(a <= hour < b for a, b in self.hours)

    def on_leave(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self.leaves)

    def works(self, at: datetime) -> bool:
        return self.expected(at) and not self.on_leave(at)

    def at_work_until(self, now: datetime) -> datetime | None:
        """The end of his day or of what a leave left of it; lunch belongs to it."""
        if not self.works_here:
            return None
        first, last = self.hours[0][0], self.hours[-1][1]

        def in_day(at: datetime) -> bool:
            inside = first <= at.hour + at.minute / 60 < last
            return inside and at.weekday() < 5 and not self.on_leave(at)

        if not in_day(now):
            return None
        start = now
        while in_day(start - QUARTER):
            start -= QUARTER
        has_begun, end = False, None
        while in_day(start):
            has_begun |= self.works(start) and start <= now
            if self.works(start) and start >= now:
                end = start + QUARTER
            start += QUARTER
        return end if has_begun else None

    def is_absent(self, now: datetime) -> bool:
        """Neither at work nor back on the same day."""
        if self.at_work_until(now):
            return False
        if not self.works_here:
            return True
        back = now
        while not self.works(back):
            back += QUARTER
        return back.date() != now.date()

    def can_act(self, now: datetime) -> bool:
        """He is at work, or will be back with his schedule: no leave comes first."""
        if not self.works_here:
            return False
        if self.at_work_until(now):
            return True
        while not self.expected(now):
            now += QUARTER
        return not self.on_leave(now)


@dataclass
class Conversation:
    """What waits or has waited, and the moments of its ladder.

    :param moved_to: the team to which what waits was transferred
    :param due: until when its assignee answers
    """

    audience_team: str | None
    team: str | None
    moved_to: str | None = None
    other: str | None = None
    pending: bool = True
    addressee: str | None = None
    assignee: str | None = None
    window: datetime | None = None
    team_from: datetime | None = None
    department_from: datetime | None = None
    due: datetime | None = None


class World:
    """Two teams of one department, one of another, their people, what was written.

    :param parents: {team: the team above it, or None}
    """

    def __init__(
        self, parents: dict[str, str | None], people: Iterable[Person], now: datetime
    ) -> None:
        self.parents = parents
        self.people = {person.name: person for person in people}
        self.now = now
        self.conversations: list[Conversation] = []

    # What happens

    def letter(self, audience_team: str | None, to: str | None) -> Conversation:
        """A customer writes: to an employee, or to nobody in particular."""
        conversation = Conversation(audience_team, audience_team or "Sales")
        self.conversations.append(conversation)
        self.start(conversation, to)
        return conversation

    def news(self, conversation: Conversation) -> None:
        """The same customer writes again (rule 12)."""
        if not conversation.pending:
            conversation.pending = True
            conversation.moved_to = None
            self.start(conversation, conversation.assignee)

    def start(self, conversation: Conversation, to: str | None) -> None:
        """The table of rule 7."""
        named = self.people[to] if to else None
        until = named.at_work_until(self.now) if named else None
        window = min(self.now + WINDOW, until) if until else None
        first = window or self.now
        conversation.assignee = None
        conversation.addressee = to if window else None
        conversation.window = window
        conversation.other = None
        conversation.team_from = None
        conversation.department_from = first
        if team := conversation.moved_to or conversation.audience_team:
            conversation.team = team
            conversation.other = self._other_team(conversation.team, named)
            conversation.team_from = first
            members = self._members(conversation)
            conversation.department_from = self._after_work(first, members)

    def take(self, conversation: Conversation, name: str) -> None:
        conversation.assignee = name
        conversation.window = None
        conversation.due = self._answer_due(self.people[name])

    def work_out(self, conversation: Conversation, answered_by: str | None) -> None:
        """An answer makes it his who gave it; "No action required" nobody's."""
        conversation.pending = False
        conversation.window = None
        if answered_by and not conversation.assignee:
            conversation.assignee = answered_by

    def transfer(self, conversation: Conversation, to: str) -> None:
        """To an employee, who gets an exclusive window, or to a team (rule 10).

        Where nothing waits it is his, or the team's, when the customer writes again.
        """
        is_team = to in self.parents
        if conversation.pending:
            if is_team:
                conversation.moved_to = to
            self.start(conversation, None if is_team else to)
        else:
            conversation.assignee = None if is_team else to
            conversation.team = to if is_team else conversation.team

    # Who may what

    def readers(self, conversation: Conversation) -> set[str]:
        return {name for name in self.people if self.reads(name, conversation)}

    def reads(self, name: str, conversation: Conversation) -> bool:
        """Rule 14: who may read when."""
        person = self.people[name]
        if not person.works_here:
            return False
        if self.supervises(person, conversation) or conversation.assignee == name:
            return True
        if not conversation.pending:
            return self._in_department(person, conversation)
        if conversation.assignee:
            works_with = person.mine & self.people[conversation.assignee].mine
            return bool(works_with) or self.is_late_for(person, conversation)
        return self.on_rung(person, conversation)

    def is_late_for(self, person: Person, conversation: Conversation) -> bool:
        """Not answered in time: his team, and its own, have it again (rule 11)."""
        holder = self.people.get(conversation.assignee or "")
        if not holder or holder is person or not self._come(conversation.due):
            return False
        teams = {conversation.team, conversation.other}
        return bool(teams & {*person.teams} or person.mine & holder.mine)

    def on_rung(self, person: Person, conversation: Conversation) -> bool:
        """Waiting on a rung: that rung, from its very second on (rule 8)."""
        teams = {conversation.team, conversation.other}
        return (
            conversation.addressee == person.name
            or (self._come(conversation.team_from) and bool(teams & {*person.teams}))
            or (
                self._come(conversation.department_from)
                and self._in_department(person, conversation)
            )
        )

    def supervises(self, person: Person, conversation: Conversation) -> bool:
        teams = {conversation.team, conversation.other} - {None}
        return person.is_manager or any(
            team in person.leads for name in teams for team in self._upwards(name)
        )

    def may_take(self, name: str, conversation: Conversation) -> bool:
        """Whoever sees what waits takes it, unless somebody has it who is in time."""
        late = self.is_late_for(self.people[name], conversation)
        free = conversation.pending and (late or not conversation.assignee)
        return free and self.reads(name, conversation)

    def may_work_out(self, name: str, conversation: Conversation) -> bool:
        """What is taken is its assignee's, and the supervisors' of its team."""
        own_team = Conversation(None, conversation.team)
        return (
            conversation.pending
            and self.reads(name, conversation)
            and (
                conversation.assignee in (None, name)
                or self.supervises(self.people[name], own_team)
            )
        )

    def may_take_away(self, name: str, conversation: Conversation) -> bool:
        """A supervisor, of it or of its assignee; while he is absent, the team."""
        holder = self.people.get(conversation.assignee or "")
        person = self.people[name]
        if not holder or not conversation.pending or holder is person:
            return False
        if not self.reads(name, conversation):
            return False
        if self.supervises_holder(name, conversation):
            return True
        in_team = bool({conversation.team, conversation.other} & {*person.teams})
        return in_team and holder.is_absent(self.now)

    def may_transfer(self, name: str, conversation: Conversation) -> bool:
        """Who has it, or might have it; of what is worked out, the supervisors too."""
        if conversation.assignee == name:
            return True
        if not conversation.pending:
            return self.supervises_holder(name, conversation)
        return self.may_take(name, conversation) or self.may_take_away(
            name, conversation
        )

    def supervises_holder(self, name: str, conversation: Conversation) -> bool:
        person, holder = self.people[name], self.people.get(conversation.assignee or "")
        teams = holder.teams if holder else []
        return self.reads(name, conversation) and (
            self.supervises(person, conversation)
            or any(above in person.leads for t in teams for above in self._upwards(t))
        )

    def may_merge(self, name: str, *conversations: Conversation) -> bool:
        """Of one department, and he may hand on each of them."""
        roots = {self._root(one.team) for one in conversations}
        return len(roots) == 1 and all(
            self.reads(name, one) and self.may_transfer(name, one)
            for one in conversations
        )

    def may_release(self, name: str, conversation: Conversation) -> bool:
        held = conversation.pending and conversation.assignee == name
        return held or self.may_take_away(name, conversation)

    # How

    def moments(self, conversation: Conversation) -> list[datetime]:
        """Those that are still to come while it waits."""
        if not conversation.pending:
            return []
        found = (
            conversation.window,
            conversation.team_from,
            conversation.department_from,
        )
        if conversation.assignee:
            found = (conversation.due,)
        return [moment for moment in found if moment and moment > self.now]

    def _come(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self.now

    def _upwards(self, team: str | None) -> list[str]:
        return [team, *self._upwards(self.parents[team])] if team else []

    def _root(self, team: str | None) -> str | None:
        return self._upwards(team)[-1] if team else None

    def _in_department(self, person: Person, conversation: Conversation) -> bool:
        """What is of no team is everybody's."""
        root = self._root(conversation.team)
        return root is None or any(self._root(team) == root for team in person.mine)

    def _other_team(self, team: str, named: Person | None) -> str | None:
        """The team of whom it is addressed to, where it is another."""
        if not named or team in named.teams or not named.teams:
            return None
        return named.teams[0]

    def _members(self, conversation: Conversation) -> list[Person]:
        teams = {conversation.team, conversation.other}
        return [one for one in self.people.values() if teams & {*one.teams}]

    def _answer_due(self, person: Person) -> datetime:
        """The moment when he has worked for two hours."""
        left, at = DELAY, self.now
        while left:
            if person.works(at):
                left -= QUARTER
            at += QUARTER
        return at

    def _after_work(self, start: datetime, people: list[Person]) -> datetime:
        """The moment when any of those who can act has worked for two hours more."""
        able = [person for person in people if person.can_act(self.now)]
        if not able:
            return start
        left = DELAY
        while left:
            if any(person.works(start) for person in able):
                left -= QUARTER
            start += QUARTER
        return start

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A history is replayed: each case is asked about when it opens, and counted."""

from dataclasses import dataclass, field
from datetime import datetime

from engine.decision import decide
from engine.policy import Policy

from .memory import Memory

AMONG = 3
ENGINE = "the engine"
OF_ALL = "most frequent of all"
OF_CUSTOMER = "most frequent for this customer"
LAST = "last for this customer"
LAST_ELSE = "last for this customer, else most frequent of all"
CEILING = "ceiling: somebody who handled him before"


@dataclass
class Result:
    """How often each answer was right.

    :param asked: cases that were asked about
    :param left_out: cases that opened and of which nobody knows who took them, or that
        somebody had before they opened
    :param first: {answer: how often the first whom it names took it}
    :param among: {answer: how often one of the first three whom it names took it}
    :param alone: how often the engine asks one employee alone
    :param alone_right: how often he is the one
    """

    asked: int = 0
    left_out: int = 0
    employees: int = 0
    customers: int = 0
    begin: datetime | None = None
    end: datetime | None = None
    first: dict = field(default_factory=dict)
    among: dict = field(default_factory=dict)
    alone: int = 0
    alone_right: int = 0

    def share(self, counts, answer):
        return counts.get(answer, 0) / self.asked if self.asked else 0.0

    def count(self, answer, named, taker):
        """
        >>> result = Result()
        >>> result.count("a", [7, 8], 8)
        >>> result.first, result.among
        ({'a': 0}, {'a': 1})
        """
        right = bool(named) and named[0] == taker
        self.first[answer] = self.first.get(answer, 0) + right
        self.among[answer] = self.among.get(answer, 0) + (taker in named[:AMONG])


def takers(events):
    """{case: (who really took it, when)}: the first who took it, else who resolved it.

    It is only what the answers are compared with; nobody is told before its time.
    """
    took, closed = {}, {}
    for event in events:
        answers = took if event.kind == "taken" else closed
        told = event.kind in ("taken", "resolved")
        if told and event.case and event.employee:
            answers.setdefault(event.case, (event.employee, event.time))
    return {**closed, **took}


def replay(history, policy=None):
    """Ask about every case at the moment it opens, then let it be past."""
    policy = policy or Policy()
    events = history.events
    truth = takers(events)
    closes = any(event.kind == "resolved" for event in events)
    memory = Memory(policy, history.absences, closes)
    result = Result(employees=len({e.employee for e in events} - {""}))
    result.customers = len({e.customer for e in events} - {""})
    result.begin = events[0].time if events else None
    result.end = events[-1].time if events else None
    opened = set()
    for event in events:
        if event.kind == "opened" and event.case and event.case not in opened:
            opened.add(event.case)
            taker, at = truth.get(event.case, ("", None))
            if taker and at >= event.time:
                _ask(memory, event, taker, policy, result)
            else:
                result.left_out += 1
        memory.learn(event)
    return result


def _ask(memory, event, taker, policy, result):
    inquiry, customer, staff = memory.question(event, result.asked + 1)
    decision = decide(inquiry, customer, staff, policy, event.time)
    right = memory.ids.get(taker, 0)
    last = memory.last_for(event.customer, AMONG)
    usual = memory.most_frequent(AMONG)
    result.asked += 1
    result.count(ENGINE, decision.ranking.ids[:AMONG], right)
    result.count(OF_ALL, usual, right)
    result.count(OF_CUSTOMER, memory.most_frequent_for(event.customer, AMONG), right)
    result.count(LAST, last, right)
    result.count(LAST_ELSE, list(dict.fromkeys(last + usual)), right)
    known = right in memory.last_of.get(event.customer, ())
    result.count(CEILING, [right] if known else [], right)
    if decision.addressee_id is not None:
        result.alone += 1
        result.alone_right += decision.addressee_id == right

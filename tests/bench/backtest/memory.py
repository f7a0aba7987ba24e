# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is known at a moment, kept up to date row by row, as facts of the engine.

Sums decay lazily: each is worth what it was at its last addition until somebody asks.
"""

from collections import Counter, defaultdict
from datetime import timedelta

from engine.affinity import DecayedSum, shares
from engine.facts import Away, Customer, Employee, Inquiry
from engine.marks import Mark, Marks

FORGOTTEN = timedelta(days=14)
"""A case without a sign for so long is no work that waits, though nobody closed it."""


class Ledger:
    """Decayed sums by employee, apart for each key (a customer, a category)."""

    def __init__(self, half_life):
        self.half_life = half_life
        self.sums = defaultdict(dict)

    def add(self, key, employee, amount, at):
        sums = self.sums[key]
        known = sums.get(employee, DecayedSum(0.0, at))
        sums[employee] = known.add(amount, at, self.half_life)

    def shares(self, key):
        return shares(self.sums[key], self.half_life) if key in self.sums else {}


class Case:
    """One conversation: who took it, and until when it is open."""

    __slots__ = ("category", "customer", "seen", "taker")

    def __init__(self, at):
        self.customer = self.category = ""
        self.taker = None
        self.seen = at


class Memory:
    """Everything that the rows so far tell.

    :param closes: the history says when cases are resolved; where it does not, nobody
        can know what is open
    """

    def __init__(self, policy, absences=None, closes=True):
        self.ids = {}
        self.absences = absences
        self.closes = closes
        self.open = {}
        self.cases = {}
        self.last_active = {}
        self.handled = Ledger(policy.half_life)
        self.conversed = Ledger(policy.conversation_half_life)
        self.lately = Ledger(policy.recent_half_life)
        self.expertise = Ledger(policy.conversation_half_life)
        self.workshare = Ledger(policy.recent_half_life)
        self.marks = defaultdict(dict)
        self.marks_of = defaultdict(lambda: [0.0, 0])
        self.taken_of_all = Counter()
        self.taken_of = defaultdict(Counter)
        self.last_of = defaultdict(dict)
        for employee in absences or ():
            self._id(employee)

    # --- what happened

    def learn(self, event):
        """One row more is past."""
        getattr(self, f"_learn_{event.kind}")(event, self._case(event))

    def _id(self, employee):
        """Employees are numbered as they turn up; None: the row names nobody."""
        if not employee:
            return None
        return self.ids.setdefault(employee, len(self.ids) + 1)

    def _case(self, event):
        """What is known of its case; of a row without one, what the row says."""
        case = self.cases.get(event.case) or Case(event.time)
        if event.case:
            self.cases[event.case] = case
        case.seen = event.time
        case.customer = event.customer or case.customer
        case.category = event.category or case.category
        return case

    def _learn_opened(self, event, case):
        self._id(event.employee)
        self._reopen(event, case)

    def _learn_taken(self, event, case):
        employee = self._id(event.employee)
        if employee is None:
            return
        self._active(employee, event)
        if case.taker != employee:
            case.taker = employee
            self._take(employee, case, event.time)
        self._reopen(event, case)

    def _learn_resolved(self, event, case):
        """Who resolves what another took has handled the customer too."""
        employee = self._id(event.employee)
        if employee is not None:
            self._active(employee, event)
            if case.taker != employee:
                self._take(employee, case, event.time)
        self.open.pop(event.case, None)

    def _learn_order(self, event, case):
        employee = self._id(event.employee)
        if employee is None:
            return
        self._active(employee, event)
        if case.customer:
            amount = 1.0 if event.amount is None else event.amount
            self.handled.add(case.customer, employee, amount, event.time)

    def _learn_rating(self, event, case):
        """A mark is of whom the row names, else of who took the case."""
        employee = self._id(event.employee) or case.taker
        if employee is None or event.amount is None:
            return
        for key in (employee, None):
            total = self.marks_of[key]
            total[0] += event.amount
            total[1] += 1
        if case.customer:
            self.marks[case.customer][employee] = Mark(event.amount, event.time)

    def _take(self, employee, case, at):
        self.workshare.add(None, employee, 1.0, at)
        self.taken_of_all[employee] += 1
        if case.category:
            self.expertise.add(case.category, employee, 1.0, at)
        if case.customer:
            self.conversed.add(case.customer, employee, 1.0, at)
            self.lately.add(case.customer, employee, 1.0, at)
            self.taken_of[case.customer][employee] += 1
            last = self.last_of[case.customer]
            last.pop(employee, None)
            last[employee] = at

    def _active(self, employee, event):
        self.last_active[employee] = event.time

    def _reopen(self, event, case):
        if self.closes and event.case:
            self.open[event.case] = case

    # --- what the engine is told

    def question(self, event, number):
        """The inquiry, its customer and the staff, at the moment it opened."""
        named = self._id(event.employee)
        inquiry = Inquiry(number, named=() if named is None else (named,))
        waiting = self._waiting(event.time)
        mine = {each.taker: None for each in waiting if each.customer == event.customer}
        busy = Counter(each.taker for each in waiting)
        customer = Customer(open_with=tuple(mine) if event.customer else ())
        return inquiry, customer, self._staff(event, busy)

    def _waiting(self, now):
        """The cases that somebody has taken and nobody resolved."""
        for key in [k for k, c in self.open.items() if now - c.seen > FORGOTTEN]:
            del self.open[key]
        return [case for case in self.open.values() if case.taker is not None]

    def _staff(self, event, busy):
        handled = self.handled.shares(event.customer)
        conversed = self.conversed.shares(event.customer)
        lately = self.lately.shares(event.customer)
        expertise = self.expertise.shares(event.category)
        workshare = self.workshare.shares(None)
        marks = self.marks.get(event.customer, {})
        return [
            Employee(
                key,
                handled=handled.get(key, 0.0),
                conversed=conversed.get(key, 0.0),
                conversed_lately=lately.get(key, 0.0),
                expertise=expertise.get(key, 0.0),
                workshare=workshare.get(key, 0.0),
                mark=marks.get(key),
                marks=self._marks(key),
                open_inquiries=busy[key],
                **self._presence(name, key, event.time),
            )
            for name, key in self.ids.items()
        ]

    def _marks(self, key):
        if key not in self.marks_of:
            return None
        (total, number), (everybody, many) = self.marks_of[key], self.marks_of[None]
        return Marks(total / number, number, everybody / many)

    def _presence(self, name, key, now):
        """Absences tell it; without them, when he was last seen."""
        if self.absences is None:
            return {"last_active_at": self.last_active.get(key)}
        for start, end in self.absences.get(name, ()):
            if start <= now < end:
                return {"away": Away.LEAVE, "back_at": end}
        return {}

    # --- what the simple answers are told

    def most_frequent(self, number):
        return [key for key, _count in self.taken_of_all.most_common(number)]

    def most_frequent_for(self, customer, number):
        known = self.taken_of.get(customer, Counter())
        return [key for key, _count in known.most_common(number)]

    def last_for(self, customer, number):
        """Who handled him, the last first."""
        return list(reversed(self.last_of.get(customer, {})))[:number]

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The table of criteria: named pure functions of what is asked and of one employee.

A criterion answers with a value from -1 to 1, or with a :class:`Veto`, which rules the
employee out whatever speaks for him. 0 is the usual case and what is not known: a
criterion speaks only where it tells people apart.

Another addon adds one by decorating a function::

    @criterion("knows_tubes")
    def knows_tubes(asked, employee):
        return employee.extra.get("knows_tubes", 0.0)

and by giving it a weight in the policy. A criterion without a weight is not asked; one
that says what it is ``given`` or ``needs`` is asked only where that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter

from .affinity import decay
from .facts import BACK_BY_HIMSELF, Away, Customer, Employee, Inquiry, Segment
from .marks import BEST
from .policy import Policy
from .reasons import Code, Veto


@dataclass(frozen=True)
class Question:
    """What is asked: the message, who wrote it, what the company wants, and when.

    What is common to all candidates is worked out once.

    :param audience: the customer's; of a customer without one, that of the products in
        his letter, if their evidence is not thin
    :param team_id: the team that serves it, or to which it was transferred
    :param language: in which it is to be answered: the letter's, else the customer's
    :param named: {employee: 1 for the first who is named, less for the others}
    :param mentioned: the same for the salespeople of mentioned documents
    :param product_teams: {team: the share of the products in the letter it serves}

    >>> vinyl = Inquiry(1, products=(Segment(5, 50, 0.7), Segment(6, 60, 0.3)))
    >>> Question(vinyl, Customer(), Policy(), datetime.max).team_id
    50
    >>> Question(vinyl, Customer(6), Policy(), datetime.max).team_id
    """

    inquiry: Inquiry
    customer: Customer
    policy: Policy
    now: datetime
    audience: Segment | None = field(init=False)
    team_id: int | None = field(init=False)
    language: str | None = field(init=False)
    named: Mapping[int, float] = field(init=False)
    mentioned: Mapping[int, float] = field(init=False)
    product_teams: Mapping[int | None, float] = field(init=False)

    def __post_init__(self) -> None:
        inquiry = self.inquiry
        audience = self._find_audience()
        self._set("audience", audience)
        team_id = audience.team_id if audience else None
        moved = inquiry.transferred_team is not None
        self._set("team_id", inquiry.transferred_team if moved else team_id)
        self._set("language", inquiry.language or self.customer.language)
        self._set("named", by_place(inquiry.named))
        self._set("mentioned", by_place(inquiry.mentioned))
        teams: dict[int | None, float] = {}
        for each in inquiry.products:
            teams[each.team_id] = teams.get(each.team_id, 0.0) + each.share
        self._set("product_teams", teams)

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _find_audience(self) -> Segment | None:
        known = self.customer.audience_id
        if known is not None:
            return Segment(known, self.customer.audience_team_id)
        least = self.policy.audience_share
        named = [each for each in self.inquiry.products if each.share >= least]
        return min(
            named, key=lambda each: (-each.share, each.audience_id), default=None
        )

    @property
    def assignees(self) -> tuple[int, ...]:
        """Who has taken the conversation that it continues, if anybody."""
        key = self.inquiry.continues
        return () if key is None else (key,)

    @property
    def salespeople(self) -> tuple[int, ...]:
        """Whose document it came on, if it came on one."""
        key = self.inquiry.document
        return () if key is None else (key,)


Answer = Callable[[Question, Employee], float]


@dataclass(frozen=True)
class Criterion:
    """One row of the table.

    :param answer: the function
    :param given: reads the fact of the question without which it has nothing to say
    :param needs: reads the fact of an employee without which it has nothing to say of
        him
    :param whom: the only employees of whom it has something to say
    :param plain: its answer is the fact that it needs, so that nobody has to call it
    :param always: it is asked without a weight too, for whom it rules out is a rule
    :param confidential: it tells marks: only for those who may read ratings
    """

    answer: Answer
    given: Callable[[Question], object] | None = None
    needs: Callable[[Employee], object] | None = None
    whom: Callable[[Question], Iterable[int]] | None = None
    plain: bool = False
    always: bool = False
    confidential: bool = False


CRITERIA: dict[str, Criterion] = {}


def criterion(
    code: str,
    given: str | None = None,
    needs: str | None = None,
    whom: str | None = None,
    plain: bool = False,
    always: bool = False,
    confidential: bool = False,
) -> Callable[[Answer], Answer]:
    """Enter a function into the table under its code.

    :param given: a fact of the :class:`Question`, as ``"inquiry.named"``
    :param needs: a fact of the employee
    :param whom: a fact of the question: ids of employees. All as in :class:`Criterion`
    """

    def enter(answer: Answer) -> Answer:
        CRITERIA[code] = Criterion(
            answer,
            attrgetter(given) if given else None,
            attrgetter(needs) if needs else None,
            attrgetter(whom) if whom else None,
            plain,
            always,
            confidential,
        )
        return answer

    return enter


def by_place(ids: Iterable[int]) -> Mapping[int, float]:
    """Who comes first counts most.

    >>> by_place((7, 8, 7))
    {7: 1.0, 8: 0.5}
    """
    once = dict.fromkeys(ids)
    return {key: 1.0 / place for place, key in enumerate(once, 1)}


# --- what the letter says


@criterion("addressed", whom="named")
def addressed(asked: Question, employee: Employee) -> float:
    """He is named in the addresses of the letter; the first name counts most.

    >>> letter = Inquiry(1, named=(7, 8))
    >>> addressed(Question(letter, Customer(), Policy(), datetime.max), Employee(8))
    0.5
    """
    return asked.named.get(employee.id, 0.0)


@criterion("continues", whom="assignees")
def continues(asked: Question, employee: Employee) -> float:
    """The letter continues a conversation that he has taken.

    >>> letter = Inquiry(1, continues=7)
    >>> continues(Question(letter, Customer(), Policy(), datetime.max), Employee(7))
    1.0
    """
    return 1.0 if asked.inquiry.continues == employee.id else 0.0


@criterion("substitutes", given="inquiry.addressed", needs="substitute_for")
def substitutes(asked: Question, employee: Employee) -> float:
    """He stands in for whom it is addressed to, directly or through others.

    >>> asked = Question(Inquiry(1, named=(7,)), Customer(), Policy(), datetime.max)
    >>> substitutes(asked, Employee(8, substitute_for=(9, 7)))
    0.5
    """
    wanted = asked.inquiry.addressed
    places = enumerate(employee.substitute_for, 1)
    return next((1.0 / place for place, key in places if key in wanted), 0.0)


@criterion("document", whom="salespeople")
def document(asked: Question, employee: Employee) -> float:
    """The message came on an order, delivery or invoice of his.

    >>> letter = Inquiry(1, document=7)
    >>> document(Question(letter, Customer(), Policy(), datetime.max), Employee(7))
    1.0
    """
    return 1.0 if asked.inquiry.document == employee.id else 0.0


@criterion("mentioned", whom="mentioned")
def mentioned(asked: Question, employee: Employee) -> float:
    """The text names the number of a document of his; the first counts most.

    >>> letter = Inquiry(1, mentioned=(7, 8))
    >>> mentioned(Question(letter, Customer(), Policy(), datetime.max), Employee(8))
    0.5
    """
    return asked.mentioned.get(employee.id, 0.0)


@criterion("mentioned_products", given="inquiry.products")
def mentioned_products(asked: Question, employee: Employee) -> float:
    """His teams serve the audiences of the products that the letter names.

    >>> letter = Inquiry(1, products=(Segment(5, 50, 0.75), Segment(6, 60, 0.25)))
    >>> mentioned_products(
    ...     Question(letter, Customer(), Policy(), datetime.max),
    ...     Employee(7, team_ids=(60,)))
    0.25
    """
    share = 0.0
    for team_id in employee.team_ids:
        share += asked.product_teams.get(team_id, 0.0)
    return share


@criterion("language", given="language", needs="languages")
def language(asked: Question, employee: Employee) -> float:
    """He does not speak the language in which it is to be answered.

    >>> letter = Inquiry(1, language="de")
    >>> asked = Question(letter, Customer(), Policy(), datetime.max)
    >>> [language(asked, Employee(7, languages=spoken))
    ...     for spoken in (("en",), ("en", "de"))]
    [-1.0, 0.0]
    """
    return 0.0 if asked.language in employee.languages else -1.0


# --- what is known of the customer


@criterion("handled_orders", needs="handled", plain=True)
def handled_orders(asked: Question, employee: Employee) -> float:
    """His share of this customer's orders; recent and large orders weigh more."""
    return employee.handled


@criterion("conversed", needs="conversed", plain=True)
def conversed(asked: Question, employee: Employee) -> float:
    """His share of this customer's conversations; recent ones weigh more."""
    return employee.conversed


@criterion("conversed_lately", needs="conversed_lately", plain=True)
def conversed_lately(asked: Question, employee: Employee) -> float:
    """He answered this customer last: only what is recent counts."""
    return employee.conversed_lately


@criterion("open_conversations", whom="customer.open_with")
def open_conversations(asked: Question, employee: Employee) -> float:
    """He has taken another conversation of this customer that is open.

    >>> customer = Customer(open_with=(7, 8))
    >>> open_conversations(
    ...     Question(Inquiry(1), customer, Policy(), datetime.max), Employee(8))
    1.0
    """
    return 1.0 if employee.id in asked.customer.open_with else 0.0


@criterion("audience_team", given="team_id")
def audience_team(asked: Question, employee: Employee) -> float:
    """He belongs to the team that serves the customer's audience.

    >>> audience_team(
    ...     Question(Inquiry(1), Customer(5, 50), Policy(), datetime.max),
    ...     Employee(7, team_ids=(50,)))
    1.0
    """
    return 1.0 if asked.team_id in employee.team_ids else 0.0


@criterion("customer_marks", needs="mark", always=True, confidential=True)
def customer_marks(asked: Question, employee: Employee) -> float:
    """How this customer rated him; it fades, and what is bad rules out (rule 3).

    >>> from .marks import Mark
    >>> now = datetime(2025, 3, 3)
    >>> asked = Question(Inquiry(1), Customer(), Policy(), now)
    >>> [customer_marks(asked, Employee(7, mark=mark))
    ...     for mark in (None, Mark(4.0, now))]
    [0.0, 0.5]
    >>> customer_marks(asked, Employee(7, mark=Mark(1.0, now)))
    -inf
    """
    if employee.mark is None:
        return 0.0
    mark, policy = employee.mark, asked.policy
    if mark.rules_out(asked.now, policy.bad_mark, policy.marks_half_life):
        return Veto(
            Code.RATED_BADLY, mark=mark.value, best=BEST, given_at=mark.given_at
        )
    return mark.faded(asked.now, policy.marks_half_life)


# --- what is known of the employee


@criterion("marks", needs="marks", confidential=True)
def marks(asked: Question, employee: Employee) -> float:
    """How all customers rated him, beside what is usual (rule 25).

    >>> from .marks import Marks
    >>> policy = Policy(prior_strength=1.0)
    >>> asked = Question(Inquiry(1), Customer(), policy, datetime.max)
    >>> [marks(asked, Employee(7, marks=known))
    ...     for known in (None, Marks(mean=5.0, number=1, usual=4.0))]
    [0.0, 0.125]
    """
    if employee.marks is None:
        return 0.0
    return employee.marks.against_usual(asked.policy.prior_strength)


@criterion("expertise", needs="expertise", plain=True)
def expertise(asked: Question, employee: Employee) -> float:
    """His share of the matters of this kind, whoever asked."""
    return employee.expertise


@criterion("workshare", needs="workshare", plain=True)
def workshare(asked: Question, employee: Employee) -> float:
    """His share of everything that was taken lately: who is likely to be there."""
    return employee.workshare


@criterion("at_work", needs="away", always=True)
def at_work(asked: Question, employee: Employee) -> float:
    """He is not there: back by himself today or tomorrow, on leave, or gone.

    >>> asked = Question(Inquiry(1), Customer(), Policy(), datetime.max)
    >>> [at_work(asked, Employee(7, away=why)) for why in (None, *Away)]
    [0.0, -0.5, -0.5, -0.5, -1.0, -inf, -inf]
    """
    if employee.away is None:
        return 0.0
    if employee.away in BACK_BY_HIMSELF:
        return -0.5
    if employee.away is Away.LEAVE:
        return -1.0
    return Veto(Code.AWAY, away=employee.away.value, back_at=None)


@criterion("active_lately", needs="last_active_at")
def active_lately(asked: Question, employee: Employee) -> float:
    """Nothing has been seen of him for long, where no schedule tells.

    >>> asked = Question(Inquiry(1), Customer(), Policy(), datetime(2025, 3, 10))
    >>> [active_lately(asked, Employee(7, last_active_at=seen))
    ...     for seen in (None, datetime(2025, 3, 3))]
    [0.0, -0.5]
    """
    if employee.last_active_at is None:
        return 0.0
    idle = max(asked.now - employee.last_active_at, timedelta(0))
    return decay(idle, asked.policy.activity_half_life) - 1.0


@criterion("workload", needs="open_inquiries")
def workload(asked: Question, employee: Employee) -> float:
    """How many inquiries he has already, against his limit.

    >>> asked = Question(Inquiry(1), Customer(), Policy(limit=8), datetime.max)
    >>> [workload(asked, Employee(7, open_inquiries=many)) for many in (0, 2, 9)]
    [0.0, -0.25, -1.0]
    >>> workload(asked, Employee(7, limit=0))
    -1.0
    """
    limit = asked.policy.limit if employee.limit is None else employee.limit
    if employee.open_inquiries >= limit:
        return -1.0
    return -employee.open_inquiries / limit


@criterion("unanswered", needs="unanswered")
def unanswered(asked: Question, employee: Employee) -> float:
    """What was his alone lately ran out without an answer, or was taken away from him.

    >>> asked = Question(Inquiry(1), Customer(), Policy(), datetime.max)
    >>> unanswered(asked, Employee(7, unanswered=0.25))
    -0.25
    """
    return -employee.unanswered


@criterion("excluded", needs="excluded", always=True)
def excluded(asked: Question, employee: Employee) -> float:
    """The inquiry is about him, so it is not for him.

    >>> asked = Question(Inquiry(1), Customer(), Policy(), datetime.max)
    >>> excluded(asked, Employee(7, excluded=True))
    -inf
    """
    return Veto(Code.EXCLUDED) if employee.excluded else 0.0


def limit_of(employee: Employee, policy: Policy) -> int:
    return policy.limit if employee.limit is None else employee.limit


def has_room(employee: Employee, policy: Policy) -> bool:
    """One more does not bring him over his limit.

    >>> has_room(Employee(7, open_inquiries=3), Policy(limit=3))
    False
    >>> has_room(Employee(7, open_inquiries=3, limit=4), Policy(limit=3))
    True
    """
    return employee.open_inquiries < limit_of(employee, policy)

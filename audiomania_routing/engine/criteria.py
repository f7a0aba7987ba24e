# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The table of criteria: named pure functions that give a value from -1 to 1.

Another addon adds one by decorating a function::

    @criterion("speaks_language")
    def speaks_language(inquiry, customer, employee):
        return employee.extra.get("speaks_language", 0.0)

and by giving it a weight in the policy. A criterion without a weight is not asked.
"""

from __future__ import annotations

from collections.abc import Callable

from .facts import Customer, Employee, Inquiry

Criterion = Callable[[Inquiry, Customer, Employee], float]

CRITERIA: dict[str, Criterion] = {}


def criterion(code: str) -> Callable[[Criterion], Criterion]:
    """Enter a function into the table under its code."""

    def enter(function: Criterion) -> Criterion:
        CRITERIA[code] = function
        return function

    return enter


def evaluate(
    code: str, inquiry: Inquiry, customer: Customer, employee: Employee
) -> float:
    """The value of one criterion, kept within [-1, 1].

    :raise KeyError: no such criterion
    """
    return max(-1.0, min(1.0, CRITERIA[code](inquiry, customer, employee)))


@criterion("addressed")
def addressed(inquiry: Inquiry, customer: Customer, employee: Employee) -> float:
    """He is named in the letter; the first name counts most.

    >>> addressed(Inquiry(1, named=(7, 8)), Customer(), Employee(8))
    0.5
    """
    if employee.id not in inquiry.named:
        return 0.0
    return 1.0 / (1 + inquiry.named.index(employee.id))


@criterion("continues")
def continues(inquiry: Inquiry, customer: Customer, employee: Employee) -> float:
    """The letter continues a conversation that he has taken.

    >>> continues(Inquiry(1, continues=7), Customer(), Employee(7))
    1.0
    """
    return 1.0 if inquiry.continues == employee.id else 0.0


@criterion("handled_orders")
def handled_orders(inquiry: Inquiry, customer: Customer, employee: Employee) -> float:
    """His share of this customer's orders; recent and large orders weigh more.

    >>> handled_orders(Inquiry(1), Customer(), Employee(7, handled=0.25))
    0.25
    """
    return employee.handled


@criterion("audience_team")
def audience_team(inquiry: Inquiry, customer: Customer, employee: Employee) -> float:
    """He belongs to the team that serves the customer's audience.

    >>> audience_team(Inquiry(1), Customer(5, 50), Employee(7, team_ids=(50,)))
    1.0
    """
    return 1.0 if customer.audience_team_id in employee.team_ids else 0.0

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many automatic mails may still go to an address or into a conversation."""

from collections import Counter
from dataclasses import dataclass, field

OUR_OWN_FACTOR = 10
"""Employees and addresses of ours may get so many times more: no loop goes on for
ever, and nobody misses what his work sends him."""


@dataclass(frozen=True)
class Taken:
    """One mail to one address: sent, or stopped."""

    mail_id: int
    email: str
    ticket_id: int | None
    stopped: bool


@dataclass
class Budget:
    """What may still be sent.

    :param limit: so many go to one address, and so many in one conversation
    :param by_email: how many went to each address lately
    :param by_ticket: how many went out in each conversation lately
    :param own: addresses of ours
    :param unlimited: addresses that are not limited
    :param counted: mails and addresses that are counted already: sent a second time

    >>> budget = Budget(limit=2, by_email=Counter({"a@c.example": 1}))
    >>> budget.take(1, "a@c.example"), budget.take(2, "a@c.example")
    (True, False)
    >>> [taken.stopped for taken in budget.taken]
    [False, True]

    A letter to several people is one in its conversation:

    >>> budget = Budget(limit=1)
    >>> budget.take(1, "a@c.example", 7), budget.take(1, "b@c.example", 7)
    (True, True)
    >>> budget.take(2, "d@c.example", 7)
    False
    """

    limit: int
    by_email: Counter[str] = field(default_factory=Counter)
    by_ticket: Counter[int] = field(default_factory=Counter)
    own: set[str] = field(default_factory=set)
    unlimited: set[str] = field(default_factory=set)
    counted: set[tuple[int, str]] = field(default_factory=set)
    taken: list[Taken] = field(default_factory=list)
    _in_ticket: set[int] = field(default_factory=set)

    def may_stop(self, by_email: Counter[str], by_ticket: Counter[int]) -> bool:
        """Whether so many more would be too much for one of them.

        >>> budget = Budget(limit=2, by_email=Counter({"a@c.example": 1}))
        >>> budget.may_stop(Counter(["a@c.example"]), Counter())
        False
        >>> budget.may_stop(Counter(["a@c.example"] * 2), Counter())
        True
        """
        return any(
            before[key] + count > self.limit
            for before, more in ((self.by_email, by_email), (self.by_ticket, by_ticket))
            for key, count in more.items()
        )

    def take(self, mail_id: int, email: str, ticket_id: int | None = None) -> bool:
        """Whether a mail may go to an address, which is counted then."""
        if (mail_id, email) in self.counted or email in self.unlimited:
            return True
        if email in self.own:
            ticket_id = None
        stopped = self._is_spent(mail_id, email, ticket_id)
        self.taken.append(Taken(mail_id, email, ticket_id or None, stopped))
        if not stopped:
            self._spend(mail_id, email, ticket_id)
        return not stopped

    def _is_spent(self, mail_id: int, email: str, ticket_id: int | None) -> bool:
        factor = OUR_OWN_FACTOR if email in self.own else 1
        return self.by_email[email] >= self.limit * factor or bool(
            ticket_id
            and mail_id not in self._in_ticket
            and self.by_ticket[ticket_id] >= self.limit
        )

    def _spend(self, mail_id: int, email: str, ticket_id: int | None) -> None:
        self.counted.add((mail_id, email))
        self.by_email[email] += 1
        if ticket_id and mail_id not in self._in_ticket:
            self._in_ticket.add(mail_id)
            self.by_ticket[ticket_id] += 1

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the company wants. The defaults are those of rules 3, 4 and 7."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Any

DEFAULT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        # What the customer himself said outweighs everything that is inferred.
        "addressed": 4.0,
        "continues": 4.0,
        # Who stands in was not named, so who is named as well comes before him.
        "substitutes": 3.0,
        # A document has one salesperson, and the message came on it; a number in the
        # text may be quoted in passing.
        "document": 3.0,
        "mentioned": 2.0,
        # Alone each of these reaches the threshold and the lead: he knows the customer.
        # Who answered him last knows best what it is about, so recency comes before
        # frequency; the two agree where one employee has the customer to himself. But
        # the last may have helped out once, so frequency is not far behind.
        "handled_orders": 3.0,
        "conversed_lately": 3.0,
        "conversed": 2.0,
        # Another matter of the same customer: likely connected, not certainly.
        "open_conversations": 1.5,
        # What many share makes nobody stand out by itself: it decides between people
        # of whom nothing else is known.
        "audience_team": 1.0,
        "mentioned_products": 1.0,
        # These are shares, mostly small ones, that tell people apart where a team does
        # not; only who takes everything would reach the threshold by one of them.
        "expertise": 2.0,
        "workshare": 2.0,
        # One good mark of this customer weighs as much as the right team. Averages of
        # all customers lie close together, so they need a weight to be seen at all.
        "customer_marks": 1.0,
        "marks": 2.0,
        # Who cannot answer now, or not in this language, falls behind who knows the
        # customer a little, not behind who does not know him at all.
        "at_work": 2.0,
        "language": 2.0,
        "active_lately": 2.0,
        # Who has much open is who works much, and so the likely one: load only decides
        # between people who are otherwise alike. The limit is a rule of its own.
        "workload": 0.5,
        # Who leaves half unanswered falls behind a colleague who knows the customer
        # nearly as well; he is not punished beyond that.
        "unanswered": 1.5,
    }
)


@dataclass(frozen=True)
class Policy:
    """How facts become a decision.

    :param exclusive_window: how long the addressee alone sees the inquiry, plain time
    :param team_delay: working time of the team before the department sees it
    :param department_delay: working time of the department before the supervisors get
        an alert
    :param weights: criterion -> weight; a criterion that is not here is not asked
    :param window_for_named: whether who is named gets an exclusive window (rule 4)
    :param stand_out: whether the best candidate gets one where nobody is named (rule 4)
    :param threshold: the weighted sum that the best candidate needs to stand out
    :param lead: by how much he must be ahead of the second
    :param limit: who has so many open inquiries has no room for one that is addressed
        to nobody, while another who may has room
    :param decisive_lead: who is ahead of all who have room by so much gets it beyond
        his limit
    :param bad_mark: whose latest mark from this customer is not above it gets no window
        and is ranked last (rule 3); 0: no mark is bad
    :param hide_badly_rated: he does not see it with his team, but with the department
    :param marks_half_life: after this time a mark weighs half as much, and a bad one
        no longer rules out
    :param prior_strength: so many usual marks are added to everybody's (rule 25)
    :param half_life: after this time an order weighs half as much
    :param conversation_half_life: after this time a conversation weighs half as much
    :param recent_half_life: the same where only what is recent counts
    :param activity_half_life: after this time without a sign of him an employee is
        half gone, where no schedule tells
    :param answer_within: working time in which who takes a conversation answers (rule
        11); 0: there is no term
    :param remind_before: so much of it is left when he is reminded; 0: he is not
    :param supervisors_after: working time after the term before the supervisors get an
        alert
    :param audience_share: an audience with a smaller share of the customer's decayed
        orders, or of the products in a letter, is thin evidence: it is unknown
    """

    exclusive_window: timedelta = timedelta(hours=2)
    team_delay: timedelta = timedelta(hours=2)
    department_delay: timedelta = timedelta(hours=2)
    weights: Mapping[str, float] = field(
        default_factory=lambda: DEFAULT_WEIGHTS, hash=False
    )
    window_for_named: bool = True
    stand_out: bool = True
    threshold: float = 2.0
    lead: float = 1.0
    limit: int = 20
    decisive_lead: float = 2.0
    bad_mark: float = 2.0
    hide_badly_rated: bool = False
    marks_half_life: timedelta = timedelta(days=180)
    prior_strength: float = 10.0
    half_life: timedelta = timedelta(days=180)
    conversation_half_life: timedelta = timedelta(days=90)
    recent_half_life: timedelta = timedelta(days=14)
    activity_half_life: timedelta = timedelta(days=7)
    audience_share: float = 0.4
    answer_within: timedelta = timedelta(hours=2)
    remind_before: timedelta = timedelta(hours=1)
    supervisors_after: timedelta = timedelta(hours=2)

    def to_json(self) -> dict[str, Any]:
        """Numbers, switches and the weights; a duration in seconds.

        >>> Policy.from_json(Policy(limit=7).to_json()) == Policy(limit=7)
        True
        """
        return {each.name: _pack(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Policy:
        """The policy that :meth:`to_json` stored; what it lacks has its default."""
        known = [each for each in fields(cls) if each.name in values]
        return cls(
            **{each.name: _unpack(each.default, values[each.name]) for each in known}
        )

    @cached_property
    def fingerprint(self) -> str:
        """Names what is wanted: the same for equal policies, another for others.

        >>> Policy().fingerprint == Policy(weights=dict(DEFAULT_WEIGHTS)).fingerprint
        True
        >>> Policy().fingerprint == Policy(limit=7).fingerprint
        False
        """
        text = json.dumps(self.to_json(), sort_keys=True)
        return sha256(text.encode()).hexdigest()[:16]


def _pack(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value.total_seconds()
    return dict(value) if isinstance(value, Mapping) else value


def _unpack(default: Any, value: Any) -> Any:
    return timedelta(seconds=value) if isinstance(default, timedelta) else value

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the company wants. The defaults are those of rules 4 and 7."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

DEFAULT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "addressed": 4.0,
        "continues": 4.0,
        "handled_orders": 3.0,
        "audience_team": 1.0,
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
    :param half_life: after this time an order weighs half as much
    :param audience_share: an audience with a smaller share of the customer's decayed
        orders is thin evidence: his audience is unknown
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
    half_life: timedelta = timedelta(days=180)
    audience_share: float = 0.4

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which target holds for an inquiry, and how a figure is judged: without a database."""

from dataclasses import dataclass
from datetime import date

ANSWER = "answer"
WORKED_OUT = "worked_out"
QUALITY = "quality"
SPEED = "speed"

TIMED = (ANSWER, WORKED_OUT)
KINDS = (*TIMED, QUALITY, SPEED)

GREEN = "green"
YELLOW = "yellow"
RED = "red"
WHOLE = 100.0


@dataclass(frozen=True)
class Aim:
    """A target as choosing needs it; None stands for every one.

    :param warnings: at how many percent of the time who is to answer is warned
    """

    id: int
    kind: str
    since: date
    until: date | None = None
    company_id: int | None = None
    team_id: int | None = None
    type_id: int | None = None
    channel_id: int | None = None
    hours: float = 0.0
    warnings: tuple[float, ...] = ()

    def holds(self, place, day):
        """Whether it is one for such an inquiry that came in on that day.

        >>> Aim(1, ANSWER, date(2025, 3, 1)).holds(Place(), date(2025, 2, 28))
        False
        >>> Aim(1, ANSWER, date(2025, 3, 1)).holds(Place(), date(2025, 3, 1))
        True
        """
        return (
            self.since <= day
            and (self.until is None or day <= self.until)
            and self.company_id in (None, place.company_id)
            and (self.team_id is None or self.team_id in place.teams)
            and self.type_id in (None, place.type_id)
            and self.channel_id in (None, place.channel_id)
            and not (place.is_spoken and self.kind in TIMED and not self.channel_id)
        )

    def distance(self, place):
        """The nearest holds: that of the team itself, of the teams above it, of the
        company, of all companies; then the one that says more of what it is for."""
        above = len(place.teams)
        return (
            place.teams.index(self.team_id) if self.team_id else above,
            self.company_id is None,
            self.type_id is None,
            self.channel_id is None,
            self.id,
        )


@dataclass(frozen=True)
class Place:
    """Where an inquiry stands.

    :param teams: its team and those above it, the nearest first
    :param is_spoken: a call or a visit, which is answered while it is written down:
        only a target of that channel asks how long it took
    """

    company_id: int | None = None
    teams: tuple[int, ...] = ()
    type_id: int | None = None
    channel_id: int | None = None
    is_spoken: bool = False


def choose(aims, place, day):
    """{kind: the target that holds}

    >>> common = Aim(1, ANSWER, date(2025, 1, 1))
    >>> own = Aim(2, ANSWER, date(2025, 1, 1), team_id=7)
    >>> choose([common, own], Place(teams=(8, 7)), date(2025, 3, 1))["answer"].id
    2
    >>> choose([common, own], Place(teams=(9,)), date(2025, 3, 1))["answer"].id
    1
    """
    found = {}
    for aim in aims:
        if not aim.holds(place, day):
            continue
        former = found.get(aim.kind)
        if not former or aim.distance(place) < former.distance(place):
            found[aim.kind] = aim
    return found


def get_reached(kept, counted, percent):
    """To how many percent a target is reached; None where nothing is counted.

    >>> get_reached(81, 100, 90)
    90.0
    >>> get_reached(10, 10, 90)
    100.0
    """
    if not counted:
        return None
    return min(WHOLE, kept * WHOLE * WHOLE / counted / percent)


def get_band(reached, green, yellow):
    """
    >>> [get_band(each, 95, 90) for each in (95, 94.9, 90, 89.9)]
    ['green', 'yellow', 'yellow', 'red']
    """
    if reached >= green:
        return GREEN
    return YELLOW if reached >= yellow else RED

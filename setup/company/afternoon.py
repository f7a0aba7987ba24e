# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When the company works: so that it is at work whenever somebody looks."""

from datetime import datetime

HOME = ("Europe/Moscow", 3)
AFTERNOON = 16


def afternoon_zone(now: datetime):
    """(name, hours east of Greenwich) of a zone in which it is past four now.

    Whenever somebody looks, the company is in the middle of its working day: else
    nobody would be at work, and nothing would be reserved for anybody. It is Moscow's
    own zone when it is that time there.
    """
    east = (AFTERNOON - now.hour + 11) % 24 - 11
    return HOME if east == HOME[1] else (f"Etc/GMT{-east:+d}", east)


def shop_days(today):
    """The five days of the week (0: Monday) on which most people work, this one too."""
    return (0, 1, 2, 3, 4) if today < 5 else (2, 3, 4, 5, 6)


def weekend_days(today):
    """The five days of who works at weekends, this one too: somebody of each team is
    there while the others have lunch."""
    return (5, 6, 2, 3, 4) if today in (3, 4) else (5, 6, 0, 1, 2)

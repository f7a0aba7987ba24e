# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Days of the office as moments in UTC, right over changes of daylight saving time.

>>> now = datetime(2025, 4, 3, 10)  # a Thursday, 12:00 in Berlin since Sunday's change
>>> day_until(now, "Europe/Berlin")
(datetime.datetime(2025, 4, 2, 22, 0), datetime.datetime(2025, 4, 3, 10, 0))
>>> day_until(now, "Europe/Berlin", days_ago=7)
(datetime.datetime(2025, 3, 26, 23, 0), datetime.datetime(2025, 3, 27, 11, 0))
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def day_until(now, zone, days_ago=0):
    """That day of the office from midnight until the time that its clock shows now.

    :param now: naive, UTC
    :param zone: the name of the office's time zone
    :returns: (start, end), naive, UTC
    """
    office = ZoneInfo(zone)
    local = now.replace(tzinfo=UTC).astimezone(office)
    day = local.date() - timedelta(days=days_ago)
    return (
        _to_utc(datetime.combine(day, time(), office)),
        _to_utc(datetime.combine(day, local.time(), office)),
    )


def start_of_days(now, zone, days):
    """Midnight at which the last so many days of the office began, today among them.

    >>> start_of_days(datetime(2025, 4, 3, 10), "Europe/Berlin", 7)
    datetime.datetime(2025, 3, 27, 23, 0)
    """
    return day_until(now, zone, days - 1)[0]


def _to_utc(moment):
    return moment.astimezone(UTC).replace(tzinfo=None)

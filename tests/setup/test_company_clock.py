# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whenever the demo company is made, it is in the middle of its working day."""

import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from kit import cache

sys.path.insert(0, str(cache.SETUP))
from company.afternoon import AFTERNOON, afternoon_zone, shop_days, weekend_days

FIRSTS = (datetime(2026, 11, 16), datetime(2026, 12, 28), datetime(2028, 2, 28))
"""Of weeks: one like others, one with the turn of a year, one with a 29 February."""
HOURS = [first + timedelta(hours=n, minutes=59) for first in FIRSTS for n in range(168)]


@pytest.mark.parametrize("hour", range(24))
def test_it_is_past_four_on_a_day_of_work_of_both_shifts(hour):
    for now in HOURS[hour::24]:
        assert_afternoon(now)


def assert_afternoon(now):
    zone, east = afternoon_zone(now)
    assert zone in available_timezones()
    local = now.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
    assert local.replace(tzinfo=None) == now + timedelta(hours=east)
    assert local.hour == AFTERNOON
    assert local.weekday() in shop_days(local.weekday())
    assert local.weekday() in weekend_days(local.weekday())

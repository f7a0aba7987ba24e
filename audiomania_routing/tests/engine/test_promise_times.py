# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When a promised answer comes back (rule 17)."""

from datetime import timedelta

from builders import HOURS, at
from engine.promise import back_at, next_days

HOUR = timedelta(hours=1)
TWO = 2 * HOUR


def test_only_working_time_counts():
    assert back_at(at(14), TWO, HOURS, at(8)) == at(11)


def test_nobody_is_reminded_of_what_he_has_just_promised():
    assert back_at(at(11), TWO, HOURS, at(10)) is None
    assert back_at(at(12), TWO, HOURS, at(10)) is None


def test_a_promise_for_the_night_comes_back_before_the_evening():
    assert back_at(at(23), HOUR, HOURS, at(9)) == at(17)


def test_of_whom_no_working_time_is_known_plain_time_counts():
    assert back_at(at(20), TWO, (), at(9)) == at(18)


def test_a_day_goes_from_its_first_to_its_last_moment_also_after_lunch():
    assert next_days(HOURS, at(15), timedelta(0))[0] == (at(9), at(18))


def test_a_day_that_is_over_is_none_to_come():
    assert len(next_days(HOURS, at(23), timedelta(0))) == len(HOURS) // 2 - 1


def test_days_are_those_of_the_clock_on_the_wall():
    night = [(at(22), at(23)), (at(1, day=4), at(2, day=4))]
    assert len(next_days(night, at(20), 0 * HOUR)) == 2
    assert len(next_days(night, at(20), 3 * HOUR)) == 1

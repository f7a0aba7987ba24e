# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lunch belongs to the day, an absence ends it (rule 4)."""

from builders import HOURS, at
from engine.worktime import subtract, working_day


def test_during_lunch_he_is_at_work_until_the_evening():
    assert working_day(HOURS, [], at(12, 30)) == (at(9), at(18))


def test_before_and_after_the_day_he_is_not_at_work():
    assert working_day(HOURS, [], at(8, 59)) is None
    assert working_day(HOURS, [], at(18)) is None


def test_an_appointment_of_an_hour_ends_the_day_when_it_begins():
    doctor = [(at(15), at(16))]
    assert working_day(HOURS, doctor, at(10)) == (at(9), at(15))
    assert working_day(HOURS, doctor, at(15, 30)) is None
    assert working_day(HOURS, doctor, at(16)) == (at(16), at(18))


def test_a_free_afternoon_begins_with_lunch():
    free = [(at(13), at(18))]
    assert working_day(HOURS, free, at(10)) == (at(9), at(12))
    assert working_day(HOURS, free, at(12, 30)) is None


def test_two_shifts_with_a_long_gap_are_two_days():
    shifts = [(at(6), at(10)), (at(18), at(22))]
    assert working_day(shifts, [], at(9)) == (at(6), at(10))
    assert working_day(shifts, [], at(12)) is None


def test_a_night_shift_is_one_day():
    night = [(at(20), at(0, day=4)), (at(0, day=4), at(4, day=4))]
    assert working_day(night, [], at(23)) == (at(20), at(4, day=4))


def test_an_absence_without_length_takes_nothing_away():
    assert subtract([(at(9), at(12))], [(at(10), at(10))]) == ((at(9), at(12)),)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo.tests import tagged

from .common import SECOND, WINDOW, ConversationCase

FULL_DAY = ((8, 12), (13, 17))


@tagged("post_install", "-at_install")
class TestClockTime(ConversationCase):
    """Window and delays count the time of those who can act (rules 4, 7 and 8).

    Each moment is proven as the employee who may not read a second before it, and
    may read at it.
    """

    def receive_at(self, moment, to="anna@hifi.example", **values):
        self._freeze(moment)
        self.env.invalidate_all()
        return self.receive(to, **values)

    def assert_opens(self, ticket, user, moment):
        """Hidden from him until the last second before, open from the second on."""
        for at, expected in ((moment - SECOND, False), (moment, True)):
            self._freeze(at)
            self.env.invalidate_all()
            found = ticket.with_user(user).search([("id", "=", ticket.id)])
            self.assertEqual(bool(found), expected, f"{user.login} at {at}")
            self.assertEqual(ticket.with_user(user).has_access("read"), expected)

    def move_office(self, zone):
        """Everybody works 8-12 and 13-17 by the clocks of that zone."""
        self.calendar.tz = zone
        users = self.anna | self.boris | self.vera | self.chief | self.leader
        users.tz = zone
        users.employee_ids.resource_id.tz = zone

    def make_hours(self, hours=FULL_DAY, days="01234"):
        return self.env["resource.calendar"].create(
            {
                "name": "Other hours",
                "tz": "UTC",
                "company_id": self.company.id,
                "attendance_ids": [
                    (
                        0,
                        0,
                        {"name": day, "dayofweek": day, "hour_from": a, "hour_to": b},
                    )
                    for day in days
                    for a, b in hours
                ],
            }
        )

    def make_holiday(self, start, end):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "A holiday",
                "company_id": self.company.id,
                "calendar_id": False,
                "resource_id": False,
                "date_from": start,
                "date_to": end,
            }
        )

    def test_lunch_neither_stretches_nor_cuts_the_window_but_delays_the_department(
        self,
    ):
        ticket = self.receive_at(datetime(2025, 3, 3, 11))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 3, 13))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 3, 15))

    def test_the_window_ends_with_the_working_day(self):
        ticket = self.receive_at(datetime(2025, 3, 3, 16, 30))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 3, 17))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 4, 10))

    def test_at_night_the_team_sees_it_at_once_and_the_department_in_the_morning(self):
        night = datetime(2025, 3, 3, 23, 30)
        ticket = self.receive_at(night)
        self.assertIn(self.boris, self.get_readers(ticket))
        self.assertFalse(ticket.exclusive_until)
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 4, 10))

    def test_the_weekend_does_not_count(self):
        ticket = self.receive_at(datetime(2025, 3, 7, 16))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 7, 17))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 10, 10))

    def test_a_public_holiday_does_not_count(self):
        self.make_holiday(datetime(2025, 3, 4), datetime(2025, 3, 4, 23, 59, 59))
        ticket = self.receive_at(datetime(2025, 3, 3, 16))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 3, 17))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 5, 10))

    def test_on_a_public_holiday_nobody_is_at_work(self):
        self.make_holiday(datetime(2025, 3, 3), datetime(2025, 3, 3, 23, 59, 59))
        ticket = self.receive_at(datetime(2025, 3, 3, 10))
        self.assertFalse(ticket.exclusive_until)
        self.assertIn(self.boris, self.get_readers(ticket))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 4, 10))

    def test_the_office_opens_an_hour_earlier_in_utc_when_summer_time_begins(self):
        self.move_office("Europe/Berlin")
        ticket = self.receive_at(datetime(2025, 3, 28, 15, 30))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 28, 16))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 31, 8))

    def test_the_office_opens_an_hour_later_in_utc_when_summer_time_ends(self):
        self.move_office("Europe/Berlin")
        ticket = self.receive_at(datetime(2025, 10, 24, 14, 30))
        self.assert_opens(ticket, self.boris, datetime(2025, 10, 24, 15))
        self.assert_opens(ticket, self.vera, datetime(2025, 10, 27, 9))

    def test_the_plain_time_of_the_window_is_not_changed_by_summer_time(self):
        """Who works in the night of the change: two hours are two hours."""
        self.calendar.attendance_ids.unlink()
        self.calendar.attendance_ids = [
            (0, 0, {"name": "Night", "dayofweek": "6", "hour_from": 0, "hour_to": 12})
        ]
        self.move_office("Europe/Berlin")
        ticket = self.receive_at(datetime(2025, 3, 30, 0, 30))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 30, 2, 30))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 30, 4, 30))

    def test_each_has_the_day_of_his_own_zone(self):
        self.anna.employee_ids.resource_id.tz = "Asia/Vladivostok"
        ticket = self.receive_at(datetime(2025, 3, 3, 6, 30))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 3, 7))

    def test_delays_count_whoever_of_the_team_works_in_whichever_zone(self):
        self.anna.employee_ids.resource_id.tz = "Asia/Vladivostok"
        ticket = self.receive_at(datetime(2025, 3, 3, 6, 30))
        self.assertEqual(ticket.team_visible_from, datetime(2025, 3, 3, 7))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 3, 10))

    def test_who_works_part_time_has_a_shorter_window(self):
        self.anna.employee_ids.resource_calendar_id = self.make_hours(((8, 12),))
        ticket = self.receive_at(datetime(2025, 3, 3, 11))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 3, 12))

    def test_a_team_that_works_part_time_has_longer_delays(self):
        mornings = self.make_hours(((8, 10),), days="02")
        employees = (self.anna | self.boris).employee_ids
        employees.resource_calendar_id = mornings
        ticket = self.receive_at(datetime(2025, 3, 3, 9))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 3, 10))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 5, 10))

    def test_a_leave_that_begins_in_the_window_ends_it(self):
        self.take_leave(self.anna, datetime(2025, 3, 3, 11), datetime(2025, 3, 5))
        ticket = self.receive_at(datetime(2025, 3, 3, 10))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 3, 11))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 3, 14))

    def test_the_hours_of_who_is_on_leave_do_not_count(self):
        for user in (self.anna, self.boris):
            end = datetime(2025, 3, 6) if user == self.anna else datetime(2025, 3, 5)
            self.take_leave(user, datetime(2025, 3, 3, 17), end)
        ticket = self.receive_at(datetime(2025, 3, 3, 16))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 3, 17))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 5, 10))

    def test_without_a_schedule_of_his_own_he_works_when_the_company_does(self):
        self.anna.employee_ids.unlink()
        ticket = self.receive_at(datetime(2025, 3, 3, 16, 30))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 3, 17))

    def test_with_no_schedule_anywhere_all_time_counts(self):
        self.env["hr.employee"].search([("company_id", "=", self.company.id)]).write(
            {"resource_calendar_id": False}
        )
        self.company.resource_calendar_id = False
        sunday = datetime(2025, 3, 2, 3)
        ticket = self.receive_at(sunday)
        self.assert_opens(ticket, self.boris, sunday + WINDOW)
        self.assert_opens(ticket, self.vera, sunday + 2 * WINDOW)

    def test_it_is_exact_where_the_letter_came_in_the_middle_of_a_minute(self):
        ticket = self.receive_at(datetime(2025, 3, 3, 13, 7, 41))
        self.assert_opens(ticket, self.boris, datetime(2025, 3, 3, 15, 7, 41))
        self.assert_opens(ticket, self.vera, datetime(2025, 3, 4, 8, 7, 41))

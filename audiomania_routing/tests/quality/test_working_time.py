# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from odoo.tests import tagged

from ..common import RoutingCase


@tagged("post_install", "-at_install")
class TestWorkingTime(RoutingCase):
    """The time in which a team works, by its own schedule or its company's.

    Headphones work by the company's: 8-12 and 13-17 in UTC. Vinyl works in Berlin
    from 8 to 12 and from 13 to 17, in summer and in winter.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.berlin = cls.env["resource.calendar"].create(
            {"name": "Berlin", "tz": "Europe/Berlin", "company_id": cls.company.id}
        )
        cls.headphones = cls.make_team("Headphones", parent=cls.department)
        cls.vinyl = cls.make_team(
            "Vinyl", parent=cls.department, resource_calendar_id=cls.berlin.id
        )

    def make_holiday(self, start, end, calendar=None, **values):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id if calendar else False,
                "date_from": start,
                "date_to": end,
                **values,
            }
        )

    def count(self, start, end, team=None):
        return (team or self.headphones)._get_working_hours([(start, end)])[start, end]

    def plan(self, start, hours, team=None):
        return (team or self.headphones)._plan_working_hours(start, hours)

    # A week without anything special

    def test_lunch_is_no_working_time(self):
        self.assertEqual(self.count(at(3, 3, 10), at(3, 3, 15)), 4)

    def test_a_night_and_a_weekend_are_none(self):
        self.assertEqual(self.count(at(3, 7, 16), at(3, 10, 9)), 2)
        self.assertEqual(self.count(at(3, 8, 9), at(3, 9, 18)), 0)

    def test_minutes_count(self):
        self.assertAlmostEqual(self.count(at(3, 3, 9), at(3, 3, 9, 45)), 0.75)

    def test_what_ends_before_it_begins_took_no_time(self):
        self.assertEqual(self.count(at(3, 3, 15), at(3, 3, 10)), 0)
        self.assertEqual(self.headphones._get_working_hours([]), {})

    def test_a_year_is_the_sum_of_its_weeks(self):
        weeks = self.count(at(1, 6, 0), at(1, 6, 0) + timedelta(weeks=52))
        self.assertEqual(weeks, 52 * 40)

    def test_many_are_counted_at_once(self):
        pairs = [(at(3, 3, 10), at(3, 3, hour)) for hour in range(11, 24)]
        hours = self.headphones._get_working_hours(pairs)
        self.assertEqual(
            [hours[one] for one in pairs], [1, 2, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6, 6]
        )

    def test_so_many_hours_are_over_at(self):
        self.assertEqual(self.plan(at(3, 3, 10), 1), at(3, 3, 11))
        self.assertEqual(self.plan(at(3, 3, 10), 3), at(3, 3, 14))
        self.assertEqual(self.plan(at(3, 3, 10), 6), at(3, 3, 17))
        self.assertEqual(self.plan(at(3, 7, 16), 2), at(3, 10, 9))
        self.assertEqual(self.plan(at(3, 8, 16), 0.5), at(3, 10, 8, 30))
        self.assertEqual(self.plan(at(3, 3, 8), 40 * 10), at(5, 9, 17))

    def test_no_hours_are_over_at_once(self):
        self.assertEqual(self.plan(at(3, 8, 16), 0), at(3, 8, 16))

    def test_counting_and_planning_agree(self):
        for team in (self.headphones, self.vinyl):
            for hours in (0.25, 1, 7.5, 8, 39, 100):
                start = at(3, 28, 11, 20)
                with self.subTest(team=team.name, hours=hours):
                    end = self.plan(start, hours, team)
                    self.assertAlmostEqual(self.count(start, end, team), hours)

    # Public holidays

    def test_a_public_holiday_is_no_working_time(self):
        self.make_holiday(at(5, 1, 0), at(5, 1, 23, 59))
        self.assertEqual(self.count(at(4, 30, 16), at(5, 2, 9)), 2)
        self.assertEqual(self.plan(at(4, 30, 16), 2), at(5, 2, 9))

    def test_one_of_another_schedule_or_company_is_none_of_ours(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_holiday(at(5, 1, 0), at(5, 1, 23), self.berlin)
        there = self.make_holiday(at(5, 1, 0), at(5, 1, 23))
        there.company_id = other
        self.assertEqual(self.count(at(5, 1, 8), at(5, 1, 17)), 8)
        self.assertEqual(self.count(at(5, 1, 8), at(5, 1, 17), self.vinyl), 0)

    def test_a_leave_of_an_employee_is_none(self):
        user = self.make_user("vera")
        self.take_leave(user, at(5, 1, 0), at(5, 1, 23))
        self.assertEqual(self.count(at(5, 1, 8), at(5, 1, 17)), 8)

    def test_a_change_of_a_holiday_counts_at_once(self):
        day = (at(5, 1, 8), at(5, 1, 17))
        self.assertEqual(self.count(*day), 8)
        holiday = self.make_holiday(*day)
        self.assertEqual(self.count(*day), 0)
        holiday.date_from = at(5, 1, 13)
        self.assertEqual(self.count(*day), 4)
        holiday.unlink()
        self.assertEqual(self.count(*day), 8)

    # Summer and winter

    def test_hours_follow_the_clock_of_the_team(self):
        """The clocks of Berlin go forward on 30 March and back on 26 October 2025."""
        for day, first in ((at(3, 28, 0), 7), (at(3, 31, 0), 6), (at(10, 27, 0), 7)):
            with self.subTest(day):
                opens = day + timedelta(hours=first)
                self.assertEqual(self.count(day, opens, self.vinyl), 0)
                self.assertEqual(
                    self.count(day, opens + timedelta(hours=1), self.vinyl), 1
                )

    def test_the_weekend_of_the_change_has_no_hour_more(self):
        self.assertEqual(self.count(at(3, 28, 15), at(3, 31, 7), self.vinyl), 2)
        self.assertEqual(self.count(at(10, 24, 14), at(10, 27, 8), self.vinyl), 2)
        self.assertEqual(self.plan(at(3, 28, 15), 2, self.vinyl), at(3, 31, 7))
        self.assertEqual(self.plan(at(10, 24, 14), 2, self.vinyl), at(10, 27, 8))

    def test_a_night_shift_over_the_change_is_as_long_as_it_was(self):
        """From 22 to 6 there are seven hours in the night of 30 March."""
        self.berlin.attendance_ids.unlink()
        night = [("5", 22, 24), ("6", 0, 6)]
        self.env["resource.calendar.attendance"].create(
            [
                {
                    "name": "Night",
                    "calendar_id": self.berlin.id,
                    "dayofweek": day,
                    "hour_from": start,
                    "hour_to": end,
                }
                for day, start, end in night
            ]
        )
        self.assertEqual(self.count(at(3, 29, 12), at(3, 30, 12), self.vinyl), 7)
        self.assertEqual(self.count(at(3, 22, 12), at(3, 23, 12), self.vinyl), 8)

    # Whose schedule

    def test_two_teams_work_by_their_own_schedules(self):
        pair = (at(3, 3, 7), at(3, 3, 9))
        self.assertEqual(self.count(*pair), 1)
        self.assertEqual(self.count(*pair, self.vinyl), 2)

    def test_a_team_has_the_schedule_of_the_one_above(self):
        players = self.make_team("Players", parent=self.vinyl)
        self.assertEqual(self.count(at(3, 3, 7), at(3, 3, 9), players), 2)

    def test_a_new_schedule_counts_at_once(self):
        pair = (at(3, 3, 7), at(3, 3, 9))
        self.assertEqual(self.count(*pair), 1)
        self.department.resource_calendar_id = self.berlin
        self.assertEqual(self.count(*pair), 2)
        self.department.resource_calendar_id = False
        self.company.resource_calendar_id = self.berlin
        self.assertEqual(self.count(*pair), 2)
        self.berlin.tz = "UTC"
        self.assertEqual(self.count(*pair), 1)

    def test_without_a_schedule_time_is_plain(self):
        self.company.resource_calendar_id = False
        self.assertEqual(self.count(at(3, 1, 7), at(3, 3, 7)), 48)
        self.assertEqual(self.plan(at(3, 1, 7), 48), at(3, 3, 7))

    def test_a_schedule_that_names_no_hours_is_none(self):
        self.calendar.schedule_type = "flexible"
        self.assertEqual(self.count(at(3, 1, 7), at(3, 3, 7)), 48)

    def test_a_schedule_without_work_ends_in_plain_time(self):
        self.calendar.attendance_ids.unlink()
        self.assertEqual(self.count(at(3, 1, 7), at(3, 3, 7)), 0)
        self.assertGreater(self.plan(at(3, 1, 7), 1), at(12, 31, 0))

    def test_no_team_works_by_its_company(self):
        none = self.env["helpdesk.ticket.team"]
        self.assertEqual(self.count(at(3, 7, 16), at(3, 10, 9), none), 2)

    # What it costs

    def test_warm_it_asks_the_database_nothing(self):
        pair = (at(3, 3, 10), at(6, 3, 15))
        self.count(*pair)
        self.plan(*pair[:1], 100)
        self.env.flush_all()
        with self.assertQueryCount(0):
            self.count(*pair)
            self.plan(*pair[:1], 100)


def at(month, day, hour, minute=0):
    return datetime(2025, month, day, hour, minute)

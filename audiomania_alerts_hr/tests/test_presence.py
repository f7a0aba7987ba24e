# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import (
    CODE,
    AlertCase,
    make_type,
    trap_alerts,
)

# Monday.
NOW = datetime(2026, 3, 2, 9)


@tagged("post_install", "-at_install")
class TestPresence(AlertCase):
    """Employees with working schedules, from 8 to 12 and from 13 to 17 UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Shop", "tz": "UTC", "company_id": cls.env.company.id}
        )
        cls.hr_employee = cls.make_employee(cls.employee)
        cls.hr_colleague = cls.make_employee(cls.colleague)
        cls.hr_chief = cls.make_employee(cls.administrator)
        cls.presence = cls.env["alert.presence"]
        cls.type = make_type(cls.env, when_absent="substitute")

    @classmethod
    def make_employee(cls, user):
        employee = cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "resource_calendar_id": cls.calendar.id,
            }
        )
        # Odoo takes it from the user at first.
        employee.tz = "UTC"
        return employee

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(NOW))

    def leave(self, employee, start, end, **values):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Time off",
                "calendar_id": self.calendar.id,
                "resource_id": employee.resource_id.id,
                "date_from": start,
                "date_to": end,
                **values,
            }
        )

    def absent(self, users, now=NOW):
        return self.presence._get_absent_users(users, now)

    def test_who_has_time_off_is_absent_until_its_end(self):
        self.leave(self.hr_employee, "2026-03-02 08:00:00", "2026-03-04 17:00:00")
        self.assertEqual(
            self.absent(self.employee | self.colleague),
            {self.employee: datetime(2026, 3, 4, 17)},
        )

    def test_who_comes_back_or_has_not_left_is_not_absent(self):
        self.leave(self.hr_employee, "2026-03-01 08:00:00", "2026-03-02 09:00:00")
        self.leave(self.hr_colleague, "2026-03-03 08:00:00", "2026-03-04 17:00:00")
        self.assertFalse(self.absent(self.employee | self.colleague))

    def test_times_off_that_follow_each_other_are_one_absence(self):
        self.leave(self.hr_employee, "2026-03-02 08:00:00", "2026-03-02 17:00:00")
        self.leave(self.hr_employee, "2026-03-03 08:00:00", "2026-03-03 17:00:00")
        self.leave(self.hr_employee, "2026-03-16 08:00:00", "2026-03-16 17:00:00")
        self.assertEqual(
            self.absent(self.employee), {self.employee: datetime(2026, 3, 3, 17)}
        )

    def test_weekend_between_times_off_belongs_to_the_absence(self):
        self.leave(self.hr_employee, "2026-03-02 08:00:00", "2026-03-06 17:00:00")
        self.leave(self.hr_employee, "2026-03-09 08:00:00", "2026-03-10 17:00:00")
        self.assertEqual(
            self.absent(self.employee), {self.employee: datetime(2026, 3, 10, 17)}
        )

    def test_working_day_between_times_off_ends_the_absence(self):
        self.leave(self.hr_employee, "2026-03-02 08:00:00", "2026-03-03 17:00:00")
        self.leave(self.hr_employee, "2026-03-05 08:00:00", "2026-03-05 17:00:00")
        self.assertEqual(
            self.absent(self.employee), {self.employee: datetime(2026, 3, 3, 17)}
        )

    def test_tomorrow_morning_is_that_of_his_schedule(self):
        morning = self.presence._find_morning(self.employee, NOW)
        self.assertEqual(morning, datetime(2026, 3, 3, 8))
        friday = datetime(2026, 3, 6, 9)
        self.leave(self.hr_employee, "2026-03-09 00:00:00", "2026-03-09 23:59:59")
        morning = self.presence._find_morning(self.employee, friday)
        self.assertEqual(morning, datetime(2026, 3, 10, 8))

    def test_public_holiday_and_work_elsewhere_are_no_absence(self):
        self.leave(
            self.env["hr.employee"], "2026-03-02 00:00:00", "2026-03-03 00:00:00"
        )
        self.leave(
            self.hr_employee,
            "2026-03-02 00:00:00",
            "2026-03-03 00:00:00",
            time_type="other",
        )
        self.assertFalse(self.absent(self.employee))

    def test_night_is_no_absence(self):
        self.assertFalse(self.absent(self.employee, datetime(2026, 3, 2, 23)))

    def test_user_who_is_no_employee_is_never_absent(self):
        user = new_test_user(self.env, "alert_no_employee")
        self.assertFalse(self.absent(user))
        self.assertFalse(self.presence._get_substitutes(user))

    def test_absence_of_ten_and_twenty_costs_the_same(self):
        def count(number):
            users = self.env["res.users"].union(
                *(
                    new_test_user(self.env, f"alert_hr_{number}_{i}")
                    for i in range(number)
                )
            )
            for user in users:
                employee = self.make_employee(user)
                self.leave(employee, "2026-03-01 08:00:00", "2026-03-04 17:00:00")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(self.absent(users)), number)
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(10), count(20))

    # -- from the schedule to the alert

    def test_alert_of_the_absent_passes_to_his_substitute(self):
        self.hr_employee.alert_substitute_id = self.hr_colleague
        self.leave(self.hr_employee, "2026-03-01 08:00:00", "2026-03-04 17:00:00")
        trap = self.alert()
        trap.assert_alerted(self.colleague, CODE, self.record)
        trap.assert_not_alerted(self.employee)

    def test_substitute_who_is_absent_passes_it_on(self):
        self.hr_employee.alert_substitute_id = self.hr_colleague
        self.hr_colleague.alert_substitute_id = self.hr_chief
        for employee in (self.hr_employee, self.hr_colleague):
            self.leave(employee, "2026-03-01 08:00:00", "2026-03-04 17:00:00")
        self.alert().assert_alerted(self.administrator, CODE)

    def test_who_stand_in_for_each_other_and_are_both_absent_wait(self):
        self.hr_employee.alert_substitute_id = self.hr_colleague
        self.hr_colleague.alert_substitute_id = self.hr_employee
        for employee in (self.hr_employee, self.hr_colleague):
            self.leave(employee, "2026-03-01 08:00:00", "2026-03-04 17:00:00")
        self.alert().assert_not_alerted(self.employee)
        self.assertEqual(self.deliveries().snoozed_until, datetime(2026, 3, 4, 17))

    def test_it_waits_until_he_is_back(self):
        self.type.when_absent = "wait"
        self.leave(self.hr_employee, "2026-03-01 08:00:00", "2026-03-04 17:00:00")
        self.alert().assert_not_alerted(self.employee)
        with freeze_time("2026-03-04 17:00:00"), trap_alerts(self):
            self.env["alert.delivery"]._wake(10)
        self.assertEqual(self.deliveries().state, "new")

    def test_archived_user_stands_in_for_nobody(self):
        self.hr_employee.alert_substitute_id = self.hr_colleague
        self.colleague.active = False
        self.assertFalse(self.presence._get_substitutes(self.employee))

    @mute_logger("odoo.sql_db")
    def test_nobody_stands_in_for_himself(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.hr_employee.alert_substitute_id = self.hr_employee
            self.env.flush_all()

    # -- working time

    def plan(self, number, unit, start=NOW):
        return self.presence._plan(self.employee, start, number, unit)[self.employee]

    def test_working_hours_leave_out_lunch_and_night(self):
        self.assertEqual(self.plan(2, "working_hours"), datetime(2026, 3, 2, 11))
        self.assertEqual(self.plan(4, "working_hours"), datetime(2026, 3, 2, 14))
        self.assertEqual(self.plan(8, "working_hours"), datetime(2026, 3, 3, 9))

    def test_working_minutes_and_days(self):
        self.assertEqual(self.plan(30, "working_minutes"), datetime(2026, 3, 2, 9, 30))
        self.assertEqual(self.plan(1, "working_days"), datetime(2026, 3, 3, 9))

    def test_working_hours_leave_out_the_weekend_and_time_off(self):
        friday = datetime(2026, 3, 6, 16)
        self.leave(self.hr_employee, "2026-03-09 00:00:00", "2026-03-09 23:59:59")
        self.assertEqual(
            self.plan(2, "working_hours", friday), datetime(2026, 3, 10, 9)
        )

    def test_plain_hours_are_plain(self):
        self.assertEqual(self.plan(24, "hours"), datetime(2026, 3, 3, 9))

    def test_reminder_comes_in_working_time(self):
        self.type.write(
            {"must_do": True, "repeat_every": 8, "repeat_unit": "working_hours"}
        )
        self.alert()
        self.assertEqual(self.deliveries().sudo().remind_at, datetime(2026, 3, 3, 9))

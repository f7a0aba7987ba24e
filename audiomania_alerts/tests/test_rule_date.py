# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import trap_alerts
from .test_rule import RuleCase


@tagged("post_install", "-at_install")
class TestRuleDate(RuleCase):
    """ "So long before or after a date, exact to two minutes"; here the moment when a
    contact was created."""

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time("2026-03-01 00:00"))

    def dated(self, field="create_date", **values):
        values.setdefault("date_offset", 2)
        values.setdefault("date_side", "after")
        values.setdefault("date_unit", "hours")
        values.setdefault("record_domain", "[('name', '=like', 'Dated%')]")
        return self.rule(trigger="date", date_field_id=self.field(field), **values)

    def make(self, at, name="Dated"):
        partner = self.env["res.partner"].create({"name": name})
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s", [at, partner.id]
        )
        partner.invalidate_recordset()
        return partner

    def fire(self, rule, at):
        with freeze_time(at), trap_alerts(self) as trap:
            while rule.sudo()._fire_safely(10):
                pass
        return trap

    def test_it_is_told_at_its_moment_and_not_before(self):
        rule, record = self.dated(), self.make("2026-03-02 09:00:00")
        self.fire(rule, "2026-03-02 10:59:59").assert_not_alerted(self.employee)
        trap = self.fire(rule, "2026-03-02 11:00:00")
        trap.assert_alerted(self.employee, rule.code, record)

    def test_before_counts_backwards(self):
        rule = self.dated(date_side="before", date_unit="days")
        record = self.make("2026-03-05 09:00:00")
        self.fire(rule, "2026-03-03 08:59").assert_not_alerted(self.employee)
        trap = self.fire(rule, "2026-03-03 09:00")
        trap.assert_alerted(self.employee, rule.code, record)

    def test_it_is_never_told_twice_of_the_same_moment(self):
        rule = self.dated()
        self.make("2026-03-02 09:00:00")
        self.fire(rule, "2026-03-02 11:00")
        self.deliveries().action_done()
        for at in ("2026-03-02 11:01", "2026-03-02 11:30", "2026-03-03 11:00"):
            self.fire(rule, at).assert_not_alerted(self.employee)

    def test_two_workers_at_once_tell_it_once(self):
        """The moment is in the database before anybody speaks of it."""
        rule, record = self.dated(), self.make("2026-03-02 09:00:00")
        moments = self.env["alert.rule.moment"]
        due = {record.id: datetime(2026, 3, 2, 11)}
        self.assertEqual(moments._remember(rule, due), [record.id])
        self.assertEqual(moments._remember(rule, due), [])

    def test_date_that_is_moved_is_told_again(self):
        rule, record = self.dated(), self.make("2026-03-02 09:00:00")
        self.fire(rule, "2026-03-02 11:00")
        self.deliveries().action_done()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2026-03-02 12:00' WHERE id = %s",
            [record.id],
        )
        record.invalidate_recordset()
        trap = self.fire(rule, "2026-03-02 14:00")
        trap.assert_alerted(self.employee, rule.code, record)

    def test_new_rule_does_not_speak_of_the_past(self):
        self.make("2026-02-28 21:59:00")
        rule = self.dated()
        self.fire(rule, "2026-03-01 00:01").assert_not_alerted(self.employee)

    def test_rule_that_was_switched_off_does_not_speak_of_the_time_between(self):
        rule = self.dated()
        rule.active = False
        self.make("2026-03-02 09:00:00")
        with freeze_time("2026-03-04 00:00"):
            rule.active = True
        self.fire(rule, "2026-03-04 00:01").assert_not_alerted(self.employee)

    def test_downtime_is_caught_up_once(self):
        rule = self.dated()
        records = [self.make(f"2026-03-0{day} 09:00:00") for day in (2, 3, 4)]
        self.fire(rule, "2026-03-02 10:00")
        trap = self.fire(rule, "2026-03-04 12:00")
        for record in records:
            trap.assert_alerted(self.employee, rule.code, record)
        self.fire(rule, "2026-03-04 12:01").assert_not_alerted(self.employee)

    def test_what_was_missed_too_long_ago_is_not_told(self):
        rule = self.dated()
        self.make("2026-03-02 09:00:00")
        self.fire(rule, "2026-03-20 12:00").assert_not_alerted(self.employee)

    def test_after_a_clock_that_was_a_day_ahead_nothing_is_lost_or_told_twice(self):
        rule = self.dated()
        told = self.make("2026-03-02 09:00:00")
        trap = self.fire(rule, "2026-03-03 12:00")
        trap.assert_alerted(self.employee, rule.code, told)
        self.fire(rule, "2026-03-02 12:00").assert_not_alerted(self.employee)
        new = self.make("2026-03-02 12:30:00", "Dated after it was set right")
        trap = self.fire(rule, "2026-03-02 15:00")
        trap.assert_alerted(self.employee, rule.code, new)
        trap.assert_not_alerted(self.employee, rule.code, told)

    def test_rule_that_was_made_by_a_clock_ahead_speaks_as_soon_as_it_is_right(self):
        with freeze_time("2027-03-01 00:00"):
            rule = self.dated()
        record = self.make("2026-03-02 09:00:00")
        self.fire(rule, "2026-03-02 08:00").assert_not_alerted(self.employee)
        trap = self.fire(rule, "2026-03-02 11:00")
        trap.assert_alerted(self.employee, rule.code, record)

    def test_many_are_told_in_batches_until_none_is_left(self):
        rule = self.dated()
        for number in range(5):
            self.make("2026-03-02 09:00:00", f"Dated {number}")
        with freeze_time("2026-03-02 11:00"), trap_alerts(self):
            told = [rule.sudo()._fire_safely(2) for _run in range(4)]
        self.assertEqual(told, [2, 2, 1, 0])
        self.assertEqual(len(self.deliveries()), 5)

    def test_only_records_that_fit_are_told_of(self):
        rule = self.dated()
        self.make("2026-03-02 09:00:00", "Another")
        self.fire(rule, "2026-03-02 11:00").assert_not_alerted(self.employee)

    def test_day_begins_at_midnight_of_the_author(self):
        self.administrator.tz = "Europe/Moscow"
        rule = self.dated()
        self.assertEqual(rule._get_moment(date(2026, 3, 2)), datetime(2026, 3, 1, 23))

    def test_record_gets_its_date_a_little_late(self):
        rule = self.dated()
        self.fire(rule, "2026-03-02 11:10")
        record = self.make("2026-03-02 09:00:00")
        trap = self.fire(rule, "2026-03-02 11:20")
        trap.assert_alerted(self.employee, rule.code, record)

    def test_rule_that_fails_is_a_fault_and_the_others_speak(self):
        failing, other = self.dated(name="Failing"), self.dated(name="Other")
        self.make("2026-03-02 09:00:00")
        rules = self.registry["alert.rule"]
        find_due = rules._find_due

        def fails(rule, now):
            if rule == failing:
                raise ZeroDivisionError("by a test")
            return find_due(rule, now)

        with patch.object(rules, "_find_due", fails):
            for rule in (failing, other):
                trap = self.fire(rule, "2026-03-02 11:00")
        trap.assert_alerted(self.employee, other.code)
        self.assertEqual(self.faults().code, failing.code)

    def test_all_rules_with_a_date_are_asked(self):
        rule, _created = self.dated(), self.rule()
        archived = self.dated()
        archived.active = False
        dated = self.env["alert.rule"]._get_dated()
        self.assertIn(rule.id, dated.ids)
        self.assertNotIn(_created.id, dated.ids)
        self.assertNotIn(archived.id, dated.ids)

    def test_old_moments_are_forgotten(self):
        rule = self.dated()
        moments = self.env["alert.rule.moment"]
        moments._remember(rule, {1: datetime(2001, 1, 1), 2: datetime(2101, 1, 1)})
        self.assertEqual(moments._forget(10), 1)
        self.assertEqual(moments._forget(10), 0)

    def test_finding_what_is_due_costs_the_same_for_ten_and_twenty(self):
        rule = self.dated()
        counts = []
        for number in (5, 5, 10):
            for _one in range(number):
                self.make("2026-03-02 09:00:00")
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rule.sudo()._find_due(datetime(2026, 3, 2, 11))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    # -- what is refused when it is saved

    def test_rule_without_a_date_is_refused(self):
        with self.assertRaises(ValidationError):
            self.rule(trigger="date")

    def test_field_that_is_no_date_is_refused(self):
        with self.assertRaises(ValidationError):
            self.dated("city")

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import AlertCase, make_type, trap_alerts

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestRepeat(AlertCase):
    """Rule 31: "a reminder repeats until the thing itself is done (not until the
    alert was read), and then withdraws itself"."""

    def setUp(self):
        super().setUp()
        self.record.city = "Moscow"
        self.type = make_type(
            self.env,
            model_id=self.env.ref("base.model_res_partner").id,
            must_do=True,
            repeat_every=2,
            repeat_unit="hours",
        )
        with freeze_time("2026-03-02 09:00"):
            self.alert()

    def remind(self, at):
        with freeze_time(at), trap_alerts(self):
            self.env["alert.delivery"]._remind(10)
        self.deliveries().invalidate_recordset()
        return self.deliveries()

    def wake(self, at):
        with freeze_time(at), trap_alerts(self):
            self.env["alert.delivery"]._wake(10)
        return self.deliveries()

    def do(self, action, at="2026-03-02 09:30"):
        with freeze_time(at):
            getattr(self.deliveries(), action)()

    def test_seen_alert_becomes_new_again_at_its_time(self):
        self.do("action_seen")
        self.assertEqual(self.remind("2026-03-02 10:59").state, "seen")
        delivery = self.remind("2026-03-02 11:00")
        self.assertEqual(delivery.state, "new")
        self.assertEqual(delivery.notified_at, datetime(2026, 3, 2, 11))
        self.assertFalse(delivery.seen_at)

    def test_after_a_clock_that_was_a_day_ahead_it_is_reminded_at_its_time(self):
        self.do("action_seen")
        self.remind("2026-03-03 10:00")
        self.do("action_seen", "2026-03-03 10:01")
        self.assertEqual(self.remind("2026-03-02 10:02").state, "seen")
        self.assertEqual(self.deliveries().notified_at, datetime(2026, 3, 2, 10, 2))
        self.assertEqual(self.remind("2026-03-02 12:02").state, "new")

    def test_what_a_clock_that_was_ahead_snoozed_is_hidden_for_its_time(self):
        self.do("action_snooze", "2026-03-03 10:00")
        for minute, state in (
            ("10:00", "snoozed"),
            ("10:59", "snoozed"),
            ("11:00", "new"),
        ):
            self.assertEqual(self.wake(f"2026-03-02 {minute}").state, state, minute)

    def test_until_tomorrow_by_that_clock_is_until_tomorrow(self):
        self.do("action_snooze_tomorrow", "2026-03-03 10:00")
        until = self.wake("2026-03-02 10:00").snoozed_until
        self.assertEqual(until, datetime(2026, 3, 3, 6))

    def test_a_date_that_he_chose_himself_stays_whatever_the_clock_was(self):
        with freeze_time("2026-03-03 10:00"):
            self.deliveries().action_snooze("2026-03-05 12:00:00")
        until = self.wake("2026-03-02 10:00").snoozed_until
        self.assertEqual(until, datetime(2026, 3, 5, 12))

    def test_one_that_cannot_be_set_right_keeps_no_other(self):
        with freeze_time("2026-03-03 10:00"):
            self.alert(record=self.record.copy(), users=self.colleague)
        with freeze_time("2026-03-03 10:00"):
            self.alert(record=self.record.copy())
        ahead = self.env["alert.delivery"].search([], order="id")[-2:]
        kind = self.registry["alert.delivery"]
        sound = kind._tell_sooner

        def tell_sooner(delivery, by):
            if delivery == ahead[0]:
                raise ValueError
            sound(delivery, by)

        with patch.object(kind, "_tell_sooner", tell_sooner):
            with self.assertLogs("odoo.addons.audiomania_alerts.clock_ahead"):
                self.remind("2026-03-02 10:00")
        told = [datetime(2026, 3, 3, 10), datetime(2026, 3, 2, 10)]
        self.assertEqual(ahead.mapped("notified_at"), told)

    def test_what_a_clock_that_was_ahead_wanted_to_send_is_sent_in_its_time(self):
        late = datetime(2026, 3, 3, 10)
        self.deliveries().sudo().write(
            {"notified_at": late, "digest_at": late + HOUR, "push_at": late}
        )
        self.remind("2026-03-02 10:00")
        delivery = self.deliveries().sudo()
        soon = datetime(2026, 3, 2, 10)
        self.assertEqual((delivery.digest_at, delivery.push_at), (soon + HOUR, soon))

    def test_clock_that_goes_back_an_hour_reminds_nobody_twice(self):
        self.do("action_seen")
        self.remind("2026-03-02 11:00")
        self.do("action_seen", "2026-03-02 11:01")
        for minute in ("10:01", "11:00", "11:59"):
            self.assertEqual(self.remind(f"2026-03-02 {minute}").state, "seen")
        self.assertEqual(self.remind("2026-03-02 12:01").state, "new")

    def test_reminder_comes_again_and_again(self):
        for hour in (11, 13, 15):
            self.do("action_seen", f"2026-03-02 {hour - 1}:00")
            self.assertEqual(self.remind(f"2026-03-02 {hour}:00").state, "new")
        self.assertEqual(len(self.deliveries()), 1)

    def test_reminder_wakes_the_screen(self):
        self.do("action_seen")
        before = self.state()["version"]
        self.remind("2026-03-02 11:00")
        self.assertGreater(self.state()["version"], before)
        self.assertEqual(self.state()["unseen"], 1)

    def test_what_is_done_is_not_reminded_of(self):
        self.do("action_done")
        self.assertEqual(self.remind("2026-03-02 11:00").state, "done")
        self.assertFalse(self.deliveries().sudo().remind_at)

    def test_done_is_not_believed_while_the_cause_can_be_asked_and_stands(self):
        self.type.standing_domain = "[('city', '=', 'Moscow')]"
        self.do("action_done")
        self.assertEqual(self.remind("2026-03-02 10:00").state, "done")
        self.assertEqual(self.remind("2026-03-02 11:00").state, "new")

    def test_reminder_withdraws_itself_when_the_thing_is_done(self):
        self.type.standing_domain = "[('city', '=', 'Moscow')]"
        self.do("action_seen")
        self.env.cr.execute("UPDATE res_partner SET city = NULL")
        self.env.invalidate_all()
        self.assertEqual(self.remind("2026-03-02 11:00").state, "withdrawn")
        self.assertEqual(self.remind("2026-03-02 13:00").state, "withdrawn")

    def test_done_alert_ends_with_its_cause(self):
        self.type.standing_domain = "[('city', '=', 'Moscow')]"
        self.do("action_done")
        with trap_alerts(self):
            self.record.city = "Tver"
        self.assertEqual(self.remind("2026-03-02 11:00").state, "done")
        alert = self.deliveries().sudo().alert_id
        self.assertEqual(alert.state, "done")

    def test_snoozed_alert_rests_until_its_moment(self):
        with freeze_time("2026-03-02 09:30"):
            self.deliveries().action_snooze("2026-03-02 18:00:00")
        self.assertEqual(self.remind("2026-03-02 11:00").state, "snoozed")
        self.assertEqual(self.deliveries().sudo().remind_at, datetime(2026, 3, 2, 13))

    def test_archived_type_reminds_nobody(self):
        self.do("action_seen")
        self.type.active = False
        self.assertEqual(self.remind("2026-03-02 11:00").state, "seen")

    def test_batches_come_to_an_end(self):
        with freeze_time("2026-03-02 12:00"), trap_alerts(self):
            self.assertEqual(self.env["alert.delivery"]._remind(10), 1)
            self.assertEqual(self.env["alert.delivery"]._remind(10), 0)

    def test_reminding_twenty_employees_costs_what_ten_cost(self):
        self.count_remind(5)
        self.assertEqual(self.count_remind(10), self.count_remind(20))

    def count_remind(self, number):
        users = self.env["res.users"].union(
            *(self.employee.copy({"login": f"r{number}_{i}"}) for i in range(number))
        )
        with freeze_time("2026-03-02 09:00"):
            self.alert(record=self.record.copy(), users=users)
            self.env["alert.delivery"].search([])._plan_reminders(datetime(2026, 3, 2))
        self.env.invalidate_all()
        with freeze_time("2026-03-02 11:00"), trap_alerts(self):
            before = self.env.cr.sql_log_count
            self.env["alert.delivery"]._remind(100)
            self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_only_what_must_be_done_is_reminded_of(self):
        with self.assertRaises(ValidationError):
            self.type.must_do = False

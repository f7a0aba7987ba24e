# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.alert_delivery import SEEN_SHOWN_FOR
from ..models.alert_delivery_toolbar import PAGE
from .common import CODE, AlertCase, make_type, trap_alerts

NOW = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install")
class TestDelivery(AlertCase):
    """What one employee sees of his alerts, and what he does with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type = make_type(cls.env, title_template="{name} waits")

    def setUp(self):
        super().setUp()
        self.clock = freeze_time(NOW)
        self.clock.start()
        self.addCleanup(self.clock.stop)

    def after(self, **duration):
        return freeze_time(NOW + timedelta(**duration))

    def titles(self):
        return [item["title"] for item in self.state()["items"]]

    # -- the toolbar

    def test_new_alert_is_unseen_and_shown(self):
        self.alert()
        state = self.state()
        self.assertEqual((state["unseen"], state["total"]), (1, 1))
        self.assertTrue(state["items"][0]["unseen"])

    def test_danger_stands_first_and_in_a_severity_the_newest(self):
        for minute, (title, severity) in enumerate(
            [("d1", "danger"), ("w", "warning"), ("i", "info"), ("d2", "danger")]
        ):
            make_type(self.env, title, severity=severity, title_template=title)
            with self.after(minutes=minute):
                self.alert(title, record=self.record.copy())
        self.assertEqual(self.titles(), ["d2", "d1", "w", "i"])

    def test_first_page_is_limited_and_the_total_is_not(self):
        for _number in range(PAGE + 2):
            self.alert(record=self.record.copy())
        state = self.state()
        self.assertEqual(len(state["items"]), PAGE)
        self.assertEqual((state["total"], state["unseen"]), (PAGE + 2, PAGE + 2))

    def test_state_costs_the_same_for_ten_and_twenty_alerts(self):
        def count(number):
            for key in range(number):
                self.alert(record=self.record.copy(), key=f"{number}-{key}")
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.state()["total"], number)
            return self.env.cr.sql_log_count - before

        count(3)
        self.deliveries().action_done()
        first = count(10)
        self.deliveries().action_done()
        self.assertEqual(first, count(20))

    # -- seen, done, snoozed

    def test_seen_stops_the_blinking_and_stays_shown(self):
        self.alert()
        self.deliveries().action_seen()
        state = self.state()
        self.assertEqual((state["unseen"], state["total"]), (0, 1))
        self.assertEqual(self.deliveries().seen_at, NOW)

    def test_seen_alert_leaves_the_toolbar_after_a_day(self):
        self.alert()
        self.deliveries().action_seen()
        with self.after(hours=23):
            self.assertEqual(self.state()["total"], 1)
        with self.after(hours=25):
            self.assertEqual(self.state()["total"], 0)

    def test_what_must_be_done_stays_until_it_is_done(self):
        self.type.must_do = True
        self.alert()
        self.deliveries().action_seen()
        with self.after(days=30):
            self.assertEqual(self.state()["total"], 1)
            self.deliveries().action_done()
            self.assertEqual(self.state()["total"], 0)

    def test_done_leaves_the_toolbar_with_its_time(self):
        self.alert()
        self.deliveries().action_done()
        self.assertEqual(self.deliveries().state, "done")
        self.assertEqual(self.deliveries().done_at, NOW)
        self.assertEqual(self.state()["total"], 0)

    def test_done_is_done_for_oneself_only(self):
        self.alert(users=self.employee | self.colleague)
        self.deliveries().action_done()
        self.assertEqual(self.deliveries(self.colleague).state, "new")

    def test_done_is_not_seen_or_snoozed_again(self):
        self.alert()
        self.deliveries().action_done()
        self.deliveries().action_seen()
        self.deliveries().action_snooze()
        self.assertEqual(self.deliveries().state, "done")

    def test_snoozed_for_an_hour_comes_back_to_the_second(self):
        self.alert()
        self.deliveries().action_snooze()
        self.assertEqual(self.state()["total"], 0)
        self.assertEqual(self.state()["next_at"], "2026-03-02 10:00:00")
        with self.after(minutes=59, seconds=59):
            self.assertEqual(self.state()["unseen"], 0)
        with self.after(hours=1):
            self.assertEqual(self.state()["unseen"], 1)
            self.assertFalse(self.state()["next_at"])

    def test_snoozed_until_a_date(self):
        self.alert()
        self.deliveries().action_snooze("2026-03-05 06:00:00")
        with self.after(days=2):
            self.assertEqual(self.state()["unseen"], 0)
        with self.after(days=3):
            self.assertEqual(self.state()["unseen"], 1)

    def test_snoozing_until_the_past_is_refused(self):
        self.alert()
        with self.assertRaises(UserError):
            self.deliveries().action_snooze("2026-03-01 06:00:00")

    def test_job_is_triggered_for_the_moment_and_makes_it_new(self):
        self.alert()
        self.deliveries().action_snooze()
        cron = self.env.ref("audiomania_alerts.ir_cron_sweep")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertIn(NOW + timedelta(hours=1), triggers.mapped("call_at"))
        with self.after(hours=1):
            self.assertEqual(self.env["alert.delivery"]._wake(10), 1)
            self.assertEqual(self.env["alert.delivery"]._wake(10), 0)
        self.assertEqual(self.deliveries().state, "new")

    def test_snoozed_alert_that_is_due_can_be_seen(self):
        self.alert()
        self.deliveries().action_snooze()
        with self.after(hours=2):
            self.deliveries().action_seen()
            self.assertEqual(self.state()["unseen"], 0)
        self.assertEqual(self.deliveries().state, "seen")

    def test_alert_that_everybody_saw_closes_when_it_leaves_the_toolbar(self):
        self.alert(users=self.employee | self.colleague)
        self.deliveries().action_seen()
        alert = self.env["alert.alert"].search([("type_id", "=", self.type.id)])
        with self.after(days=2):
            before = datetime.now() - SEEN_SHOWN_FOR
            self.assertEqual(self.env["alert.alert"]._close_seen(before, 10), 0)
            self.deliveries(self.colleague).action_seen()
        with self.after(days=4):
            before = datetime.now() - SEEN_SHOWN_FOR
            self.assertEqual(self.env["alert.alert"]._close_seen(before, 10), 1)
            self.assertEqual(alert.state, "done")
            self.alert().assert_alerted(self.employee, CODE)
        self.assertEqual(len(self.deliveries()), 2)

    def test_what_must_be_done_does_not_close_by_being_seen(self):
        self.type.must_do = True
        self.alert()
        self.deliveries().action_seen()
        with self.after(days=4):
            self.assertEqual(self.env["alert.alert"]._close_seen(datetime.now(), 10), 0)

    # -- opening

    def test_click_opens_the_record_and_marks_it_seen(self):
        self.alert()
        action = self.deliveries().action_open()
        self.assertEqual(action["res_model"], "res.partner")
        self.assertEqual(action["res_id"], self.record.id)
        self.assertEqual(self.deliveries().state, "seen")

    def test_click_on_an_alert_about_nothing_says_so(self):
        with trap_alerts(self):
            self.env["alert.type"]._alert(
                CODE, None, users=self.employee, key="k", title="Stock is low"
            )
        action = self.deliveries().action_open()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(self.deliveries().state, "seen")

    # -- version

    def test_version_grows_with_each_change(self):
        versions = [self.state()["version"]]
        self.alert()
        versions.append(self.state()["version"])
        self.deliveries().action_seen()
        versions.append(self.state()["version"])
        self.deliveries().action_done()
        versions.append(self.state()["version"])
        self.assertEqual(versions, sorted(set(versions)))

    def test_version_stays_when_nothing_changes(self):
        self.alert()
        self.deliveries().action_seen()
        version = self.state()["version"]
        self.deliveries().action_seen()
        self.alert(users=self.colleague)
        self.assertEqual(self.state()["version"], version)

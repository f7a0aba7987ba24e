# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import CODE, AlertCase, make_type, trap_alerts


@tagged("post_install", "-at_install")
class TestAlert(AlertCase):
    """From a call of ``_alert`` to one alert and its deliveries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type = make_type(cls.env, title_template="{name} waits")

    def alerts(self):
        return self.env["alert.alert"].search([("type_id", "=", self.type.id)])

    # -- rule 27

    def test_only_those_concerned_are_told(self):
        trap = self.alert()
        trap.assert_alerted(self.employee, CODE, self.record)
        trap.assert_not_alerted(self.colleague)
        self.assertEqual(self.deliveries().title, "Vinyl Lovers Club waits")
        self.assertFalse(self.deliveries(self.colleague))

    def test_inactive_and_portal_users_are_left_out(self):
        self.colleague.active = False
        users = self.employee | self.colleague | self.portal
        trap = self.alert(users=users, by=self.employee)
        trap.assert_alerted(self.employee, CODE)
        trap.assert_not_alerted(self.colleague)
        trap.assert_not_alerted(self.portal)

    def test_portal_user_may_cause_an_alert(self):
        self.alert(by=self.portal).assert_alerted(self.employee, CODE)

    def test_alert_may_be_about_no_record_when_it_has_a_key(self):
        with trap_alerts(self) as trap:
            self.env["alert.type"]._alert(
                CODE, None, users=self.employee, key="stock", title="Stock is low"
            )
        trap.assert_alerted(self.employee, CODE)
        self.assertEqual(self.deliveries().title, "Stock is low")
        self.assertFalse(self.deliveries().is_hidden)

    # -- rule 28

    def test_same_event_is_one_alert_with_a_count(self):
        self.alert()
        self.alert()
        self.assertEqual(self.alerts().event_count, 2)
        self.assertEqual(len(self.deliveries()), 1)
        self.assertEqual(self.state()["items"][0]["count"], 2)

    def test_two_records_are_two_alerts(self):
        self.alert()
        self.alert(record=self.record.copy())
        self.assertEqual(len(self.alerts()), 2)

    def test_key_makes_two_records_one_alert_with_the_latest_text(self):
        self.alert(key="batch")
        self.alert(record=self.record.copy({"name": "Second"}), key="batch")
        self.assertEqual(len(self.alerts()), 1)
        self.assertEqual(self.deliveries().title, "Second waits")
        self.assertEqual(self.deliveries().record_name, "Second")

    def test_reports_of_one_transaction_are_merged_before_they_are_stored(self):
        with trap_alerts(self) as trap:
            for user in (self.employee, self.colleague):
                self.env["alert.type"]._alert(CODE, self.record, users=user)
        trap.assert_alerted(self.employee, CODE)
        trap.assert_alerted(self.colleague, CODE)
        self.assertEqual(self.alerts().event_count, 2)

    def test_same_key_of_another_type_is_another_alert(self):
        make_type(self.env, "other")
        self.alert(key="k")
        self.alert("other", key="k")
        self.assertEqual(len(self.deliveries()), 2)

    def test_repeat_makes_a_seen_alert_new_again(self):
        with freeze_time("2026-03-02 09:00"):
            self.alert()
            self.deliveries().action_seen()
        with freeze_time("2026-03-02 10:00"):
            self.alert()
        delivery = self.deliveries()
        self.assertEqual(delivery.state, "new")
        self.assertEqual(delivery.notified_at, datetime(2026, 3, 2, 10))
        self.assertFalse(delivery.seen_at)
        self.assertEqual(self.alerts().first_at, datetime(2026, 3, 2, 9))
        self.assertEqual(self.alerts().last_at, datetime(2026, 3, 2, 10))

    def test_repeat_leaves_a_snoozed_alert_alone(self):
        self.alert()
        self.deliveries().action_snooze()
        self.alert().assert_not_alerted(self.employee)
        self.assertEqual(self.deliveries().state, "snoozed")

    def test_repeat_leaves_done_what_was_only_to_be_seen(self):
        self.alert(users=self.employee | self.colleague)
        self.deliveries().action_done()
        trap = self.alert(users=self.employee | self.colleague)
        trap.assert_not_alerted(self.employee)
        self.assertEqual(self.deliveries().state, "done")

    def test_repeat_brings_back_what_must_be_done(self):
        """Rule 31: "until the thing itself is done (not until the alert was read)"."""
        self.type.must_do = True
        self.alert(users=self.employee | self.colleague)
        self.deliveries().action_done()
        trap = self.alert(users=self.employee | self.colleague)
        trap.assert_alerted(self.employee, CODE)
        self.assertEqual(self.deliveries().state, "new")
        self.assertFalse(self.deliveries().done_at)

    def test_done_by_everybody_closes_it_and_the_next_report_is_a_new_alert(self):
        self.alert(users=self.employee | self.colleague)
        self.deliveries().action_done()
        self.assertEqual(self.alerts().state, "open")
        self.deliveries(self.colleague).action_done()
        self.assertEqual(self.alerts().state, "done")
        self.alert().assert_alerted(self.employee, CODE)
        self.assertEqual(self.alerts().mapped("state"), ["open", "done"])

    def test_repeat_tells_only_those_whom_it_names(self):
        self.alert(users=self.employee | self.colleague)
        self.deliveries(self.colleague).action_seen()
        self.alert()
        self.assertEqual(self.deliveries(self.colleague).state, "seen")

    # -- rule 30

    def test_rollback_leaves_nothing(self):
        with trap_alerts(self) as trap:
            savepoint = self.env.cr.savepoint()
            self.env["alert.type"]._alert(CODE, self.record, users=self.employee)
            savepoint.close(rollback=True)
        trap.assert_not_alerted(self.employee)
        self.assertFalse(self.env["alert.outbox"].search([]))
        self.assertFalse(self.alerts())

    def test_record_that_was_deleted_meanwhile_alerts_nobody(self):
        with trap_alerts(self) as trap:
            self.env["alert.type"]._alert(CODE, self.record, users=self.employee)
            self.record.unlink()
        trap.assert_not_alerted(self.employee)
        self.assertFalse(self.faults())

    # -- withdrawing

    def test_withdrawal_takes_it_back_from_everybody(self):
        self.alert(users=self.employee | self.colleague)
        self.deliveries(self.colleague).action_seen()
        trap = self.withdraw()
        trap.assert_withdrawn(self.employee, CODE, self.record)
        trap.assert_withdrawn(self.colleague, CODE, self.record)
        self.assertEqual(self.deliveries().state, "withdrawn")
        self.assertTrue(self.deliveries().withdrawn_at)
        self.assertEqual(self.state()["total"], 0)

    def test_withdrawal_leaves_done_what_was_done(self):
        self.alert(users=self.employee | self.colleague)
        self.deliveries().action_done()
        self.withdraw()
        self.assertEqual(self.deliveries().state, "done")
        self.assertEqual(self.deliveries(self.colleague).state, "withdrawn")

    def test_withdrawal_without_key_takes_all_about_the_record(self):
        self.alert(key="a")
        self.alert(key="b")
        other = self.record.copy()
        self.alert(record=other)
        self.withdraw()
        self.assertEqual(
            self.deliveries().sorted("id").mapped("state"),
            ["withdrawn", "withdrawn", "new"],
        )

    def test_withdrawal_with_key_takes_that_one(self):
        self.alert(key="a")
        self.alert(key="b")
        self.withdraw(key="a")
        self.assertEqual(
            self.deliveries().sorted("id").mapped("state"), ["withdrawn", "new"]
        )

    def test_withdrawal_of_nothing_is_no_fault(self):
        self.withdraw()
        self.assertFalse(self.faults())

    def test_withdrawn_alert_can_come_again(self):
        self.alert()
        self.withdraw()
        self.alert().assert_alerted(self.employee, CODE)
        self.assertEqual(len(self.alerts()), 2)

    def test_order_within_a_transaction_counts(self):
        types = self.env["alert.type"]
        with trap_alerts(self):
            types._alert(CODE, self.record, users=self.employee)
            types._withdraw(CODE, self.record)
            types._alert(CODE, self.record, users=self.employee)
        self.assertEqual(
            self.deliveries().sorted("id").mapped("state"), ["withdrawn", "new"]
        )

    # -- faults: the business goes on, an administrator sees the cause

    def assertFault(self, cause, *args, **kwargs):
        with self.assertNoLogs("odoo", "WARNING"):
            trap = self.alert(*args, **kwargs)
        trap.assert_not_alerted(self.employee)
        fault = self.faults()
        self.assertEqual(len(fault), 1)
        self.assertIn(cause, fault.error)
        self.assertEqual(trap.get_faults(), fault.mapped("error"))

    def test_unknown_code_is_a_fault(self):
        self.assertFault("no_such_code", "no_such_code")
        self.assertEqual(self.faults().create_uid, self.colleague)

    def test_nobody_to_tell_is_a_fault(self):
        self.assertFault("nobody", users=self.env["res.users"])

    def test_only_a_portal_user_to_tell_is_a_fault(self):
        self.assertFault("nobody", users=self.portal)

    def test_unknown_placeholder_is_a_fault(self):
        self.type.title_template = "{never_passed}"
        self.assertFault("never_passed")

    def test_field_that_cannot_be_computed_is_a_fault(self):
        def fails(partner):
            raise ZeroDivisionError("by a test")

        self.type.title_template = "{contact_address}"
        partners = self.registry["res.partner"]
        with patch.object(partners, "_compute_contact_address", fails):
            self.assertFault("ZeroDivisionError: by a test")

    def test_fault_of_the_database_spares_the_other_reports(self):
        broken = self.record.copy({"name": "Broken"})

        def query_fails(partner):
            for one in partner:
                if one.name == "Broken":
                    one.env.cr.execute("SELECT 1/0", log_exceptions=False)
                one.contact_address = "x"

        self.type.title_template = "{contact_address}"
        with (
            patch.object(
                self.registry["res.partner"], "_compute_contact_address", query_fails
            ),
            trap_alerts(self) as trap,
        ):
            for record in (broken, self.record):
                self.env["alert.type"]._alert(CODE, record, users=self.employee)
        trap.assert_alerted(self.employee, CODE, self.record)
        trap.assert_not_alerted(self.employee, CODE, broken)
        self.assertIn("DivisionByZero", self.faults().error)

    def test_wrong_arguments_are_faults(self):
        types = self.env["alert.type"].with_user(self.colleague)
        partners = self.env["res.partner"]
        wrong = [
            lambda: types._alert(CODE, self.record, users=self.employee.partner_id),
            lambda: types._alert(CODE, self.record, users=[self.employee.id]),
            lambda: types._alert(CODE, self.record),
            lambda: types._alert(CODE, None, users=self.employee),
            lambda: types._alert(CODE, partners, users=self.employee),
            lambda: types._alert(CODE, partners.new({}), users=self.employee),
            lambda: types._alert(CODE, "a text", users=self.employee),
            lambda: types._alert(CODE, self.record, users=self.employee, key="k" * 999),
            lambda: types._withdraw("no_such_code", self.record),
        ]
        for number, call in enumerate(wrong, start=1):
            with trap_alerts(self):
                call()
            self.assertEqual(len(self.faults()), number)
        self.assertFalse(self.alerts())

    def test_archived_type_tells_nobody_and_is_no_fault(self):
        self.type.active = False
        self.alert().assert_not_alerted(self.employee)
        self.assertFalse(self.faults())

    def test_fault_is_delivered_when_its_cause_is_mended_and_it_is_tried_again(self):
        self.alert("late_type")
        make_type(self.env, "late_type")
        with trap_alerts(self) as trap:
            self.faults().action_retry()
        trap.assert_alerted(self.employee, "late_type", self.record)
        self.assertFalse(self.faults())

    def test_fault_of_a_call_with_a_mistake_cannot_be_tried_again(self):
        self.env["alert.type"]._alert(CODE, self.record, users="nobody")
        with self.assertRaises(UserError):
            self.faults().action_retry()
        self.assertEqual(self.faults().state, "failed")

    # -- cost

    def test_fan_out_costs_the_same_for_ten_and_twenty_employees(self):
        users = [
            new_test_user(self.env, f"alert_many_{number}") for number in range(40)
        ]
        self.count_merge(users[:10])
        self.assertEqual(self.count_merge(users[10:20]), self.count_merge(users[20:40]))

    def count_merge(self, users):
        """Queries from the report of a new alert to the rows of the bus."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        record = self.record.copy()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        trap = self.alert(record=record, users=self.env["res.users"].union(*users))
        self.env.cr.precommit.run()
        self.assertEqual(len(trap.trapped), len(users))
        return self.env.cr.sql_log_count - before

    def test_report_costs_the_caller_one_insert(self):
        types = self.env["alert.type"].with_user(self.colleague)
        types._alert(CODE, self.record, users=self.employee)
        self.env.flush_all()
        with self.assertQueryCount(1):
            types._alert(CODE, self.record, users=self.employee, number=1)
            self.env.flush_all()

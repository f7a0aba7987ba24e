# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import CODE, AlertCase, make_type, trap_alerts


@tagged("post_install", "-at_install")
class TestEscalation(AlertCase):
    """ "Not done by its time, it goes to the next recipient"."""

    def setUp(self):
        super().setUp()
        self.record.user_id = self.colleague
        self.type = make_type(
            self.env,
            model_id=self.env.ref("base.model_res_partner").id,
            must_do=True,
            body_template="Call {name}",
            escalation_ids=[
                (0, 0, {"after": 2, "unit": "hours", "recipient_paths": "user_id"}),
                (
                    0,
                    0,
                    {
                        "after": 1,
                        "unit": "days",
                        "recipient_user_ids": self.administrator.ids,
                    },
                ),
            ],
        )
        with freeze_time("2026-03-02 09:00"):
            self.alert(by=self.administrator)

    def escalate(self, at):
        with freeze_time(at), trap_alerts(self) as trap:
            self.env["alert.alert"]._escalate(10)
        return trap

    def test_next_recipient_is_told_at_its_time_and_not_before(self):
        self.escalate("2026-03-02 10:59").assert_not_alerted(self.colleague)
        trap = self.escalate("2026-03-02 11:00")
        trap.assert_alerted(self.colleague, CODE, self.record)
        self.assertEqual(self.deliveries().state, "new")

    def test_next_recipient_reads_why(self):
        self.escalate("2026-03-02 11:00")
        body = self.deliveries(self.colleague).body
        self.assertIn("2 hours", body)
        self.assertIn(self.employee.name, body)
        self.assertTrue(body.endswith("Call Vinyl Lovers Club"))
        self.assertEqual(self.deliveries().body, "Call Vinyl Lovers Club")

    def test_why_is_not_told_to_who_may_not_read_the_record(self):
        self.escalate("2026-03-02 11:00")
        self.hide_record()
        self.assertFalse(self.deliveries(self.colleague).body)

    def test_levels_follow_one_another(self):
        self.escalate("2026-03-02 11:00").assert_not_alerted(self.administrator)
        self.escalate("2026-03-03 10:59").assert_not_alerted(self.administrator)
        trap = self.escalate("2026-03-03 11:00")
        trap.assert_alerted(self.administrator, CODE, self.record)
        self.escalate("2026-03-09 11:00").assert_not_alerted(self.administrator)

    def test_what_a_clock_reported_that_was_a_day_ahead_goes_on_at_its_time(self):
        with freeze_time("2026-03-03 09:00"):
            self.alert(by=self.administrator, key="ahead")
        for at in ("2026-03-02 09:10", "2026-03-02 11:00"):
            trap = self.escalate(at)
        trap.assert_alerted(self.colleague, CODE, self.record)
        self.assertEqual(len(self.deliveries(self.colleague)), 1)
        self.escalate("2026-03-02 11:10")
        self.assertEqual(len(self.deliveries(self.colleague)), 2)

    def test_what_is_done_goes_nowhere(self):
        self.deliveries().action_done()
        self.escalate("2026-03-02 11:00").assert_not_alerted(self.colleague)

    def test_what_was_only_seen_goes_on(self):
        self.deliveries().action_seen()
        self.escalate("2026-03-02 11:00").assert_alerted(self.colleague, CODE)

    def test_what_has_no_cause_any_more_goes_nowhere(self):
        self.record.active = False
        self.escalate("2026-03-02 11:00").assert_not_alerted(self.colleague)
        self.assertEqual(self.deliveries().state, "withdrawn")

    def test_level_that_names_nobody_is_a_fault_and_the_next_one_is_told(self):
        self.record.user_id = False
        self.escalate("2026-03-02 11:00")
        self.assertIn("2 hours", self.faults().error)
        self.escalate("2026-03-03 11:00").assert_alerted(self.administrator, CODE)

    def test_repeat_does_not_move_the_moment(self):
        with freeze_time("2026-03-02 10:30"):
            self.alert(by=self.administrator)
        self.escalate("2026-03-02 11:00").assert_alerted(self.colleague, CODE)

    def test_who_has_it_already_is_not_told_again(self):
        with freeze_time("2026-03-02 09:00"):
            self.alert(users=self.colleague, by=self.administrator)
        self.deliveries(self.colleague).action_seen()
        self.escalate("2026-03-02 11:00").assert_not_alerted(self.colleague)

    def test_batches_come_to_an_end(self):
        with freeze_time("2026-03-02 11:00"), trap_alerts(self):
            self.assertEqual(self.env["alert.alert"]._escalate(10), 1)
            self.assertEqual(self.env["alert.alert"]._escalate(10), 0)

    def test_only_what_must_be_done_escalates(self):
        with self.assertRaises(ValidationError):
            self.type.must_do = False

    def test_path_of_a_level_is_checked(self):
        with self.assertRaises(ValidationError):
            self.type.escalation_ids[0].recipient_paths = "country_id"

    def test_type_is_copied_with_its_levels(self):
        copied = self.type.copy({"code": "copied"})
        self.assertEqual(copied.escalation_ids.mapped("after"), [2, 1])

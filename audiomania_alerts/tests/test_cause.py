# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models import alert_alert_watch
from .common import CODE, AlertCase, make_type, trap_alerts

CITY = "[('city', '=', 'Moscow')]"


@tagged("post_install", "-at_install")
class TestCause(AlertCase):
    """An alert withdraws itself when its cause is gone, and not before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type = make_type(
            cls.env,
            model_id=cls.env.ref("base.model_res_partner").id,
            standing_domain=CITY,
        )
        cls.record.city = "Moscow"

    def watch(self):
        """What the job of each minute does."""
        with trap_alerts(self) as trap:
            for ids in self.env["alert.alert"]._get_asked():
                self.env["alert.alert"].browse(ids)._end_causeless()
        return trap

    def test_alert_stands_while_its_record_fits(self):
        self.alert()
        self.watch().assert_not_alerted(self.employee)
        self.assertEqual(self.deliveries().state, "new")

    def test_alert_is_withdrawn_from_everybody_when_its_record_fits_no_more(self):
        self.alert(users=self.employee | self.colleague)
        self.env.cr.execute("UPDATE res_partner SET city = 'Tver'")
        self.env.invalidate_all()
        trap = self.watch()
        trap.assert_withdrawn(self.employee, CODE, self.record)
        trap.assert_withdrawn(self.colleague, CODE, self.record)

    def test_report_without_a_cause_tells_nobody(self):
        self.record.city = "Tver"
        self.alert().assert_not_alerted(self.employee)
        self.assertFalse(self.faults())

    def test_change_of_the_record_withdraws_at_once(self):
        self.alert()
        with trap_alerts(self) as trap:
            self.record.city = "Tver"
        trap.assert_withdrawn(self.employee, CODE, self.record)

    def test_deletion_of_the_record_withdraws_at_once(self):
        self.alert()
        with trap_alerts(self) as trap:
            self.record.unlink()
        trap.assert_withdrawn(self.employee, CODE)

    def test_archived_record_withdraws(self):
        self.alert()
        with trap_alerts(self) as trap:
            self.record.action_archive()
        trap.assert_withdrawn(self.employee, CODE, self.record)

    def test_another_change_withdraws_nothing(self):
        self.alert()
        with trap_alerts(self):
            self.record.street = "Tverskaya"
        self.assertEqual(self.deliveries().state, "new")

    def test_type_without_conditions_withdraws_when_the_record_is_gone(self):
        self.type.standing_domain = False
        other = self.record.copy({"city": "Tver"})
        self.alert()
        self.alert(record=other)
        self.record.unlink()
        self.watch()
        self.assertEqual(
            self.deliveries().sorted("id").mapped("state"), ["withdrawn", "new"]
        )

    def test_model_that_is_not_watched_is_not_looked_at(self):
        self.type.standing_domain = False
        self.assertFalse(self.record._get_alert_watch())

    def test_done_delivery_stays_done(self):
        self.alert(users=self.employee | self.colleague)
        self.deliveries().action_done()
        with trap_alerts(self):
            self.record.city = "Tver"
        self.assertEqual(self.deliveries().state, "done")
        self.assertEqual(self.deliveries(self.colleague).state, "withdrawn")

    def test_conditions_that_cannot_be_asked_withdraw_nothing_and_are_a_fault(self):
        self.alert()
        types = self.registry["alert.type"]
        fails = ZeroDivisionError("test")
        with patch.object(types, "_find_standing", side_effect=fails):
            self.watch()
            self.watch()
        self.assertEqual(self.deliveries().state, "new")
        self.assertEqual(self.faults().mapped("error"), ["ZeroDivisionError: test"])

    def test_watching_twenty_alerts_costs_what_ten_cost(self):
        self.count_watch(10)
        self.assertEqual(self.count_watch(10), self.count_watch(20))

    def count_watch(self, number):
        records = self.env["res.partner"].create(
            [{"name": f"C{i}", "city": "Moscow"} for i in range(number)]
        )
        with trap_alerts(self):
            for record in records:
                self.env["alert.type"]._alert(CODE, record, users=self.employee)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["alert.alert"].search([("state", "=", "open")])._end_causeless()
        return self.env.cr.sql_log_count - before

    # -- what is refused when it is saved

    def test_domain_with_code_or_unknown_fields_is_refused(self):
        for domain in (
            "[('create_uid', '=', uid)]",
            "[('no_such', '=', 1)]",
            "[('city', '=', __import__('os'))]",
            "nonsense",
        ):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                self.type.standing_domain = domain

    def test_domain_of_what_its_writer_may_not_read_is_refused(self):
        type_ = self.type.with_user(self.administrator)
        type_.model_id = self.env.ref("base.model_res_users")
        for domain in (
            "[('password', '=like', 'a%')]",
            "[('group_ids.rule_groups.name', '=', 'x')]",
        ):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                type_.standing_domain = domain

    # -- one does it for all

    def test_one_does_it_for_all(self):
        self.type.done_by_one = True
        self.alert(users=self.employee | self.colleague)
        with trap_alerts(self) as trap:
            self.deliveries().action_done()
        trap.assert_withdrawn(self.colleague, CODE, self.record)
        self.assertEqual(self.deliveries().state, "done")
        alert = self.env["alert.alert"].search([("type_id", "=", self.type.id)])
        self.assertEqual(alert.state, "done")

    def test_each_does_it_for_himself_by_default(self):
        self.alert(users=self.employee | self.colleague)
        self.deliveries().action_done()
        self.assertEqual(self.deliveries(self.colleague).state, "new")

    def test_seeing_it_does_it_for_nobody(self):
        self.type.done_by_one = True
        self.alert(users=self.employee | self.colleague)
        self.deliveries().action_seen()
        self.assertEqual(self.deliveries(self.colleague).state, "new")

    # -- expiry

    def expire(self, at):
        with freeze_time(at), trap_alerts(self) as trap:
            self.env["alert.alert"]._expire(10)
        return trap

    def test_alert_expires_so_long_after_it_was_last_reported(self):
        self.type.write(
            {"standing_domain": False, "expire_after": 2, "expire_unit": "hours"}
        )
        for hour in (9, 10):
            with freeze_time(f"2026-03-02 {hour}:00"):
                self.alert()
        self.expire("2026-03-02 11:59")
        self.assertEqual(self.deliveries().state, "new")
        trap = self.expire("2026-03-02 12:00")
        trap.assert_withdrawn(self.employee, CODE, self.record)

    def test_alert_never_expires_by_default(self):
        with freeze_time("2020-03-02 09:00"):
            self.alert()
        self.expire("2026-03-02 12:00")
        self.assertEqual(self.deliveries().state, "new")

    def test_what_stands_while_its_cause_stands_cannot_expire(self):
        with self.assertRaises(ValidationError):
            self.type.expire_after = 1

    def test_what_a_transaction_creates_has_no_alert_that_it_could_end(self):
        asked = []
        with patch.object(
            alert_alert_watch, "run_apart", lambda _registry, _ask: asked.append(True)
        ):
            end = alert_alert_watch.end_causeless
            end(self.registry, {"res.partner": {1}}, {"res.partner": {1}})
            self.assertFalse(asked)
            end(self.registry, {"res.partner": {1, 2}}, {"res.partner": {1}})
            self.assertTrue(asked)

    def test_what_is_created_is_noted_where_types_have_a_cause(self):
        partner = self.env["res.partner"].create({"name": "New", "city": "Moscow"})
        born = self.env.cr.postcommit.data[alert_alert_watch.BORN]
        self.assertIn(partner.id, born["res.partner"])

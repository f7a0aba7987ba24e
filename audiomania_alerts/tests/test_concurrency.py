# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import threading
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import alert_outbox
from .common import make_type
from .transactions import TransactionsCase

CODE = "test_concurrency"
RULE = "test_concurrency_rule"
WORKERS = 8


@tagged("post_install", "-at_install")
class TestConcurrency(TransactionsCase):
    """Real transactions that really commit, each with a cursor of its own; what they
    leave is removed at the end."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            make_type(env, CODE, title_template="{name}")
            self.first_message = env["bus.bus"]._bus_last_id()

    def clean(self):
        with self.transaction() as env:
            env["alert.outbox"].search([("code", "=", CODE)]).unlink()
            type_ = env["alert.type"].search([("code", "=", CODE)])
            env["alert.alert"].search([("type_id", "=", type_.id)]).unlink()
            type_.unlink()
            env["alert.inbox"].search([("user_id", "=", self.user(env).id)]).unlink()
            env["bus.bus"].search([("id", ">", self.first_message)]).unlink()

    def user(self, env):
        return env.ref("base.user_admin")

    def report(self, env):
        record = env.ref("base.main_partner")
        env["alert.type"]._alert(CODE, record, users=self.user(env))

    def withdraw(self, env):
        env["alert.type"]._withdraw(CODE, env.ref("base.main_partner"))

    def crashes(self):
        """Workers die between their commit and the merging."""
        return patch.object(alert_outbox, "merge_committed")

    def assertAlerts(self, *expected):
        """What is stored: (state, event count) of the alerts, oldest first, each
        with one delivery; nothing is left in the outbox."""
        with self.transaction() as env:
            alerts = env["alert.alert"].search([("type_id.code", "=", CODE)])
            found = [(alert.state, alert.event_count) for alert in alerts.sorted("id")]
            self.assertEqual(found, list(expected))
            self.assertEqual(
                [len(alert.delivery_ids) for alert in alerts], [1] * len(alerts)
            )
            self.assertFalse(env["alert.outbox"].search([("code", "=", CODE)]))

    def run_at_once(self, function):
        """Call ``function(env)`` in as many transactions, all of which have begun
        when the first commits; return what they raised."""
        begun, errors = threading.Barrier(WORKERS), []

        def work():
            try:
                with self.transaction() as env:
                    env.cr.execute("SELECT 1")
                    begun.wait(timeout=30)
                    function(env)
            except Exception as error:
                errors.append(error)

        threads = [
            threading.Thread(target=work, daemon=True) for _number in range(WORKERS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
            self.assertFalse(thread.is_alive(), "A worker waits for ever")
        return errors

    def test_commit_delivers_and_rollback_leaves_nothing(self):
        """Rule 30."""
        with self.transaction() as env:
            self.report(env)
            env.cr.rollback()
        self.assertAlerts()
        with self.transaction() as env:
            self.report(env)
        self.assertAlerts(("open", 1))

    def test_workers_who_report_at_once_make_one_alert_and_none_fails(self):
        """Rule 28: "however many workers report it at once"."""
        with self.assertNoLogs("odoo", "WARNING"):
            self.assertEqual(self.run_at_once(self.report), [])
        self.assertAlerts(("open", WORKERS))

    def test_business_that_began_before_another_reported_does_not_fail(self):
        with self.transaction() as slow:
            slow["res.partner"].search_count([])
            with self.transaction() as quick:
                self.report(quick)
            self.report(slow)
        self.assertAlerts(("open", 2))

    def test_open_report_of_one_worker_does_not_keep_another_waiting(self):
        with self.transaction() as slow:
            self.report(slow)
            with self.transaction() as quick:
                quick.cr.execute("SET LOCAL lock_timeout = '2s'")
                self.report(quick)
            self.assertAlertsBut(1)
        self.assertAlerts(("open", 2))

    def assertAlertsBut(self, count):
        with self.transaction() as env:
            alert = env["alert.alert"].search([("type_id.code", "=", CODE)])
            self.assertEqual(alert.event_count, count)

    def test_what_a_crash_left_is_swept(self):
        """Rule 19: "a server killed at any moment loses no message"."""
        with self.crashes(), self.transaction() as env:
            self.report(env)
        with self.transaction() as env:
            self.assertEqual(env["alert.outbox"].search_count([("code", "=", CODE)]), 1)
        with self.transaction() as env:
            env["alert.outbox"]._cron_sweep()
        self.assertAlerts(("open", 1))

    def test_sweeps_at_once_double_nothing(self):
        for _number in range(3):
            with self.crashes(), self.transaction() as env:
                self.report(env)
        sweep = self.run_at_once(lambda env: env["alert.outbox"]._cron_sweep())
        self.assertEqual(sweep, [])
        self.assertAlerts(("open", 3))

    def test_withdrawal_does_not_overtake_the_alert_before_it(self):
        with self.crashes(), self.transaction() as env:
            self.report(env)
        with self.transaction() as env:
            self.withdraw(env)
        self.assertAlerts(("withdrawn", 1))

    @mute_logger("odoo.addons.audiomania_alerts.models.alert_outbox")
    def test_fault_in_merging_is_blamed_on_the_report_that_causes_it(self):
        merge = self.registry["alert.outbox"]._merge_reports

        def breaks(rows):
            if "breaks" in [row.payload.get("title") for row in rows]:
                raise ZeroDivisionError("by a test")
            return merge(rows)

        with (
            patch.object(self.registry["alert.outbox"], "_merge_reports", breaks),
            self.transaction() as env,
        ):
            record = env.ref("base.main_partner")
            for title, key in (("breaks", "a"), ("fine", "b")):
                env["alert.type"]._alert(
                    CODE, record, users=self.user(env), key=key, title=title
                )
        with self.transaction() as env:
            fault = env["alert.outbox"].search([("code", "=", CODE)])
            self.assertEqual((fault.state, fault.key), ("failed", "a"))
            self.assertIn("ZeroDivisionError", fault.error)
            fault.unlink()
        self.assertAlerts(("open", 1))

    # -- jobs, in transactions of their own

    def make_rule(self, env, **values):
        """A rule about one contact that this test makes."""
        partner = env["res.partner"].create({"name": "Concurrent"})
        rule = env["alert.rule"].create(
            {
                "code": RULE,
                "name": "Concurrent",
                "model_id": env.ref("base.model_res_partner").id,
                "title_template": "{name}",
                "record_domain": f"[('id', '=', {partner.id})]",
                "recipient_user_ids": self.user(env).ids,
                **values,
            }
        )
        self.addCleanup(self.clean_rule, rule.id, partner.id)
        return rule, partner

    def clean_rule(self, rule_id, partner_id):
        with self.transaction() as env:
            rule = env["alert.rule"].browse(rule_id)
            types = rule.type_id
            env["alert.alert"].search([("type_id", "in", types.ids)]).unlink()
            env["alert.outbox"].search([("code", "=", RULE)]).unlink()
            rule.unlink()
            env["res.partner"].browse(partner_id).exists().unlink()

    def count_events(self):
        with self.transaction() as env:
            alerts = env["alert.alert"].search([("type_id.code", "=", RULE)])
            return sum(alerts.mapped("event_count"))

    def test_workers_who_watch_a_date_at_once_speak_once(self):
        """Never twice of the same record and moment."""
        with self.transaction() as env:
            field = env["ir.model.fields"]._get("res.partner", "create_date")
            rule, partner = self.make_rule(
                env,
                trigger="date",
                date_field_id=field.id,
                date_offset=0,
                date_side="after",
            )
            rule.valid_from = "2026-01-01 00:00:00"
            env.cr.execute(
                "UPDATE res_partner"
                "   SET create_date = create_date - interval '1 minute'"
                " WHERE id = %s",
                [partner.id],
            )
        errors = self.run_at_once(lambda env: env["alert.rule"]._cron_fire())
        self.assertEqual(errors, [])
        self.assertEqual(self.count_events(), 1)

    def test_change_under_a_rule_is_told_after_its_commit_only(self):
        """Rule 30."""
        with self.transaction() as env:
            field = env["ir.model.fields"]._get("res.partner", "city")
            _rule, partner = self.make_rule(env, trigger="changed", field_id=field.id)
        with self.transaction() as env:
            env["res.partner"].browse(partner.id).city = "Tver"
            env.flush_all()
            env.cr.rollback()
        self.assertEqual(self.count_events(), 0)
        with self.transaction() as env:
            env["res.partner"].browse(partner.id).city = "Tver"
            env.flush_all()
            self.assertEqual(self.count_events(), 0)
        self.assertEqual(self.count_events(), 1)

    def test_commit_of_a_change_takes_back_what_lost_its_cause(self):
        with self.transaction() as env:
            env["alert.type"].search([("code", "=", CODE)]).write(
                {
                    "model_id": env.ref("base.model_res_partner").id,
                    "standing_domain": "[('function', '!=', 'Gone')]",
                }
            )
            self.report(env)
        with self.transaction() as env:
            env.ref("base.main_partner").function = "Gone"
        self.addCleanup(self.restore_function)
        self.assertAlerts(("withdrawn", 1))

    def restore_function(self):
        with self.transaction() as env:
            env.ref("base.main_partner").function = False

    def test_watching_jobs_at_once_remind_once_and_none_fails(self):
        with self.transaction() as env:
            env["alert.type"].search([("code", "=", CODE)]).write(
                {"must_do": True, "repeat_every": 1, "repeat_unit": "hours"}
            )
            self.report(env)
        with self.transaction() as env:
            delivery = env["alert.delivery"].search([("type_id.code", "=", CODE)])
            delivery.write({"state": "seen", "remind_at": "2026-01-01 00:00:00"})
            version = self.get_version(env)
        errors = self.run_at_once(lambda env: env["alert.alert"]._cron_watch())
        self.assertEqual(errors, [])
        with self.transaction() as env:
            delivery = env["alert.delivery"].browse(delivery.id)
            self.assertEqual(delivery.state, "new")
            self.assertEqual(self.get_version(env), version + 1)

    def test_purging_at_once_waits_for_nobody(self):
        with self.transaction() as env:
            self.report(env)
            self.withdraw(env)
        with self.transaction() as env:
            env["alert.alert"].search([("type_id.code", "=", CODE)]).write(
                {"closed_at": "2001-01-01 00:00:00"}
            )
        with self.transaction() as busy:
            busy.cr.execute(
                "SELECT id FROM alert_alert WHERE type_id IN"
                " (SELECT id FROM alert_type WHERE code = %s) FOR UPDATE",
                [CODE],
            )
            with self.transaction() as env:
                env.cr.execute("SET LOCAL lock_timeout = '2s'")
                env["alert.type"]._cron_purge()
            self.assertAlerts(("withdrawn", 1))
        with self.transaction() as env:
            env["alert.type"]._cron_purge()
        self.assertAlerts()

    def get_version(self, env):
        return env["alert.delivery"].with_user(self.user(env)).get_state()["version"]

    def test_version_is_raised_once_for_each_change(self):
        self.run_at_once(self.report)
        with self.transaction() as env:
            alert = env["alert.alert"].search([("type_id.code", "=", CODE)])
            version = self.get_version(env)
            self.assertGreaterEqual(version, 1)
            self.assertLessEqual(version, alert.event_count)
            self.assertEqual(alert.delivery_ids.state, "new")

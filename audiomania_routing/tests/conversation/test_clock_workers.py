# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import threading
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.models import alert_outbox
from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase

WAITING = "inquiry_waiting"
MINUTE = timedelta(minutes=1)
TICKETS = 5
WORKERS = 4


@tagged("post_install", "-at_install")
class TestClockWorkers(TransactionsCase):
    """Each rung is told once, however many workers run the job, and after a crash:
    real transactions that really commit."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.user_id = env.ref("base.user_admin").id
            team = env["helpdesk.ticket.team"].create(
                {"name": "Clock", "user_ids": [(6, 0, [self.user_id])]}
            )
            self.team_id = team.id
        # What is made beside a new team would be decided again with it.
        with self.transaction() as env:
            team = env["helpdesk.ticket.team"].browse(self.team_id)
            self.ids = [self.make_due(env, team).id for _each in range(TICKETS)]
            self.forget_alerts(env)

    def make_due(self, env, team):
        """A conversation whose team sees it since a minute ago and was not told."""
        now = fields.Datetime.now()
        ticket = env["helpdesk.ticket"].create(
            {"name": "A question", "description": "When?", "user_id": False}
        )
        env["helpdesk.inquiry"].create({"ticket_id": ticket.id})
        ticket.write(
            {
                "team_id": team.id,
                "ladder_active": True,
                "addressee_id": False,
                "team_visible_from": now - MINUTE,
                "department_visible_from": now + 60 * MINUTE,
                "supervisors_alerted_from": now + 120 * MINUTE,
                "told_rung": "window",
            }
        )
        return ticket

    def forget_alerts(self, env):
        env["alert.outbox"].search([("res_id", "in", self.ids)]).unlink()
        self.find_alerts(env).unlink()

    def find_alerts(self, env):
        domain = [("res_model", "=", "helpdesk.ticket"), ("res_id", "in", self.ids)]
        return env["alert.alert"].search(domain)

    def clean(self):
        with self.transaction() as env:
            self.forget_alerts(env)
            env["alert.inbox"].search([("user_id", "=", self.user_id)]).unlink()
            env["helpdesk.ticket"].browse(self.ids).inquiry_ids.unlink()
            env["helpdesk.ticket"].browse(self.ids).unlink()
            env["helpdesk.ticket.team"].browse(self.team_id).unlink()

    def run_job(self):
        with self.transaction() as env:
            env["helpdesk.ticket"]._cron_tell()

    def assert_told_once(self):
        with self.transaction() as env:
            alerts = self.find_alerts(env)
            found = [(one.type_id.code, one.event_count) for one in alerts]
            self.assertEqual(found, [(WAITING, 1)] * TICKETS)
            self.assertEqual(alerts.delivery_ids.user_id.ids, [self.user_id])
            tickets = env["helpdesk.ticket"].browse(self.ids)
            self.assertEqual(set(tickets.mapped("told_rung")), {"team"})

    def test_jobs_at_once_tell_each_rung_once(self):
        errors, begun = [], threading.Barrier(WORKERS)

        def work():
            try:
                begun.wait(timeout=30)
                self.run_job()
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=work, daemon=True) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
            self.assertFalse(thread.is_alive(), "A worker waits for ever")
        self.assertEqual(errors, [])
        self.assert_told_once()

    def test_after_a_crash_what_was_told_is_told_and_not_again(self):
        """The server dies between the commit of the job and the merging of alerts."""
        with patch.object(alert_outbox, "merge_committed"):
            self.run_job()
        self.run_job()
        with self.transaction() as env:
            env["alert.outbox"]._cron_sweep()
        self.assert_told_once()

    def test_a_conversation_that_somebody_is_taking_waits_for_the_next_run(self):
        with self.transaction() as slow:
            slow["helpdesk.ticket"].browse(self.ids[:1])._lock()
            self.run_job()
            with self.transaction() as env:
                self.assertEqual(len(self.find_alerts(env)), TICKETS - 1)
        self.run_job()
        self.assert_told_once()

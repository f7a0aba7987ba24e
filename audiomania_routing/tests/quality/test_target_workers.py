# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import threading
from datetime import timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.models.alert_outbox import run_apart
from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase

WORKERS = 2
NEAR = "inquiry_target_near"
HOUR = timedelta(hours=1)
YEAR = relativedelta(years=1)


@tagged("post_install", "-at_install")
class TestTargetWorkers(TransactionsCase):
    """However many workers run the job, one warning is sent: real transactions."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.user_id = env.ref("base.user_admin").id
            team = env["helpdesk.ticket.team"].create(
                {"name": "Targets", "user_ids": [(6, 0, [self.user_id])]}
            )
            self.team_id = team.id
            target = env["helpdesk.target"].create(
                {
                    "kind": "answer",
                    "team_id": team.id,
                    "company_id": env.company.id,
                    "hours": 10,
                    "date_from": fields.Date.today().replace(day=1) - YEAR,
                }
            )
            self.target_id = target.id
        with self.transaction() as env:
            ticket = env["helpdesk.ticket"].create(
                {"name": "A question", "description": "When?", "user_id": False}
            )
            self.ticket_id = ticket.id
            inquiry = env["helpdesk.inquiry"].create({"ticket_id": ticket.id})
            ticket.write({"team_id": self.team_id, "user_id": self.user_id})
            inquiry.write({"team_id": self.team_id})
            # Most of the time is over, whatever day it is; and it is not missed.
            now = fields.Datetime.now()
            inquiry.received_at = now - timedelta(days=200)
            self.assertEqual(
                inquiry.answer_target_id, env["helpdesk.target"].browse(self.target_id)
            )
            inquiry.write({"target_tell_at": now, "answer_target_at": now + HOUR})
            env["alert.outbox"].search([("res_id", "=", ticket.id)]).unlink()
            self.find_alerts(env).unlink()

    def find_alerts(self, env):
        domain = [
            ("res_model", "=", "helpdesk.ticket"),
            ("res_id", "=", self.ticket_id),
        ]
        return env["alert.alert"].search(domain)

    def clean(self):
        with self.transaction() as env:
            env["alert.outbox"].search([("res_id", "=", self.ticket_id)]).unlink()
            self.find_alerts(env).unlink()
            env["alert.inbox"].search([("user_id", "=", self.user_id)]).unlink()
            ticket = env["helpdesk.ticket"].browse(self.ticket_id)
            ticket.inquiry_ids.unlink()
            ticket.unlink()
            env["helpdesk.target"].browse(self.target_id).unlink()
            env["helpdesk.ticket.team"].browse(self.team_id).unlink()

    def apply(self):
        """A batch of the job, which fails where it would wait for somebody."""

        def work(env):
            env.cr.execute("SET LOCAL lock_timeout TO '2s'")
            return env["helpdesk.target"]._apply_next(500)

        return run_apart(self.registry, work)

    def get_judged(self):
        """Whether the target is applied, and until when it wants an answer."""
        with self.transaction() as env:
            target = env["helpdesk.target"].browse(self.target_id)
            inquiry = env["helpdesk.ticket"].browse(self.ticket_id).inquiry_ids
            return target.is_applied, inquiry.answer_target_at

    def test_a_target_is_not_applied_while_somebody_changes_it(self):
        with self.transaction() as env:
            env["helpdesk.target"].browse(self.target_id).hours = 5
            env.flush_all()
            self.assertEqual(self.apply(), 0)
        self.assertFalse(self.get_judged()[0])
        self.assertTrue(self.apply())
        self.assertTrue(self.get_judged()[0])

    def test_a_change_that_this_server_has_not_heard_of_is_applied(self):
        while self.apply():
            pass
        before = self.get_judged()
        with self.transaction() as env:
            env["helpdesk.target"]._get_aims()
            # as another server does, until its signal is heard
            env.cr.execute(
                "UPDATE helpdesk_target SET hours = 5, is_applied = FALSE,"
                " applied_to = 0 WHERE id = %s",
                [self.target_id],
            )
        while self.apply():
            pass
        after = self.get_judged()
        self.assertTrue(before[0] and after[0])
        self.assertLess(after[1], before[1])

    def test_what_is_not_applied_yet_is_as_soon_as_other_jobs_had_their_turn(self):
        """The time of the job is over, or somebody was faster: not a day later."""
        calls = []

        def commit(_job, processed=0, *, remaining=None, deactivate=False):
            calls.append((bool(processed), remaining))
            return 0

        def run():
            with self.transaction() as env:
                env["helpdesk.target"]._cron_apply()

        with patch.object(self.registry["ir.cron"], "_commit_progress", commit):
            with patch.object(self.registry["alert.outbox"], "_run_batch") as lost:
                lost.return_value = 0
                run()
            run()
            run()
        self.assertEqual(calls, [(False, 1), (True, 1), (False, 0)])

    def test_jobs_at_once_send_one_warning(self):
        errors, begun = [], threading.Barrier(WORKERS)

        def work():
            try:
                begun.wait(timeout=30)
                with self.transaction() as env:
                    env["helpdesk.ticket"]._cron_tell()
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=work, daemon=True) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
            self.assertFalse(thread.is_alive(), "A worker waits for ever")
        self.assertEqual(errors, [])
        with self.transaction() as env:
            found = [
                (one.type_id.code, one.event_count) for one in self.find_alerts(env)
            ]
            self.assertEqual(found, [(NEAR, 1)])

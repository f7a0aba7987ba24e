# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from time import monotonic
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

MINUTE, DAY, YEAR = timedelta(minutes=1), timedelta(days=1), timedelta(days=364)


@tagged("post_install", "-at_install")
class TestJobs(TransactionCase):
    """Jobs that ran by a clock that was ahead do not wait until it is that late."""

    def setUp(self):
        super().setUp()
        self.now = self.env.cr.now().replace(microsecond=0)
        names = ("ir_cron_sweep", "ir_cron_watch", "ir_cron_purge", "ir_cron_send")
        jobs = [self.env.ref(f"audiomania_alerts.{name}") for name in names]
        self.often, self.other, self.daily, self.planned = jobs
        for job in (self.often, self.other):
            self.plan(job, self.now + YEAR, self.now + YEAR + MINUTE)
        self.plan(self.daily, self.now + YEAR, self.now + YEAR + DAY / 2)
        self.plan(self.planned, self.now - MINUTE, self.now + YEAR)

    def plan(self, job, last, following):
        job.write({"lastcall": last, "nextcall": following})
        job.flush_recordset()

    def assert_right(self, *jobs):
        for job in jobs:
            self.assertLessEqual(job.nextcall, self.now + MINUTE, job.cron_name)
            self.assertLessEqual(job.lastcall, self.now)
        self.assertEqual(self.daily.nextcall, self.now + DAY / 2, "its own hour")
        self.assertEqual(
            self.planned.nextcall, self.now + YEAR, "as it was set by hand"
        )

    def test_a_server_that_starts_sets_them_right(self):
        self.env["ir.cron"]._register_hook()
        self.assert_right(self.often, self.other)

    def test_one_that_somebody_asks_for_sets_the_others_right(self):
        self.env["ir.cron"]._reschedule_later(self.often.read()[0])
        self.env["ir.cron"].invalidate_model()
        self.assert_right(self.often, self.other)

    def test_where_the_clock_is_right_nothing_is_asked(self):
        job = {**self.planned.read()[0], "nextcall": self.now - MINUTE}
        self.env["ir.cron"]._reschedule_later(job)
        with self.assertQueryCount(1):
            self.env["ir.cron"]._reschedule_later(job)


@tagged("post_install", "-at_install")
class TestTimeOfJobs(TransactionCase):
    """A long job takes its turn with others, and goes on where it was."""

    def setUp(self):
        super().setUp()
        job = self.env.ref("audiomania_alerts.ir_cron_sweep")
        self.job, self.progress = job._add_progress()
        self.left = 5
        self.startPatcher(patch.object(self.env.cr, "commit", self.env.flush_all))
        self.startPatcher(
            patch.object(
                self.registry["alert.outbox"],
                "_run_batch",
                lambda outbox, function: function(outbox.env),
            )
        )

    def work(self, _env):
        self.left = max(self.left - 1, -1)
        return int(self.left >= 0)

    def drain(self, seconds):
        timed = {"cron_id": self.job.id, "cron_end_time": monotonic() + seconds}
        self.job.with_context(**timed).env["alert.outbox"]._drain(self.work)

    def test_a_job_that_is_cut_is_to_be_run_again_soon(self):
        self.drain(-1)
        self.assertEqual(self.left, 4)
        self.assertRecordValues(self.progress, [{"done": 1, "remaining": 1}])

    def test_within_its_time_it_works_to_the_end(self):
        self.drain(3600)
        self.assertEqual(self.left, -1)
        self.assertRecordValues(self.progress, [{"done": 5, "remaining": 0}])

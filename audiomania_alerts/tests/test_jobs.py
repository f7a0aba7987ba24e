# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from time import monotonic
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ..models import alert_alert_watch
from .common import AlertCase, make_type

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


class TimedJobs:
    """A job of the scheduler within the transaction of a test."""

    cron = "audiomania_alerts.ir_cron_sweep"

    def setUp(self):
        super().setUp()
        self.add_run()
        self.startPatcher(patch.object(self.env.cr, "commit", self.env.flush_all))
        self.startPatcher(
            patch.object(
                self.registry["alert.outbox"],
                "_run_batch",
                lambda outbox, function: function(outbox.env),
            )
        )

    def add_run(self):
        self.job, self.progress = self.env.ref(self.cron)._add_progress()

    def get_timed(self, model, seconds):
        """The model in the run of the job that has so many seconds left."""
        timed = {"cron_id": self.job.id, "cron_end_time": monotonic() + seconds}
        return self.job.with_context(**timed).env[model]


@tagged("post_install", "-at_install")
class TestTimeOfJobs(TimedJobs, TransactionCase):
    """A long job takes its turn with others, and goes on where it was."""

    def setUp(self):
        super().setUp()
        self.left = 5

    def work(self, _env):
        self.left = max(self.left - 1, -1)
        return int(self.left >= 0)

    def drain(self, seconds):
        self.get_timed("alert.outbox", seconds)._drain(self.work)

    def test_a_job_that_is_cut_is_to_be_run_again_soon(self):
        self.drain(-1)
        self.assertEqual(self.left, 4)
        self.assertRecordValues(self.progress, [{"done": 1, "remaining": 1}])

    def test_within_its_time_it_works_to_the_end(self):
        self.drain(3600)
        self.assertEqual(self.left, -1)
        self.assertRecordValues(self.progress, [{"done": 5, "remaining": 0}])


@tagged("post_install", "-at_install")
class TestTimeOfCauses(TimedJobs, AlertCase):
    """However many alerts stand open, reminders are not late for it."""

    cron = "audiomania_alerts.ir_cron_watch"

    def setUp(self):
        super().setUp()
        make_type(self.env)
        for number in range(3):
            self.alert(key=str(number))
        self.done = []
        for model, name in (
            ("alert.alert", "_expire"),
            ("alert.alert", "_escalate"),
            ("alert.delivery", "_remind"),
            ("alert.alert", "_end_causeless"),
        ):
            self.note(self.registry[model], name)
        self.startPatcher(patch.object(alert_alert_watch, "ASKED", 1))

    def note(self, kind, name):
        def noting(records, *_limit):
            self.done.append((name, *records.ids))
            return 0

        self.startPatcher(patch.object(kind, name, noting))

    def watch(self, seconds):
        """One run of the job; the alerts that were asked for their cause."""
        self.done.clear()
        self.get_timed("alert.alert", seconds)._cron_watch()
        first = [name for name, *_ids in self.done[:3]]
        self.assertEqual(first, ["_expire", "_escalate", "_remind"])
        return [id_ for _name, *ids in self.done[3:] for id_ in ids]

    def get_open(self):
        about = [("state", "=", "open"), ("res_model", "!=", False)]
        return self.env["alert.alert"].search(about, order="id").ids

    def test_who_is_to_be_told_is_told_before_causes_are_asked(self):
        self.assertEqual(self.watch(3600), self.get_open())
        self.assertRecordValues(self.progress, [{"remaining": 0, "place": 0}])

    def test_what_it_had_no_time_for_is_asked_the_next_time(self):
        asked = []
        for _alert in self.get_open():
            asked += self.watch(-1)
            self.assertEqual(self.progress.remaining, 1)
            self.add_run()
        self.assertEqual(asked, self.get_open())
        self.assertEqual(self.watch(3600), [], "that was the last")
        self.add_run()
        self.assertEqual(self.watch(3600), self.get_open(), "from the beginning")

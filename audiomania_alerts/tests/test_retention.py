# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from freezegun import freeze_time

from odoo.tests import tagged

from .common import AlertCase, make_type


@tagged("post_install", "-at_install")
class TestRetention(AlertCase):
    """What is closed is kept as long as its type says."""

    def setUp(self):
        super().setUp()
        self.type = make_type(self.env, keep_days=30)

    def make(self, *actions, record=None):
        with freeze_time("2026-03-02 09:00"):
            self.alert(record=record)
            for action in actions:
                getattr(self.deliveries(), action)()

    def purge(self, at, limit=10):
        with freeze_time(at):
            return self.env["alert.alert"]._purge(limit)

    def test_closed_alert_is_removed_with_its_deliveries_after_its_days(self):
        self.make("action_done")
        self.assertEqual(self.purge("2026-04-01 09:00"), 0)
        self.assertEqual(self.purge("2026-04-01 09:01"), 1)
        self.assertFalse(self.deliveries())

    def test_open_alert_is_never_removed(self):
        self.make("action_seen")
        self.assertEqual(self.purge("2030-01-01"), 0)
        self.assertTrue(self.deliveries())

    def test_type_may_keep_for_ever(self):
        self.type.keep_days = 0
        self.make("action_done")
        self.assertEqual(self.purge("2090-01-01"), 0)

    def test_batches_come_to_an_end(self):
        for _number in range(3):
            self.make("action_done", record=self.record.copy())
        counts = [self.purge("2030-01-01", limit=2) for _run in range(3)]
        self.assertEqual(counts, [2, 1, 0])

    def test_faults_are_removed_after_a_year(self):
        with freeze_time("2026-03-02 09:00"):
            self.alert("no_such_code")
        self.env.cr.execute("UPDATE alert_outbox SET create_date = '2026-03-02'")
        with freeze_time("2027-03-01"):
            self.assertEqual(self.env["alert.outbox"]._purge(10), 0)
        with freeze_time("2027-03-04"):
            self.assertEqual(self.env["alert.outbox"]._purge(10), 1)
        self.assertFalse(self.faults())

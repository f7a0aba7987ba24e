# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...models.intake import mail_intake_entry_retention as retention
from .entries import IntakeCase


@tagged("post_install", "-at_install")
class TestRetention(IntakeCase):
    """Originals are kept as long as somebody may need them."""

    def setUp(self):
        super().setUp()
        self.receive()
        self.new = self.get_entry()
        self.aside = self.receive_aside()
        self.failed = self.receive_failing()
        self.entries = self.new + self.aside + self.failed

    def make_old(self, days):
        self.entries.received_at = fields.Datetime.now() - timedelta(days=days)

    def get_kept(self):
        self.env["mail.intake.entry"]._gc_originals()
        self.entries.invalidate_recordset()
        return self.entries.filtered("is_kept")

    def test_everything_is_kept_at_first(self):
        self.make_old(29)
        self.assertEqual(self.get_kept(), self.entries)

    def test_what_became_something_is_kept_for_a_month(self):
        self.make_old(31)
        self.assertEqual(self.get_kept(), self.aside + self.failed)

    def test_what_was_set_aside_is_kept_for_half_a_year(self):
        self.make_old(179)
        self.assertIn(self.aside, self.get_kept())
        self.make_old(181)
        self.assertNotIn(self.aside, self.get_kept())

    def test_what_failed_is_kept_until_it_was_worked_on(self):
        self.make_old(1000)
        self.assertEqual(self.get_kept(), self.failed)
        self.failed.with_user(self.manager).action_retry()
        self.assertFalse(self.get_kept())

    def test_what_is_unfinished_is_kept(self):
        self.failed.outcome = False
        self.make_old(1000)
        self.assertEqual(self.get_kept(), self.failed)

    def test_the_entry_stays(self):
        self.make_old(1000)
        self.get_kept()
        self.assertEqual(self.new.exists().outcome, "new")

    def test_the_settings_count(self):
        settings = self.env["res.config.settings"].create(
            {"keep_originals_days": 3, "keep_aside_days": 5}
        )
        settings.execute()
        self.make_old(4)
        self.assertEqual(self.get_kept(), self.aside + self.failed)
        self.make_old(6)
        self.assertEqual(self.get_kept(), self.failed)

    def test_a_setting_of_no_days_is_refused(self):
        for name in ("keep_originals_days", "keep_aside_days"):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.env["res.config.settings"].create({name: 0})

    def test_a_batch_says_whether_there_is_more(self):
        self.make_old(1000)
        with patch.object(retention, "GC_BATCH", 1):
            entries = self.env["mail.intake.entry"]
            self.assertEqual(entries._gc_originals(), (1, True))
            self.assertEqual(entries._gc_originals(), (1, True))
            self.assertEqual(entries._gc_originals(), (0, False))

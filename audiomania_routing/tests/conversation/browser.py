# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.tests import HttpCase

from .common import ConversationCase


class BrowserCase(ConversationCase, HttpCase):
    """A browser lives by the real clock, so the office is always open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar.attendance_ids.unlink()
        cls.calendar.attendance_ids = [
            (0, 0, {"name": day, "dayofweek": day, "hour_from": 0, "hour_to": 24})
            for day in "0123456"
        ]

    def start_tour(self, *args, timeout=180, **kwargs):
        """Seconds for a whole tour, on a machine that is busy."""
        return super().start_tour(*args, timeout=timeout, **kwargs)

    def _freeze(self, moment):
        self.now = fields.Datetime.now()

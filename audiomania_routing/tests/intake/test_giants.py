# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
import resource
from pathlib import Path

from odoo.tests import tagged

from ..conversation.common import ConversationCase
from . import giants

SECONDS = 40
"""Of the processor's time for one letter, on the slowest machine that is used."""

MEMORY = 1200
"""Megabytes more than before, for one letter of 50 MB."""

STATUS, PEAK = Path("/proc/self/status"), re.compile(r"VmHWM:\s+(\d+) kB")


@tagged("post_install", "-at_install")
class TestGiants(ConversationCase):
    """A letter of any size costs a bounded time and memory, has exactly one entry,
    and does no harm to the next one (rules 18 and 19)."""

    def measure(self, letter):
        """(outcomes of its entries, seconds of the processor, megabytes at the peak)"""
        entries = self.env["mail.intake.entry"]
        last = entries.search([], order="id desc", limit=1).id or 0
        Path("/proc/self/clear_refs").write_text("5")
        before, started = self.get_peak(), self.get_time()
        self.env["mail.thread"].message_process(False, letter)
        self.env.flush_all()
        seconds, memory = self.get_time() - started, self.get_peak() - before
        return entries.search([("id", ">", last)]), seconds, memory

    def get_peak(self):
        return int(PEAK.search(STATUS.read_text())[1]) / 1024

    def get_time(self):
        """The clock of the test stands still, that of the processor does not."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    def test_each_is_taken_in_within_bounds_and_so_is_the_next(self):
        for name, make in giants.GIANTS.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                letter = make(name)
                entry, seconds, memory = self.measure(letter)
                self.assertEqual(entry.mapped("outcome"), ["new"])
                self.assertEqual(len(entry.ticket_id.inquiry_ids), 1)
                self.assertLess(seconds, SECONDS)
                self.assertLess(memory, MEMORY)
                self.assertTrue(self.receive(subject=name).inquiry_ids)
                savepoint.rollback()
            self.env.invalidate_all(flush=False)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo.tests import tagged

from .analysis_common import AnalysisCase


@tagged("post_install", "-at_install")
class TestAnalysisOfLetters(AnalysisCase):
    """The same by the whole way: a letter comes in, employees work it out, a manager
    reads its figures. Nobody is named in the letters, the team works 8 to 12 and 13 to
    17 in Berlin."""

    def receive_at(self, moment):
        self._freeze(moment)
        return self.receive(subject="A question")

    def take_holiday(self, start, end):
        """A day on which nobody of the company works."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": start,
                "date_to": end,
            }
        )

    def move_to(self, moment):
        self._freeze(moment)
        self.env.invalidate_all()

    def test_a_weekend_on_which_the_clock_goes_forward_is_no_working_time(self):
        """Friday 16:00, taken on Monday at 8:00, answered at 10:00: of three days one
        hour is missing on Sunday."""
        ticket = self.receive_at(datetime(2025, 3, 28, 15))
        self.move_to(datetime(2025, 3, 31, 6))
        ticket.with_user(self.anna).action_take()
        self.move_to(datetime(2025, 3, 31, 8))
        self.reply(ticket, self.anna)
        figures = self.get_figures(
            "hours_to_taken",
            "working_hours_to_taken",
            "hours_to_answered",
            "working_hours_to_answered",
            "hours_to_worked_out",
            "working_hours_to_worked_out",
        )
        for figure, by_hand in zip(figures, [63, 1, 65, 3, 65, 3], strict=True):
            self.assertAlmostEqual(figure, by_hand)
        self.assertEqual(
            self.get_figures("answered_count", "no_action_count", "pending_count"),
            [1, 0, 0],
        )

    def test_a_weekend_on_which_the_clock_goes_back_is_no_working_time(self):
        """Friday 16:00 to Monday 10:00: one hour came twice on Sunday."""
        ticket = self.receive_at(datetime(2025, 10, 24, 14))
        self.move_to(datetime(2025, 10, 27, 9))
        self.reply(ticket, self.anna)
        plain, working = self.get_figures(
            "hours_to_answered", "working_hours_to_answered"
        )
        self.assertAlmostEqual(plain, 67)
        self.assertAlmostEqual(working, 3)

    def test_public_holidays_are_no_working_time(self):
        """Thursday 16:30 over Easter to Tuesday 9:00: half an hour and one."""
        self.take_holiday(datetime(2025, 4, 17, 22), datetime(2025, 4, 18, 22))
        self.take_holiday(datetime(2025, 4, 20, 22), datetime(2025, 4, 21, 22))
        ticket = self.receive_at(datetime(2025, 4, 17, 14, 30))
        self.move_to(datetime(2025, 4, 22, 7))
        self.reply(ticket, self.boris)
        plain, working = self.get_figures(
            "hours_to_answered", "working_hours_to_answered"
        )
        self.assertAlmostEqual(plain, 112.5)
        self.assertAlmostEqual(working, 1.5)

    def test_what_waits_and_what_needs_no_action_have_no_time_to_an_answer(self):
        ticket = self.receive_at(datetime(2025, 3, 28, 15))
        names = ("hours_to_answered", "hours_to_worked_out", "inside_share")
        self.assertEqual(self.get_figures(*names), [False] * 3)
        self.assertEqual(self.get_figures("pending_count"), [1])
        self.move_to(datetime(2025, 3, 28, 16))
        ticket.with_user(self.anna).action_no_action_required()
        self.assertEqual(self.get_figures(*names), [False, 1, False])
        self.assertEqual(self.get_figures("pending_count", "no_action_count"), [0, 1])

    def test_an_answer_counts_for_who_gave_it_and_not_for_who_had_taken_it(self):
        ticket = self.receive_at(datetime(2025, 3, 28, 9))
        ticket.with_user(self.anna).action_take()
        self.reply(ticket, self.chief)
        self.assertEqual(self.get_report().search([]).user_id, self.chief)
        self.assertEqual(self.get_figures("answered_count", user=self.anna), [1])
        self.assertFalse(self.get_report(self.boris).search([]))

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.mail.tests.common import freeze_all_time

from ..common import MONDAY_10
from .common import FactsCase

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestUnansweredFacts(FactsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "helpdesk_mgmt.group_helpdesk_manager")

    def ask_ann(self, at=MONDAY_10):
        """A letter to Ann: she has it alone for two hours."""
        with freeze_all_time(at):
            return self.make_inquiry(
                self.make_customer("Other"), self.ann.email, self.hifi_team
            )

    def take(self, inquiry, user, at):
        with freeze_all_time(at):
            self.env.invalidate_all()
            inquiry.ticket_id.with_user(user).action_take()

    def take_away(self, inquiry, at, cause="not_answered"):
        with freeze_all_time(at):
            self.env.invalidate_all()
            inquiry.ticket_id.with_user(self.manager).action_take_away(cause=cause)

    def unanswered(self, user=None, at=MONDAY_10 + 3 * HOUR):
        inquiry = self.make_inquiry(self.customer, team=self.hifi_team)
        self.env.registry.clear_cache()
        return round(self.staff_of(inquiry, at)[(user or self.ann).id].unanswered, 3)

    def test_a_window_that_ran_out_counts_once_it_is_over(self):
        inquiry = self.ask_ann()
        self.assertEqual(inquiry.asked_until, MONDAY_10 + 2 * HOUR)
        self.assertEqual(self.unanswered(at=MONDAY_10 + HOUR), 0.0)
        self.assertEqual(self.unanswered(), 1.0)
        self.assertEqual(self.unanswered(self.bob), 0.0)

    def test_who_takes_half_of_his_windows_leaves_half(self):
        self.ask_ann()
        self.take(self.ask_ann(), self.ann, MONDAY_10 + HOUR)
        self.assertEqual(self.unanswered(), 0.5)

    def test_what_he_works_out_in_his_window_is_answered(self):
        inquiry = self.ask_ann()
        with freeze_all_time(MONDAY_10 + HOUR):
            inquiry._set_worked_out("no_action", self.ann)
        self.assertEqual(self.unanswered(), 0.0)

    def test_what_he_takes_after_his_window_was_left_and_counts_as_his_too(self):
        inquiry = self.ask_ann()
        self.take(inquiry, self.ann, MONDAY_10 + 2.5 * HOUR)
        self.assertEqual(self.unanswered(), 0.5)

    def test_what_is_taken_away_from_him_was_left(self):
        inquiry = self.ask_ann()
        self.take(inquiry, self.ann, MONDAY_10 + HOUR)
        self.take_away(inquiry, MONDAY_10 + 3 * HOUR)
        self.assertEqual(self.unanswered(), 1.0)

    def test_what_is_taken_away_because_he_is_absent_was_not_left(self):
        inquiry = self.ask_ann()
        self.take(inquiry, self.ann, MONDAY_10 + HOUR)
        self.take_away(inquiry, MONDAY_10 + 3 * HOUR, "absent")
        self.assertEqual(self.unanswered(), 0.0)

    def test_what_is_long_ago_is_forgotten(self):
        self.ask_ann()
        months = MONDAY_10 + timedelta(days=70)
        self.assertEqual(self.unanswered(at=months), 0.0)
        self.take(self.ask_ann(months), self.ann, months + HOUR)
        self.assertEqual(self.unanswered(at=months + 3 * HOUR), 0.0)

    def test_it_is_asked_once_an_hour(self):
        inquiry = self.ask_ann()
        self.count_queries(inquiry)
        usual, later = self.count_queries(inquiry), MONDAY_10 + HOUR
        self.assertEqual(self.count_queries(inquiry, later), usual + 1)
        later += HOUR / 2
        self.assertEqual(self.count_queries(inquiry, later), usual)

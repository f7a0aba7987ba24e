# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import DAY, HOUR, ReplyCase

THURSDAY = 3 * DAY


@tagged("post_install", "-at_install")
class TestPromiseMoves(ReplyCase):
    """What was promised rests until then, and nothing else rests with it, whatever
    becomes of the conversation (rules 10, 12 and 17)."""

    def setUp(self):
        super().setUp()
        self.other = self.make_conversation()

    def merge(self, survivor, other, by=None):
        with trap_alerts(self):
            survivor.with_user(by or self.chief)._merge(other.with_user(by))

    def split(self, ticket, inquiries):
        with trap_alerts(self):
            return ticket.with_user(self.anna)._split(inquiries, "Another matter")

    def test_what_was_not_promised_does_not_rest_where_it_is_merged_into(self):
        term = self.ticket.answer_due_at
        self.promise(THURSDAY)
        self.merge(self.ticket, self.other, self.chief)
        self.assertFalse(self.ticket.promised_for)
        self.assertEqual(self.ticket.answer_due_at, term)
        self.assertLess(self.ticket.answer_due_at, self.now + DAY)

    def test_nor_where_what_was_promised_is_merged_into_it(self):
        self.promise(THURSDAY)
        self.merge(self.other, self.ticket, self.chief)
        self.assertEqual(self.other.user_id, self.anna)
        self.assertLess(self.other.answer_due_at, self.now + DAY)
        self.assertLess(self.other.answer_supervisors_at, self.now + THURSDAY)

    def test_of_two_promises_the_earlier_one_holds(self):
        self.promise(THURSDAY)
        self.promise(DAY, ticket=self.other)
        self.merge(self.ticket, self.other, self.chief)
        self.assertEqual(self.ticket.promised_for, self.now + DAY)
        self.assertEqual(self.ticket.answer_due_at, self.now + DAY)

    def test_of_two_terms_the_earlier_one_holds(self):
        term = self.ticket.answer_due_at
        self.at(HOUR)
        self.other.with_user(self.anna).action_take()
        self.assertGreater(self.other.answer_due_at, term)
        self.merge(self.other, self.ticket, self.chief)
        self.assertEqual(self.other.answer_due_at, term)

    def test_what_was_promised_rests_again_when_the_other_matter_is_split_off(self):
        with trap_alerts(self):
            self.promise(THURSDAY)
            self.at(HOUR)
            self.receive(reply_to=self.inquiry.message_id, subject="Re: A question")
        later = self.ticket.inquiry_ids - self.inquiry
        other = self.split(self.ticket, later)
        self.assertEqual(self.ticket.promised_for, self.now + THURSDAY)
        self.assertEqual(self.ticket.answer_due_at, self.now + THURSDAY)
        self.assertFalse(other.promised_for)
        self.assertLess(other.answer_due_at, self.now + DAY)

    def test_and_when_it_is_split_off_itself(self):
        with trap_alerts(self):
            self.promise(THURSDAY)
            self.at(HOUR)
            self.receive(reply_to=self.inquiry.message_id, subject="Re: A question")
        other = self.split(self.ticket, self.inquiry)
        self.assertEqual(other.answer_due_at, self.now + THURSDAY)
        self.assertLess(self.ticket.answer_due_at, self.now + DAY)

    def test_no_action_required_that_is_undone_rests_as_before(self):
        self.promise(THURSDAY)
        ticket = self.ticket.with_user(self.anna)
        ticket.action_no_action_required()
        ticket.action_undo_no_action()
        self.assertEqual(self.ticket.promised_for, self.now + THURSDAY)
        self.assertEqual(self.ticket.answer_due_at, self.now + THURSDAY)

    def test_what_is_given_back_shows_whom_it_waits_for(self):
        self.promise(THURSDAY)
        self.assertFalse(self.ticket.with_user(self.anna).ladder_rungs)
        self.ticket.with_user(self.anna).action_release("Too much to do")
        self.assertTrue(self.ticket.with_user(self.boris).ladder_rungs)

    def test_a_promise_that_did_not_arrive_is_none(self):
        with trap_alerts(self):
            letter = self.promise(THURSDAY, waits_for="the buyer's answer")
            self.ticket._take_back_answer(letter, "petr@home.example", "No mailbox.")
        self.assertFalse(self.ticket.promised_for)
        self.assertFalse(self.inquiry.waits_for)
        self.assertLess(self.ticket.answer_due_at, self.now + DAY)

    def test_another_letter_that_did_not_arrive_leaves_the_promise(self):
        with trap_alerts(self):
            letter = self.promise(DAY)
            self.promise(THURSDAY)
            self.ticket._take_back_answer(letter, "petr@home.example", "No mailbox.")
        self.assertEqual(self.ticket.promised_for, self.now + THURSDAY)
        self.assertEqual(self.ticket.answer_due_at, self.now + THURSDAY)

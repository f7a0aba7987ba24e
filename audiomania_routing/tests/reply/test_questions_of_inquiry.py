# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ReplyCase

LETTER = "Hello!\n1. Is it loud?\n2. Is it green?\n3. How long is the cable?\n"
ASKED = ["Is it loud?", "Is it green?", "How long is the cable?"]


@tagged("post_install", "-at_install")
class TestQuestions(ReplyCase):
    """What a letter asks is ticked off, so that none is forgotten (rule 22)."""

    def setUp(self):
        super().setUp()
        self.ticket = self.receive("anna@hifi.example", body=LETTER)
        self.inquiry = self.ticket.inquiry_ids

    def get_questions(self, user=None):
        facts = self.ticket.with_user(user or self.anna).get_reply_facts()
        return facts["questions"]

    def tick(self, *questions, user=None, done=True):
        found = self.env["helpdesk.inquiry.question"].browse(
            [one["id"] for one in questions]
        )
        return found.with_user(user or self.anna).action_tick(done)

    def test_a_letter_is_read_when_somebody_opens_it_and_not_before(self):
        self.assertFalse(self.inquiry.question_ids)
        self.assertEqual([one["text"] for one in self.get_questions()], ASKED)
        self.assertEqual(self.inquiry.question_ids.mapped("text"), ASKED)

    def test_who_opens_it_again_finds_the_same_list(self):
        first = self.get_questions()
        self.assertEqual(self.get_questions(self.chief), first)
        self.inquiry._read_questions()
        self.assertEqual(len(self.inquiry.question_ids), 3)

    def test_of_two_who_open_it_at_once_one_list_is_kept(self):
        self.get_questions()
        ours = self.inquiry.sudo()
        # What the other one has written is not seen by who began before.
        ours._fields["question_ids"]._insert_cache(ours, [()])
        ours._read_questions()
        self.env.invalidate_all()
        self.assertEqual(len(self.inquiry.question_ids), 3)

    def test_what_is_ticked_says_by_whom(self):
        first, second, _third = self.get_questions()
        self.tick(first, second)
        questions = self.get_questions()
        self.assertEqual([one["done"] for one in questions], [True, True, False])
        self.assertEqual(questions[0]["by"], "Anna")
        self.tick(first, done=False)
        self.assertFalse(self.get_questions()[0]["done"])

    def test_the_doubts_name_those_that_are_open(self):
        self.tick(*self.get_questions()[:2])
        doubts = self.ticket.with_user(self.anna).get_reply_doubts()
        self.assertEqual(doubts["questions"], ASKED[2:])
        self.tick(*self.get_questions())
        doubts = self.ticket.with_user(self.anna).get_reply_doubts()
        self.assertFalse(doubts["questions"])

    def test_where_one_thing_alone_is_asked_nobody_has_to_tick_it(self):
        ticket = self.receive("anna@hifi.example", body="Is it loud?")
        facts = ticket.with_user(self.anna).get_reply_facts()
        self.assertEqual(len(facts["questions"]), 1)
        doubts = ticket.with_user(self.anna).get_reply_doubts()
        self.assertFalse(doubts["questions"])

    def test_a_second_letter_adds_its_own(self):
        self.get_questions()
        self.receive(
            reply_to=self.inquiry.message_id, subject="Re:", body="Is it heavy?"
        )
        texts = [one["text"] for one in self.get_questions()]
        self.assertEqual(texts, [*ASKED, "Is it heavy?"])

    def test_what_was_answered_asks_no_more(self):
        self.get_questions()
        self.reply(self.ticket, self.anna)
        self.assertEqual(self.get_questions(), [])

    def test_who_may_not_read_the_conversation_sees_and_ticks_nothing(self):
        questions = self.get_questions()
        for user in (self.boris, self.outsider):
            with self.assertRaises(AccessError):
                self.get_questions(user)
            with self.assertRaises(AccessError):
                self.ticket.with_user(user).get_reply_doubts()
            with self.assertRaises(AccessError):
                self.tick(*questions, user=user)
            with self.assertRaises(AccessError):
                self.env["helpdesk.inquiry.question"].with_user(user).search([])
        self.assertFalse(any(self.inquiry.question_ids.mapped("done")))

    def test_nobody_writes_a_question_by_hand(self):
        self.get_questions()
        question = self.inquiry.question_ids[0]
        for user in (self.anna, self.manager):
            with self.assertRaises(AccessError):
                question.with_user(user).write({"text": "Nothing"})

    def test_all_facts_cost_as_much_for_twice_the_letters(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.get_questions()
            return self.env.cr.sql_log_count - start

        for number in range(2):
            self.receive(
                reply_to=self.inquiry.message_id,
                subject="Re:",
                body=f"Is it number {number}?",
            )
        self.get_questions()
        count()
        few = count()
        for number in range(4):
            self.receive(
                reply_to=self.inquiry.message_id,
                subject="Re:",
                body=f"Is it another {number}?",
            )
        self.get_questions()
        self.assertEqual(count(), few)

    def test_what_the_customer_has_corrected_is_read_anew(self):
        self.tick(*self.get_questions())
        self.inquiry.source_message_id = self.customer.message_post(
            body="Is it loud? How heavy is it?"
        )
        self.inquiry._correct()
        questions = self.get_questions()
        asked = [one["text"] for one in questions]
        self.assertEqual(asked, ["Is it loud?", "How heavy is it?"])
        self.assertFalse(any(one["done"] for one in questions))

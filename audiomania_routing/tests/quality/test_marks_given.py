# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.quality.marks.helpdesk_mark import MOST_CHANGES, HelpdeskMark
from .common_marks import MarkCase

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestMarksGiven(MarkCase):
    """A mark is one rating of who answered, and one row of what was given (rule 23)."""

    def test_a_mark_is_one_rating_of_the_conversation(self):
        message = self.answer()
        mark = self.give(message, 4, 5, " Quick, but not all. ")
        rating = mark.rating_ids
        self.assertEqual(
            (rating.res_model, rating.res_id, rating.rating, rating.speed),
            ("helpdesk.ticket", self.ticket.id, 4, 5),
        )
        self.assertEqual(rating.rated_partner_id, self.anna.partner_id)
        self.assertEqual(rating.partner_id, self.customer)
        self.assertTrue(rating.consumed)
        self.assertEqual(rating.feedback, "Quick, but not all.")
        self.assertEqual(rating.inquiry_id, self.inquiry)
        self.assertEqual(mark.message_id, message)
        self.assertEqual((self.inquiry.quality_mark, self.inquiry.speed_mark), (4, 5))

    def test_a_change_of_mind_changes_the_same_rating_and_leaves_a_line(self):
        message = self.answer()
        mark = self.give(message, 5, 5, "Fine")
        rating = mark.rating_ids
        self.at(HOUR)
        self.assertEqual(self.give(message, 1, 2), mark)
        self.assertEqual(mark.rating_ids, rating)
        self.assertEqual((rating.rating, rating.speed), (1, 2))
        self.assertIn("quality 5, speed 5: Fine", mark.former)
        self.assertEqual(mark.change_count, 1)
        self.assertEqual(self.inquiry.quality_mark, 1)

    def test_the_same_again_changes_nothing(self):
        message = self.answer()
        mark = self.give(message, 5)
        self.assertEqual(self.give(message, 5), mark)
        self.assertFalse(mark.change_count)

    def test_a_mark_for_the_speed_alone_is_none_for_the_quality(self):
        mark = self.give(self.answer(), speed=2)
        self.assertEqual((self.inquiry.quality_mark, self.inquiry.speed_mark), (0, 2))
        self.assertFalse(mark.rating_ids.rating)
        counted = self.env["rating.rating"]._get_marks_of_all()
        self.assertNotIn(self.anna.id, counted)

    def test_nothing_given_is_no_mark(self):
        self.assertFalse(self.give(self.answer(), comment="Well"))
        self.assertFalse(self.marks.search([("inquiry_id", "=", self.inquiry.id)]))

    def test_a_mind_is_not_changed_for_ever(self):
        message = self.answer()
        mark = self.give(message, 5)
        mark.change_count = MOST_CHANGES
        self.assertFalse(self.give(message, 1))
        self.assertEqual(mark.quality, 5)
        self.at(timedelta(days=1))
        self.assertTrue(self.give(message, 1))
        self.assertFalse(self.give(message, 2))

    def test_it_is_told_when_given_and_when_changed(self):
        message = self.answer()
        with patch.object(HelpdeskMark, "_given", autospec=True) as given:
            mark = self.give(message, 5)
            self.give(message, 5)
            self.give(message, 2)
        self.assertEqual([call.args[0] for call in given.call_args_list], [mark] * 2)

    def test_the_mark_is_that_of_who_answered_though_another_has_it_now(self):
        message = self.answer()
        self.receive(subject="Re", reply_to=message)
        self.at(HOUR)
        last = self.answer(user=self.chief)
        self.assertEqual(self.give(message, 2).user_id, self.anna)
        self.assertEqual(self.give(last, 5).user_id, self.chief)
        first, second = self.ticket.inquiry_ids.sorted("id")
        self.assertEqual((first.quality_mark, second.quality_mark), (2, 5))

    def test_who_works_here_no_more_has_his_mark_all_the_same(self):
        message = self.answer()
        self.anna.active = False
        mark = self.give(message, 3)
        self.assertEqual(mark.user_id, self.anna)
        self.assertEqual(mark.rating_ids.rated_partner_id, self.anna.partner_id)

    def test_of_several_letters_the_oldest_is_what_was_answered(self):
        self.at(HOUR)
        later = self.receive(reply_to=self.inquiry.message_id)
        self.assertEqual(later, self.ticket)
        mark = self.give(self.answer(), 4)
        self.assertEqual(mark.inquiry_id, self.inquiry)

    def test_a_promise_and_the_answer_are_rated_each_and_the_last_one_counts(self):
        promise = self.answer()
        self.inquiry._set_pending()
        self.at(HOUR)
        answer = self.answer()
        self.give(promise, 2)
        self.at(2 * HOUR)
        self.give(answer, 5)
        self.assertEqual(len(self.inquiry.rating_ids), 2)
        self.assertEqual(self.inquiry.quality_mark, 5)

    def test_of_a_promise_and_the_answer_of_another_each_has_his_own(self):
        promise = self.answer()
        self.inquiry._set_pending()
        self.at(HOUR)
        answer = self.answer(user=self.boris)
        self.give(promise, 5)
        self.assertEqual(self.inquiry.marked_user_id, self.anna)
        self.at(2 * HOUR)
        self.give(answer, 1)
        self.assertEqual(self.inquiry.marked_user_id, self.boris)
        self.inquiry.rating_ids.counts = "none"
        self.assertFalse(self.inquiry.marked_user_id)

    def test_merged_away_the_mark_goes_with_the_letter(self):
        message = self.answer()
        mark = self.give(message, 4)
        other = self.make_conversation()
        other.with_user(self.manager)._merge(self.ticket.with_user(self.manager))
        self.assertEqual(mark.ticket_id, other)
        self.assertEqual(mark.rating_ids.res_id, other.id)
        self.assertEqual(self.give(message, 2), mark)

    def test_a_deleted_conversation_takes_its_marks_along(self):
        message = self.answer()
        link = self.ticket._get_mark_link(message)
        mark = self.give(message, 4)
        rating = mark.rating_ids
        self.ticket.unlink()
        self.assertFalse(rating.exists() or mark.exists())
        self.assertFalse(self.marks._give(link, 5))

    def test_a_rating_that_is_deleted_leaves_no_figure(self):
        mark = self.give(self.answer(), 4, 4)
        mark.rating_ids.unlink()
        self.assertFalse(mark.exists())
        self.assertEqual((self.inquiry.quality_mark, self.inquiry.speed_mark), (0, 0))

    def test_a_manager_who_changes_a_rating_changes_the_figures(self):
        mark = self.give(self.answer(), 4, 4)
        mark.rating_ids.with_user(self.manager).write({"rating": 2})
        self.assertEqual(self.inquiry.quality_mark, 2)
        self.assertEqual(mark.quality, 4)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_what_was_given_is_read_by_managers_and_written_by_nobody(self):
        mark = self.give(self.answer(), 4, 4)
        for user in (self.anna, self.chief, self.outsider):
            with self.assertRaises(AccessError):
                mark.with_user(user).read(["quality"])
        self.assertEqual(mark.with_user(self.manager).quality, 4)
        with self.assertRaises(AccessError):
            mark.with_user(self.manager).write({"quality": 5})

    def test_a_link_that_was_changed_by_a_hand_is_none(self):
        link = self.ticket._get_mark_link(self.answer())
        token = self.marks._make_token(link, 10)
        self.assertEqual(self.marks._read_token(token).message, link.message)
        forged = token.replace(f"-{link.user}-", f"-{self.boris.id}-", 1)
        for text in (forged, token[:-1], token + "0", "", "-", "1-2-3", "é-é"):
            self.assertIsNone(self.marks._read_token(text), text)

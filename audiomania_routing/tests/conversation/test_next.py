# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import SECOND, WINDOW, ConversationCase

BUTTONS = [
    "action_take",
    "action_reply",
    "action_no_action_required",
    "action_undo_no_action",
    "action_transfer",
    "action_take_away",
    "action_release",
]
KEYS_OF_ODOO = {*"abchijmnpqrsuvx", *"123456789"}
"""Of the form, its pager, breadcrumbs and menus, the status bar, the chatter."""
QUEUE = "audiomania_routing.helpdesk_ticket_action_queue"


@tagged("post_install", "-at_install")
class TestNext(ConversationCase):
    """Who has worked out an inquiry goes on to what waits for him next."""

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation()

    def assert_opens(self, action, ticket):
        self.assertEqual(action["res_model"], "helpdesk.ticket")
        self.assertEqual(action["res_id"], ticket.id)
        self.assertEqual(action["views"], [(False, "form")])

    def assert_opens_queue(self, action):
        self.assertEqual(action["id"], self.env.ref(QUEUE).id)
        self.assertEqual(action["target"], "main", "No way back to what is done")

    def no_action(self, user, *, on_form=True):
        ticket = self.ticket.with_user(user).with_context(routing_go_on=on_form)
        following = ticket.action_no_action_required()["params"]["next"]
        stays = following["type"] == "ir.actions.act_window_close"
        return True if stays else following

    def after_answer(self, user):
        return self.ticket.with_user(user).action_after_answer()

    def test_without_need_of_an_answer_the_next_of_his_own_is_opened(self):
        following = self.make_conversation(name="The next")
        team = self.make_conversation(
            addressee_id=self.boris.id,
            exclusive_until=False,
            team_visible_from=self.now,
        )
        self.assert_opens(self.no_action(self.anna), following)
        following.with_user(self.anna).action_no_action_required()
        self.ticket.with_user(self.anna).action_undo_no_action()
        self.assert_opens(self.no_action(self.anna), team)

    def test_nothing_waits_and_the_queue_says_so(self):
        self.assert_opens_queue(self.no_action(self.anna))

    def test_from_a_list_one_stays_there(self):
        self.make_conversation()
        self.assertIs(self.no_action(self.anna, on_form=False), True)

    def test_who_does_not_like_to_go_on_stays(self):
        self.make_conversation()
        self.anna.with_user(self.anna).opens_next_inquiry = False
        self.assertIs(self.no_action(self.anna), True)
        self.ticket.with_user(self.anna).action_undo_no_action()
        self.reply(self.ticket, self.anna)
        self.assertFalse(self.after_answer(self.anna))

    def test_after_his_answer_the_next_is_opened(self):
        following = self.make_conversation()
        self.reply(self.ticket, self.anna)
        self.assert_opens(self.after_answer(self.anna), following)

    def test_nobody_is_taken_away_by_the_answer_of_another(self):
        self.at(WINDOW)
        self.make_conversation()
        self.reply(self.ticket, self.boris)
        self.assertFalse(self.after_answer(self.anna))

    def test_what_still_waits_is_not_left(self):
        self.make_conversation()
        self.assertFalse(self.after_answer(self.anna))

    def test_what_was_marked_is_not_told_as_answered(self):
        self.make_conversation()
        self.no_action(self.anna)
        self.assertFalse(self.after_answer(self.anna))

    def test_the_preference_is_his_own(self):
        with self.assertRaises(AccessError):
            self.anna.with_user(self.boris).opens_next_inquiry = False

    # Answering

    def may_reply(self, user):
        self.env.invalidate_all()
        return self.ticket.with_user(user).can_reply

    def test_who_sees_a_waiting_one_may_answer_it(self):
        self.assertTrue(self.may_reply(self.anna))
        self.at(WINDOW)
        self.assertTrue(self.may_reply(self.boris))

    def test_a_taken_one_is_answered_by_its_assignee_and_the_supervisors(self):
        self.at(WINDOW)
        self.ticket.with_user(self.anna).action_take()
        self.assertTrue(self.may_reply(self.anna))
        self.assertTrue(self.may_reply(self.chief))
        self.assertFalse(self.may_reply(self.boris))
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            self.ticket.with_user(self.boris).action_reply()

    def test_what_is_worked_out_may_be_answered_again(self):
        self.reply(self.ticket, self.anna)
        self.assertTrue(self.may_reply(self.anna))

    def test_the_large_composer_answers_the_customer(self):
        action = self.ticket.with_user(self.anna).action_reply()
        composer = Form(
            self.env[action["res_model"]]
            .with_user(self.anna)
            .with_context(**action["context"])
        )
        composer.body = "Yes, in green."
        with self.mock_mail_gateway():
            composer.save().action_send_mail()
        self.assertEqual(self.ticket.inquiry_ids.state, "answered")
        self.assertEqual(self._new_mails.recipient_ids, self.customer)

    def test_who_may_not_see_it_may_not_answer_it(self):
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.boris).action_reply()

    # By keyboard

    def test_each_button_has_a_key_of_its_own_and_none_of_odoo_s(self):
        arch = (
            self.env["helpdesk.ticket"]
            .with_user(self.manager)
            .get_view(self.env.ref("helpdesk_mgmt.ticket_view_form").id, "form")["arch"]
        )
        names = defaultdict(set)
        for button in etree.fromstring(arch).xpath("//header//button"):
            names[button.get("data-hotkey")].add(button.get("name"))
        without = names.pop(None, set())
        self.assertEqual(set(BUTTONS) & without, set())
        self.assertEqual(
            {key: len(some) for key, some in names.items() if len(some) > 1}, {}
        )
        self.assertEqual(set(names) & KEYS_OF_ODOO, set())

    # The line

    def get_line(self, user, ticket=None):
        self.env.invalidate_all()
        ticket = (ticket or self.ticket).with_user(user)
        rungs = ticket.with_context(tz="UTC", lang="en_US").ladder_rungs
        return [(rung["who"], rung["before"], rung["after"]) for rung in rungs or ()]

    def test_the_line_says_who_sees_it_each_from_his_moment(self):
        self.ticket.supervisors_alerted_from = self.now + 3 * WINDOW
        self.assertEqual(
            self.get_line(self.anna),
            [
                ("Anna", "alone until 12:00", "alone until 12:00"),
                ("Headphones", "from 12:00", "since 12:00"),
                ("Sales", "from 14:00", "since 14:00"),
                ("Supervisors", "are told at 16:00", "were told at 16:00"),
            ],
        )

    def test_the_line_of_what_is_taken_says_who_has_it_and_what_follows(self):
        self.ticket.with_user(self.anna).action_take()
        self.ticket.answer_due_at = self.now + WINDOW
        self.ticket.answer_supervisors_at = self.now + WINDOW + SECOND
        line = self.get_line(self.anna)
        since = "has been working on it since 10:00"
        self.assertEqual(line[0], ("Anna", since, since))
        self.assertEqual(line[1][:2], ("Headphones", "from 12:00"))
        self.assertEqual(line[2][0], "Supervisors")

    def test_where_nothing_moves_a_sentence_says_who_sees_it(self):
        self.reply(self.ticket, self.anna)
        self.assertEqual(self.get_line(self.anna), [])
        self.assertIn("Worked out", self.ticket.with_user(self.anna).ladder_text)

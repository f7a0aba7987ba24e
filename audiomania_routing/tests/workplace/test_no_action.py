# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestNoAction(ConversationCase):
    """ "No action required" is one click, in bulk, can be undone, and is suggested for
    a letter that only thanks (rule 17)."""

    def thank(self, body="Спасибо большое!", ticket=None, **values):
        """A customer's letter in a conversation that was answered."""
        if not ticket:
            ticket = self.make_conversation()
            self.reply(ticket, self.anna)
        self.receive(reply_to=ticket.inquiry_ids.message_id, body=body, **values)
        return ticket

    def offer(self, tickets, user):
        return tickets.with_user(user).action_no_action_required()["params"]

    # Undo

    def test_the_screen_offers_to_undo_what_was_marked(self):
        tickets = self.make_conversation() | self.make_conversation()
        done = self.make_conversation()
        done.with_user(self.anna).action_no_action_required()
        params = self.offer(tickets | done, self.anna)
        self.assertEqual(sorted(params["ids"]), sorted(tickets.ids))
        self.assertIn("2 conversations", params["message"])

    def test_undone_it_waits_again_and_the_history_says_who_did_it(self):
        ticket = self.make_conversation()
        self.offer(ticket, self.anna)
        ticket.with_user(self.boris).action_undo_no_action()
        self.assertEqual(ticket.inquiry_state, "pending")
        line = ticket.transition_ids[:1]
        self.assertEqual((line.kind, line.user_id), ("undone", self.boris))
        self.assertIn("Boris has undone 'No action required' of Anna", line._describe())
        self.assertIn("Boris has undone", ticket.message_ids[:1].body)

    def test_when_something_else_has_happened_nothing_is_undone(self):
        ticket = self.make_conversation()
        self.offer(ticket, self.anna)
        self.receive(reply_to=ticket.inquiry_ids.message_id)
        first = ticket.inquiry_ids[-1:]
        said = ticket.with_user(self.anna).action_undo_no_action()
        self.assertIn("nothing to undo", said["params"]["message"])
        self.assertEqual(first.state, "no_action")

    def test_what_goes_on_in_another_conversation_is_not_undone(self):
        ticket, other = self.make_conversation(), self.make_conversation()
        self.offer(ticket, self.anna)
        ticket.sudo().write({"duplicate_id": other.id})
        self.assertFalse(ticket.with_user(self.anna).can_undo_no_action)

    def test_who_may_not_read_it_undoes_nothing(self):
        ticket = self.make_conversation()
        self.offer(ticket, self.anna)
        clerk = self.make_user("clerk", groups="")
        with self.assertRaises(AccessError):
            ticket.with_user(clerk).action_undo_no_action()
        self.assertEqual(ticket.inquiry_state, "worked_out")

    def test_of_many_those_that_colleagues_hold_are_named(self):
        ticket, other, free = (self.make_conversation() for _each in range(3))
        for one in (ticket, other):
            one.with_user(self.anna).action_take()
        free.write({"team_visible_from": self.now})
        with self.assertRaisesRegex(UserError, "Leave them out") as raised:
            (ticket | other | free).with_user(self.boris).action_no_action_required()
        self.assertIn(ticket.number, str(raised.exception))
        self.assertIn(other.number, str(raised.exception))
        self.assertNotIn(free.number, str(raised.exception))
        self.assertEqual(free.inquiry_state, "pending")

    def test_the_action_of_the_list_does_the_same(self):
        tickets = self.make_conversation() | self.make_conversation()
        action = self.env.ref("audiomania_routing.helpdesk_ticket_action_no_action")
        action.with_user(self.anna).with_context(
            active_model="helpdesk.ticket", active_ids=tickets.ids
        ).run()
        self.assertEqual(set(tickets.mapped("inquiry_state")), {"worked_out"})

    # Thanks

    def test_a_letter_that_only_thanks_is_suggested(self):
        ticket = self.thank()
        self.assertTrue(ticket.only_thanks)
        self.assertEqual(ticket.with_user(self.anna).thanks_hint, "Only thanks")
        self.assertEqual(ticket.inquiry_state, "pending", "Nobody marks it by itself")

    def test_a_letter_that_asks_is_not(self):
        self.assertFalse(self.thank("Спасибо! А когда приедет?").only_thanks)

    def test_where_an_older_letter_waits_too_it_is_not(self):
        ticket = self.make_conversation()
        self.thank(ticket=ticket)
        self.assertFalse(ticket.only_thanks)

    def test_worked_out_it_is_not(self):
        ticket = self.thank()
        self.offer(ticket, self.anna)
        self.assertFalse(ticket.only_thanks)

    def test_a_first_letter_whose_subject_asks_is_not(self):
        ticket = self.receive(subject="Do you have it in green?", body="Thank you!")
        self.assertFalse(ticket.only_thanks)
        ticket = self.receive(subject="Thank you", body="Thank you so much!")
        self.assertTrue(ticket.only_thanks)

    def test_with_a_quoted_letter_below_it_is(self):
        quoted = "On 3 March 2025, Anna wrote:\n> When? It is 100 EUR."
        body = f"Thank you very much!\n\n{quoted}"
        self.assertTrue(self.thank(body).only_thanks)

    def test_a_manager_edits_the_words(self):
        self.assertFalse(self.thank("Danke schön!").only_thanks)
        words = self.env["helpdesk.thanks.word"].with_user(self.manager)
        word = words.create({"name": "Danke schön", "lang": "de"})
        self.assertTrue(self.thank("Danke schön!").only_thanks)
        word.active = False
        self.assertFalse(self.thank("Danke schön!").only_thanks)

    def test_an_employee_does_not_edit_them(self):
        words = self.env["helpdesk.thanks.word"].with_user(self.anna)
        with self.assertRaises(AccessError):
            words.create({"name": "Danke", "lang": "de"})
        with self.assertRaises(AccessError):
            words.search([], limit=1).unlink()

    def test_words_are_words(self):
        words = self.env["helpdesk.thanks.word"].with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "Write a word"):
            words.create({"name": "!!!", "lang": "de"})

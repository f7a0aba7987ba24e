# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from types import SimpleNamespace
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.bus.models import ir_websocket
from odoo.addons.bus.models.bus import channel_with_db, json_dump

from ...models.queue.helpdesk_ticket_live import CHANGED
from ..conversation.common import WINDOW, ConversationCase


@tagged("post_install", "-at_install")
class TestLive(ConversationCase):
    """Open lists hear of what they show, and nobody of what he does not see."""

    def setUp(self):
        super().setUp()
        self.people = self.anna | self.boris | self.vera | self.chief | self.leader
        self.people |= self.outsider | self.manager

    def get_channels(self, user):
        """What the open page of that employee is subscribed to, as in the table."""
        websocket = self.env["ir.websocket"].with_user(user)
        request = SimpleNamespace(session=SimpleNamespace(uid=user.id))
        with patch.object(ir_websocket, "request", request):
            channels = websocket._build_bus_channel_list([])
        return {
            json_dump(channel_with_db(self.env.cr.dbname, channel))
            for channel in channels
        }

    def begin(self):
        """What happened before is on the bus, and forgotten."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env["bus.bus"].search([]).unlink()

    def commit(self):
        """What a request does at its end; what it has put on the bus."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        return [
            one
            for one in self.env["bus.bus"].search([])
            if json.loads(one.message)["type"] == CHANGED
        ]

    def get_woken(self, work):
        """Whose lists fetch again because of that."""
        self.begin()
        work()
        sent = {one.channel for one in self.commit()}
        return self.people.filtered(lambda user: sent & self.get_channels(user))

    def test_what_is_reserved_wakes_the_addressee_and_the_supervisors_only(self):
        woken = self.get_woken(lambda: self.receive("anna@hifi.example"))
        self.assertEqual(woken, self.anna | self.chief | self.leader | self.manager)

    def test_what_the_team_sees_wakes_the_team(self):
        woken = self.get_woken(self.receive)
        supervisors = self.chief | self.leader | self.manager
        self.assertEqual(woken, self.anna | self.boris | supervisors)

    def test_what_is_taken_goes_from_the_screens_of_those_who_saw_it(self):
        ticket = self.make_conversation()
        self.at(2 * WINDOW)
        woken = self.get_woken(lambda: ticket.with_user(self.boris).action_take())
        self.assertEqual(woken, self.people - self.outsider)

    def test_what_is_answered_wakes_those_who_saw_it(self):
        ticket = self.make_conversation()
        woken = self.get_woken(lambda: self.reply(ticket, self.anna))
        self.assertLessEqual(self.anna | self.chief, woken)
        self.assertNotIn(self.vera, woken)

    def test_a_transfer_wakes_both_sides(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_take()
        woken = self.get_woken(
            lambda: ticket.with_user(self.anna).action_transfer(
                user=self.vera, cause="knows_better", reason="Vinyl"
            )
        )
        self.assertLessEqual(self.anna | self.vera, woken)
        self.assertNotIn(self.outsider, woken)

    def test_no_action_and_its_undoing_wake(self):
        ticket = self.make_conversation().with_user(self.anna)
        self.assertIn(self.anna, self.get_woken(ticket.action_no_action_required))
        self.assertIn(self.anna, self.get_woken(ticket.action_undo_no_action))

    def test_a_promise_wakes(self):
        ticket = self.make_conversation()
        woken = self.get_woken(
            lambda: ticket.with_user(self.anna)._promise(self.now + 12 * WINDOW)
        )
        self.assertIn(self.anna, woken)

    def test_a_second_letter_and_a_new_customer_wake(self):
        ticket = self.make_conversation()
        message = ticket.inquiry_ids.message_id
        self.assertIn(self.anna, self.get_woken(lambda: self.receive(reply_to=message)))
        partner = self.make_customer("Ivan")
        self.assertIn(
            self.anna, self.get_woken(lambda: ticket.write({"partner_id": partner.id}))
        )

    def test_a_deleted_conversation_goes(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        self.assertIn(self.anna, self.get_woken(ticket.unlink))

    def test_what_no_list_shows_wakes_nobody(self):
        ticket = self.make_conversation()
        self.assertFalse(self.get_woken(lambda: ticket.write({"priority": "3"})))

    def test_without_a_ladder_nobody_is_woken(self):
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Of the host", "description": "-", "team_id": self.headphones.id}
        )
        ticket.ladder_active = False
        self.assertFalse(self.get_woken(lambda: ticket.write({"name": "Another"})))

    def test_nothing_is_told_but_that_something_has_changed(self):
        self.begin()
        self.receive()
        for one in self.commit():
            self.assertEqual(json.loads(one.message), {"type": CHANGED, "payload": {}})

    def test_each_is_told_once_however_much_changes_in_a_transaction(self):
        tickets = self.make_conversation() | self.make_conversation()
        self.begin()
        for name in ("Green", "Blue"):
            tickets.name = name
        channels = [one.channel for one in self.commit()]
        self.assertTrue(channels)
        self.assertEqual(len(channels), len(set(channels)))

    def test_who_leaves_a_team_hears_of_it_no_more(self):
        self.headphones.user_ids -= self.boris
        self.assertNotIn(self.boris, self.get_woken(self.receive))

    def test_portal_users_and_other_departments_hear_nothing(self):
        clerk = self.make_user("clerk", groups=None)
        self.people |= clerk
        self.assertFalse(
            (clerk | self.outsider) & self.get_woken(self.receive),
        )

    def test_a_letter_says_by_which_channel_it_came(self):
        email = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email")
        self.assertEqual(self.receive().channel_id, email)

    def test_a_letter_wakes_everybody_by_one_statement(self):
        def count():
            self.begin()
            before = self.env.cr.sql_log_count
            self.receive()
            self.env.flush_all()
            self.env.cr.precommit.run()
            return self.env.cr.sql_log_count - before

        count()
        told = count()
        model = type(self.env["helpdesk.ticket"])
        with patch.object(model, "_wake_lists", lambda _self: None):
            silent = count()
        self.assertEqual(told, silent + 1)

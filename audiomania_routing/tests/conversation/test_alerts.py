# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .common import WINDOW, ConversationCase

RESERVED = "inquiry_reserved"
WAITING = "inquiry_waiting"


@tagged("post_install", "-at_install")
class TestAlerts(ConversationCase):
    """A waiting conversation wakes up those whose it is now, and nobody else."""

    def test_the_addressee_is_told_what_is_reserved_for_him(self):
        with trap_alerts(self) as trap:
            ticket = self.receive("anna@hifi.example")
            trap.assert_alerted(self.anna, RESERVED, ticket)
            for user in (self.boris, self.vera, self.chief, self.leader):
                trap.assert_not_alerted(user)
            self.assertFalse(trap.get_faults())

    def test_the_alert_names_the_customer(self):
        with trap_alerts(self) as trap:
            self.receive("anna@hifi.example")
            trap.drain()
            self.assertEqual(trap.trapped[0].title, "Reserved for you: Petr")

    def test_the_team_is_told_what_is_its_own_at_once(self):
        with trap_alerts(self) as trap:
            ticket = self.receive("info@hifi.example")
            trap.assert_alerted(self.anna, WAITING, ticket)
            trap.assert_alerted(self.boris, WAITING, ticket)
            trap.assert_not_alerted(self.vera)

    def test_the_department_is_told_what_is_its_own_at_once(self):
        with trap_alerts(self) as trap:
            ticket = self.receive("info@hifi.example", sender="stranger@c.example")
            for user in (self.anna, self.boris, self.vera):
                trap.assert_alerted(user, WAITING, ticket)
            trap.assert_not_alerted(self.outsider)

    def test_without_a_department_everybody_in_the_help_desk_is_told(self):
        (self.department | self.headphones | self.vinyl).active = False
        clerk = self.make_user("clerk", groups="")
        with trap_alerts(self) as trap:
            ticket = self.env["helpdesk.ticket"].create(
                {"name": "A question", "description": "?", "user_id": False}
            )
            ticket.message_post(
                body="Do you have it in green?",
                message_type="email",
                author_id=self.customer.id,
            )
            self.assertFalse(ticket.department_id)
            trap.assert_alerted(self.outsider, WAITING, ticket)
            trap.assert_alerted(self.vera, WAITING, ticket)
            trap.assert_not_alerted(clerk)

    def test_any_news_tells_nobody_again(self):
        ticket = self.receive("anna@hifi.example")
        with trap_alerts(self) as trap:
            trap.drain()
            trap.trapped.clear()
            self.receive(reply_to=ticket.inquiry_ids.message_id)
            trap.assert_not_alerted(self.anna)

    def test_it_is_withdrawn_when_taken(self):
        with trap_alerts(self) as trap:
            ticket = self.receive("info@hifi.example")
            trap.assert_alerted(self.boris, WAITING, ticket)
            ticket.with_user(self.anna).action_take()
            trap.assert_withdrawn(self.boris, WAITING, ticket)
            trap.assert_withdrawn(self.anna, WAITING, ticket)

    def test_it_is_withdrawn_when_answered_or_without_need_of_an_answer(self):
        with trap_alerts(self) as trap:
            answered = self.receive("anna@hifi.example")
            thanks = self.receive("anna@hifi.example")
            trap.drain()
            self.reply(answered, self.anna)
            thanks.with_user(self.anna).action_no_action_required()
            trap.assert_withdrawn(self.anna, RESERVED, answered)
            trap.assert_withdrawn(self.anna, RESERVED, thanks)

    def test_undone_it_tells_whose_it_is_by_then(self):
        ticket = self.receive("anna@hifi.example")
        ticket.with_user(self.anna).action_no_action_required()
        self.at(WINDOW)
        with trap_alerts(self) as trap:
            ticket.with_user(self.anna).action_undo_no_action()
            trap.assert_alerted(self.boris, WAITING, ticket)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from ..conversation.browser import BrowserCase


@tagged("post_install", "-at_install")
class TestWorkplaceTours(BrowserCase):
    """Calls and thanks, in a browser."""

    def start(self, tour):
        ticket = self.receive(
            "anna@hifi.example", subject="Thank you", body="Thank you so much, Anna!"
        )
        self.assertTrue(ticket.only_thanks)
        self.start_tour("/odoo/inquiries", tour, login=self.anna.login)
        self.env.invalidate_all()
        return ticket

    def test_what_was_marked_by_mistake_is_undone_at_once(self):
        ticket = self.start("audiomania_routing_undo")
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertEqual(ticket.transition_ids[:1].kind, "undone")

    def test_a_line_on_the_call_works_it_out(self):
        ticket = self.start("audiomania_routing_by_phone")
        self.assertEqual(ticket.inquiry_ids.state, "answered")
        self.assertEqual(ticket.inquiry_ids.answered_by_way, "phone")

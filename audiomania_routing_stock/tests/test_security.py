# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.audiomania_routing.tests.intake.document_common import DocumentCase


@tagged("post_install", "-at_install")
class TestSecurity(DocumentCase):
    """A delivery shows nobody a conversation that he may not read, and the other way
    round."""

    def setUp(self):
        super().setUp()
        self.product.is_storable = True
        self.order.action_confirm()
        self.delivery = self.order.picking_ids
        self.packer = self.make_user("packer", "stock.group_stock_user")
        (self.vera | self.anna).group_ids += self.env.ref("stock.group_stock_user")
        self.write_in_portal(self.delivery)
        self.ticket = self.get_conversations(self.delivery)

    def test_the_button_counts_one_line_for_each_whoever_may_read_it(self):
        for user in (self.vera, self.anna):
            self.assertEqual(self.delivery.with_user(user).conversation_count, 1)

    def test_who_does_not_work_with_conversations_has_no_button(self):
        with self.assertRaises(AccessError):
            self.delivery.with_user(self.packer).read(["conversation_count"])
        shown = self.delivery.with_user(self.packer).get_view(view_type="form")
        self.assertNotIn("conversation_count", shown["arch"])

    def test_the_way_to_the_conversation_is_closed_to_who_may_not_read_it(self):
        action = self.delivery.with_user(self.anna).action_view_conversations()
        lines = self.env[action["res_model"]].with_user(self.anna)
        self.assertEqual(lines._name, "helpdesk.conversation.line")
        line = lines.search(action["domain"])
        self.assertEqual(len(line), 1)
        self.assertFalse(line.may_read)
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.anna).read(["name"])

    def test_who_may_not_read_deliveries_is_not_led_to_them(self):
        self.assertEqual(
            self.ticket.with_user(self.vera).document_name, self.delivery.name
        )
        ticket = self.ticket.with_user(self.manager)
        self.assertFalse(ticket.document_name)
        with self.assertRaises(AccessError):
            ticket.action_open_document()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.audiomania_routing.tests.intake.document_common import DocumentCase


@tagged("post_install", "-at_install")
class TestDeliveries(DocumentCase):
    """What a customer writes about a delivery is an inquiry (rule 1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.is_storable = True
        cls.order.action_confirm()
        cls.delivery = cls.order.picking_ids

    def make_picking(self, kind, source="stock", target="stock"):
        """A picking between two kinds of places."""
        warehouse = self.order.warehouse_id
        places = {
            "stock": warehouse.lot_stock_id,
            "customer": self.env.ref("stock.stock_location_customers"),
            "vendor": self.env.ref("stock.stock_location_suppliers"),
        }
        return self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse[f"{kind}_type_id"].id,
                "partner_id": self.customer.id,
                "location_id": places[source].id,
                "location_dest_id": places[target].id,
                "company_id": self.company.id,
            }
        )

    def test_a_reply_about_a_delivery_is_asked_of_who_sold_it(self):
        sent = self.send(self.delivery.sudo())
        ticket = self.answer(sent, subject="Where is it?")
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertEqual(ticket.addressee_id, self.vera)
        self.assertEqual(ticket.name, f"{self.delivery.name}: Where is it?")
        self.assertEqual(ticket.company_id, self.company)

    def test_who_packs_it_is_not_asked(self):
        self.delivery.user_id = self.anna
        self.order.user_id = False
        self.write_in_portal(self.delivery)
        self.assertFalse(self.get_conversations(self.delivery).addressee_id)

    def test_what_a_customer_sends_back_is_his_document_too(self):
        back = self.make_picking("in", "customer")
        self.write_in_portal(back)
        self.assertTrue(self.get_conversations(back).inquiry_ids)

    def test_what_vendors_send_or_get_back_is_none(self):
        for picking in (
            self.make_picking("in", "vendor"),
            self.make_picking("out", target="vendor"),
            self.make_picking("int"),
        ):
            self.write_in_portal(picking)
            self.assertFalse(self.get_conversations(picking))

    def test_a_reply_on_the_delivery_works_out_what_was_asked_there(self):
        ticket = self.answer(self.send(self.delivery.sudo()))
        self.vera.group_ids += self.env.ref("stock.group_stock_user")
        self.send(self.delivery)
        self.assertEqual(ticket.inquiry_state, "worked_out")
        self.assertEqual(ticket.inquiry_ids.worked_out_by_id, self.vera)

    def test_what_the_order_and_its_delivery_are_asked_is_apart(self):
        self.write_in_portal(self.order)
        self.write_in_portal(self.delivery)
        of_order = self.get_conversations(self.order)
        self.assertTrue(of_order)
        self.assertNotEqual(of_order, self.get_conversations(self.delivery))

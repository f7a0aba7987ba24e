# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.audiomania_routing.tests.text.common import LetterCase


@tagged("post_install", "-at_install")
class TestNamedDeliveries(LetterCase):
    """Numbers of deliveries in the text (rule 2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.is_storable = True
        cls.sold = cls.make_order(cls.customer, cls.product, cls.boris)
        cls.delivery = cls.sold.picking_ids

    def test_a_delivery_names_who_sold_it_and_suggests_whose_it_is(self):
        for text in (self.delivery.name, f"отгрузка {self.delivery.name.lower()}"):
            inquiry = self.ask(text)
            self.assertEqual(
                self.case_of(inquiry).inquiry.mentioned, (self.boris.id,), text
            )
            self.assertEqual(self.guess_of(inquiry), self.customer)

    def test_its_short_number_needs_evidence(self):
        number = int(self.delivery.name.rpartition("/")[2])
        text = f"Where is delivery {number}?"
        self.assertEqual(self.case_of(self.ask(text)).inquiry.mentioned, ())
        mine = self.ask(text, sender=self.customer.email)
        self.assertEqual(self.case_of(mine).inquiry.mentioned, (self.boris.id,))

    def test_what_goes_to_a_vendor_is_no_customer_s(self):
        self.delivery.location_dest_id = self.env.ref("stock.stock_location_suppliers")
        self.assertEqual(
            self.case_of(self.ask(self.delivery.name)).inquiry.mentioned, ()
        )

    def test_a_sequence_that_changes_is_followed(self):
        kind = self.delivery.picking_type_id
        kind.sequence_id.prefix = "SHOP-OUT-"
        sold = self.make_order(self.customer, self.product, self.vera)
        inquiry = self.ask(f"When comes {sold.picking_ids.name}?")
        self.assertEqual(self.case_of(inquiry).inquiry.mentioned, (self.vera.id,))

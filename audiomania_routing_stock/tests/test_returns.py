# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random

from odoo.tests import new_test_user, tagged

from odoo.addons.audiomania_routing.tests.audience.common import MARCH, AffinityCase


@tagged("post_install", "-at_install")
class TestReturns(AffinityCase):
    """Goods that a customer has sent back speak for nobody (rule 2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.amplifier | cls.turntable).is_storable = True
        cls.order = cls.sell(cls.amplifier, 10)
        cls.make_order(cls.customer, cls.turntable, cls.bob, 300, MARCH)

    @classmethod
    def sell(cls, product, quantity, uom=None):
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.company.id,
                "user_id": cls.ann.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "product_uom_id": (uom or product.uom_id).id,
                            "price_unit": 100.0,
                        },
                    ),
                ],
            }
        )
        order.action_confirm()
        order.date_order = MARCH
        return order

    def deliver(self, picking, quantity=None):
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty if quantity is None else quantity
            move.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "done")
        return picking

    def send_back(self, picking, quantity, to_refund=True, exchange=False):
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.write(
            {"quantity": quantity, "to_refund": to_refund}
        )
        name = "action_create_exchanges" if exchange else "action_create_returns"
        action = getattr(wizard, name)()
        return self.deliver(self.env["stock.picking"].browse(action["res_id"]))

    def get_amounts(self):
        """What counts for Ann's orders and for Bob's, as it was worth in March."""
        affinity = self.env["customer.affinity"]
        half_life = affinity._get_half_life()
        sums = affinity._get_sums(self.customer, "user_id")
        found = {
            key: round(total.value * 2 ** ((total.at - MARCH) / half_life), 4)
            for key, (total, _orders) in sums[self.customer.id].items()
        }
        return found[self.ann.id], found[self.bob.id]

    def assertCounts(self, amount):
        self.assertEqual(self.get_amounts(), (amount, 300.0))
        self.env["customer.affinity"]._rebuild()
        self.assertEqual(self.get_amounts(), (amount, 300.0))

    def test_what_is_delivered_counts_as_what_was_ordered(self):
        self.deliver(self.order.picking_ids)
        self.assertCounts(1000.0)

    def test_what_is_sent_back_is_taken_back(self):
        self.send_back(self.deliver(self.order.picking_ids), 10)
        self.assertCounts(0.0)
        self.assertEqual(self.customer.audience_id, self.collectors)

    def test_a_part_that_is_sent_back_is_taken_back(self):
        self.send_back(self.deliver(self.order.picking_ids), 4)
        self.assertCounts(600.0)

    def test_what_is_only_on_its_way_back_still_counts(self):
        delivered = self.deliver(self.order.picking_ids)
        wizard = self.env["stock.return.picking"].create({"picking_id": delivered.id})
        wizard.product_return_moves.quantity = 4
        wizard.action_create_returns()
        self.assertCounts(1000.0)

    def test_a_return_that_is_returned_counts_again(self):
        back = self.send_back(self.deliver(self.order.picking_ids), 4)
        self.send_back(back, 3)
        self.assertCounts(900.0)

    def test_what_comes_back_for_repair_was_still_bought(self):
        back = self.send_back(self.deliver(self.order.picking_ids), 4, to_refund=False)
        self.assertCounts(1000.0)
        back.move_ids.to_refund = True
        self.assertCounts(600.0)

    def test_what_is_exchanged_was_still_bought(self):
        delivered = self.deliver(self.order.picking_ids)
        back = self.send_back(delivered, 4, exchange=True)
        self.assertCounts(600.0)
        self.deliver(self.order.picking_ids - delivered - back)
        self.assertCounts(1000.0)

    def test_what_is_still_to_be_delivered_counts(self):
        picking = self.order.picking_ids
        self.deliver(picking, 6)
        self.send_back(picking, 6)
        self.assertCounts(400.0)

    def test_an_order_that_is_lowered_to_what_was_kept_counts_in_full(self):
        self.send_back(self.deliver(self.order.picking_ids), 4)
        self.order.order_line.product_uom_qty = 6
        self.assertCounts(600.0)

    def test_another_unit_is_converted(self):
        self.send_back(self.deliver(self.order.picking_ids), 6)
        self.assertCounts(400.0)
        dozens = self.sell(self.amplifier, 2, self.env.ref("uom.product_uom_dozen"))
        self.assertCounts(600.0)
        delivered = self.deliver(dozens.picking_ids)
        quantity = 12 / delivered.move_ids.product_uom.factor
        self.send_back(delivered, quantity)
        self.assertCounts(500.0)

    def test_a_quantity_that_is_corrected_after_the_return_counts(self):
        back = self.send_back(self.deliver(self.order.picking_ids), 4)
        back.move_ids.quantity = 5
        self.assertCounts(500.0)
        back.move_ids.move_line_ids.quantity = 2
        self.assertCounts(800.0)

    def test_a_packer_who_reads_no_orders_takes_goods_back_as_ever(self):
        packer = new_test_user(
            self.env,
            login="packer",
            groups="stock.group_stock_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        delivered = self.deliver(self.order.picking_ids.with_user(packer))
        self.send_back(delivered, 4)
        self.assertCounts(600.0)

    def test_a_cancelled_order_of_which_something_came_back_is_gone(self):
        self.send_back(self.deliver(self.order.picking_ids), 4)
        self.order._action_cancel()
        sums = self.env["customer.affinity"]._get_sums(self.customer, "user_id")
        self.assertEqual(list(sums[self.customer.id]), [self.bob.id])

    def test_running_sums_agree_with_a_rebuild_after_random_returns(self):
        chance = random.Random(20250303)
        delivered = [self.deliver(self.order.picking_ids)]
        for _step in range(12):
            picking = chance.choice(delivered)
            kind = chance.choice(["back", "back", "sell", "price"])
            if kind == "back":
                most = int(min(picking.move_ids.mapped("quantity")))
                quantity = chance.randrange(1, most + 1)
                delivered.append(
                    self.send_back(picking, quantity, chance.choice([True, False]))
                )
            elif kind == "sell":
                product = chance.choice(self.amplifier | self.turntable)
                order = self.sell(product, chance.randrange(1, 9))
                delivered.append(self.deliver(order.picking_ids))
            else:
                line = picking.sale_id.order_line
                line.price_unit = chance.randrange(1, 999) / 7
        before = self.get_amounts()
        self.env["customer.affinity"]._rebuild()
        for amount, counted in zip(before, self.get_amounts(), strict=True):
            self.assertAlmostEqual(amount, counted, places=3)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import timedelta

from odoo.tests import tagged

from .common import MARCH, AffinityCase

STEPS = 60


@tagged("post_install", "-at_install")
class TestHistories(AffinityCase):
    """Whatever happens to orders, customers and goods, the running sums are those that
    counting everything anew would give."""

    def setUp(self):
        super().setUp()
        self.products = self.amplifier | self.turntable | self.wire
        self.tag = self.env["product.tag"].create({"name": "Studio"})
        self.make_audience("Studio", tag_ids=[(6, 0, self.tag.ids)])
        self.make_audience("Deutsch", [self.vinyl], lang="ru_RU")
        self.customers = [
            self.make_customer(f"Customer {number}", is_company=number < 2)
            for number in range(6)
        ]
        self.orders = []

    def live(self, seed):
        """A history; the names of what happened, for who reads a failure."""
        self.chance = random.Random(seed)
        happened = []
        kinds = sorted(name for name in dir(self) if name.startswith("happen_"))
        for _step in range(STEPS):
            name = self.chance.choice([*["happen_order"] * 4, *kinds])
            happened.append(name)
            getattr(self, name)()
        return happened

    def any_order(self):
        if not self.orders:
            self.happen_order()
        return self.chance.choice(self.orders)

    def any_moment(self):
        return MARCH + timedelta(days=self.chance.randrange(-900, 900))

    def happen_order(self):
        order = self.make_order(
            self.chance.choice(self.customers),
            self.chance.choice(self.products),
            self.chance.choice([self.ann, self.bob, None]),
            self.chance.randrange(1, 100000) / 7,
            self.any_moment(),
        )
        self.orders.append(order)

    def happen_cancel(self):
        self.any_order()._action_cancel()

    def happen_back_to_draft(self):
        order = self.any_order()
        order._action_cancel()
        order.action_draft()

    def happen_confirmed_again(self):
        order = self.any_order()
        if order.state == "cancel":
            order.action_draft()
        if order.state == "draft":
            order.action_confirm()

    def happen_deleted(self):
        order = self.any_order()
        self.orders.remove(order)
        order._action_cancel()
        order.unlink()

    def happen_quantity(self):
        self.any_order().order_line[:1].product_uom_qty = self.chance.randrange(9)

    def happen_price(self):
        self.any_order().order_line.price_unit = self.chance.randrange(999) / 7

    def happen_line(self):
        product = self.chance.choice(self.products)
        self.any_order().order_line = [(0, 0, {"product_id": product.id})]

    def happen_seller(self):
        self.any_order().user_id = self.chance.choice([self.ann, self.bob])

    def happen_date(self):
        self.any_order().date_order = self.any_moment()

    def happen_other_customer(self):
        self.any_order().partner_id = self.chance.choice(self.customers)

    def happen_category(self):
        product = self.chance.choice(self.products)
        product.categ_id = self.chance.choice([self.audio, self.vinyl, self.cable])

    def happen_category_moved(self):
        self.vinyl.parent_id = self.chance.choice([self.audio, self.cable])

    def happen_tag(self):
        product = self.chance.choice(self.products)
        product.product_tag_ids = self.chance.choice([self.tag, self.tag.browse()])

    def happen_audience(self):
        category = self.chance.choice([self.audio, self.vinyl, self.cable])
        self.collectors.category_ids = category

    def happen_archived_audience(self):
        self.hifi.active = not self.hifi.active

    def happen_language(self):
        self.chance.choice(self.customers).lang = self.chance.choice(["en_US", "ru_RU"])

    def happen_other_company(self):
        contact = self.chance.choice(self.customers[2:])
        parents = [self.env["res.partner"], *self.customers[:2]]
        contact.parent_id = self.chance.choice(parents)

    def happen_merge(self):
        if len(self.customers) > 4:
            gone = self.customers.pop()
            kept = self.chance.choice(self.customers[2:])
            wizard = self.env["base.partner.merge.automatic.wizard"].create({})
            wizard._merge((gone | kept).ids, kept)

    def happen_fold(self):
        self.env["customer.affinity"]._fold()

    def happen_recount(self):
        self.env["customer.affinity"]._cron_rebuild()

    def test_running_sums_agree_with_a_rebuild_after_random_histories(self):
        for seed in range(4):
            with self.subTest(seed):
                happened = self.live(seed)
                self.env["customer.affinity"]._cron_rebuild()
                self.assertTrue(self.snapshot(), happened)
                self.assertAgreesWithRebuild()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Customers, what they buy, and the audiences that it speaks for."""

from datetime import datetime, timedelta

from odoo.tests import new_test_user

from ..common import RoutingCase

MARCH = datetime(2025, 3, 3, 10)


class AffinityCase(RoutingCase):
    """Two employees, two audiences of which one lies in the other, three products."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.make_user("ann")
        cls.bob = cls.make_user("bob")
        cls.salesperson = new_test_user(
            cls.env,
            login="seller",
            groups="sales_team.group_sale_salesman_all_leads",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.audio = cls.make_category("Audio")
        cls.vinyl = cls.make_category("Vinyl", cls.audio)
        cls.cable = cls.make_category("Cable")
        cls.amplifier = cls.make_product(cls.audio)
        cls.turntable = cls.make_product(cls.vinyl)
        cls.wire = cls.make_product(cls.cable)
        cls.hifi = cls.make_audience("Hi-Fi", [cls.audio])
        cls.collectors = cls.make_audience("Collectors", [cls.vinyl])
        cls.customer = cls.make_customer()
        cls.env["customer.affinity.recount"].create(
            {"reason": "regular", "is_everybody": True, "state": "done"}
        )

    def get_shares(self, customer, field="user_id"):
        shares = self.env["customer.affinity"]._get_shares(customer, field)
        return {
            key: round(share, 6) for key, share in shares.get(customer.id, {}).items()
        }

    def snapshot(self):
        """Every sum as it is worth at one moment, and its orders."""
        affinity = self.env["customer.affinity"]
        half_life = affinity._get_half_life()
        moment = MARCH + timedelta(days=3650)
        sums = {}
        for row in affinity.search([]):
            key = row.partner_id, row.user_id, row.audience_id
            value, orders = sums.get(key, (0.0, 0))
            value += row.value * 2 ** -((moment - row.valued_at) / half_life)
            sums[key] = value, orders + row.orders
        return {key: each for key, each in sums.items() if each[1]}

    def get_audiences(self):
        partners = self.env["res.partner"].with_context(active_test=False)
        return {each: each.audience_id for each in partners.search([])}

    def assertAgreesWithRebuild(self):
        running, audiences = self.snapshot(), self.get_audiences()
        self.env["customer.affinity"]._rebuild()
        rebuilt = self.snapshot()
        self.assertEqual(running.keys(), rebuilt.keys())
        for key, (value, orders) in running.items():
            self.assertAlmostEqual(value, rebuilt[key][0], places=6)
            self.assertEqual(orders, rebuilt[key][1])
        self.assertEqual(audiences, self.get_audiences())

    def get_recounts(self):
        """What waits to be counted anew."""
        return self.env["customer.affinity.recount"].search([("state", "!=", "done")])

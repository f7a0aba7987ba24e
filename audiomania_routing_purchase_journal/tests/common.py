# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A conversation of a customer for whom something is to be bought."""

from odoo.addons.audiomania_routing.tests.conversation.common import ConversationCase

SALESPERSON = "sales_team.group_sale_salesman"
BUYER = "purchase.group_purchase_user"


class LettersCase(ConversationCase):
    """Anna has sold an amplifier that is short and asked for it; Dmitry buys."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna.group_ids += cls.env.ref(SALESPERSON)
        cls.buyer = cls.make_user("dmitry", BUYER)
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        if not cls.warehouse:
            cls.warehouse = cls.env["stock.warehouse"].create(
                {"name": "Shop", "code": "SHOP", "company_id": cls.company.id}
            )
        cls.vendor = cls.env["res.partner"].create({"name": "Vendor"})
        cls.amplifier = cls.env["product.product"].create(
            {
                "name": "Amplifier",
                "type": "consu",
                "is_storable": True,
                "seller_ids": [(0, 0, {"partner_id": cls.vendor.id, "price": 70})],
            }
        )

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation()
        self.request = self.make_request(self.customer)

    def make_request(self, customer, seller=None, quantity=2):
        """What ``seller`` sold to the customer and asks to buy."""
        orders = self.env["sale.order"].with_user(seller or self.anna)
        order = orders.with_company(self.company).create(
            {
                "partner_id": customer.id,
                "company_id": self.company.id,
                "warehouse_id": self.warehouse.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": self.amplifier.id,
                            "product_uom_qty": quantity,
                        },
                    )
                ],
            }
        )
        line = order.order_line
        request = line._ask_to_buy({line: {"product_qty": quantity}})
        self.end_transaction()
        return request.with_user(self.buyer)

    def end_transaction(self):
        """What happens at the commit, up to the commit itself."""
        self.env.cr.flush()

    def get_section(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        ticket = self.ticket.with_user(user or self.anna)
        panel = ticket.with_context(lang="en_US").get_customer_panel()
        return next((s for s in panel["sections"] if s["name"] == "requests"), None)

    def get_last_transition(self):
        """What the conversation's history says last."""
        return self.ticket.transition_ids.sorted("id")[-1]._describe()

    def promise(self):
        """Anna's answer is promised for when the buyer knows."""
        ((record, sentence),) = self.ticket.with_user(self.anna)._promise_waits()
        self.ticket.with_user(self.anna)._promise(
            waits_for=sentence, waits_ref=f"{record._name},{record.id}"
        )
        self.end_transaction()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import Form, TransactionCase, new_test_user

SALESPERSON = "sales_team.group_sale_salesman"
SALES_ALL = "sales_team.group_sale_salesman_all_leads"
BUYER = "purchase.group_purchase_user"
STOREKEEPER = "stock.group_stock_user"


class JournalCase(TransactionCase):
    """Employees, a vendor, goods; and builders with defaults."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What confirmed orders ask for by themselves is tested with the rules.
        cls.shipped = cls.env.ref("audiomania_purchase_journal.rule_confirmed")
        cls.shipped.active = False
        cls.salesperson = cls.new_employee("seller", SALESPERSON)
        cls.buyer = cls.new_employee("buyer", BUYER)
        cls.storekeeper = cls.new_employee("storekeeper", STOREKEEPER)
        cls.customer = cls.env["res.partner"].create({"name": "Customer"})
        cls.vendor = cls.env["res.partner"].create(
            {"name": "Vendor", "buyer_id": cls.buyer.id}
        )
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.amplifier = cls.new_product("Amplifier", vendor=cls.vendor, price=100.0)

    @classmethod
    def new_employee(cls, login, groups, **kwargs):
        """A real employee. The base group is implied."""
        return new_test_user(
            cls.env, login=f"journal_{login}", groups=groups, name=login, **kwargs
        )

    @classmethod
    def new_product(cls, name, vendor=None, price=10.0, stock=0.0, **vals):
        sellers = vendor and [
            Command.create({"partner_id": vendor.id, "price": price, "delay": 3})
        ]
        product = cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "seller_ids": sellers or [],
                **vals,
            }
        )
        if stock:
            cls.env["stock.quant"]._update_available_quantity(
                product, cls.warehouse.lot_stock_id, stock
            )
        return product

    @classmethod
    def new_order(cls, *positions, user=None, **vals):
        """A quotation; ``positions``: (product, quantity) or values of a line."""
        return (
            cls.env["sale.order"]
            .with_user(user or cls.salesperson)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "order_line": [
                        Command.create(cls._line_vals(position))
                        for position in positions or [(cls.amplifier, 5)]
                    ],
                    **vals,
                }
            )
        )

    @classmethod
    def _line_vals(cls, position):
        if isinstance(position, dict):
            return position
        product, quantity = position
        return {"product_id": product.id, "product_uom_qty": quantity}

    def open_dialog(self, action):
        """The dialog that an action opens, as a form."""
        model = self.env[action["res_model"]].with_user(self._get_user(action))
        return Form(model.with_context(**action["context"]))

    def _get_user(self, action):
        return self.buyer if "comment" in action["res_model"] else self.salesperson

    def ask(self, records, user=None):
        """Press Buy and accept what the dialog proposes."""
        action = records.with_user(user or self.salesperson).action_buy()
        if action.get("res_model") != "purchase.journal.ask":
            return action
        model = self.env["purchase.journal.ask"].with_user(user or self.salesperson)
        return Form(model.with_context(**action["context"])).save().action_ask()

    def new_request(self, product=None, quantity=5, user=None):
        """A request on the only line of a new quotation."""
        order = self.new_order((product or self.amplifier, quantity), user=user)
        self.ask(order.order_line, user=user)
        request = self.get_requests(order)
        self.end_transaction()
        return request

    def get_requests(self, order):
        return (
            self.env["purchase.journal.request"]
            .with_user(self.buyer)
            .search([("order_id", "=", order.id)], order="id")
        )

    def order_requests(self, requests, confirm=False):
        """Put requests on purchase orders as the buyer; return the orders."""
        requests.with_user(self.buyer).action_order()
        orders = requests.with_user(self.buyer).purchase_line_ids.order_id
        if confirm:
            orders.button_confirm()
        self.end_transaction()
        return orders

    def receive(self, orders, quantity=None, backorder=True):
        """Receive the goods, in part if ``quantity`` is given; the rest is waited for
        unless there is no ``backorder``."""
        for move in orders.sudo().picking_ids.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        ):
            move.quantity = move.product_uom_qty if quantity is None else quantity
            move.picked = True
        pickings = orders.sudo().picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        pickings.with_user(self.storekeeper).with_context(
            skip_backorder=True,
            picking_ids_not_to_backorder=[] if backorder else pickings.ids,
        ).button_validate()
        self.end_transaction()

    def end_transaction(self):
        """What happens at the commit, up to the commit itself."""
        self.env.cr.flush()

    def count_queries(self, function):
        """The queries of ``function``, with warm registries and cold records."""
        for _warm in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            function()
        return self.env.cr.sql_log_count - before

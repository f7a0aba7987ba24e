# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import WINDOW, ConversationCase

DAY = timedelta(days=1)
SECRET = "In green, please"


@tagged("post_install", "-at_install")
class TestCustomerPanel(ConversationCase):
    """The customer beside his letter, read as the employee who looks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.make_product(cls.make_category("Headphones"), type="service")
        cls.anna.group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.customer.write({"phone": "+7 916 555-01-10", "lang": "en_US"})

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation()

    def get_panel(self, user=None, ticket=None):
        self.env.flush_all()
        self.env.invalidate_all()
        ticket = (ticket or self.ticket).with_user(user or self.anna)
        return ticket.with_context(lang="en_US", tz="UTC").get_customer_panel()

    def get_section(self, name, user=None, ticket=None):
        sections = self.get_panel(user, ticket)["sections"]
        return next((one for one in sections if one["name"] == name), None)

    def get_texts(self, section):
        return [line["text"] for line in section["lines"]] if section else None

    def make_orders(self, number, **values):
        orders = self.env["sale.order"]
        for place in range(number):
            at = self.now - DAY * (number - place)
            order = self.make_order(
                self.customer, self.product, self.boris, amount=50.0, at=at
            )
            orders += order
        orders.write(values)
        return orders

    def make_mark(self, user, mark=5, **values):
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "res_id": self.ticket.id,
                "rated_partner_id": user.partner_id.id,
                "partner_id": self.customer.id,
                "rating": mark,
                "consumed": True,
                **values,
            }
        )
        rating.rated_on = self.now - DAY
        return rating

    # Who he is

    def test_it_says_who_he_is_and_how_to_reach_him(self):
        customer = self.get_panel()["customer"]
        self.assertEqual(customer["name"], "Petr")
        self.assertEqual(customer["email"], self.customer.email)
        self.assertEqual(customer["phones"], [{"number": "+7 916 555-01-10", "of": ""}])
        self.assertIn("English", customer["language"])
        self.assertEqual(customer["audience"]["audience"], "Headphone lovers")
        self.assertEqual(customer["audience"]["why"], "Chosen by hand.")

    def test_the_number_of_his_company_is_a_second_one(self):
        company = self.make_customer(
            "Studio", is_company=True, phone="+7 495 555-00-00"
        )
        self.customer.parent_id = company
        customer = self.get_panel()["customer"]
        self.assertEqual(customer["company"], "Studio")
        self.assertEqual(
            [(phone["number"], phone["of"]) for phone in customer["phones"]],
            [("+7 916 555-01-10", ""), ("+7 495 555-00-00", "Studio")],
        )

    def test_of_a_stranger_nothing_is_shown(self):
        ticket = self.receive(sender="stranger@elsewhere.example")
        self.assertFalse(ticket.partner_id)
        nothing = {"customer": False, "sections": []}
        self.assertEqual(self.get_panel(self.chief, ticket), nothing)

    def test_who_may_not_read_the_conversation_gets_nothing(self):
        nothing = {"customer": False, "sections": []}
        self.assertEqual(self.get_panel(self.boris), nothing)
        for method in ("action_show_audience_evidence", "action_show_customer_orders"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(self.ticket.with_user(self.boris), method)()

    def test_a_customer_is_told_nothing_of_what_is_written_about_him(self):
        portal = new_test_user(
            self.env, login="petr", groups="base.group_portal", name="Petr Portal"
        )
        self.ticket.partner_id = portal.partner_id
        panel = self.get_panel(portal)
        self.assertEqual(panel, {"customer": False, "sections": []})

    def test_the_evidence_of_the_audience_opens_beside(self):
        action = self.ticket.with_user(self.anna).action_show_audience_evidence()
        self.assertEqual(action["res_id"], self.customer.id)
        self.assertEqual(action["target"], "new")

    # Orders

    def test_the_latest_orders_with_status_and_who_handled_them(self):
        orders = self.make_orders(7)
        section = self.get_section("orders")
        latest = [order.name for order in reversed(orders[2:])]
        self.assertEqual(self.get_texts(section), latest)
        self.assertIn("handled by Boris", section["lines"][0]["detail"])
        self.assertEqual(section["lines"][0]["badge"], "Sales Order")
        self.assertIn("7 confirmed", section["summary"])
        self.assertIn("350.00", section["summary"])
        self.assertTrue(section["more"])

    def test_the_order_of_which_he_writes_comes_first(self):
        first = self.make_orders(7)[0]
        self.ticket.write({"document_model": "sale.order", "document_id": first.id})
        section = self.get_section("orders")
        self.assertEqual(self.get_texts(section)[0], first.name)
        self.assertTrue(section["lines"][0]["is_strong"])
        self.assertIn("this letter is about it", section["lines"][0]["detail"])
        self.assertEqual(len(section["lines"]), 6)

    def test_so_does_an_order_of_his_that_his_letter_names(self):
        mine = self.make_orders(7)[0]
        other = self.make_order(self.make_customer("Other"), self.product)
        facts = [["sale.order", order.id, order.name] for order in (other, mine)]
        self.ticket.inquiry_ids.letter_facts = {"documents": facts}
        section = self.get_section("orders")
        self.assertEqual(self.get_texts(section)[0], mine.name)
        self.assertNotIn(other.name, self.get_texts(section))

    def test_orders_of_colleagues_of_the_customer_are_his_company_s(self):
        company = self.make_customer("Studio", is_company=True)
        self.customer.parent_id = company
        colleague = self.make_customer("Olga", parent_id=company.id)
        order = self.make_order(colleague, self.product)
        self.assertEqual(self.get_texts(self.get_section("orders")), [order.name])

    def test_a_salesperson_who_sees_his_own_orders_only_sees_those(self):
        own = self.env.ref("sales_team.group_sale_salesman")
        self.anna.group_ids -= self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.anna.group_ids += own
        self.make_orders(2, user_id=self.boris.id)
        mine = self.make_order(self.customer, self.product, self.anna)
        section = self.get_section("orders")
        self.assertEqual(self.get_texts(section), [mine.name])
        self.assertIn("1 confirmed", section["summary"])

    def test_who_may_not_read_orders_has_no_such_section(self):
        self.make_orders(1)
        self.assertIsNone(self.get_section("orders", self.chief))

    def test_orders_of_another_company_are_not_shown(self):
        other = self.env["res.company"].create({"name": "Another Shop"})
        self.env["sale.order"].with_company(other).create(
            {"partner_id": self.customer.id, "company_id": other.id}
        )
        self.assertEqual(self.get_texts(self.get_section("orders")), [])

    def test_all_of_them_open_for_the_same_customer(self):
        order = self.make_orders(1)
        other = self.make_order(self.make_customer("Other"), self.product)
        action = self.ticket.with_user(self.anna).action_show_customer_orders()
        found = self.env["sale.order"].with_user(self.anna).search(action["domain"])
        self.assertIn(order, found)
        self.assertNotIn(other, found)

    # Other conversations

    def test_what_he_may_read_by_its_subject_the_rest_by_a_line_without_content(self):
        hidden = self.make_conversation(
            name=SECRET, addressee_id=self.boris.id, team_visible_from=False
        )
        mine = self.make_conversation(name="Where is it?")
        section = self.get_section("conversations")
        lines = {line["text"]: line for line in section["lines"]}
        self.assertEqual(
            set(lines), {"Where is it?", "Reserved for Boris, waiting since 10:00"}
        )
        self.assertEqual(lines["Where is it?"]["id"], mine.id)
        self.assertNotIn("model", lines["Reserved for Boris, waiting since 10:00"])
        self.assertNotIn(SECRET, str(self.get_panel()))
        self.assertEqual(
            set(self.get_texts(self.get_section("conversations", self.manager))),
            {"Where is it?", SECRET},
        )
        self.assertTrue(hidden)

    def test_the_conversation_itself_is_none_of_the_others(self):
        self.assertIsNone(self.get_section("conversations"))

    # Marks

    def test_marks_are_shown_to_who_may_read_marks_of_that_employee(self):
        self.ticket.write({"exclusive_until": False, "team_visible_from": self.now})
        self.make_mark(self.boris, feedback="Quick and kind")
        self.assertIsNone(self.get_section("marks", self.anna))
        for user in (self.chief, self.manager):
            section = self.get_section("marks", user)
            self.assertEqual(self.get_texts(section), ["Quick and kind"])
            self.assertIn("Boris", section["lines"][0]["detail"])

    def test_a_mark_of_a_conversation_that_he_may_not_read_is_not_shown(self):
        hidden = self.make_conversation(addressee_id=self.anna.id, team_id=False)
        hidden.write({"team_id": self.vinyl.id, "department_visible_from": False})
        hidden.write({"team_visible_from": False})
        self.make_mark(self.boris, res_id=hidden.id)
        self.assertFalse(hidden.with_user(self.chief).has_access("read"))
        self.assertIsNone(self.get_section("marks", self.chief))

    # What it costs

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_the_number_of_queries_does_not_grow_with_what_there_is(self):
        self.add_things()
        few = self.count_queries()
        self.add_things()
        self.assertEqual(self.count_queries(), few)

    def add_things(self):
        for place in range(2):
            seller = self.make_user(f"seller{self.env['res.users'].search_count([])}")
            self.make_order(self.customer, self.product, seller)
            self.make_conversation(name=f"Other {place}")
            self.make_mark(seller)
            self.headphones.user_ids += seller

    def count_queries(self):
        """As the leader of the team, who reads all of it."""
        group = self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.chief.group_ids += group
        self.get_panel(self.chief)
        ticket = self.ticket.with_user(self.chief)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        panel = ticket.get_customer_panel()
        self.assertEqual(len(panel["sections"]), 3)
        return self.env.cr.sql_log_count - before

    # Addons add to it

    def test_sections_stand_in_their_order(self):
        kind = type(self.env["helpdesk.ticket"])
        whole = kind._customer_panel
        section = {"name": "more", "sequence": 5, "title": "More", "lines": []}
        self.patch(kind, "_customer_panel", lambda one: [*whole(one), section])
        names = [one["name"] for one in self.get_panel()["sections"]]
        self.assertEqual(names, ["more", "orders"])

    def test_from_the_second_on_at_which_he_sees_it_he_sees_its_customer(self):
        self.at(WINDOW)
        self.assertTrue(self.get_panel(self.boris)["customer"])

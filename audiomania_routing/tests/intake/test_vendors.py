# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestVendors(ConversationCase):
    """A vendor's letter goes to whom it names, or to purchasing (rule 1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.make_user("buyer")
        cls.purchasing = cls.make_team("Purchasing", [cls.buyer])
        cls.company.vendor_team_id = cls.purchasing
        cls.vendor = cls.make_customer(
            "Works", email="orders@works.example", is_company=True, supplier_rank=1
        )
        cls.product = cls.make_product(cls.make_category("Parts"))

    def receive_from_vendor(self, to="headphones@hifi.example", **values):
        values.setdefault("sender", "orders@works.example")
        return self.receive(to, **values)

    def test_it_belongs_to_purchasing_whichever_address_it_came_to(self):
        for to in ("headphones@hifi.example", "info@hifi.example"):
            with self.subTest(to):
                ticket = self.receive_from_vendor(to)
                self.assertEqual(ticket.team_id, self.purchasing)
                self.assertEqual(ticket.department_visible_from, self.now)
                self.assertEqual(
                    self.get_readers(ticket) & self.buyer, self.env["res.users"]
                )
                self.assertTrue(ticket.with_user(self.buyer).has_access("read"))
                self.assertFalse(ticket.with_user(self.vera).has_access("read"))

    def test_whom_it_names_is_asked_first(self):
        ticket = self.receive_from_vendor("vera@hifi.example")
        self.assertEqual(ticket.addressee_id, self.vera)
        self.assertEqual(ticket.team_id, self.purchasing)

    def test_whom_it_names_outside_of_the_help_desk_is_told(self):
        clerk = self.make_user("clerk", groups="")
        with trap_alerts(self) as trap:
            ticket = self.receive_from_vendor(clerk.email)
        self.assertEqual(ticket.team_id, self.purchasing)
        trap.assert_alerted(clerk, "letter_for_you")

    def test_a_contact_of_the_vendor_is_the_vendor(self):
        self.make_customer("Renat", email="r@home.example", parent_id=self.vendor.id)
        ticket = self.receive_from_vendor(sender="r@home.example")
        self.assertEqual(ticket.team_id, self.purchasing)

    def test_a_stranger_from_its_mail_domain_is_the_vendor(self):
        ticket = self.receive_from_vendor(sender="renat@works.example")
        self.assertEqual(ticket.team_id, self.purchasing)

    def test_a_stranger_from_a_public_mail_domain_is_nobodys_colleague(self):
        self.vendor.email = "works@mail.ru"
        ticket = self.receive_from_vendor(sender="renat@mail.ru")
        self.assertEqual(ticket.team_id, self.headphones)

    def test_who_buys_too_is_a_customer(self):
        self.make_order(self.vendor, self.product)
        ticket = self.receive_from_vendor()
        self.assertEqual(ticket.team_id, self.headphones)
        ticket = self.receive_from_vendor(sender="renat@works.example")
        self.assertEqual(ticket.team_id, self.headphones)

    def test_a_quotation_makes_no_customer(self):
        self.env["sale.order"].create({"partner_id": self.vendor.id})
        self.assertEqual(self.receive_from_vendor().team_id, self.purchasing)

    def test_without_a_team_for_them_it_goes_where_those_of_customers_go(self):
        self.company.vendor_team_id = False
        self.assertEqual(self.receive_from_vendor().team_id, self.headphones)
        ticket = self.receive_from_vendor("info@hifi.example")
        self.assertEqual(ticket.team_id, self.department)

    def test_an_archived_team_gets_nothing(self):
        self.purchasing.active = False
        self.assertEqual(self.receive_from_vendor().team_id, self.headphones)

    def test_its_answer_on_a_document_of_another_application_stays_there(self):
        asked = self.product.product_tmpl_id.message_post(
            body="Where is it?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        before = self.env["helpdesk.ticket"].search_count([])
        self.receive_from_vendor("catchall@hifi.example", reply_to=asked)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)
        self.assertIn("green", self.product.product_tmpl_id.message_ids[:1].body)

    def count_queries(self):
        letter = self.letter()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["mail.thread"].message_process(False, letter)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_the_letter_of_a_customer_costs_nothing_more(self):
        counts = []
        for team in (self.purchasing, self.purchasing.browse()):
            self.company.vendor_team_id = team
            counts.append([self.count_queries() for _time in range(2)][1])
        self.assertEqual(counts[0], counts[1])

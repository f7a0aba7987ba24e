# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_routing.tests.intake.document_common import DocumentCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestDeliveredMarks(DocumentCase, HttpCase):
    """After a delivered order the customer is asked, and the mark is its salesperson's
    (rule 23)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vinyl.asks_after_delivery = True
        cls.product.is_storable = True
        cls.order.action_confirm()
        cls.delivery = cls.order.picking_ids

    def deliver(self):
        for move in self.delivery.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        self.delivery._action_done()
        self.delivery.date_done = fields.Datetime.now()

    def ask(self, after):
        self.at(after)
        with self.mock_mail_gateway():
            while self.env["sale.order"]._ask_delivered(50):
                pass
            self.env.flush_all()
            self.env.cr.postcommit.run()
        return self._new_mails

    def get_path(self, mail):
        return "/mark/" + mail.body_html.partition("/mark/")[2].partition("?")[0]

    def test_its_customer_is_asked_once_some_days_after(self):
        self.deliver()
        self.assertFalse(self.ask(2 * DAY))
        mail = self.ask(4 * DAY)
        self.assertEqual(mail.recipient_ids, self.order.partner_id)
        self.assertEqual(mail.body_html.count("?quality="), 5)
        self.assertFalse(self.ask(5 * DAY))

    def test_not_before_it_is_delivered_and_not_long_after(self):
        self.assertFalse(self.ask(4 * DAY))
        self.deliver()
        self.assertFalse(self.ask(20 * DAY))

    def test_a_team_that_does_not_want_it_asks_nobody(self):
        self.vinyl.asks_after_delivery = False
        self.deliver()
        self.assertFalse(self.ask(4 * DAY))

    def test_the_mark_is_that_of_the_salesperson(self):
        self.deliver()
        path = self.get_path(self.ask(4 * DAY))
        page = self.url_open(f"{path}?quality=2")
        self.assertIn(self.order.name, page.text)
        self.url_open(path, data={"quality": "2", "speed": "5"})
        self.env.invalidate_all()
        mark = self.env["helpdesk.mark"].search([("sale_order_id", "=", self.order.id)])
        self.assertEqual((mark.quality, mark.user_id), (2, self.vera))
        rating = mark.rating_ids
        self.assertEqual(
            (rating.res_model, rating.res_id), ("sale.order", self.order.id)
        )
        self.url_open(path, data={"quality": "4"})
        self.env.invalidate_all()
        self.assertEqual((mark.quality, mark.rating_ids), (4, rating))
        [told] = self.order._get_marks_for(self.order.partner_id)
        self.assertEqual((told["employee"], told["quality"]), (self.vera.name, 4))

    def test_in_the_portal_he_gives_it_as_long_as_it_counts(self):
        customer = self.order.partner_id
        self.assertEqual(self.order._get_marks_for(customer), [])
        self.deliver()
        self.ask(4 * DAY)
        [told] = self.order._get_marks_for(customer)
        self.assertTrue(told["url"])
        for stranger in (self.vera.partner_id, self.env.ref("base.public_partner")):
            self.assertEqual(self.order._get_marks_for(stranger), [])
        self.at(70 * DAY)
        self.assertEqual(self.order._get_marks_for(customer), [])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def assertReaders(self, rating, readers):
        people = self.vera | self.leader | self.manager | self.anna | self.boris
        for user in people:
            found = self.env["rating.rating"].with_user(user).search([]).sudo()
            self.assertEqual(rating in found, user in readers, user.login)

    def test_it_is_read_by_whom_it_judges_and_changed_by_managers(self):
        self.deliver()
        self.url_open(self.get_path(self.ask(4 * DAY)), data={"quality": "1"})
        self.env.invalidate_all()
        rating = self.env["rating.rating"].search([("res_model", "=", "sale.order")])
        self.assertReaders(rating, self.leader | self.manager)
        self.env["routing.policy"].search([]).show_own_marks = True
        self.assertReaders(rating, self.vera | self.leader | self.manager)
        with self.assertRaises(AccessError):
            rating.with_user(self.vera).write({"rating": 5})
        rating.with_user(self.manager).write({"rating": 3})

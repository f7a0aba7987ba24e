# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import tagged

from ...engine.marks import Mark, Marks
from ..common import MONDAY_10
from .common import FactsCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestMarkFacts(FactsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inquiry = cls.make_inquiry(cls.customer, team=cls.hifi_team)

    def rate(self, user, mark, customer=None, at=MONDAY_10, **values):
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "res_id": self.inquiry.ticket_id.id,
                "rated_partner_id": user.partner_id.id,
                "partner_id": (customer or self.customer).id,
                "rating": mark,
                "consumed": True,
                **values,
            }
        )
        rating.rated_on = at
        return rating

    def facts_of(self, user):
        return self.staff_of(self.inquiry)[user.id]

    def test_the_latest_mark_of_this_customer_counts(self):
        self.rate(self.ann, 5, at=MONDAY_10)
        self.rate(self.ann, 1, at=MONDAY_10 - DAY)
        self.assertEqual(self.facts_of(self.ann).mark, Mark(5.0, MONDAY_10))
        self.assertIsNone(self.facts_of(self.bob).mark)

    def test_a_mark_of_another_customer_is_not_his(self):
        self.rate(self.ann, 1, self.make_customer("Other"))
        self.assertIsNone(self.facts_of(self.ann).mark)

    def test_a_mark_of_a_colleague_of_the_customer_is_his_company_s(self):
        company = self.make_customer("Studio Ltd", is_company=True)
        colleague = self.make_customer("Colleague", parent_id=company.id)
        self.customer.parent_id = company
        self.rate(self.ann, 2, colleague)
        self.assertEqual(self.facts_of(self.ann).mark, Mark(2.0, MONDAY_10))

    def test_what_was_not_given_is_no_mark(self):
        self.rate(self.ann, 1, consumed=False)
        self.rate(self.bob, 0)
        for user in (self.ann, self.bob):
            self.assertIsNone(self.facts_of(user).mark)
            self.assertIsNone(self.facts_of(user).marks)

    def test_a_mark_of_something_else_than_a_conversation_does_not_count(self):
        model = self.env["ir.model"]._get_id("res.partner")
        self.rate(self.ann, 1, res_model_id=model, res_id=self.customer.id)
        self.assertIsNone(self.facts_of(self.ann).mark)
        self.assertIsNone(self.facts_of(self.ann).marks)

    def test_everybody_s_marks_are_averaged_beside_what_is_usual(self):
        other = self.make_customer("Other")
        for mark, user in ((5, self.ann), (4, self.ann), (3, self.bob)):
            self.rate(user, mark, other)
        self.assertEqual(self.facts_of(self.ann).marks, Marks(4.5, 2, 4.0))
        self.assertEqual(self.facts_of(self.bob).marks, Marks(3.0, 1, 4.0))

    def test_a_mark_counts_as_soon_as_it_is_given_changed_or_taken_back(self):
        rating = self.rate(self.ann, 0, consumed=False)
        self.assertIsNone(self.facts_of(self.ann).marks)
        rating.write({"rating": 2, "consumed": True})
        self.assertEqual(self.facts_of(self.ann).marks.mean, 2.0)
        rating.rating = 4
        self.assertEqual(self.facts_of(self.ann).marks.mean, 4.0)
        rating.unlink()
        self.assertIsNone(self.facts_of(self.ann).marks)

    def test_whom_this_customer_rated_badly_is_not_asked_alone(self):
        self.rate(self.ann, 1)
        inquiry = self.make_inquiry(self.customer, self.ann.email, self.hifi_team)
        decision = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        self.assertIsNone(decision.addressee_id)
        self.assertEqual(decision.reasons[0].code.value, "rated_badly")

    def test_marks_cost_the_same_however_many_there_are(self):
        self.rate(self.ann, 4)
        self.count_queries(self.inquiry)
        few = self.count_queries(self.inquiry)
        for number in range(6):
            self.rate(self.bob, 5, at=MONDAY_10 - number * DAY)
        self.count_queries(self.inquiry)
        self.assertEqual(few, self.count_queries(self.inquiry))

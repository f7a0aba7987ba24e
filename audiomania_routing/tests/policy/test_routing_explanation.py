# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta

from odoo.tests import tagged

from ...engine.criteria import CRITERIA
from ...engine.decision import Code
from ...engine.record import from_json, to_json
from ..common import MONDAY_10, RoutingCase


@tagged("post_install", "-at_install")
class TestRoutingExplanation(RoutingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.make_user("ann")
        cls.bob = cls.make_user("bob")
        cls.team = cls.make_team("Hi-Fi Team", [cls.ann], parent=cls.department)
        cls.other = cls.make_team("Vinyl Team", [cls.bob], parent=cls.department)
        cls.category = cls.make_category("Audio")
        cls.product = cls.make_product(cls.category)
        cls.audience = cls.make_audience("Hi-Fi", [cls.category], cls.team)
        cls.customer = cls.make_customer()
        cls.facts = cls.env["routing.facts"]

    def explain(self, emails="", reader=None):
        inquiry = self.make_inquiry(self.customer, emails)
        decision = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        facts = self.facts.with_user(reader or self.ann).with_context(tz=False)
        sentences = facts._explain(from_json(to_json(decision)))
        return [re.sub(r"\s", " ", sentence) for sentence in sentences]

    def test_who_is_asked_alone_until_when_and_who_sees_it_then(self):
        self.customer.audience_manual_id = self.audience
        self.assertEqual(
            self.explain(self.ann.email),
            [
                "It is addressed to Ann, who is at work.",
                "The customer belongs to the audience Hi-Fi, which the team"
                " Sales / Hi-Fi Team serves.",
                "Until 3/3/25, 12:00 PM only Ann and the supervisors see it.",
                "From 3/3/25, 12:00 PM: the team Sales / Hi-Fi Team.",
                "From 3/3/25, 3:00 PM: the whole department.",
                "Ann: 5.00 points (named in the letter: 1.00 × weight 4.00, serves the"
                " customer's audience: 1.00 × weight 1.00).",
            ],
        )

    def test_who_was_passed_over_and_until_when_he_is_away(self):
        back = MONDAY_10 + timedelta(days=2, hours=-2)
        self.take_leave(self.bob, MONDAY_10.replace(hour=0), back)
        self.customer.audience_manual_id = self.audience
        sentences = self.explain(self.bob.email)
        self.assertIn(
            "It is addressed to Bob, who was passed over:"
            " on leave until 3/5/25, 8:00 AM.",
            sentences,
        )
        self.assertIn(
            "At once: the teams Sales / Hi-Fi Team and Sales / Vinyl Team.", sentences
        )

    def test_who_left_is_named_and_said_to_be_gone(self):
        self.make_employee(name="Zoe", work_email="zoe@hifi.example", active=False)
        self.assertEqual(
            self.explain("zoe@hifi.example")[:3],
            [
                "It is addressed to Zoe, who was passed over:"
                " does not work here any more.",
                "The customer's audience is unknown.",
                "At once: the whole department.",
            ],
        )

    def test_moments_are_shown_in_the_reader_s_time_zone(self):
        self.bob.tz = "Europe/Moscow"
        sentences = self.explain(self.ann.email, reader=self.bob)
        self.assertIn(
            "Until 3/3/25, 3:00 PM only Ann and the supervisors see it.", sentences
        )

    def test_the_best_candidate_is_explained_by_his_orders(self):
        self.make_order(self.customer, self.product, self.ann)
        sentences = self.explain()
        self.assertEqual(
            sentences[:2],
            [
                "Nobody is named; Ann clearly stands out with 4.00 points.",
                "Bob was passed over with fewer points: 0.00.",
            ],
        )
        self.assertIn("share of the customer's orders handled: 1.00", sentences[-1])

    def test_every_reason_has_a_sentence_and_every_criterion_a_name(self):
        self.assertEqual(set(self.facts._get_reason_sentences()), set(Code))
        self.assertEqual(set(self.facts._get_criterion_labels()), set(CRITERIA))

    def test_every_way_to_be_away_is_described(self):
        describe = self.facts._describe_away
        self.assertEqual(describe("leave", None), "on leave")
        self.assertEqual(
            describe("no_access", None), "does not work with conversations"
        )
        self.assertRegex(describe("off_hours", MONDAY_10), "^not at work until 3/3/25")

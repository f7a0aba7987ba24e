# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ...engine.criteria import CRITERIA, criterion
from ...engine.decision import decide, decide_again
from ...engine.facts import Away, Customer, Employee, Inquiry
from ...engine.marks import Mark, Marks
from ...engine.policy import Policy
from ...engine.reasons import Code, Veto
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

    # --- what the engine says, in words

    def say(self, staff, named=(), policy=None, before=None):
        """The sentences of a decision about these employees of the engine."""
        inquiry = Inquiry(1, named=tuple(user.id for user in named))
        facts = (inquiry, Customer(), staff, policy or Policy(), MONDAY_10)
        decision = decide_again(before, *facts) if before else decide(*facts)
        sentences = self.facts.with_user(self.ann)._explain(decision)
        return [re.sub(r"\s", " ", sentence) for sentence in sentences]

    def test_a_bad_mark_is_told_with_its_month(self):
        bad = Employee(self.ann.id, mark=Mark(1.0, MONDAY_10))
        self.assertIn(
            "Ann is not asked first: this customer gave him 1 of 5 in March 2025.",
            self.say([bad], [self.ann]),
        )

    def test_marks_are_told_only_to_those_who_may_read_ratings(self):
        bad = Employee(self.ann.id, mark=Mark(1.0, MONDAY_10), handled=1.0)
        liked = Employee(self.bob.id, marks=Marks(5.0, 90, 4.0), handled=0.5)
        hiding = Policy(hide_badly_rated=True)
        told = " ".join(self.say([bad, liked], policy=hiding))
        self.assertIn("1 of 5", told)
        self.assertIn("rated badly", told)
        self.assertIn("marks of all customers", told)
        with patch.object(type(self.facts), "_may_read_marks", return_value=False):
            told = " ".join(self.say([bad, liked], policy=hiding))
        self.assertNotIn("1 of 5", told)
        self.assertNotIn("rated badly", told)
        self.assertNotIn("marks", told)
        self.assertIn("share of the customer's orders handled", told)

    def test_a_substitute_is_told_with_whom_he_stands_in_for(self):
        staff = [
            Employee(self.ann.id, away=Away.LEAVE),
            Employee(self.bob.id, substitute_for=(self.ann.id,)),
        ]
        self.assertIn(
            "Bob is at work and stands in for Ann, to whom it is addressed.",
            self.say(staff, [self.ann]),
        )

    def test_a_limit_is_told_with_its_number(self):
        policy = Policy(threshold=0.0, lead=0.0, limit=3, decisive_lead=9.0)
        full = Employee(self.ann.id, handled=1.0, open_inquiries=4)
        others = Employee(self.bob.id, open_inquiries=5), Employee(self.bob.id)
        told = [self.say([full, other], policy=policy) for other in others]
        self.assertIn(
            "Ann has 4 open inquiries already (limit: 3), but nobody else who could"
            " answer has room.",
            told[0],
        )
        self.assertIn(
            "Ann was passed over, because he has 4 open inquiries already (limit: 3)"
            " and others have room.",
            told[1],
        )

    def test_who_would_have_been_ahead_is_told_with_why_he_is_not(self):
        away = Employee(self.ann.id, away=Away.LEAVE, handled=0.5)
        self.assertIn(
            "Ann would be ahead, but was passed over: on leave.",
            self.say([away, Employee(self.bob.id)]),
        )

    def test_a_lost_window_is_told_with_its_cause(self):
        before = decide(
            Inquiry(1, named=(self.ann.id,)),
            Customer(),
            [Employee(self.ann.id)],
            Policy(),
            MONDAY_10 - timedelta(hours=1),
        )
        away = Employee(self.ann.id, away=Away.LEAVE)
        self.assertIn(
            "The exclusive window of Ann is over: on leave.",
            self.say([away], [self.ann], before=before),
        )

    def test_a_veto_of_another_addon_is_told_by_the_name_of_its_criterion(self):
        with patch.dict(CRITERIA):
            criterion("tubes")(lambda asked, employee: Veto())
            policy = Policy(weights={"tubes": 1.0})
            told = self.say([Employee(self.ann.id)], [self.ann], policy)
        self.assertIn("Ann is ruled out: tubes.", told)

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

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...engine.criteria import CRITERIA, criterion
from ...engine.decision import decide, decide_again
from ...engine.facts import Away, Customer, Employee, Inquiry
from ...engine.marks import Mark, Marks
from ...engine.policy import Policy
from ...engine.reasons import Code, Veto
from ...engine.record import from_json, to_json
from ..common import MONDAY_10, SUNDAY, RoutingCase


@tagged("post_install", "-at_install")
class TestRoutingExplanation(RoutingCase):
    now = SUNDAY

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
        cls.manager = cls.make_user("manager", "helpdesk_mgmt.group_helpdesk_manager")
        cls.chief = cls.make_user("chief")
        cls.team.user_id = cls.chief
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
                "From 3/3/25, 5:00 PM, if nobody has taken it: the supervisors are"
                " told.",
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
        sentences = self.explain(reader=self.manager)
        self.assertEqual(
            sentences[:2],
            [
                "Nobody is named; Ann clearly stands out with 4.00 points.",
                "Bob was passed over with fewer points: 0.00.",
            ],
        )
        self.assertIn("share of the customer's orders handled: 1.00", sentences[-1])

    # --- what the engine says, in words

    def say(self, staff, named=(), policy=None, before=None, reader=None):
        """The sentences of a decision about these employees of the engine."""
        inquiry = Inquiry(1, named=tuple(user.id for user in named))
        facts = (inquiry, Customer(), staff, policy or Policy(), MONDAY_10)
        decision = decide_again(before, *facts) if before else decide(*facts)
        sentences = self.facts.with_user(reader or self.ann)._explain(decision)
        return [re.sub(r"\s", " ", sentence) for sentence in sentences]

    def test_a_bad_mark_is_told_with_its_month(self):
        bad = Employee(self.ann.id, mark=Mark(1.0, MONDAY_10))
        self.assertIn(
            "Ann is not asked first: this customer gave him 1 of 5 in March 2025.",
            self.say([bad], [self.ann], reader=self.manager),
        )

    # --- who may read marks

    def say_marks(self, reader, policy=None):
        """Of Ann, whom the customer rated badly, and Bob, whom everybody likes."""
        staff = [
            Employee(self.ann.id, mark=Mark(1.0, MONDAY_10), handled=1.0),
            Employee(self.bob.id, marks=Marks(5.0, 90, 4.0), handled=0.5),
        ]
        return " ".join(self.say(staff, policy=policy, reader=reader))

    def test_managers_read_marks_of_everybody(self):
        told = self.say_marks(self.manager, Policy(hide_badly_rated=True))
        self.assertIn("1 of 5", told)
        self.assertIn("rated badly", told)
        self.assertIn("marks of all customers", told)

    def test_a_supervisor_reads_marks_of_his_team_only(self):
        told = self.say_marks(self.chief)
        self.assertIn("Ann is not asked first: this customer gave him 1 of 5", told)
        self.assertNotIn("marks of all customers", told)

    def test_a_supervisor_of_the_department_reads_marks_of_all_its_teams(self):
        told = self.say_marks(self.leader)
        self.assertIn("1 of 5", told)
        self.assertIn("marks of all customers", told)

    def test_colleagues_read_no_marks_and_all_the_rest(self):
        cara = self.make_user("cara")
        self.team.user_ids |= cara
        for reader in (cara, self.bob):
            told = self.say_marks(reader, Policy(hide_badly_rated=True))
            self.assertNotIn("1 of 5", told)
            self.assertNotIn("rated badly", told)
            self.assertNotIn("marks", told)
            self.assertIn("share of the customer's orders handled", told)

    def test_an_employee_reads_his_own_marks_where_the_policy_shows_them(self):
        self.assertNotIn("1 of 5", self.say_marks(self.ann))
        policy = self.env["routing.policy"].create(
            {"company_id": self.company.id, "show_own_marks": True}
        )
        told = self.say_marks(self.ann)
        self.assertIn("1 of 5", told)
        self.assertNotIn("marks of all customers", told)
        own = {"team_id": self.team.id, "show_own_marks": False}
        policy.copy({**own, "company_id": self.company.id})
        self.assertNotIn("1 of 5", self.say_marks(self.ann))

    def test_a_supervisor_who_is_a_member_reads_his_own_as_a_member_does(self):
        self.team.user_id = self.ann
        self.assertNotIn("1 of 5", self.say_marks(self.ann))

    def test_what_others_read_too_tells_no_marks_whoever_writes_it(self):
        bad = Employee(self.ann.id, mark=Mark(1.0, MONDAY_10))
        asked = Inquiry(1, named=(self.ann.id,))
        decision = decide(asked, Customer(), [bad], Policy(), MONDAY_10)
        facts = self.facts.with_user(self.manager)
        self.assertIn("1 of 5", " ".join(facts._explain(decision)))
        told = " ".join(facts._explain(decision, rated=frozenset()))
        self.assertNotIn("1 of 5", told)

    def test_no_number_lets_marks_be_worked_out(self):
        liked = Employee(self.ann.id, marks=Marks(5.0, 90, 4.0), handled=1.0)
        other = Employee(self.bob.id, marks=Marks(5.0, 90, 4.0), handled=0.3)
        high, far = Policy(threshold=9.0), Policy(lead=9.0)
        for policy, told, number in (
            (Policy(), "Ann clearly stands out.", "3.45"),
            (Policy(), "Bob was passed over with fewer points.", "1.35"),
            (high, "Ann fits best, but has too few points.", "3.45"),
            (far, "Ann is ahead, but by too few points.", "2.10"),
        ):
            with self.subTest(told):
                sentences = self.say([liked, other], policy=policy)
                self.assertIn(told, " ".join(sentences))
                self.assertNotIn(number, " ".join(sentences))
                sentences = self.say([liked, other], policy=policy, reader=self.manager)
                self.assertIn(number, " ".join(sentences))

    def test_the_order_of_candidates_tells_no_marks(self):
        liked = Employee(self.bob.id, marks=Marks(5.0, 900, 4.0), handled=0.4)
        known = Employee(self.ann.id, handled=0.5)
        told = self.say([liked, known])
        self.assertTrue(told[-2].startswith("Ann:"))
        told = self.say([liked, known], reader=self.manager)
        self.assertTrue(told[-2].startswith("Bob:"))

    def test_from_whom_a_team_is_hidden_is_for_who_may_read_marks(self):
        self.customer.audience_manual_id = self.audience
        bad = Employee(self.ann.id, (self.team.id,), mark=Mark(1.0, MONDAY_10))
        facts = (Inquiry(1), Customer(self.audience.id, self.team.id), [bad])
        decision = decide(*facts, Policy(hide_badly_rated=True), MONDAY_10)
        told = " ".join(self.facts.with_user(self.manager)._explain(decision))
        self.assertIn("It is hidden from everybody of the team", told)
        told = " ".join(self.facts.with_user(self.bob)._explain(decision))
        self.assertNotIn("hidden", told)
        self.assertIn("Nobody of the team can act", told)

    def test_a_veto_that_rests_on_marks_is_told_to_who_may_read_them(self):
        with patch.dict(CRITERIA):
            criterion("grudge", confidential=True)(lambda asked, employee: Veto())
            weighed = {"policy": Policy(weights={"grudge": 1.0})}
            staff = [Employee(self.ann.id)]
            told = self.say(staff, [self.ann], reader=self.manager, **weighed)
            self.assertIn("Ann is ruled out: grudge.", told)
            told = self.say(staff, [self.ann], reader=self.bob, **weighed)
            self.assertNotIn("Ann is ruled out: grudge.", told)

    def test_two_readers_of_one_conversation_read_each_his_own(self):
        self.env["rating.rating"].search([]).unlink()
        inquiry = self.make_inquiry(self.customer, self.ann.email)
        bad = Employee(self.ann.id, mark=Mark(1.0, MONDAY_10))
        decision = decide(
            Inquiry(inquiry.id, named=(self.ann.id,)),
            Customer(),
            [bad],
            Policy(),
            MONDAY_10,
        )
        inquiry._apply_decision(decision)
        ticket = inquiry.ticket_id
        self.assertIn("1 of 5", ticket.with_user(self.manager).decision_text)
        self.assertNotIn("1 of 5", ticket.with_user(self.bob).sudo().decision_text)

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

    def get_ways_out(self, user, inquiry, name):
        """By which ways this user gets a field of an inquiry."""
        env = self.env(user=user)
        inquiries, tickets = env["helpdesk.inquiry"], env["helpdesk.ticket"]
        mine, ticket = (
            inquiries.browse(inquiry.id),
            tickets.browse(inquiry.ticket_id.id),
        )
        path, place = f"inquiry_ids.{name}", f"inquiry_ids/{name}"
        ways = {
            "read": lambda: mine.read([name]),
            "web_read": lambda: mine.web_read({name: {}}),
            "search_read": lambda: inquiries.search_read([], [name]),
            "export": lambda: mine.export_data([name]),
            "search": lambda: inquiries.search([(name, "!=", False)]),
            "order": lambda: inquiries.search([], order=name),
            "group": lambda: inquiries.formatted_read_group([], [name], ["__count"]),
            "search by path": lambda: tickets.search([(path, "!=", False)]),
            "export by path": lambda: ticket.export_data([place]),
        }
        return {way for way, attempt in ways.items() if self.succeeds(attempt)}

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def succeeds(self, attempt):
        self.env.invalidate_all()
        try:
            attempt()
        except (AccessError, ValueError):
            return False
        return True

    def test_the_stored_facts_come_out_for_managers_only(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref(
            "base.group_allow_export"
        )
        inquiry = self.make_inquiry(self.customer, self.ann.email)
        for name in ("decision", "decision_figures"):
            self.assertEqual(self.get_ways_out(self.ann, inquiry, name), set(), name)
        ways = self.get_ways_out(self.manager, inquiry, "decision")
        self.assertLessEqual({"read", "web_read", "search_read", "export"}, ways)
        self.assertTrue(inquiry.with_user(self.ann).decision_text)

    def test_a_conversation_opens_though_its_decision_is_not_understood_any_more(self):
        inquiry = self.make_inquiry(self.customer, self.ann.email)
        for stored in ({"decided_at": {"moment": "2020-01-01T10:00:00"}}, [1], "old"):
            inquiry.decision = stored
            self.assertFalse(inquiry.ticket_id.with_user(self.manager).decision_text)
            self.assertFalse(inquiry.with_user(self.manager).decision_figures)

    def test_every_reason_has_a_sentence_and_every_criterion_a_name(self):
        self.assertEqual(set(self.facts._get_reason_sentences()), set(Code))
        self.assertLess(set(self.facts._get_plain_sentences()), set(Code))
        self.assertEqual(set(self.facts._get_criterion_labels()), set(CRITERIA))

    def test_every_way_to_be_away_is_described(self):
        describe = self.facts._describe_away
        self.assertEqual(describe("leave", None), "on leave")
        self.assertEqual(
            describe("no_access", None), "does not work with conversations"
        )
        self.assertRegex(describe("off_hours", MONDAY_10), "^not at work until 3/3/25")

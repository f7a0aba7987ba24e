# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import freeze_all_time

from ...engine.policy import Policy
from ..common import MONDAY_10
from .common import FactsCase

DAY = timedelta(days=1)


class RandomHistory:
    """Whatever may happen to conversations, step by step."""

    def __init__(self, case, seed):
        self.case = case
        self.any = random.Random(seed).choice
        self.staff = [case.ann, case.bob, case.leader]
        self.customers = [case.make_customer(f"Customer {each}") for each in range(3)]
        self.company = case.make_customer("Studio Ltd", is_company=True)
        self.audience = case.make_audience("Hi-Fi")
        self.tickets = []
        self.steps = [self.take, self.answer] * 3
        self.steps += [self.undo, self.transfer, self.describe, self.move]
        self.steps += [self.forget, self.drop]
        self.take()

    def go_on(self):
        with freeze_all_time(MONDAY_10):
            self.any(self.steps)()

    def ticket(self):
        return self.any(self.tickets)

    def take(self):
        customer, days = self.any(self.customers), self.any(range(100))
        self.tickets.append(self.case.take(self.any(self.staff), customer, days))

    def answer(self):
        state = self.any(["answered", "no_action"])
        days = self.any(range(100))
        self.case.work_out(self.ticket(), self.any(self.staff), days, state)

    def undo(self):
        self.ticket().inquiry_ids[:1]._set_pending()

    def transfer(self):
        self.ticket().user_id = self.any([*self.staff, False])

    def describe(self):
        self.ticket().write(
            {
                "category_id": self.any([self.case.category.id, False]),
                "channel_id": self.any([self.case.channel.id, False]),
                "audience_id": self.any([self.audience.id, False]),
                "partner_id": self.any(self.customers).id,
            }
        )

    def move(self):
        self.any(self.customers).parent_id = self.any([self.company, False])

    def forget(self):
        if len(self.tickets) > 3:
            self.tickets.remove(gone := self.ticket())
            gone.unlink()

    def drop(self):
        self.ticket().inquiry_ids[:1].unlink()


@tagged("post_install", "-at_install")
class TestHistoryFacts(FactsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["helpdesk.ticket.category"].create({"name": "Returns"})
        cls.channel = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        cls.affinity = cls.env["conversation.affinity"]

    def take(self, user, customer=None, days=0, **values):
        """A conversation that he took so many days before the Monday."""
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "A question",
                "description": "<p>When?</p>",
                "company_id": self.company.id,
                "partner_id": (customer or self.customer).id,
                **values,
            }
        )
        with freeze_all_time(MONDAY_10 - days * DAY):
            ticket.user_id = user
        return ticket

    def work_out(self, ticket, user, days=0, state="answered"):
        with freeze_all_time(MONDAY_10 - days * DAY):
            inquiry = self.env["helpdesk.inquiry"].create({"ticket_id": ticket.id})
            inquiry._set_worked_out(state, user)
        return inquiry

    def shares_of(self, name, customer=None, **values):
        """{name of an employee: share}"""
        inquiry = self.make_inquiry(customer or self.customer, team=self.department)
        if values:
            inquiry.ticket_id.sudo().write(values)
        return {
            self.env["res.users"].browse(key).name: round(getattr(one, name), 4)
            for key, one in self.staff_of(inquiry).items()
            if getattr(one, name)
        }

    # --- this customer's conversations

    def test_who_took_his_conversations_has_his_share_of_them(self):
        for user in (self.ann, self.ann, self.ann, self.bob):
            self.take(user)
        self.take(self.bob, self.make_customer("Other"))
        self.assertEqual(self.shares_of("conversed"), {"Ann": 0.75, "Bob": 0.25})

    def test_recent_conversations_weigh_more(self):
        half_life = Policy().conversation_half_life.days
        self.take(self.ann, days=half_life)
        self.take(self.bob)
        self.assertEqual(self.shares_of("conversed"), {"Ann": 0.3333, "Bob": 0.6667})
        self.assertEqual(self.shares_of("conversed_lately")["Bob"], 0.9885)

    def test_the_policy_says_how_fast_they_are_forgotten(self):
        policy = Policy(conversation_half_life=DAY, recent_half_life=DAY / 2)
        kind = type(self.facts)
        self.patch(kind, "_get_policy", lambda facts, *args, **kwargs: policy)
        self.take(self.ann, days=1)
        self.take(self.bob)
        self.assertEqual(self.shares_of("conversed"), {"Ann": 0.3333, "Bob": 0.6667})
        self.assertEqual(self.shares_of("conversed_lately"), {"Ann": 0.2, "Bob": 0.8})

    def test_who_answers_what_somebody_took_has_handled_it_too(self):
        ticket = self.take(self.ann)
        self.work_out(ticket, self.bob)
        self.assertEqual(self.shares_of("conversed"), {"Bob": 1.0})
        with freeze_all_time(MONDAY_10):
            ticket.user_id = self.ann
        self.assertEqual(self.shares_of("conversed"), {"Ann": 0.5, "Bob": 0.5})

    def test_a_conversation_counts_once_however_many_answers_it_took(self):
        ticket = self.take(self.ann)
        for _answer in range(5):
            self.work_out(ticket, self.ann)
        self.take(self.bob)
        self.assertEqual(self.shares_of("conversed"), {"Ann": 0.5, "Bob": 0.5})

    def test_what_was_transferred_is_taken_back_from_who_had_it(self):
        ticket = self.take(self.ann)
        ticket.user_id = self.bob
        self.assertEqual(self.shares_of("conversed"), {"Bob": 1.0})

    def test_what_was_marked_as_needing_no_answer_counts_until_that_is_undone(self):
        inquiry = self.make_inquiry(self.customer, team=self.department)
        inquiry._set_worked_out("no_action", self.ann)
        self.assertEqual(self.shares_of("conversed"), {"Ann": 1.0})
        inquiry._set_pending()
        self.assertEqual(self.shares_of("conversed"), {})

    def test_a_new_letter_takes_nothing_back(self):
        ticket = self.take(self.ann)
        self.work_out(ticket, self.ann, days=1)
        self.env["helpdesk.inquiry"].create({"ticket_id": ticket.id})
        self.assertFalse(ticket.user_id)
        self.assertEqual(self.shares_of("conversed"), {"Ann": 1.0})

    def test_conversations_of_his_company_are_his(self):
        company = self.make_customer("Studio Ltd", is_company=True)
        contact = self.make_customer("Contact", parent_id=company.id)
        self.take(self.ann, company)
        self.assertEqual(self.shares_of("conversed", contact), {"Ann": 1.0})

    def test_a_customer_who_closes_his_own_conversation_is_no_employee(self):
        visitor = self.env["res.users"].create(
            {
                "name": "Visitor",
                "login": "visitor",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self.take(self.ann)
        inquiry = self.make_inquiry(self.customer, team=self.department)
        inquiry._set_worked_out("no_action", visitor)
        self.assertEqual(self.shares_of("conversed"), {"Ann": 1.0})

    # --- kinds, and everything

    def test_who_handles_what_is_of_this_kind_is_its_expert(self):
        other = self.make_customer("Other")
        self.take(self.ann, other, category_id=self.category.id)
        self.take(self.bob, other)
        mine = {"category_id": self.category.id}
        self.assertEqual(self.shares_of("expertise", **mine), {"Ann": 1.0})

    def test_without_a_category_the_audience_is_the_kind(self):
        audience = self.make_audience("Hi-Fi")
        self.customer.audience_manual_id = audience
        other = self.make_customer("Other")
        self.take(self.ann, other, audience_id=audience.id)
        self.take(self.bob, other, channel_id=self.channel.id)
        mine = {"channel_id": self.channel.id}
        self.assertEqual(self.shares_of("expertise", **mine), {"Ann": 1.0})

    def test_without_either_the_way_it_came_is_the_kind(self):
        other = self.make_customer("Other")
        self.take(self.ann, other, channel_id=self.channel.id)
        mine = {"channel_id": self.channel.id}
        self.assertEqual(self.shares_of("expertise", **mine), {"Ann": 1.0})
        self.assertEqual(self.shares_of("expertise"), {})

    def test_a_conversation_that_moves_to_another_kind_teaches_of_that(self):
        ticket = self.take(self.ann, category_id=self.category.id)
        repairs = self.category.copy({"name": "Repairs"})
        ticket.category_id = repairs
        for category, expert in ((self.category, {}), (repairs, {"Ann": 1.0})):
            mine = {"category_id": category.id}
            self.assertEqual(self.shares_of("expertise", **mine), expert)

    def test_who_takes_most_lately_has_most_of_the_work(self):
        for number in range(3):
            self.take(self.ann, self.make_customer(f"Customer {number}"))
        self.take(self.bob, self.make_customer("Other"))
        self.take(self.bob, self.make_customer("Long ago"), days=3650)
        self.affinity.search(
            [("user_id", "not in", (self.ann | self.bob).ids)]
        ).unlink()
        self.assertEqual(
            self.shares_of("workshare", self.make_customer("New")),
            {"Ann": 0.75, "Bob": 0.25},
        )

    # --- what is open

    def test_who_has_another_open_conversation_of_his_is_known(self):
        first = self.take(self.ann, days=2)
        self.take(self.bob, days=1)
        inquiry = self.make_inquiry(self.customer)
        self.assertEqual(
            self.gather(inquiry).customer.open_with, (self.bob.id, self.ann.id)
        )
        first.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.assertEqual(self.gather(inquiry).customer.open_with, (self.bob.id,))

    def test_the_conversation_itself_is_not_another(self):
        inquiry = self.make_inquiry(self.customer)
        inquiry.ticket_id.sudo().user_id = self.ann
        self.assertEqual(self.gather(inquiry).customer.open_with, ())

    def test_a_stranger_has_no_history(self):
        self.take(self.ann)
        inquiry = self.make_inquiry(self.env["res.partner"])
        case = self.gather(inquiry)
        self.assertEqual(case.customer.open_with, ())
        self.assertEqual({one.conversed for one in case.staff}, {0.0})

    # --- running sums and the rebuild

    def snapshot(self):
        """Every sum as it is worth at one moment."""
        slow, fast = self.affinity._get_half_lives()
        self.env.invalidate_all()
        return {
            (row.user_id, row.partner_id, row.category_id, row.audience_id)
            + (row.channel_id,): (
                row.value * 2 ** ((row.valued_at - MONDAY_10) / slow),
                row.recent * 2 ** ((row.valued_at - MONDAY_10) / fast),
                row.conversations,
            )
            for row in self.affinity.search([])
        }

    def assertAgreesWithRebuild(self):
        running = self.snapshot()
        self.affinity._rebuild()
        rebuilt = self.snapshot()
        self.assertEqual(running.keys(), rebuilt.keys())
        for key, (value, recent, number) in running.items():
            self.assertAlmostEqual(value, rebuilt[key][0], places=6)
            self.assertAlmostEqual(recent, rebuilt[key][1], places=6)
            self.assertEqual(number, rebuilt[key][2])
        return rebuilt

    def test_a_rebuild_gives_the_numbers_of_the_running_sums(self):
        history = RandomHistory(self, seed=5)
        for number in range(120):
            history.go_on()
            if number % 20 == 0:
                self.assertAgreesWithRebuild()
        self.assertTrue(self.assertAgreesWithRebuild())

    def test_a_merged_customer_has_the_conversations_of_both(self):
        double = self.make_customer("Customer Twice")
        for customer, user in (
            (self.customer, self.ann),
            (double, self.ann),
            (double, self.ann),
            (double, self.bob),
        ):
            self.take(user, customer)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | double).ids, self.customer)
        self.assertEqual(self.shares_of("conversed"), {"Ann": 0.75, "Bob": 0.25})
        self.assertAgreesWithRebuild()

    def test_the_job_counts_anew(self):
        self.take(self.ann)
        self.affinity.search([]).unlink()
        self.assertEqual(self.shares_of("conversed"), {})
        job = self.env.ref("audiomania_routing.ir_cron_rebuild_conversations")
        job.ir_actions_server_id.run()
        self.assertEqual(self.shares_of("conversed"), {"Ann": 1.0})

    def test_another_half_life_counts_anew_in_the_background(self):
        job = self.env.ref("audiomania_routing.ir_cron_rebuild_conversations")
        triggers = self.env["ir.cron.trigger"]
        policies = self.env["routing.policy"]
        before = triggers.search_count([("cron_id", "=", job.id)])
        policy = policies.search([("company_id", "=", False)], limit=1)
        policy = policy or policies.create({"name": "Common", "company_id": False})
        policy.write({"limit": policy.limit + 1})
        self.assertEqual(triggers.search_count([("cron_id", "=", job.id)]), before)
        policy.write({"recent_half_life": policy.recent_half_life + 1})
        self.assertEqual(triggers.search_count([("cron_id", "=", job.id)]), before + 1)

    # --- who may read it

    def test_only_managers_read_who_handled_how_much_and_nobody_writes_it(self):
        self.take(self.ann)
        manager = self.make_user("manager", "helpdesk_mgmt.group_helpdesk_manager")
        mine = self.affinity.search([("user_id", "=", self.ann.id)], limit=1)
        self.assertTrue(mine.with_user(manager).read(["value"]))
        with self.assertRaises(AccessError):
            mine.with_user(self.ann).read(["value"])
        for user in (self.ann, manager):
            with self.assertRaises(AccessError):
                mine.with_user(user).write({"value": 9.0})

    def test_an_employee_who_takes_needs_no_right_to_the_sums(self):
        inquiry = self.make_inquiry(self.customer, self.ann.email, self.hifi_team)
        inquiry.ticket_id.with_user(self.ann).action_take()
        self.assertEqual(self.shares_of("conversed"), {"Ann": 1.0})

    # --- the cost

    def test_taking_costs_one_statement_more_however_long_the_history_is(self):
        def count():
            ticket = self.take(self.env["res.users"])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            ticket.user_id = self.ann
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for _each in range(5):
            self.work_out(self.take(self.ann), self.bob)
        self.assertEqual(few, count())

    def test_facts_cost_the_same_for_any_history_and_staff(self):
        inquiry = self.make_inquiry(self.customer, team=self.hifi_team)
        self.take(self.ann)
        self.count_queries(inquiry)
        few = self.count_queries(inquiry)
        for number in range(4):
            clerk = self.make_user(f"clerk{number}")
            self.hifi_team.user_ids |= clerk
            self.work_out(self.take(clerk), self.ann)
        self.count_queries(inquiry)
        self.assertEqual(few, self.count_queries(inquiry))

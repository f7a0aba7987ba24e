# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase

from ...models.policy.again.causes import Cause
from .again_common import HALF, AgainCase

MANY = 25
LOGGER = "odoo.addons.audiomania_routing.models.policy.again.routing_again"


@tagged("post_install", "-at_install")
class TestAgainJob(AgainCase):
    """Few are decided again at once, many by a job that goes on where it was."""

    def setUp(self):
        super().setUp()
        self.again = self.env["routing.again"]

    def decide(self, **values):
        self.run_job(self.again._cron_decide, **values)

    def wait_many(self, count=MANY):
        tickets = self.env["helpdesk.ticket"]
        for _number in range(count):
            tickets |= self.receive("anna@hifi.example")
        self.commit()
        self.at(HALF)
        return tickets

    def get_reserved(self, tickets):
        return tickets.filtered(lambda one: one._is_reserved())

    def test_many_are_left_to_the_job(self):
        tickets = self.wait_many()
        self.leave(self.anna)
        self.assertEqual(self.get_reserved(tickets), tickets)
        self.assertEqual(self.again.search([]).ticket_id, tickets)
        cron = self.env.ref("audiomania_routing.ir_cron_decide_again")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(len(triggers), 1)
        self.decide()
        self.assertFalse(self.get_reserved(tickets))
        self.assertFalse(self.again.search([]))
        for ticket in tickets:
            self.assertEqual(len(self.get_lines(ticket)), 1)

    def test_interrupted_it_goes_on(self):
        tickets = self.wait_many()
        self.leave(self.anna)
        self.decide(time_left=0)
        self.assertEqual(len(self.get_reserved(tickets)), MANY - 20)
        self.decide()
        self.assertFalse(self.get_reserved(tickets))

    def test_nothing_of_many_waits_for_who_left(self):
        tickets = self.wait_many()
        for ticket in tickets:
            ticket.with_user(self.anna).action_take()
        self.anna.active = False
        self.commit()
        self.assertFalse(tickets.user_id)
        self.assertFalse(tickets.filtered("seen_by_nobody"))
        self.decide()
        self.assertOpenTo(tickets[0], self.boris)

    def test_what_was_taken_meanwhile_is_left_alone(self):
        tickets = self.wait_many()
        self.leave(self.anna)
        tickets[0].with_user(self.anna).action_take()
        self.decide()
        self.assertEqual(tickets[0].user_id, self.anna)
        self.assertFalse(self.get_lines(tickets[0]))
        self.assertFalse(self.again.search([]))

    def test_a_letter_notes_nothing(self):
        with patch.object(type(self.again), "_note", side_effect=AssertionError):
            self.receive("anna@hifi.example")
            self.receive("info@hifi.example", sender="stranger@c.example")

    def test_a_change_on_which_nothing_rests_is_one_query(self):
        customers = [self.make_customer(f"Customer {number}") for number in range(4)]
        self.commit()
        for few in (customers[:1], customers[1:]):
            for customer in few:
                self.again._note_staff(self.anna, Cause.ORDERS)
                self.again._note(Cause.ORDERS, partners=customer.ids)
            self.env["helpdesk.ticket.team"]._get_places()
            with self.assertQueryCount(1):
                self.env.cr.flush()

    def test_past_and_far_leaves_ask_nothing(self):
        past, far = self.now.replace(year=2024), self.now.replace(year=2026)
        with patch.object(type(self.again), "_note", side_effect=AssertionError):
            self.take_leave(self.anna, past, past.replace(day=9))
            self.take_leave(self.anna, far, far.replace(day=9))

    def test_what_fails_here_does_not_fail_the_business(self):
        ticket = self.wait_for_anna()
        facts = type(self.env["routing.facts"])
        with (
            patch.object(facts, "_decide_again", side_effect=KeyError("broken")),
            mute_logger(LOGGER),
        ):
            leave = self.leave(self.anna)
        self.assertTrue(leave.exists())
        self.assertEqual(self.again.search([]).ticket_id, ticket)
        self.decide()
        self.assertFalse(ticket._is_reserved())

    def test_one_that_fails_does_not_keep_the_others(self):
        tickets = self.wait_many()
        self.leave(self.anna)
        method = type(tickets)._follow

        def follow(ticket, *args):
            if ticket == tickets[3]:
                raise KeyError("broken")
            return method(ticket, *args)

        with (
            patch.object(type(tickets), "_follow", follow),
            mute_logger(LOGGER),
        ):
            self.decide()
        self.assertEqual(self.get_reserved(tickets), tickets[3])
        self.assertEqual(self.again.search([]).ticket_id, tickets[3])

    def test_the_facts_of_many_cost_as_many_queries_as_those_of_few(self):
        facts, counts = self.env["routing.facts"], []
        for tickets in (self.wait_many(3), self.wait_many(6)):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            inquiries, standing = tickets._get_decided()
            facts._decide_again(inquiries, standing)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_who_reads_what_is_left_to_the_job(self):
        tickets = self.wait_many()
        self.leave(self.anna)
        rows = self.again.search([])
        self.assertEqual(len(rows), len(tickets))
        self.assertEqual(rows.with_user(self.manager).mapped("cause")[0], "absence")
        for user in (self.anna, self.boris, self.chief):
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                rows.with_user(user).read(["cause"])
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            rows.with_user(self.manager).write({"cause": "unseen"})
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.manager.company_ids += other
        elsewhere = self.again.with_user(self.manager).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(elsewhere.search([]))


@tagged("post_install", "-at_install")
class TestAgainCollision(TransactionsCase):
    """Who takes a conversation and who enters a leave do not hinder one another.

    Real transactions that really commit; what they leave is removed at the end.
    """

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.last_alert = env["alert.alert"].search([], order="id desc", limit=1).id
            user = env["res.users"].create(
                {
                    "name": "Anna",
                    "login": "anna@again.example",
                    "group_ids": [
                        (4, env.ref("helpdesk_mgmt.group_helpdesk_user_own").id)
                    ],
                }
            )
            team = env["helpdesk.ticket.team"].create(
                {"name": "Again", "user_ids": [(4, user.id)]}
            )
            customer = env["res.partner"].create(
                {"name": "Petr", "email": "petr@again.example"}
            )
            ticket = env["helpdesk.ticket"].create(
                {
                    "name": "A question",
                    "description": "Any news?",
                    "team_id": team.id,
                    "partner_id": customer.id,
                    "user_id": False,
                }
            )
            ticket.message_post(
                body="Any news?",
                message_type="email",
                subtype_xmlid="mail.mt_comment",
                author_id=customer.id,
            )
            records = (ticket, team, customer, user)
            self.ids = {record._name: record.id for record in records}
            self.partner_id = user.partner_id.id

    def clean(self):
        with self.transaction() as env:
            env["alert.alert"].search([("id", ">", self.last_alert or 0)]).unlink()
            env["routing.again"].search([]).unlink()
            for name in (
                "helpdesk.ticket",
                "helpdesk.ticket.team",
                "res.partner",
                "res.users",
            ):
                self.get(env, name).unlink()
            env["res.partner"].browse(self.partner_id).unlink()
            env["ir.cron.trigger"].search(
                [
                    (
                        "cron_id",
                        "=",
                        env.ref("audiomania_routing.ir_cron_decide_again").id,
                    )
                ]
            ).unlink()

    def get(self, env, name):
        return env[name].browse(self.ids[name])

    def take(self, env):
        ticket = self.get(env, "helpdesk.ticket")
        ticket.with_user(env.ref("base.user_admin")).action_take()

    def empty_the_team(self, env):
        self.get(env, "helpdesk.ticket.team").user_ids = False

    def get_left(self, env):
        return env["routing.again"].search([]).ticket_id.ids

    def test_who_changes_a_team_does_not_wait_for_who_takes(self):
        with self.transaction() as taking:
            self.take(taking)
            taking.flush_all()
            with self.transaction() as changing:
                self.empty_the_team(changing)
        with self.transaction() as job:
            self.assertEqual(self.get_left(job), [self.ids["helpdesk.ticket"]])
            job["routing.again"]._cron_decide()
        with self.transaction() as env:
            ticket = self.get(env, "helpdesk.ticket")
            self.assertEqual(ticket.user_id, env.ref("base.user_admin"))
            self.assertFalse(self.get_left(env))

    def test_a_conversation_taken_meanwhile_fails_no_change_of_the_team(self):
        with self.transaction() as changing:
            changing["helpdesk.ticket"].search_count([])
            with self.transaction() as taking:
                self.take(taking)
            self.empty_the_team(changing)
        with self.transaction() as env:
            self.assertFalse(self.get(env, "helpdesk.ticket.team").user_ids)
            self.assertEqual(self.get_left(env), [self.ids["helpdesk.ticket"]])

    def test_who_takes_what_is_just_decided_again_starts_again_and_takes_it(self):
        with self.transaction() as taking:
            taking["helpdesk.ticket"].search_count([])
            with self.transaction() as changing:
                self.empty_the_team(changing)
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                self.take(taking)
            taking.cr.rollback()
        with self.transaction() as env:
            self.take(env)
            self.assertEqual(
                self.get(env, "helpdesk.ticket").user_id, env.ref("base.user_admin")
            )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import os
from dataclasses import replace
from datetime import timedelta
from itertools import count
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.inside import Inside

from ...models.intake.helpdesk_ticket import LETTER
from ..common import MONDAY_10, RoutingCase
from .model import MORNINGS, QUARTER, Person, World
from .ways import WAYS as EVERY_WAY
from .ways import ways

_logger = logging.getLogger(__name__)
PROGRESS = 50

MANY = int(os.environ.get("AUDIOMANIA_SEQUENCES", "0"))
"""So many sequences instead of the same few each time: `AUDIOMANIA_SEQUENCES=20000`."""

STEPS = 7
SECOND = timedelta(seconds=1)
THOROUGH = st.sampled_from([False] * 39 + [True])
"""In some of the sequences every way of reading is tried at the end."""
COUNTED = {"numbers on the team"}
"""Ways that tell of several conversations in one number."""

SETTINGS = settings(
    max_examples=MANY or 500,
    stateful_step_count=STEPS,
    derandomize=not MANY,
    database=None,
    deadline=None,
    report_multiple_bugs=False,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)

PARENTS = {
    "Sales": None,
    "Headphones": "Sales",
    "Vinyl": "Sales",
    "Wholesale": None,
}
PEOPLE = ("anna", "boris", "vera", "chief", "leader", "manager", "grosser", "abroad")
WORKERS = ("anna", "boris", "vera")
TARGETS = (*WORKERS, "chief", "Headphones", "Vinyl", "Wholesale")
READERS = st.sampled_from(PEOPLE)
ASKED = st.sampled_from((*WORKERS, None))
NUMBERS = st.integers(0, 3)
SOON = st.sampled_from([0, 1, 4, 8, 30])
"""Quarters of an hour until something begins."""


def make_people():
    """Those of the test, as the model has them."""
    return [
        Person("anna", ["Headphones"]),
        Person("boris", ["Headphones"]),
        Person("vera", ["Vinyl"], hours=MORNINGS),
        Person("chief", leads=("Headphones",)),
        Person("leader", leads=("Sales",)),
        Person("manager", is_manager=True),
        Person("grosser", ["Wholesale"]),
        Person("abroad", ["Export"], here=False),
    ]


class Sequence(RuleBasedStateMachine):
    """What happens in an office in a few days, in any order.

    After every step each employee reads what the model of the rules says, and nothing
    else.
    """

    case = None

    def __init__(self):
        super().__init__()
        self.tickets = []
        self.thorough = False
        self.world = World(PARENTS, make_people(), MONDAY_10)
        self.case.begin()

    def teardown(self):
        try:
            if self.thorough:
                self.case.compare_every_way(self.world, self.tickets[0])
        finally:
            self.case.end()

    def pick(self, number):
        """One of the conversations, and what the model has of it."""
        at = number % len(self.tickets)
        return self.tickets[at], self.world.conversations[at]

    def works_here(self, name):
        return self.world.people[name].works_here

    def compare(self):
        self.case.compare(self.world, self.tickets)

    # Customers

    @initialize(to=ASKED, thorough=THOROUGH)
    def first_letter(self, to, thorough):
        self.thorough = thorough
        self.letter(known=True, to=to)

    @precondition(lambda self: len(self.tickets) < 4)
    @rule(known=st.booleans(), to=ASKED)
    def letter(self, known, to):
        """From a customer of the headphones, or from a stranger."""
        self.tickets.append(self.case.letter(known, to))
        self.world.letter("Headphones" if known else None, to)
        self.compare()

    @rule(number=NUMBERS)
    def writes_again(self, number):
        ticket, conversation = self.pick(number)
        self.case.write_again(ticket)
        self.world.news(conversation)
        self.compare()

    # Employees

    @rule(number=NUMBERS, name=READERS)
    def take(self, number, name):
        ticket, conversation = self.pick(number)
        allowed = self.world.may_take(name, conversation)
        if self.case.attempt(allowed, name, ticket, "action_take"):
            self.world.take(conversation, name)
        self.compare()

    @rule(number=NUMBERS, name=READERS)
    def no_action_required(self, number, name):
        ticket, conversation = self.pick(number)
        allowed = self.world.may_work_out(name, conversation)
        if self.case.attempt(allowed, name, ticket, "action_no_action_required"):
            self.world.work_out(conversation, None)
        self.compare()

    @rule(number=NUMBERS, name=READERS)
    def answer(self, number, name):
        ticket, conversation = self.pick(number)
        allowed = self.world.reads(name, conversation)
        if self.case.attempt(allowed, name, ticket, "message_post", **ANSWER):
            if conversation.pending:
                self.world.work_out(conversation, name)
        self.compare()

    @rule(number=NUMBERS, name=READERS)
    def take_away(self, number, name):
        ticket, conversation = self.pick(number)
        allowed = self.world.may_take_away(name, conversation)
        if self.case.attempt(allowed, name, ticket, "action_take_away", reason="Now"):
            self.world.take(conversation, name)
        self.compare()

    @rule(number=NUMBERS, name=READERS, to=st.sampled_from(TARGETS))
    def transfer(self, number, name, to):
        ticket, conversation = self.pick(number)
        if name == to:
            return
        allowed = self.world.may_transfer(name, conversation)
        allowed = allowed and conversation.assignee != to
        allowed = allowed and (to in PARENTS or self.works_here(to))
        target = {"to": self.case.teams.get(to) or self.case.users[to], "reason": "Now"}
        if self.case.attempt(allowed, name, ticket, "action_transfer", **target):
            self.world.transfer(conversation, to)
        self.compare()

    @rule(number=NUMBERS, name=READERS)
    def release(self, number, name):
        """Nobody has it any more, and the first of its rungs sees it at once."""
        ticket, conversation = self.pick(number)
        allowed = self.world.may_release(name, conversation)
        if self.case.attempt(allowed, name, ticket, "action_release"):
            self.case.take_over(conversation, ticket)
            self.case.check_released(self.world, conversation)
        self.compare()

    @precondition(lambda self: len(self.tickets) > 1)
    @rule(numbers=st.permutations(range(4)), name=READERS)
    def merge(self, numbers, name):
        """Two of one customer become one: who sees one of them sees the whole."""
        goes_on, ends = [at for at in numbers if at < len(self.tickets)][:2]
        ticket, other = self.tickets[goes_on], self.tickets[ends]
        one, two = self.world.conversations[goes_on], self.world.conversations[ends]
        allowed = ticket.partner_id == other.partner_id
        allowed = allowed and self.world.may_merge(name, one, two)
        others = other.with_env(self.case.get_env(name))
        waiting = [each for each in (one, two) if each.pending and not each.assignee]
        seen = set().union(*(self.world.readers(each) for each in waiting))
        if self.case.attempt(allowed, name, ticket, "_merge", others=others):
            self.tickets.remove(other)
            self.world.conversations.remove(two)
            self.case.take_over_all(one, ticket)
            self.case.check_let_in(self.world, seen, one)
        self.compare()

    @precondition(lambda self: len(self.tickets) < 4)
    @rule(number=NUMBERS, name=READERS, first=st.booleans())
    def split(self, number, name, first):
        """One of two letters goes into a conversation of its own: nobody loses it."""
        ticket, conversation = self.pick(number)
        inquiries = ticket.inquiry_ids.sorted("id")
        if len(inquiries) < 2:
            return
        going = inquiries[:1] if first else inquiries[-1:]
        allowed = self.world.may_transfer(name, conversation)
        allowed = allowed and self.world.reads(name, conversation)
        is_waiting = conversation.pending and not conversation.assignee
        seen = self.world.readers(conversation) if is_waiting else set()
        chosen = {"inquiries": going, "reason": "Two matters"}
        if self.case.attempt(allowed, name, ticket, "_split", **chosen):
            both = [conversation, replace(conversation)]
            self.tickets.append(going.ticket_id)
            self.world.conversations.append(both[1])
            for one, now in zip(both, (ticket, going.ticket_id), strict=True):
                self.case.take_over_all(one, now)
                self.case.check_let_in(self.world, seen, one)
        self.compare()

    # Time

    @rule(quarters=st.integers(1, 40))
    def time_passes(self, quarters):
        self.wait_until(self.world.now + quarters * QUARTER)

    @rule()
    def next_moment_comes(self):
        """A second before it nothing has changed."""
        found = [self.world.moments(each) for each in self.world.conversations]
        moments = [moment for some in found for moment in some]
        if moments:
            self.wait_until(min(moments) - SECOND)
            self.wait_until(min(moments))

    def wait_until(self, moment):
        self.world.now = moment
        self.case.clock.move_to(moment)
        self.compare()

    # The company

    @rule(name=st.sampled_from(WORKERS), team=st.sampled_from(("Headphones", "Vinyl")))
    def joins_or_leaves(self, name, team):
        person = self.world.people[name]
        if team in person.teams:
            person.teams.remove(team)
        else:
            person.teams = [each for each in PARENTS if each in {*person.teams, team}]
        self.case.change_members(name, team, joins=team in person.teams)
        self.decided_again()

    @rule(name=st.sampled_from(WORKERS), begins=SOON, lasts=st.integers(1, 40))
    def goes_on_leave(self, name, begins, lasts):
        """At once or later, for an hour or for days; what he held stays his."""
        start = self.world.now + begins * QUARTER
        leave = start, start + lasts * QUARTER
        self.world.people[name].leaves.append(leave)
        self.case.take_leave(self.case.users[name], *leave)
        self.decided_again()

    @rule(name=st.sampled_from(WORKERS))
    def leaves_the_company(self, name):
        """What he held goes up the ladder at once, and so does what he was asked."""
        self.world.people[name].active = False
        self.case.users[name].active = False
        self.decided_again()

    @rule(name=st.sampled_from(WORKERS))
    def works_for_another_company(self, name):
        self.world.people[name].here = False
        abroad = self.case.users["abroad"].company_id
        self.case.users[name].write(
            {"company_id": abroad.id, "company_ids": [(6, 0, abroad.ids)]}
        )
        self.decided_again()

    def decided_again(self):
        """What waits may have been decided again: never backwards."""
        self.case.commit()
        self.case.follow(self.world, self.tickets)
        self.compare()


ANSWER = {
    "body": "Yes, in green.",
    "message_type": "comment",
    "subtype_xmlid": "mail.mt_comment",
}


@tagged("post_install", "-at_install")
class TestStateMachine(RoutingCase):
    """Whatever happens in whatever order, everybody reads what the rules say.

    Eight employees of the host's three groups, a leader of a team, one of the
    department, a manager, one of another department and one of another company.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own, team, user = (
            f"helpdesk_mgmt.group_helpdesk_{name}"
            for name in ("user_own", "user_team", "user")
        )
        cls.mornings = cls.make_calendar_of(MORNINGS)
        cls.users = {
            "anna": cls.make_user("anna", own),
            "boris": cls.make_user("boris", team),
            "vera": cls.make_user("vera", user),
            "chief": cls.make_user("chief", own),
            "leader": cls.leader,
            "manager": cls.make_user("manager", "helpdesk_mgmt.group_helpdesk_manager"),
            "grosser": cls.make_user("grosser", user),
            "abroad": cls.make_foreigner(user),
        }
        cls.users["vera"].employee_ids.resource_calendar_id = cls.mornings
        cls.teams = {"Sales": cls.department}
        for name, members, leader, parent in (
            ("Headphones", ["anna", "boris"], cls.users["chief"], cls.department),
            ("Vinyl", ["vera"], None, cls.department),
            ("Wholesale", ["grosser"], None, None),
        ):
            people = [cls.users[member] for member in members]
            cls.teams[name] = cls.make_team(name, people, leader, parent)
        cls.env["routing.policy"].create(
            {"company_id": cls.company.id, "stand_out": False}
        )
        audience = cls.make_audience("Lovers", team=cls.teams["Headphones"])
        cls.customer = cls.make_customer("Petr", audience_manual_id=audience.id)
        cls.stranger = cls.make_customer("Stranger")

    @classmethod
    def make_calendar_of(cls, hours):
        return cls.env["resource.calendar"].create(
            {
                "name": "Mornings",
                "tz": "UTC",
                "company_id": cls.company.id,
                "attendance_ids": [
                    (
                        0,
                        0,
                        {"name": day, "dayofweek": day, "hour_from": a, "hour_to": b},
                    )
                    for day in "01234"
                    for a, b in hours
                ],
            }
        )

    @classmethod
    def make_foreigner(cls, group):
        company = cls.env["res.company"].create({"name": "Abroad"})
        user = new_test_user(
            cls.env,
            login="abroad@hifi.example",
            groups=f"base.group_user,{group}",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        cls.make_team("Export", [user], company_id=company.id)
        return user

    def test_after_every_step_everybody_reads_what_the_rules_say(self):
        self.sequences = 0
        machine = type("Sequence", (Sequence,), {"case": self})
        quiet = mute_logger("odoo.addons.base.models.ir_rule")
        with freeze_time(MONDAY_10) as self.clock, quiet:
            now = patch("odoo.sql_db.BaseCursor.now", lambda cr: self.clock())
            with now:
                run_state_machine_as_test(machine, settings=SETTINGS)
        self.assertGreaterEqual(self.sequences, SETTINGS.max_examples)

    # One sequence: what it leaves is undone

    def begin(self):
        self.clock.move_to(MONDAY_10)
        self.numbers = count(1)
        self.sequences += 1
        self.steps = self.sequences
        if not self.sequences % PROGRESS:
            _logger.info("%s sequences", self.sequences)
        self.savepoint = self.env.cr.savepoint()

    def end(self):
        self.savepoint.close(rollback=True)
        self.env.cr.precommit.clear()
        self.env.cr.postcommit.clear()
        self.env.invalidate_all(flush=False)
        self.env.registry.clear_cache()

    # What happens

    def letter(self, known, to):
        customer = self.customer if known else self.stranger
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": f"Question no. {next(self.numbers)}",
                "description": "Do you have it in green?",
                "company_id": self.company.id,
                "partner_id": customer.id,
                "user_id": False,
                "team_id": False,
            }
        )
        self.write_again(ticket, self.users[to].email if to else "info@hifi.example")
        return ticket

    def write_again(self, ticket, to=""):
        letter = {"recipient_emails": to, "has_sender": True}
        ticket.with_context(**{LETTER: Inside(letter)}).message_post(
            body="Do you have it in green?",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=ticket.partner_id.id,
        )

    def attempt(self, allowed, name, ticket, method, **values):
        """Press a button as an employee: it works if it may, else it is refused."""
        ticket = self.get_env(name)["helpdesk.ticket"].browse(ticket.id)
        if not self.users[name].active:
            return False
        if allowed:
            getattr(ticket, method)(**values)
            return True
        with self.assertRaises(UserError, msg=f"{name}: {method}"):
            getattr(ticket, method)(**values)
        return False

    def commit(self):
        """What Odoo does before each commit: decide again what rests on a change."""
        self.env.cr.flush()
        self.env.invalidate_all()

    def change_members(self, name, team, joins):
        self.teams[team].user_ids = [(4 if joins else 3, self.users[name].id)]

    def follow(self, world, tickets):
        """Take over the ladders of what waits; no moment has moved back, and whom they
        had let in they let in still."""
        for ticket, one in zip(tickets, world.conversations, strict=True):
            if not one.pending:
                continue
            held = one.assignee
            had, before = self.get_ladder(one), world.readers(one)
            self.take_over(one, ticket)
            has, after = self.get_ladder(one), world.readers(one)
            for old, new in zip(had, has, strict=True):
                self.assertFalse(old and new and new > old, f"{had} -> {has}")
            if held == one.assignee:
                self.assertLessEqual(before, after, f"{had} -> {has}")
            else:
                self.check_released(world, one)
            self.check_somebody_is_there(world, one)

    def check_somebody_is_there(self, world, one):
        """It is held by, or reserved for, nobody who left; nobody's leave runs out
        while it is reserved for him."""
        is_reserved = one.window and one.window > world.now
        for name in filter(None, (one.assignee, is_reserved and one.addressee)):
            self.assertTrue(world.people[name].works_here, one)
        if is_reserved:
            until = world.people[one.addressee].at_work_until(world.now)
            self.assertLessEqual(one.window, until or world.now, one)

    def check_let_in(self, world, before, one):
        """Whoever saw what waited sees it still, unless somebody has taken it."""
        if one.pending and not one.assignee:
            self.assertLessEqual(before, world.readers(one), one)

    def check_released(self, world, one):
        self.assertFalse(one.assignee or one.addressee or one.window)
        first = one.team_from or one.department_from
        self.assertLessEqual(first, world.now)

    def get_ladder(self, one):
        return one.window, one.team_from, one.department_from

    def take_over_all(self, one, ticket):
        """Also what waits in it, and for which team it was meant."""
        self.take_over(one, ticket)
        inquiry = ticket._get_ladder_inquiry()
        one.pending = ticket.inquiry_state == "pending"
        one.moved_to = self.get_team_names().get(inquiry.transferred_team_id.id)
        one.due = ticket.answer_due_at or None

    def get_team_names(self):
        return {team.id: name for name, team in self.teams.items()}

    def take_over(self, one, ticket):
        names = {user.id: name for name, user in self.users.items()}
        teams = self.get_team_names()
        one.assignee = names.get(ticket.user_id.id)
        one.addressee = names.get(ticket.addressee_id.id)
        one.team = teams.get(ticket.team_id.id)
        one.other = teams.get(ticket.addressee_team_id.id)
        one.window = ticket.exclusive_until or None
        one.team_from = ticket.team_visible_from or None
        one.department_from = ticket.department_visible_from or None

    # Who reads what

    def get_env(self, name):
        user = self.users[name]
        context = {"allowed_company_ids": user.company_ids.ids}
        return self.env(user=user.id, su=False, context=context)

    def compare(self, world, tickets):
        """What each employee reads is what the model says: by searching, and by the
        other ways in turn."""
        self.env.flush_all()
        self.env.invalidate_all()
        ids = [ticket.id for ticket in tickets]
        self.steps += 1
        people = [name for name in PEOPLE if world.people[name].active]
        expected = {
            name: {
                id_
                for id_, one in zip(ids, world.conversations, strict=True)
                if world.reads(name, one)
            }
            for name in people
        }
        for way in (by_search, IN_TURN[self.steps % len(IN_TURN)]):
            found = {name: way(self.get_env(name), ids) for name in people}
            self.assertEqual(found, expected, self.describe(way, world, ids))

    def compare_every_way(self, world, ticket):
        """Whoever may not read it finds nothing of it anywhere."""
        conversation = world.conversations[0]
        names = set(EVERY_WAY) - COUNTED
        people = {name for name in PEOPLE if world.people[name].active}
        for name in people - world.readers(conversation):
            found = ways(self.users[name], ticket, names)
            self.assertEqual(found, set(), f"{name} reads it all the same")

    def describe(self, way, world, ids):
        lines = [f"{way.__name__} at {world.now}"]
        lines += [
            f"{id_}: {one}" for id_, one in zip(ids, world.conversations, strict=True)
        ]
        return "\n".join(lines)


def by_search(env, ids):
    return {*env["helpdesk.ticket"].search_fetch([("id", "in", ids)], []).ids}


def by_rights(env, ids):
    return {*env["helpdesk.ticket"].browse(ids)._filtered_access("read").ids}


def by_inquiries(env, ids):
    domain = [("ticket_id", "in", ids)]
    found = env["helpdesk.inquiry"].search_fetch(domain, ["ticket_id"])
    return {*found.mapped("ticket_id").ids}


def by_messages(env, ids):
    domain = [("model", "=", "helpdesk.ticket"), ("res_id", "in", ids)]
    return {*env["mail.message"].search_fetch(domain, ["res_id"]).mapped("res_id")}


def by_groups(env, ids):
    groups = env["helpdesk.ticket"].formatted_read_group(
        [("id", "in", ids)], ["id"], ["__count"]
    )
    return {group["id"][0] for group in groups}


IN_TURN = (by_rights, by_inquiries, by_messages, by_groups)

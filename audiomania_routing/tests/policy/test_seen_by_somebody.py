# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.tests import tagged

from odoo.addons.mail.tests.common import freeze_all_time

from .again_common import AgainCase

MANY = int(os.environ.get("AUDIOMANIA_FUZZ", "0"))
"""So many histories instead of the same few each time: `AUDIOMANIA_FUZZ=2000`."""

FUZZ = settings(
    max_examples=MANY or 30,
    derandomize=not MANY,
    database=None,
    deadline=None,
    # A history that fails is printed as it was: to try shorter ones takes minutes.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

HELP_DESK = "helpdesk_mgmt.group_helpdesk_user_own"
EMPLOYEES = ("anna", "boris", "vera", "chief", "leader")
TEAMS = ("headphones", "vinyl", "department")
ADDRESSES = ("anna", "boris", "vera", "chief", "headphones", "info", "nobody")

STEPS = st.one_of(
    st.tuples(
        st.just("write_letter"),
        st.sampled_from(ADDRESSES),
        st.sampled_from(("customer", "buyer", "stranger")),
    ),
    st.tuples(
        st.sampled_from(
            ("take", "archive", "dismiss", "disarm", "absent", "move_away", "restore")
        ),
        st.sampled_from(EMPLOYEES),
    ),
    st.tuples(
        st.sampled_from(("join", "quit", "lead")),
        st.sampled_from(EMPLOYEES),
        st.sampled_from(TEAMS),
    ),
    st.tuples(
        st.sampled_from(("close_team", "empty_team", "headless", "serve", "uproot")),
        st.sampled_from(TEAMS),
    ),
    st.tuples(st.sampled_from(("holiday", "merge", "identify", "hour", "day"))),
)


@tagged("post_install", "-at_install")
class TestSeenBySomebody(AgainCase):
    """Whatever happens to teams, employees and customers, each conversation that waits
    is read by somebody who works there, at every moment.

    Only the changes themselves are made: no job runs. Helpdesk managers, who read
    everything, do not count; the outsider, a member of no team, stays.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.buyer = cls.make_customer("Olga")
        cls.senders = {
            "customer": cls.customer.email,
            "buyer": cls.buyer.email,
            "stranger": "stranger@c.example",
        }

    # Steps

    def write_letter(self, to, sender):
        self.receive(f"{to}@hifi.example", sender=self.senders[sender])

    def take(self, user):
        able = user.active and user.has_group(HELP_DESK)
        if able and self.company in user.company_ids:
            tickets = self.env["helpdesk.ticket"].with_user(user)
            for ticket in tickets.search([("inquiry_state", "=", "pending")]):
                if ticket.can_take:
                    ticket.action_take()
                    return

    def archive(self, user):
        user.active = False

    def dismiss(self, user):
        user.with_context(active_test=False).employee_ids.active = False

    def disarm(self, user):
        user.group_ids -= self.env.ref(HELP_DESK)

    def absent(self, user):
        self.take_leave(user, self.moment, self.moment + timedelta(days=2))

    def move_away(self, user):
        user.write(
            {
                "company_id": self.elsewhere.id,
                "company_ids": [Command.set(self.elsewhere.ids)],
            }
        )

    def restore(self, user):
        user.write(
            {
                "active": True,
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [Command.link(self.env.ref(HELP_DESK).id)],
            }
        )

    def join(self, user, team):
        team.user_ids |= user

    def quit(self, user, team):
        user.helpdesk_team_ids -= team

    def lead(self, user, team):
        if self.company in user.company_ids:
            team.user_id = user

    def close_team(self, team):
        team.active = not team.active

    def empty_team(self, team):
        team.user_ids = False

    def headless(self, team):
        team.user_id = False

    def serve(self, team):
        self.audience.team_id = team

    def uproot(self, team):
        team.parent_id = False if team.parent_id else self.department - team

    def holiday(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "calendar_id": self.calendar.id,
                "date_from": self.moment,
                "date_to": self.moment + timedelta(hours=8),
            }
        )

    def merge(self):
        both = (self.buyer | self.customer).exists()
        if len(both) == 2:
            wizard = self.env["base.partner.merge.automatic.wizard"]
            wizard._merge(both.ids, self.customer)

    def identify(self):
        found = self.env["helpdesk.ticket"].search(
            [("partner_id", "=", False), ("inquiry_state", "=", "pending")], limit=1
        )
        found.partner_id = self.customer

    # Histories

    def play(self, steps):
        """Each step is a transaction, after which somebody has to see everything."""
        self.moment = self.now
        for step in steps:
            note(step)
            name, *args = step
            later = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
            if name in later:
                self.moment += later[name]
                self.clock.__exit__(None, None, None)
                self.clock = freeze_all_time(self.moment)
                self.clock.__enter__()
            else:
                self.make_step(name, args)
            self.commit()
            self.assertSeen(step)

    def make_step(self, name, args):
        """Employees and teams by name; a letter is written to a name."""
        if name != "write_letter":
            args = [getattr(self, each) for each in args]
        getattr(self, name)(*args)

    def assertSeen(self, step):
        tickets = self.env["helpdesk.ticket"].with_context(active_test=False)
        pending = tickets.search([("inquiry_state", "=", "pending")])
        self.assertFalse(tickets.search([("seen_by_nobody", "=", True)]), step)
        seen = self.env["helpdesk.ticket"].union(
            *(self.get_read_by(user, pending) for user in self.get_people())
        )
        for ticket in pending - seen:
            self.fail(f"After {step}: nobody reads {ticket}, {ticket.ladder_text}")

    def get_people(self):
        """Those who can log in and work with conversations, without the manager."""
        people = self.anna | self.boris | self.vera | self.chief | self.leader
        return (people | self.outsider).filtered(
            lambda user: user.active and user.has_group(HELP_DESK)
        )

    def get_read_by(self, user, tickets):
        companies = {"allowed_company_ids": user.company_ids.ids}
        mine = tickets.with_user(user).with_context(**companies)
        return tickets.browse(mine.search([("id", "in", tickets.ids)]).ids)

    @FUZZ
    @given(st.lists(STEPS, min_size=4, max_size=14))
    def test_after_each_change_somebody_reads_each_conversation(self, steps):
        with self.env.cr.savepoint() as savepoint:
            self.clock = freeze_all_time(self.now)
            self.clock.__enter__()
            try:
                self.write_letter("anna", "customer")
                self.play(steps)
            finally:
                self.clock.__exit__(None, None, None)
                savepoint.rollback()
                self.env.registry.clear_all_caches()
                self.env.invalidate_all()

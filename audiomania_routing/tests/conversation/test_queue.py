# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.sql_db import Cursor
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.inside import Inside

from ...models.conversation.ready_domain import ReadyDomain
from ...models.queue.helpdesk_ticket_page import PAGE, Page
from .common import WINDOW, ConversationCase

MINUTE = timedelta(minutes=1)


@tagged("post_install", "-at_install")
class TestQueue(ConversationCase):
    """What waits for whom, each conversation under one heading."""

    def get_queue(self, user):
        """{heading: conversations}, and that the two ways of asking agree."""
        tickets = self.env["helpdesk.ticket"].with_user(user)
        queue = {}
        for heading in ("mine", "team", "department"):
            found = tickets.search([("queue", "=", heading)])
            self.assertEqual(set(found.mapped("queue")) - {heading}, set())
            queue[heading] = found.sudo().with_env(self.env)
        whole = tickets.search([("queue", "in", list(queue))])
        parts = [id_ for found in queue.values() for id_ in found.ids]
        self.assertEqual(sorted(whole.ids), sorted(parts))
        return queue

    def get_counts(self, user, domain=()):
        panel = (
            self.env["helpdesk.ticket"]
            .with_user(user)
            .search_panel_select_range(
                "queue", enable_counters=True, search_domain=list(domain)
            )
        )
        return {value["id"]: value["__count"] for value in panel["values"]}

    def test_what_is_reserved_for_me_is_mine(self):
        ticket = self.make_conversation()
        self.assertEqual(self.get_queue(self.anna)["mine"], ticket)
        self.assertFalse(any(self.get_queue(self.boris).values()))

    def test_what_i_took_is_mine_and_nobody_elses(self):
        ticket = self.make_conversation()
        self.at(WINDOW)
        ticket.with_user(self.boris).action_take()
        self.assertEqual(self.get_queue(self.boris)["mine"], ticket)
        self.assertFalse(any(self.get_queue(self.anna).values()))

    def test_after_the_window_it_is_the_teams(self):
        ticket = self.make_conversation()
        self.at(WINDOW)
        queue = self.get_queue(self.boris)
        self.assertEqual(queue["team"], ticket)
        self.assertFalse(queue["mine"] | queue["department"])

    def test_later_it_is_the_departments_and_still_the_teams(self):
        ticket = self.make_conversation()
        self.at(2 * WINDOW)
        self.assertEqual(self.get_queue(self.vera)["department"], ticket)
        self.assertEqual(self.get_queue(self.boris)["team"], ticket)
        self.assertFalse(self.get_queue(self.boris)["department"])

    def test_without_a_department_it_is_everybodys(self):
        ticket = self.make_conversation(department_visible_from=self.now)
        ticket.team_id = False
        self.assertEqual(self.get_queue(self.outsider)["department"], ticket)

    def test_worked_out_it_has_left_every_queue(self):
        ticket = self.make_conversation()
        self.reply(ticket, self.anna)
        self.assertFalse(any(self.get_queue(self.anna).values()))

    def test_what_a_supervisor_may_read_does_not_wait_for_him(self):
        self.make_conversation()
        self.assertFalse(any(self.get_queue(self.manager).values()))

    def test_every_heading_tells_how_much_waits(self):
        self.make_conversation()
        self.make_conversation(addressee_id=False, team_visible_from=self.now)
        self.assertEqual(
            self.get_counts(self.anna), {"mine": 1, "team": 1, "department": 0}
        )
        self.assertEqual(
            self.get_counts(self.boris), {"mine": 0, "team": 1, "department": 0}
        )

    def test_the_headings_count_what_the_search_leaves(self):
        self.make_conversation()
        wanted = self.make_conversation()
        headings = ("queue", "in", ["mine", "team", "department"])
        for domain, count in (
            ([headings], 2),
            ([headings, ("id", "=", wanted.id)], 1),
            (["!", headings], 0),
            (["|", headings, ("id", "=", wanted.id)], 2),
            ([("queue", "in", ["team"])], 0),
        ):
            with self.subTest(domain):
                self.assertEqual(self.get_counts(self.anna, domain)["mine"], count)

    def test_the_rules_are_asked_once_for_a_page(self):
        """In its query; what that has found is not asked again line by line."""
        self.make_conversation()
        rules = self.registry["ir.rule"]
        ask = rules._compute_domain
        tickets = self.env["helpdesk.ticket"].with_user(self.anna)
        with patch.object(rules, "_compute_domain", autospec=True) as asked:
            asked.side_effect = ask
            page = tickets.web_search_read([], {"sender": {}, "can_take": {}})
        self.assertTrue(page["records"])
        names = [call.args[1] for call in asked.call_args_list]
        self.assertEqual(names.count("helpdesk.ticket"), 1)

    def test_a_page_opens_nothing_but_what_its_reader_has_found(self):
        found = self.make_conversation()
        hidden = self.make_conversation(addressee_id=self.boris.id)
        reader = found.with_user(self.anna)._get_reader()
        page = Page()
        page.found[reader] = set(found.ids)
        on_page = {PAGE: Inside(page)}
        mine = found.with_user(self.anna).with_context(**on_page)
        others = hidden.with_user(self.anna).with_context(**on_page)
        self.assertTrue(mine.has_access("read"))
        self.assertFalse((mine | others).has_access("read"))
        self.assertFalse(mine.with_user(self.boris).has_access("read"))
        with self.assertRaises(AccessError):
            others.check_access("read")
        said = {PAGE: {"found": {reader: set(hidden.ids)}}}
        self.assertFalse(others.with_context(**said).has_access("read"))

    def test_a_page_shows_no_field_that_its_reader_may_not_read(self):
        self.make_conversation()
        tickets = self.env["helpdesk.ticket"].with_user(self.anna)
        tickets.web_search_read([], {"sender": {}, "can_take": {}})
        with self.assertRaises(AccessError):
            tickets.web_search_read([], {"sender": {}, "about_key": {}})

    def test_a_page_with_its_lines_is_one_query(self):
        """What decides about each line is fetched with the page."""
        self.make_conversation(user_id=self.boris.id)
        names = ["sender", "next_moment", "holder_id", "can_take", "waiting_since"]

        def fetch_page():
            self.env.flush_all()
            self.env.invalidate_all()
            tickets = self.env["helpdesk.ticket"].with_user(self.boris)
            domain = [("queue", "in", ["mine", "team", "department"])]
            with patch.object(Cursor, "execute", autospec=True) as execute:
                execute.side_effect = real
                tickets.web_search_read(domain, dict.fromkeys(names, {}), limit=5)
            statements = [str(call.args[1]) for call in execute.call_args_list]
            return [one for one in statements if 'FROM "helpdesk_ticket" ' in one]

        real = Cursor.execute
        fetch_page()
        found = fetch_page()
        self.assertEqual(len(found), 1, "\n".join(found))

    def test_what_ends_first_stands_first_then_what_waits_longest(self):
        late = self.make_conversation(exclusive_until=self.now + 90 * MINUTE)
        soon = self.make_conversation(exclusive_until=self.now + 10 * MINUTE)
        young = self.make_conversation(exclusive_until=False)
        old = self.make_conversation(exclusive_until=False)
        old.inquiry_ids.received_at = self.now - WINDOW
        view = self.env.ref("audiomania_routing.helpdesk_ticket_view_list_queue")
        order = etree.fromstring(view.arch).get("default_order")
        found = self.env["helpdesk.ticket"].with_user(self.anna)
        found = found.search([("queue", "=", "mine")], order=order)
        self.assertEqual(found.ids, (soon | late | old | young).ids)

    def test_time_left_is_until_the_next_rung(self):
        ticket = self.make_conversation()
        self.assertEqual(ticket.next_moment, self.now + WINDOW)
        self.at(WINDOW)
        self.assertEqual(ticket.next_moment, self.now + 2 * WINDOW)
        self.at(2 * WINDOW)
        self.assertFalse(ticket.next_moment)

    def test_who_has_it_is_the_addressee_in_the_window_and_then_who_took_it(self):
        ticket = self.make_conversation()
        self.assertEqual(ticket.holder_id, self.anna)
        self.at(WINDOW)
        self.assertFalse(ticket.holder_id)
        ticket.with_user(self.boris).action_take()
        self.assertEqual(ticket.holder_id, self.boris)

    def test_a_longer_page_costs_no_more_queries(self):
        names = ["queue", "sender", "excerpt", "next_moment", "holder_id", "can_take"]
        names += ["can_work_out", "can_undo_no_action"]

        def count_queries(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["helpdesk.ticket"].with_user(user).web_search_read(
                [("inquiry_state", "=", "pending")],
                dict.fromkeys(names, {}),
                limit=limit,
            )
            return self.env.cr.sql_log_count - before

        for _each in range(4):
            self.make_conversation(user_id=self.boris.id)
        for user in (self.anna, self.boris, self.chief):
            with self.subTest(user.login):
                count_queries(1)
                self.assertEqual(count_queries(2), count_queries(4))

    def test_its_conditions_are_put_in_order_once(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.boris)
        domain = tickets._get_whole_queue_domain()
        tickets.search(domain)
        with patch.object(ReadyDomain, "_put_in_order") as again:
            tickets.search(domain)
        again.assert_not_called()
        self.assertIs(tickets._get_whole_queue_domain(), domain)

    def test_a_condition_that_would_stand_still_is_refused(self):
        for condition in (
            Domain("waiting_since", ">", "now"),
            Domain("team_id.name", "=", "Sales"),
            Domain("inquiry_ids", "any", [("state", "=", "pending")]),
        ):
            with self.subTest(str(condition)), self.assertRaises(ValueError):
                ReadyDomain(condition)

    def test_only_headings_that_there_are_are_kept(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.boris)
        names = [f"none {number}" for number in range(3)]
        with patch.object(self.registry["helpdesk.ticket"], "_get_queue_domain") as get:
            self.assertFalse(tickets.search([("queue", "in", names)]))
        get.assert_not_called()

    def test_its_conditions_are_shown_as_they_were_written(self):
        begun = Domain("team_visible_from", "<=", "now")
        mine = Domain("user_id", "=", self.boris.id)
        self.assertEqual(repr(ReadyDomain(begun & mine)), repr(begun & mine))

    def test_what_was_put_in_order_goes_with_the_clock_and_the_teams(self):
        ticket = self.make_conversation()
        domain = ReadyDomain(
            Domain("team_visible_from", "<=", "now") & Domain("id", "=", ticket.id)
        )
        tickets = self.env["helpdesk.ticket"]
        for moment, found in ((timedelta(), tickets), (WINDOW, ticket)):
            self.at(moment)
            self.assertEqual(tickets.search(domain), found)
            self.assertEqual(ticket.filtered_domain(domain), found)
            self.assertEqual(
                tickets.search(~domain & Domain("id", "=", ticket.id)), ticket - found
            )
        self.assertEqual(self.get_queue(self.boris)["team"], ticket)
        ticket.team_id.user_ids -= self.boris
        self.assertFalse(any(self.get_queue(self.boris).values()))

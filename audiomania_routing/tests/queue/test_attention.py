# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from lxml import etree

from odoo.tests import tagged

from ..conversation.common import WINDOW, ConversationCase

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ORDER = "attention_rank, attention_at, id"


@tagged("post_install", "-at_install")
class TestAttention(ConversationCase):
    """What needs attention first, and in which state a conversation is."""

    def tickets(self, user):
        return self.env["helpdesk.ticket"].with_user(user)

    def promise(self, ticket, until):
        ticket.with_user(self.anna)._promise(until)

    def assert_state(self, ticket, state, user=None):
        """Computed and searched by one who may read it, to the same effect."""
        user = user or self.chief
        ticket.invalidate_recordset()
        self.assertEqual(ticket.with_user(user).attention_state, state)
        found = self.tickets(user).search([("attention_state", "=", state)])
        self.assertIn(ticket, found)
        others = self.tickets(user).search([("attention_state", "!=", state)])
        self.assertNotIn(ticket, others)

    def test_the_state_moves_on_with_the_clock_and_needs_no_job(self):
        ticket = self.make_conversation()
        self.assert_state(ticket, "reserved")
        self.at(WINDOW)
        self.assert_state(ticket, "team")
        self.at(2 * WINDOW)
        self.assert_state(ticket, "department")

    def test_taken_it_is_being_worked_on_and_answered_it_is_worked_out(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_take()
        self.assert_state(ticket, "taken")
        self.reply(ticket, self.anna)
        self.assert_state(ticket, "worked_out")

    def test_promised_it_rests_until_it_comes_back_to_who_promised(self):
        ticket = self.make_conversation()
        self.promise(ticket, self.now + 2 * DAY)
        self.assert_state(ticket, "promised")
        self.at(2 * DAY - 10 * MINUTE)
        self.assert_state(ticket, "taken")
        self.at(2 * DAY)
        self.assert_state(ticket, "taken")

    # The order

    def get_order(self, user, queue="mine"):
        return self.tickets(user).search([("queue", "=", queue)], order=ORDER)

    def test_what_ends_first_stands_first_then_what_waits_longest(self):
        late = self.make_conversation(exclusive_until=self.now + 90 * MINUTE)
        soon = self.make_conversation(exclusive_until=self.now + 10 * MINUTE)
        young = self.make_conversation(exclusive_until=False)
        old = self.make_conversation(exclusive_until=False)
        old.inquiry_ids.received_at = self.now - WINDOW
        self.assertEqual(self.get_order(self.anna).ids, (soon | late | old | young).ids)

    def test_a_window_that_is_over_puts_nothing_before_what_waits_longer(self):
        old = self.make_conversation(
            addressee_id=False, exclusive_until=False, team_visible_from=self.now
        )
        old.inquiry_ids.received_at = self.now - WINDOW
        missed = self.make_conversation()
        self.at(WINDOW)
        self.assertEqual(self.get_order(self.boris, "team").ids, (old | missed).ids)

    def test_a_missed_promise_stands_first_and_one_for_later_last(self):
        missed = self.make_conversation()
        self.promise(missed, self.now + 2 * DAY)
        rests = self.make_conversation()
        self.promise(rests, self.now + 7 * DAY)
        self.at(2 * DAY + HOUR)
        window = {"exclusive_until": self.now + 2 * DAY + 2 * HOUR}
        reserved = self.make_conversation(**window)
        waits = self.make_conversation(exclusive_until=False)
        self.assertEqual(
            self.get_order(self.anna).ids, (missed | reserved | waits | rests).ids
        )

    def test_what_was_not_answered_in_time_stands_before_what_waits(self):
        waits = self.make_conversation(exclusive_until=False)
        taken = self.make_conversation(user_id=self.anna.id)
        taken.answer_due_at = self.now + MINUTE
        self.assertEqual(self.get_order(self.anna).ids, (waits | taken).ids)
        self.at(HOUR)
        self.assertEqual(self.get_order(self.anna).ids, (taken | waits).ids)

    def test_rank_and_moment_of_a_row_are_those_of_the_query(self):
        self.make_conversation()
        self.promise(self.make_conversation(), self.now + DAY)
        self.make_conversation(user_id=self.anna.id).answer_due_at = self.now
        self.make_conversation(exclusive_until=False)
        for delta in (timedelta(), HOUR, 3 * HOUR, DAY - MINUTE, DAY):
            self.at(delta)
            found = self.tickets(self.chief).search([], order=ORDER)
            keys = [(one.attention_rank, one.attention_at, one.id) for one in found]
            self.assertEqual(keys, sorted(keys))

    def test_every_list_of_what_waits_has_this_order(self):
        for name in ("list_queue", "kanban_queue"):
            view = self.env.ref(f"audiomania_routing.helpdesk_ticket_view_{name}")
            self.assertEqual(etree.fromstring(view.arch).get("default_order"), ORDER)

    def test_what_comes_next_is_what_the_list_shows_first(self):
        self.make_conversation(exclusive_until=False)
        soon = self.make_conversation()
        self.assertEqual(self.tickets(self.anna)._get_next_in_queue(), soon)

    # Colours and the bar

    def test_the_bar_counts_down_to_the_next_rung_the_answer_or_the_promise(self):
        ticket = self.make_conversation()
        self.assertEqual(ticket.attention_until, self.now + WINDOW)
        ticket.user_id, ticket.answer_due_at = self.anna, self.now + HOUR
        self.assertEqual(ticket.attention_until, self.now + HOUR)
        self.promise(ticket, self.now + DAY)
        self.assertEqual(ticket.attention_until, self.now + DAY)

    def test_it_is_soon_in_the_last_quarter_and_late_after_the_last_moment(self):
        ticket = self.make_conversation(supervisors_alerted_from=self.now + 3 * WINDOW)
        self.assertEqual(ticket.attention_level, "calm")
        self.at(WINDOW - 29 * MINUTE)
        self.assertEqual(ticket.attention_level, "soon")
        self.at(3 * WINDOW)
        self.assertEqual(ticket.attention_level, "late")
        self.reply(ticket, self.anna)
        self.assertFalse(ticket.attention_level)

    def test_a_promise_rests_until_it_is_missed(self):
        ticket = self.make_conversation()
        self.promise(ticket, self.now + DAY)
        self.assertEqual(ticket.attention_level, "rest")
        self.at(DAY)
        self.assertEqual(ticket.attention_level, "late")

    def test_a_customer_reads_nothing_of_it(self):
        ticket = self.make_conversation()
        portal = self.make_user("portal", groups=None)
        portal.group_ids = self.env.ref("base.group_portal")
        self.assertFalse(ticket.with_user(portal).sudo().attention_level)

    # Columns of the kanban

    def get_columns(self, user, domain=(), **context):
        answer = (
            self.tickets(user)
            .with_context(read_group_expand=True, **context)
            .web_read_group(
                [("inquiry_state", "!=", "none"), *domain],
                ["attention_state"],
                ["__count"],
                order=ORDER,
                auto_unfold=True,
                unfold_read_specification={"name": {}},
            )
        )
        return {
            group["attention_state"]: [one["id"] for one in group["__records"]]
            for group in answer["groups"]
        }

    def test_the_kanban_has_a_column_for_each_open_state_in_their_order(self):
        first = self.make_conversation()
        soon = self.make_conversation(exclusive_until=self.now + MINUTE)
        taken = self.make_conversation(user_id=self.anna.id)
        columns = self.get_columns(self.chief)
        self.assertEqual(
            columns,
            {
                "reserved": [soon.id, first.id],
                "team": [],
                "department": [],
                "taken": [taken.id],
                "promised": [],
            },
        )
        self.assertEqual(
            list(columns), ["reserved", "team", "department", "taken", "promised"]
        )

    def test_worked_out_ones_have_no_empty_columns_beside_them(self):
        ticket = self.make_conversation()
        self.reply(ticket, self.anna)
        columns = self.get_columns(
            self.chief, [("id", "=", ticket.id)], routing_worked_out=True
        )
        self.assertEqual(columns, {"worked_out": ticket.ids})

    def test_a_column_counts_what_its_reader_may_see(self):
        self.make_conversation()
        self.assertFalse(any(self.get_columns(self.boris).values()))

    def test_every_label_of_a_state_is_there(self):
        states = dict(self.env["helpdesk.ticket"]._get_attention_states())
        field = self.env["helpdesk.ticket"].fields_get(["attention_state"])
        self.assertEqual(dict(field["attention_state"]["selection"]), states)
        self.assertTrue(field["attention_state"]["groupable"])

    def test_a_longer_page_costs_no_more_queries(self):
        names = ["attention_state", "attention_level", "attention_until", "sender"]

        def count_queries(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.tickets(self.anna).web_search_read(
                [("inquiry_state", "=", "pending")],
                dict.fromkeys(names, {}),
                limit=limit,
                order=ORDER,
            )
            return self.env.cr.sql_log_count - before

        for _each in range(4):
            self.make_conversation()
        count_queries(1)
        self.assertEqual(count_queries(2), count_queries(4))

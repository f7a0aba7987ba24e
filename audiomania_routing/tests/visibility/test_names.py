# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..conversation.common import WINDOW
from .common import SECRET, VisibilityCase


@tagged("post_install", "-at_install")
class TestNames(VisibilityCase):
    """Where a hidden conversation is named, only its number stands."""

    def setUp(self):
        super().setUp()
        self.open = self.make_conversation(
            name="An open one", team_visible_from=self.now, exclusive_until=False
        )

    def link(self):
        """What own may read is a duplicate of what he may not read."""
        ticket = self.open.with_context(
            tracking_disable=False, mail_create_nolog=False, mail_notrack=False
        )
        self.cr.flush()
        ticket.duplicate_id = self.ticket
        self.cr.flush()
        self.env.invalidate_all()

    def test_a_link_to_a_hidden_one_shows_its_number(self):
        self.link()
        read = {"duplicate_id": {"fields": {"display_name": {}}}}
        for user in self.colleagues:
            shown = self.open.with_user(user).web_read(read)[0]["duplicate_id"]
            self.assertEqual(shown["display_name"], self.ticket.number)
        shown = self.open.with_user(self.chief).web_read(read)[0]["duplicate_id"]
        self.assertEqual(shown["display_name"], f"{self.ticket.number} - {SECRET}")

    def test_fields_of_a_linked_hidden_one_are_refused(self):
        self.link()
        ticket = self.open.with_user(self.own)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                ticket.web_read({"duplicate_id": {"fields": {"name": {}}}})
            with self.assertRaises(AccessError):
                ticket.export_data(["duplicate_id/name"])

    def test_an_onchange_gives_no_more(self):
        ticket = self.env["helpdesk.ticket"].with_user(self.own)
        spec = {"duplicate_id": {"fields": {"display_name": {}}}}
        values = {"duplicate_id": self.ticket.id}
        self.assertNotIn(SECRET, str(ticket.onchange(values, ["duplicate_id"], spec)))

    def test_groups_by_a_linked_hidden_one_show_its_number(self):
        self.link()
        domain = [("id", "=", self.open.id)]
        tickets = self.env["helpdesk.ticket"].with_user(self.own)
        groups = tickets.formatted_read_group(domain, ["duplicate_id"], ["__count"])
        self.assertEqual(
            groups[0]["duplicate_id"], (self.ticket.id, self.ticket.number)
        )
        by_its_subject = tickets.formatted_read_group(
            domain, ["duplicate_id.name"], ["__count"]
        )
        self.assertNotIn(SECRET, str(by_its_subject))

    def test_filtering_and_ordering_by_fields_of_a_hidden_one_tell_nothing(self):
        self.link()
        tickets = self.env["helpdesk.ticket"].with_user(self.own)
        for leaf in (
            ("duplicate_id.name", "=", SECRET),
            ("duplicate_id", "ilike", SECRET),
            ("duplicate_id", "any", [("name", "=", SECRET)]),
            ("duplicate_id.excerpt", "ilike", "green"),
            ("duplicate_id.inquiry_ids.subject", "=", SECRET),
        ):
            self.assertFalse(tickets.search([leaf]), leaf)
            self.assertTrue(
                self.env["helpdesk.ticket"].with_user(self.chief).search([leaf]), leaf
            )
        with self.assertRaises(ValueError):
            tickets.search([], order="duplicate_id.name")

    def test_the_history_of_one_names_another_by_its_number(self):
        self.link()
        tracked = self.open.message_ids.tracking_value_ids.filtered(
            lambda value: value.field_id.name == "duplicate_id"
        )
        self.assertEqual(tracked.new_value_char, self.ticket.number)

    def test_the_refusal_in_debug_mode_tells_the_number_only(self):
        users = type(self.env["res.users"])
        has_group = users.has_group

        def in_debug_mode(user, group):
            return group == "base.group_no_one" or has_group(user, group)

        for user in (*self.colleagues, self.clerk):
            with (
                patch.object(users, "has_group", in_debug_mode),
                mute_logger("odoo.addons.base.models.ir_rule"),
                self.assertRaises(AccessError) as refusal,
            ):
                self.ticket.with_user(user).read(["name"])
            self.assertIn(self.ticket.number, str(refusal.exception))
            self.assertNotIn(SECRET, str(refusal.exception))

    def test_what_hangs_on_it_names_it_by_its_number(self):
        self.furnish(self.own)
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", self.ticket.id)]
        )
        self.env.invalidate_all()
        reader = self.message.with_user(self.own).sudo()
        self.assertEqual(reader.record_name, self.ticket.number)
        self.env.invalidate_all()
        self.assertIn(SECRET, self.message.with_user(self.anna).sudo().record_name)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                attachment.with_user(self.own).read(["res_name"])

    def test_the_system_and_readers_use_its_whole_name(self):
        self.at(WINDOW)
        whole = f"{self.ticket.number} - {SECRET}"
        self.assertEqual(self.ticket.sudo().display_name, whole)
        self.assertEqual(self.ticket.with_user(self.own).display_name, whole)
        self.assertEqual(self.ticket.with_user(self.own).sudo().display_name, whole)

    def test_names_of_n_and_2n_conversations_cost_the_same(self):
        tickets = self.env["helpdesk.ticket"].union(
            *(self.make_conversation() for _each in range(6))
        )

        def count_queries(some):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.own).sudo().mapped("display_name")
            return self.env.cr.sql_log_count - before

        count_queries(tickets)
        self.assertEqual(count_queries(tickets[:3]), count_queries(tickets))

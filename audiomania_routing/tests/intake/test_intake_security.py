# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .entries import IntakeCase

HOST = "helpdesk_mgmt"
OTHERS = (
    f"{HOST}.group_helpdesk_user_own",
    f"{HOST}.group_helpdesk_user_team",
    f"{HOST}.group_helpdesk_user",
    "base.group_user",
    "base.group_portal",
    "base.group_public",
)
OF_ENTRIES = (
    "action_retry",
    "action_make_conversation",
    "action_make_inquiry",
    "action_always_inquiry",
    "action_never",
    "action_open_result",
)


@tagged("post_install", "-at_install")
class TestIntakeSecurity(IntakeCase):
    """Incoming e-mail is for helpdesk managers and system administrators."""

    def setUp(self):
        super().setUp()
        self.failed = self.receive_failing()
        self.aside = self.receive_aside()
        self.entries = self.failed + self.aside
        self.rule = self.env["mail.intake.sender"].create({"address": "a@b.example"})

    def make_other_user(self, group):
        return new_test_user(
            self.env,
            f"{group}@hifi.example",
            groups=group,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def assert_refused(self, user, records, name, *args):
        with self.assertRaises(AccessError, msg=name):
            getattr(records.with_user(user), name)(*args)
        self.env.invalidate_all()

    def test_nobody_else_reads_or_works_on_letters(self):
        for group in OTHERS:
            user = self.make_other_user(group)
            with self.subTest(group):
                self.assert_refused(user, self.entries, "search", [])
                self.assert_refused(user, self.entries, "read", ["subject"])
                self.assert_refused(user, self.entries, "read", ["preview"])
                for name in OF_ENTRIES:
                    self.assert_refused(user, self.aside, name)
        self.assertEqual(self.entries.mapped("outcome"), ["failed", "spam"])

    def test_nobody_else_says_anything_of_a_sender(self):
        for group in OTHERS:
            user = self.make_other_user(group)
            with self.subTest(group):
                self.assert_refused(user, self.rule, "read", ["address"])
                self.assert_refused(user, self.rule, "write", {"treatment": "inquiry"})
                self.assert_refused(
                    user, self.rule, "create", {"address": "@c.example"}
                )
                self.assert_refused(user, self.rule, "unlink")
                self.assert_refused(user, self.rule, "action_take_earlier")

    def test_managers_and_administrators_read_and_work_on_them(self):
        for user in (self.manager, self.system):
            with self.subTest(user.login):
                entries = self.entries.with_user(user)
                self.assertEqual(len(entries.read(["subject", "preview"])), 2)
                entries.search([("set_aside", "=", True)]).web_search_read([], {})
                self.rule.with_user(user).write({"note": "Seen"})
        self.call(self.manager, self.failed, "action_retry")
        self.call(self.system, self.aside, "action_make_inquiry")
        self.assertEqual(self.entries.mapped("outcome"), ["new", "new"])

    def test_nobody_changes_an_entry_by_hand(self):
        for user in (self.manager, self.system):
            self.assert_refused(user, self.failed, "write", {"outcome": "spam"})
            self.assert_refused(user, self.failed, "unlink")

    def test_the_bytes_are_for_administrators(self):
        self.assert_refused(self.manager, self.failed, "read", ["original"])
        self.assertTrue(self.failed.with_user(self.system).read(["original"]))

    def test_letters_of_another_company_are_its_own(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        self.aside.company_id = other
        self.rule.company_id = other
        for user in (self.manager, self.system):
            with self.subTest(user.login):
                self.assert_refused(user, self.aside, "read", ["subject"])
                self.assert_refused(user, self.aside, "action_make_inquiry")
                self.assert_refused(user, self.rule, "write", {"note": "Mine"})

    def test_what_is_of_no_company_is_everybodys_who_may_act(self):
        self.aside.company_id = False
        self.assertTrue(self.aside.with_user(self.manager).has_access("read"))

    def test_what_was_written_to_a_company_is_that_companys(self):
        self.alias_domain.company_ids = self.company
        entry = self.receive_aside()
        self.assertEqual(entry.company_id, self.company)
        other = self.env["res.company"].create({"name": "Another shop"})
        self.manager.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        there = entry.with_context(allowed_company_ids=other.ids)
        self.assertFalse(there.with_user(self.manager).has_access("read"))

    def test_the_text_of_another_applications_letter_is_not_shown(self):
        partners = self.env["ir.model"]._get("res.partner")
        self.env["mail.alias"].create(
            {
                "alias_name": "jobs",
                "alias_model_id": partners.id,
                "alias_domain_id": self.alias_domain.id,
            }
        )
        self.receive("jobs@hifi.example", sender="a@stranger.example")
        entry = self.env["mail.intake.entry"].search([], limit=1)
        self.assertEqual(entry.res_model, "res.partner")
        self.assertFalse(entry.with_user(self.manager).preview)
        self.assertTrue(self.aside.with_user(self.manager).preview)

    def test_every_view_opens_for_a_manager(self):
        for kind in ("list", "form", "search", "graph", "pivot"):
            with self.subTest(kind):
                entries = self.env["mail.intake.entry"].with_user(self.manager)
                self.assertTrue(entries.get_views([(False, kind)]))
        for group in ("outcome", "sender_email", "server_id", "source", "cause"):
            with self.subTest(group):
                groups = entries.web_read_group([], [group], ["__count"])
                self.assertTrue(groups["groups"])
        self.assertTrue(
            entries.search_panel_select_range("outcome", enable_counters=True)
        )

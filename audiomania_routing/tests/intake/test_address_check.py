# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from .entries import IntakeCase

TEAM = "headphones@hifi.example"
VINYL = "vinyl@hifi.example"


@tagged("post_install", "-at_install")
class TestAddressCheck(IntakeCase):
    """Whether a letter to each address of ours reaches somebody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vinyl.alias_name = "vinyl"
        cls.department.user_ids = cls.chief

    def check(self, address=TEAM):
        """The check of an address, made anew."""
        checks = self.env["mail.address.check"].with_company(self.company)
        checks._rebuild()
        return checks.search([("address", "=", address)])

    def assert_check(self, address, state, sentence="", reaches=None):
        check = self.check(address)
        self.assertEqual(check.state, state, check.sentence)
        self.assertIn(sentence, check.sentence or "")
        if reaches:
            self.assertEqual(check.reaches, reaches)
        return check

    # Teams

    def test_the_address_of_a_team_reaches_it(self):
        check = self.assert_check(TEAM, "ok", reaches="Team Sales / Headphones")
        self.assertFalse(check.sentence)
        self.assertTrue(check.is_public)
        self.assertEqual(check.place_ids.mapped("res_model"), ["helpdesk.ticket.team"])

    def test_a_team_without_members_reaches_nobody(self):
        self.headphones.user_ids = False
        self.assert_check(TEAM, "nobody", "has no members")

    def test_members_who_left_are_no_members(self):
        self.headphones.user_ids = self.anna
        self.anna.active = False
        self.assert_check(TEAM, "nobody", "No member")

    def test_members_without_the_right_reach_nobody(self):
        self.headphones.user_ids = self.make_user("clerk", groups="")
        self.assert_check(TEAM, "nobody", "may work with conversations")

    def test_an_archived_team_reaches_nobody(self):
        self.headphones.active = False
        self.assert_check(TEAM, "nobody", "is archived")

    def test_an_alias_without_a_team_goes_to_the_department(self):
        alias = self.headphones.alias_id
        alias.alias_defaults = "{}"
        self.assert_check(
            TEAM, "warning", "belongs to no team", reaches="Department Sales"
        )

    def test_a_department_is_reached_by_members_of_its_teams(self):
        self.department.alias_name = "desk"
        self.department.user_ids = False
        self.assert_check("desk@hifi.example", "ok", reaches="Team Sales")

    def test_an_address_for_known_people_only_is_looked_at(self):
        self.headphones.alias_id.alias_contact = "partners"
        self.assert_check(TEAM, "warning", "strangers")

    def test_letters_that_nobody_works_out_are_looked_at(self):
        self.receive()
        self.assert_check(TEAM, "ok")
        self.at(timedelta(days=2))
        self.assert_check(TEAM, "ok")
        self.at(timedelta(days=3))
        self.assert_check(TEAM, "warning", "1 letters have waited")

    def test_what_was_promised_for_later_does_not_count(self):
        ticket = self.receive()
        ticket.inquiry_ids.promised_for = self.now + timedelta(days=30)
        self.at(timedelta(days=3))
        self.assert_check(TEAM, "ok")

    def test_a_weekend_is_no_working_time(self):
        self._freeze(self.now + timedelta(days=4))
        self.receive()
        self.at(timedelta(days=7))
        self.assert_check(TEAM, "ok")

    # Others

    def test_the_letters_of_an_employee_reach_him(self):
        self.assert_check("anna@hifi.example", "ok", reaches="Anna")

    def test_without_a_part_in_the_help_desk_the_department_gets_them(self):
        self.make_user("clerk", groups="")
        self.assert_check("clerk@hifi.example", "ok", reaches="Department Sales")

    def test_addresses_of_the_domain_reach_the_department(self):
        self.assert_check("catchall@hifi.example", "ok", reaches="Department Sales")
        self.assert_check("bounce@hifi.example", "ok")

    def test_a_department_without_people_reaches_nobody(self):
        (self.department | self.headphones | self.vinyl).user_ids = False
        self.assert_check("catchall@hifi.example", "nobody", "has no members")

    def test_the_alias_of_another_application_is_its_own(self):
        alias = self.make_alias("jobs")
        self.assert_check("jobs@hifi.example", "ok", reaches="Contact")
        document = self.make_customer("Document")
        alias.alias_force_thread_id = document.id
        self.assert_check("jobs@hifi.example", "ok")
        document.unlink()
        self.assert_check("jobs@hifi.example", "nobody", "is gone")

    def make_alias(self, name):
        return self.env["mail.alias"].create(
            {
                "alias_name": name,
                "alias_model_id": self.env["ir.model"]._get("res.partner").id,
                "alias_domain_id": self.alias_domain.id,
            }
        )

    def test_the_address_of_the_company_elsewhere_is_looked_at(self):
        self.company.email = "shop@mail.example"
        self.assert_check("shop@mail.example", "warning", "not in a domain of ours")

    # Where addresses stand

    def make_template(self, **values):
        return self.env["mail.template"].create(
            {
                "name": "Offer",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                **values,
            }
        )

    def test_an_address_in_a_template_that_is_nobodys_is_named_with_its_place(self):
        template = self.make_template(body_html="<p>Write to info@hifi.example!</p>")
        check = self.assert_check("info@hifi.example", "warning", "It is no alias")
        self.assertEqual(check.place_ids.name, "Offer")
        action = self.call(self.manager, check.place_ids, "action_open")
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("mail.template", template.id)
        )

    def test_each_field_of_a_template_is_read(self):
        for name in ("email_from", "reply_to", "email_cc", "body_html"):
            with self.subTest(name):
                self.make_template(**{name: f"X <{name}@hifi.example>"})
                self.assertTrue(self.check(f"{name}@hifi.example"))

    def test_every_language_is_read(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        template = self.make_template(body_html="<p>No address</p>")
        template.with_context(lang="ru_RU").body_html = "<p>na@hifi.example</p>"
        self.assertTrue(self.check("na@hifi.example"))

    def test_an_archived_template_is_not_read(self):
        self.make_template(body_html="old@hifi.example", active=False)
        self.assertFalse(self.check("old@hifi.example"))

    def test_a_page_or_report_is_read(self):
        self.env["ir.ui.view"].create(
            {
                "name": "Contact us",
                "type": "qweb",
                "arch": '<t t-name="x"><a href="mailto:Ask@Hifi.example">us</a></t>',
            }
        )
        check = self.assert_check("ask@hifi.example", "warning")
        self.assertEqual(check.place_ids.kind, "page")

    def test_the_footer_of_a_company_is_read(self):
        self.company.report_footer = "<p>office@hifi.example</p>"
        check = self.assert_check("office@hifi.example", "warning")
        self.assertEqual(check.place_ids.kind, "company")

    def test_addresses_of_others_are_not_ours(self):
        self.make_template(
            body_html="a@hifi.example.evil b@xhifi.example c@hifi.examples"
        )
        self.env["mail.address.check"]._rebuild()
        addresses = self.env["mail.address.check"].search([]).mapped("address")
        for address in addresses:
            self.assertNotRegex(address, "^[abc]@")

    def test_an_address_to_which_letters_arrive_is_well(self):
        self.make_template(body_html="info@hifi.example")
        self.receive("info@hifi.example")
        check = self.assert_check("info@hifi.example", "ok", reaches="Department Sales")
        self.assertEqual(check.last_letter_at, self.now)

    def test_an_address_that_says_no_reply_is_looked_at(self):
        self.make_template(email_from="no-reply@hifi.example")
        self.receive("no-reply@hifi.example")
        self.assert_check("no-reply@hifi.example", "warning", "nobody reads it")

    def test_who_left_is_named_where_his_address_stands(self):
        self.make_template(reply_to="vera@hifi.example")
        self.vera.active = False
        self.vera.with_context(active_test=False).employee_ids.active = False
        self.assert_check("vera@hifi.example", "warning", "works here no more")

    # Mailboxes

    def make_mailbox(self, **values):
        server = self.env["fetchmail.server"].create(
            {
                "name": "Shop",
                "server_type": "imap",
                "server": "imap.example",
                "user": "box@hifi.example",
                "state": "done",
                "date": self.now,
                **values,
            }
        )
        server._update_cron()
        return server

    def assert_mailbox(self, state, sentence=""):
        return self.assert_check("box@hifi.example", state, sentence)

    def test_a_mailbox_that_is_asked_is_well(self):
        self.make_mailbox()
        self.assert_mailbox("ok")

    def test_a_mailbox_without_an_address_is_named_by_its_server(self):
        self.make_mailbox(user="box")
        self.assertTrue(self.check("box@imap.example"))

    def test_a_mailbox_that_is_not_confirmed_or_stopped(self):
        server = self.make_mailbox(state="draft")
        self.assert_mailbox("nobody", "not confirmed")
        server.write({"state": "done", "active": False})
        self.assert_mailbox("nobody", "is stopped")

    def test_the_job_that_fetches_is_stopped(self):
        self.make_mailbox()
        self.env.ref("mail.ir_cron_mail_gateway_action").active = False
        self.assert_mailbox("nobody", "The job")

    def test_a_mailbox_that_was_not_asked_for_hours(self):
        self.make_mailbox(date=self.now - timedelta(hours=3))
        self.assert_mailbox("warning", "has not been asked")

    def test_a_mailbox_that_fails(self):
        server = self.make_mailbox(error_date=self.now, error_message="Bad password")
        self.assert_mailbox("warning", "Bad password")
        server.error_date = self.now - timedelta(days=2)
        self.assert_mailbox("nobody", "Bad password")

    def test_a_mailbox_that_has_been_silent_for_long(self):
        server = self.make_mailbox()
        self.env.cr.execute(
            "UPDATE fetchmail_server SET create_date = %s WHERE id = %s",
            (self.now - timedelta(days=8), server.id),
        )
        server.invalidate_recordset()
        self.assert_mailbox("warning", "for 7 days")
        self.receive()
        self.get_entry().server_id = server
        self.assert_mailbox("ok")

    def test_a_mailbox_whose_letters_nobody_works_out(self):
        server = self.make_mailbox()
        self.receive()
        self.get_entry().server_id = server
        self.at(timedelta(days=3))
        server.date = fields.Datetime.now()
        self.assert_mailbox("warning", "have waited")

    # The list

    def test_what_is_there_no_more_is_checked_no_more(self):
        self.assertTrue(self.check(VINYL))
        self.vinyl.alias_name = "records"
        self.assertFalse(self.check(VINYL))
        self.assertTrue(self.check("records@hifi.example"))

    def test_the_worst_stand_first(self):
        self.vinyl.user_ids = False
        self.check()
        first = self.env["mail.address.check"].search([], limit=1)
        self.assertEqual(first.state, "nobody")

    def test_nothing_is_written_where_nothing_changed(self):
        check = self.check()
        before = check.place_ids
        self.assertEqual(self.check(), check)
        self.assertEqual(check.place_ids, before)

    def test_twice_as_many_addresses_cost_no_more_questions(self):
        def add(prefix):
            for number in range(5):
                self.make_alias(f"{prefix}{number}")
                self.make_template(body_html=f"t{prefix}{number}@hifi.example")
                self.make_team(
                    f"{prefix}{number}",
                    [self.anna],
                    parent=self.department,
                    alias_name=f"team{prefix}{number}",
                )

        def count():
            self.check()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["mail.address.check"]._rebuild()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        add("a")
        first = count()
        add("b")
        self.assertEqual(count(), first)

    # Alerts

    def test_an_address_that_turned_bad_is_told_once_until_it_is_mended(self):
        self.check()
        with trap_alerts(self) as trap:
            self.headphones.user_ids = False
            check = self.check()
            trap.assert_alerted(self.system, "address_reaches_nobody", check)
            trap.assert_not_alerted(self.manager, "address_reaches_nobody")
        with trap_alerts(self) as trap:
            self.check()
            trap.assert_not_alerted(self.system)
            self.headphones.user_ids = self.anna
            self.check()
            trap.assert_withdrawn(self.system, "address_reaches_nobody", check)
            self.headphones.user_ids = False
            self.check()
            trap.assert_alerted(self.system, "address_reaches_nobody", check)

    # Who may

    def test_managers_and_administrators_open_it(self):
        for user in (self.manager, self.system):
            action = self.env["mail.address.check"].with_user(user).action_open_checks()
            self.assertEqual(action["res_model"], "mail.address.check")
            checks = self.env["mail.address.check"].with_user(user).search([])
            self.assertIn(TEAM, checks.mapped("address"))
            checks.read(["probe_state", "plus_state", "place_ids"])
            for kind in ("list", "form", "search"):
                self.assertTrue(checks.get_views([(False, kind)]))

    def test_the_menu_opens_it(self):
        action = self.env.ref("audiomania_routing.mail_address_check_action_open")
        opened = action.with_user(self.manager).run()
        self.assertEqual(opened["res_model"], "mail.address.check")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_nobody_else_does(self):
        check = self.check()
        for user in (self.anna, self.chief, self.make_user("clerk", groups="")):
            for name in ("action_open_checks", "action_rebuild", "action_probe"):
                with self.subTest((user.login, name)), self.assertRaises(AccessError):
                    getattr(check.with_user(user), name)()
            for records in (check, check.place_ids):
                with self.assertRaises(AccessError):
                    records.with_user(user).read([])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_addresses_of_another_company_are_its_own(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        check = self.check()
        check.company_id = other
        for records in (check, check.place_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.manager).read(["display_name"])

    def test_a_place_that_one_may_not_open_says_so(self):
        view = self.env["ir.ui.view"].create(
            {
                "name": "Contact us",
                "type": "qweb",
                "arch": '<t t-name="x">ask@hifi.example</t>',
            }
        )
        place = self.check("ask@hifi.example").place_ids
        self.assertEqual(place.res_id, view.id)
        with self.assertRaisesRegex(UserError, "Contact us"):
            self.call(self.manager, place, "action_open")

    def test_limits_of_nothing_are_refused(self):
        for name in ("mailbox_quiet_days", "pending_working_days", "probe_hours"):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.env["res.config.settings"].create({name: 0})

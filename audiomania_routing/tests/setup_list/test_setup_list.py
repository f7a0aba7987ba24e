# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..intake.entries import IntakeCase

MINUTE = timedelta(minutes=1)


@tagged("post_install", "-at_install")
class TestSetupList(IntakeCase):
    """Each step looks at what is there, and is open again when that is gone."""

    def get_step(self, code, user=None):
        step = self.env.ref(f"audiomania_routing.setup_step_{code}")
        step.invalidate_recordset()
        return step.with_user(user or self.manager).with_company(self.company)

    def assert_open(self, code, *words):
        step = self.get_step(code)
        self.assertFalse(step.is_done, step.finding)
        for word in words:
            self.assertIn(word, step.finding)

    def assert_done(self, code, *words):
        step = self.get_step(code)
        self.assertTrue(step.is_done, step.finding)
        for word in words:
            self.assertIn(word, step.finding)

    def send_test_letter(self, error=None):
        """Press the button; the letters that left."""
        sent = []

        def send(_self, letter, **_kwargs):
            if error:
                raise UserError(error)
            sent.append(letter)

        with patch.object(self.registry["ir.mail_server"], "send_email", send):
            self.get_step("mail").action_open()
        return sent

    # Teams

    def test_each_team_has_a_member_and_a_leader(self):
        self.vinyl.user_ids = [(6, 0, [])]
        self.assert_open("teams", "Without a member", "Vinyl")
        self.vinyl.user_ids = self.vera
        self.assert_done("teams", "Headphones", "Vinyl")
        self.department.user_id = False
        self.assert_open("teams", "Without a leader", "Vinyl")

    def test_who_may_not_work_with_conversations_is_no_member(self):
        self.vinyl.user_ids = self.make_user("clerk", groups="")
        self.assert_open("teams", "Vinyl")

    def test_without_teams_there_is_all_to_do(self):
        (self.headphones | self.vinyl | self.department).active = False
        teams = self.env["helpdesk.ticket.team"].search(
            [("company_id", "in", [False, self.company.id])]
        )
        teams.active = False
        self.assert_open("teams", "no team")
        self.assert_open("schedules", "Nobody")

    # Audiences

    def test_an_audience_needs_a_team_and_products(self):
        self.env["customer.audience"].search(
            [("id", "!=", self.audience.id)]
        ).active = False
        self.assert_open("audiences", "both a team and products")
        self.audience.category_ids = self.make_category("Headphones")
        self.assert_done("audiences", "Headphone lovers")
        self.audience.active = False
        self.assert_open("audiences", "no audience")

    # Mail

    def test_the_step_is_done_when_the_test_letter_came_in(self):
        self.assert_open("mail", "No test letter")
        before = self.count_conversations()
        (letter,) = self.send_test_letter()
        self.assertEqual(letter["To"], "headphones@hifi.example")
        self.assert_open("mail", "on its way")
        self.env["mail.thread"].message_process(False, letter.as_bytes())
        self.assert_done("mail", "headphones@hifi.example")
        self.assertEqual(self.count_conversations(), before)
        self.company.alias_domain_id = False
        self.assert_open("mail", "no e-mail domain")

    def test_another_test_letter_undoes_nothing_unless_it_is_lost(self):
        (letter,) = self.send_test_letter()
        self.env["mail.thread"].message_process(False, letter.as_bytes())
        self.at(2 * MINUTE)
        self.send_test_letter()
        self.assert_done("mail", "came in")
        self.at(13 * MINUTE)
        self.assert_open("mail", "nothing came in")

    def test_what_did_not_arrive_is_said(self):
        self.send_test_letter()
        self.at(9 * MINUTE)
        self.assert_open("mail", "on its way")
        self.at(11 * MINUTE)
        self.assert_open("mail", "nothing came in", "incoming mail server")

    def test_what_could_not_be_sent_is_said(self):
        self.send_test_letter(error="Nobody listens there")
        self.assert_open("mail", "outgoing mail server", "Nobody listens there")

    def test_without_an_address_nothing_is_sent(self):
        self.headphones.alias_name = False
        with self.assertRaises(UserError):
            self.send_test_letter()
        self.assert_open("mail", "No team has an e-mail address")

    def test_without_a_way_in_it_is_said(self):
        self.env["fetchmail.server"].search([]).active = False
        self.assert_open("mail", "No incoming mail server")
        self.env["fetchmail.server"].create(
            {"name": "Pipe", "server_type": "local", "active": True}
        )
        self.assertNotIn("No incoming mail server", self.get_step("mail").finding)

    # Schedules

    def test_everybody_has_a_schedule_in_his_zone_and_there_are_holidays(self):
        leaves = self.env["resource.calendar.leaves"]
        leaves.search([("resource_id", "=", False)]).unlink()
        self.assert_open("schedules", "No public holidays")
        leaves.create(
            {
                "name": "May Day",
                "company_id": self.company.id,
                "date_from": self.now,
                "date_to": self.now + timedelta(days=1),
            }
        )
        self.assert_done("schedules")
        resource = self.anna.employee_ids.resource_id
        resource.tz = "Europe/Moscow"
        self.assert_open("schedules", "Anna (Europe/Moscow)")
        resource.tz = "UTC"
        self.boris.employee_ids.active = False
        self.assert_open("schedules", "Without an employee", "Boris")

    # Policy

    def test_the_policy_is_confirmed_by_who_has_looked_at_it(self):
        self.assert_open("policy")
        self.get_step("policy").action_second()
        self.assert_done("policy", "Manager")
        self.get_step("policy").action_second()
        self.assert_open("policy")

    # The line above the queue

    def test_the_line_is_there_until_it_is_put_away(self):
        steps = self.env["routing.setup.step"].with_user(self.manager)
        steps = steps.with_company(self.company)
        banner = steps.get_banner()
        self.assertEqual(banner["total"], len(steps.search([])))
        self.assertLess(banner["done"], banner["total"])
        steps.action_put_away()
        kind = self.registry["routing.setup.step"]
        with patch.object(kind, "_compute_state", side_effect=AssertionError):
            self.assertFalse(steps.get_banner())
        self.assertFalse(steps._is_offered())

    def test_the_line_goes_when_all_is_done(self):
        steps = self.env["routing.setup.step"].with_user(self.manager)
        with patch.object(
            self.registry["routing.setup.step"],
            "_compute_state",
            lambda records: records.update({"is_done": True, "finding": ""}),
        ):
            self.env.invalidate_all()
            self.assertFalse(steps.get_banner())

    # Rights

    def test_every_button_leads_somewhere(self):
        self.manager.group_ids += self.env.ref("base.group_system")
        for step in self.env["routing.setup.step"].with_user(self.manager).search([]):
            with self.subTest(step.code):
                if step.code != "mail":
                    self.assertTrue(step.action_open()["type"])
                second = step.action_second()
                self.assertEqual(bool(second), bool(step.second_button))

    def test_a_manager_may_look_wherever_a_button_leads(self):
        steps = self.env["routing.setup.step"].with_user(self.manager)
        for step in steps.with_company(self.company).search([]):
            with self.subTest(step.code):
                if step.code != "mail":
                    self.assert_may_look(step.action_open())
                if step.second_button:
                    self.assert_may_look(step.action_second())

    def assert_may_look(self, action):
        if action["type"] == "ir.actions.act_window":
            model = self.env[action["res_model"]].with_user(self.manager)
            self.assertTrue(model.has_access("read"), action["res_model"])

    def test_who_may_not_look_at_the_policy_confirms_nothing(self):
        with self.assertRaises(AccessError):
            self.get_step("policy", self.system).action_second()
        self.assert_open("policy")

    def test_who_lacks_the_role_reads_who_has_it(self):
        for code in ("teams", "audiences", "policy"):
            self.assertFalse(self.get_step(code).who_can)
            said = self.get_step(code, self.system).who_can
            self.assertIn("Manager", said.split(". It needs")[0])
            self.assertIn("Helpdesk Manager”", said)
        for code in ("mail", "schedules", "existing"):
            self.assertFalse(self.get_step(code, self.system).who_can)
        self.manager.group_ids -= self.env.ref("helpdesk_mgmt.group_helpdesk_manager")
        self.assertIn("Nobody", self.get_step("policy", self.system).who_can)

    def test_it_is_for_managers_and_administrators(self):
        steps = self.env["routing.setup.step"]
        self.assertTrue(steps.with_user(self.system)._is_offered())
        self.assertFalse(steps.with_user(self.anna)._is_offered())
        for call in (
            lambda: steps.with_user(self.anna).search([]),
            lambda: steps.with_user(self.anna).get_banner(),
            lambda: steps.with_user(self.anna).action_put_away(),
            lambda: self.get_step("policy", self.anna).action_second(),
            lambda: self.get_step("policy").write({"name": "Other"}),
        ):
            with self.assertRaises(AccessError):
                call()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ConversationCase


@tagged("post_install", "-at_install")
class TestClosingFromPortal(ConversationCase, HttpCase):
    """A customer who closes his own conversation works it out (rule 16)."""

    def setUp(self):
        super().setUp()
        self.done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.done.write({"mail_template_id": False, "close_from_portal": True})
        self.ticket = self.make_conversation()
        self.petr = self.make_portal_user("petr", self.customer)

    def make_portal_user(self, login, partner):
        return new_test_user(
            self.env,
            login,
            "base.group_portal",
            password=f"{login}-password",
            partner_id=partner.id,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

    def close(self, login, stage=None):
        self.authenticate(login, f"{login}-password")
        stage = stage or self.done
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "ticket_id": self.ticket.id,
            "stage_id": stage.id,
        }
        response = self.url_open("/ticket/close", data=data, allow_redirects=False)
        self.env.invalidate_all()
        return response.status_code

    def test_his_own_is_worked_out_by_him_and_closed(self):
        self.assertEqual(self.close("petr"), 302)
        self.assertTrue(self.ticket.closed)
        self.assertEqual(self.ticket.inquiry_ids.state, "no_action")
        self.assertEqual(self.ticket.inquiry_ids.worked_out_by_id, self.petr)

    def test_a_stage_that_is_not_for_customers_works_out_nothing(self):
        self.done.close_from_portal = False
        self.assertEqual(self.close("petr"), 302)
        self.assertEqual(self.ticket.inquiry_state, "pending")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_a_stranger_works_out_nothing(self):
        self.make_portal_user("other", self.make_customer("Other"))
        self.assertEqual(self.close("other"), 403)
        self.assertEqual(self.ticket.inquiry_state, "pending")
        self.assertFalse(self.ticket.closed)

    @mute_logger("odoo.http")
    def test_an_employee_works_out_nothing_by_closing(self):
        self.anna.password = f"{self.anna.login}-password"
        self.assertEqual(self.close(self.anna.login), 422)
        self.assertEqual(self.ticket.inquiry_state, "pending")

    def test_an_employee_closes_what_is_worked_out_as_in_his_own_screen(self):
        self.ticket.with_user(self.anna).action_no_action_required()
        self.anna.password = f"{self.anna.login}-password"
        self.assertEqual(self.close(self.anna.login), 302)
        self.assertTrue(self.ticket.closed)

    @mute_logger("odoo.http")
    def test_a_link_closes_nothing(self):
        self.authenticate("petr", "petr-password")
        url = f"/ticket/close?ticket_id={self.ticket.id}&stage_id={self.done.id}"
        self.assertEqual(self.url_open(url).status_code, 405)
        self.env.invalidate_all()
        self.assertEqual(self.ticket.inquiry_state, "pending")

    @mute_logger("odoo.http")
    def test_a_page_of_somebody_else_closes_nothing(self):
        self.authenticate("petr", "petr-password")
        data = {"ticket_id": self.ticket.id, "stage_id": self.done.id}
        self.assertEqual(self.url_open("/ticket/close", data=data).status_code, 400)
        self.env.invalidate_all()
        self.assertFalse(self.ticket.closed)

    @mute_logger("odoo.http")
    def test_who_is_in_copy_reads_it_and_closes_nothing(self):
        friend = self.make_customer("Friend")
        self.make_portal_user("friend", friend)
        self.ticket.message_subscribe(friend.ids)
        self.assertEqual(self.close("friend"), 403)
        self.assertEqual(self.ticket.inquiry_state, "pending")
        page = self.url_open(f"/my/ticket/{self.ticket.id}").text
        self.assertIn(self.ticket.number, page)
        self.assertNotIn("/ticket/close", page)

    def test_the_page_of_his_own_has_a_form_that_closes_it(self):
        self.authenticate("petr", "petr-password")
        page = self.url_open(f"/my/ticket/{self.ticket.id}").text
        form = page[page.index("/ticket/close") - 200 :][:900]
        self.assertIn('method="POST"', form)
        self.assertIn("csrf_token", form)

    def test_a_stage_of_another_team_closes_nothing(self):
        stage = self.done.copy({"team_ids": [(6, 0, self.vinyl.ids)]})
        self.assertEqual(self.close("petr", stage), 302)
        self.assertEqual(self.ticket.inquiry_state, "pending")
        self.assertFalse(self.ticket.closed)

    def test_opened_again_he_may_close_it_again(self):
        self.close("petr")
        self.receive(reply_to=self.ticket.inquiry_ids.message_id)
        self.assertFalse(self.ticket.closed_date)
        self.assertEqual(self.close("petr"), 302)
        self.assertTrue(self.ticket.closed)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ConversationCase


@tagged("post_install", "-at_install")
class TestClosingFromPortal(ConversationCase, HttpCase):
    """A customer who closes his own conversation works it out."""

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
        url = f"/ticket/close?ticket_id={self.ticket.id}&stage_id={stage.id}"
        response = self.url_open(url, allow_redirects=False)
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

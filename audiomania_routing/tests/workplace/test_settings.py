# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from lxml import etree

from odoo.tests import TransactionCase, tagged

from odoo.addons.mail.tests.common import MockEmail

LETTER = b"""From: Petr <petr@customer.example>
To: shop@bare.example
Subject: A question
Message-ID: <bare@customer.example>
Content-Type: text/plain

Do you have it in green?
"""


@tagged("post_install", "-at_install")
class TestUntouched(TransactionCase, MockEmail):
    """Where nobody has made any setting it works all the same."""

    def test_a_letter_goes_through_where_nothing_is_set(self):
        company = self.env["res.company"].create({"name": "Bare"})
        teams = self.env["helpdesk.ticket.team"].search([])
        self.assertFalse(teams.filtered(lambda one: one.company_id == company))
        gateway = self.env(
            context={"allowed_company_ids": company.ids, "company_id": company.id}
        )["mail.thread"].with_company(company)
        ticket = self.env["helpdesk.ticket"].browse(
            gateway.message_process(False, LETTER)
        )
        inquiry = ticket.inquiry_ids
        self.assertEqual(inquiry.state, "pending")
        self.assertFalse(ticket.is_public)
        manager = self.env.ref("helpdesk_mgmt.group_helpdesk_manager").user_ids
        self.assertTrue(manager)
        user = self.env.ref("base.user_admin")
        user.company_ids |= ticket.company_id
        ticket = ticket.with_user(user).with_context(
            allowed_company_ids=ticket.company_id.ids
        )
        self.assertTrue(ticket.has_access("read"))
        # What leaves needs a sender: the only thing that has to be known.
        user.email = "admin@bare.example"
        with self.mock_mail_gateway():
            ticket.message_post(
                body="Yes.", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
            self.env.flush_all()
        self.assertEqual(ticket.inquiry_state, "worked_out")
        self.assertTrue(self._new_mails)
        self.assertTrue(ticket.closes_at)


@tagged("post_install", "-at_install")
class TestSettings(TransactionCase):
    """All settings of inquiries stand in one place, each with a sentence."""

    def get_block(self):
        view = self.env["res.config.settings"].get_view(view_type="form")
        blocks = etree.fromstring(view["arch"]).xpath(
            "//block[@name='audiomania_routing']"
        )
        self.assertEqual(len(blocks), 1)
        return blocks[0]

    def test_each_has_a_sentence(self):
        settings = self.get_block().findall(".//setting")
        self.assertGreater(len(settings), 8)
        for setting in settings:
            with self.subTest(setting.get("id")):
                self.assertTrue(setting.get("help"))
                self.assertTrue(setting.get("string"))

    def test_each_button_leads_to_something_that_opens(self):
        buttons = self.get_block().xpath(".//button[@type='action']")
        self.assertGreater(len(buttons), 4)
        for button in buttons:
            action = self.env["ir.actions.actions"].browse(int(button.get("name")))
            with self.subTest(button.get("string")):
                window = self.env[action.type].browse(action.id)
                self.assertIn(window.res_model, self.env)
                self.env[window.res_model].get_view(
                    view_type=window.view_mode.split(",")[0]
                )

    def test_what_teams_do_by_themselves_is_changed_in_one_list(self):
        action = self.env.ref("audiomania_routing.helpdesk_ticket_team_action_settings")
        view = self.env["helpdesk.ticket.team"].get_view(action.view_ids.view_id.id)
        for name in ("close_after_days", "send_receipt", "answered_within"):
            self.assertIn(f'name="{name}"', view["arch"])

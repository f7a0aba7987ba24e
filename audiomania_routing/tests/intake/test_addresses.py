# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestAddresses(ConversationCase):
    """The address does not matter (rule 1)."""

    def test_a_misspelt_address_of_our_domain_is_the_departments(self):
        ticket = self.receive("hedphones@hifi.example", sender="stranger@c.example")
        self.assertEqual(ticket.team_id, self.department)
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_the_catchall_is_answered_not_bounced(self):
        with self.mock_mail_gateway():
            ticket = self.receive("catchall@hifi.example")
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertFalse(self._new_mails)

    def test_a_former_employees_address_still_works(self):
        self.vera.active = False
        ticket = self.receive("vera@hifi.example")
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertFalse(ticket.addressee_id)

    def test_an_employees_address_outside_of_our_domains_works(self):
        self.make_employee(name="Olga", work_email="olga@home.example", active=False)
        ticket = self.receive("olga@home.example")
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_a_letter_that_names_no_address_of_ours_is_an_inquiry_too(self):
        """It was sent in blind copy, or by a list: it has reached us."""
        ticket = self.receive("somebody@foreign.example")
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_colleagues_who_write_to_each_other_make_no_inquiry(self):
        before = self.env["helpdesk.ticket"].search_count([])
        self.receive("vera@hifi.example", sender=self.anna.email_formatted)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)
        entry = self.env["mail.intake.entry"].search([], limit=1)
        self.assertEqual(entry.outcome, "refused")
        self.assertTrue(entry.set_aside)

    def test_without_a_department_it_is_everybodys(self):
        (self.department | self.headphones | self.vinyl).active = False
        ticket = self.receive("info@hifi.example")
        self.assertFalse(ticket.team_id)
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_the_chosen_department_gets_what_has_no_other_address(self):
        service = self.make_team("Service")
        self.company.inquiry_department_id = service
        ticket = self.receive("info@hifi.example", sender="stranger@c.example")
        self.assertEqual(ticket.team_id, service)

    def test_the_alias_of_another_application_stays_its_own(self):
        partners = self.env["ir.model"]._get("res.partner")
        self.env["mail.alias"].create(
            {
                "alias_name": "contacts",
                "alias_model_id": partners.id,
                "alias_domain_id": self.alias_domain.id,
            }
        )
        before = self.env["helpdesk.ticket"].search_count([])
        self.receive("contacts@hifi.example")
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)

    def test_the_company_of_the_domain_gets_the_letter(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        domain = self.env["mail.alias.domain"].create({"name": "other.example"})
        other.alias_domain_id = domain
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Other sales", "company_id": other.id}
        )
        ticket = self.receive("info@other.example", sender="stranger@c.example")
        self.assertEqual(ticket.team_id, team)
        self.assertEqual(ticket.company_id, other)

    def test_a_department_of_all_companies_leaves_the_letter_to_that_of_the_domain(
        self,
    ):
        other = self.env["res.company"].create({"name": "Other shop"})
        domain = self.env["mail.alias.domain"].create({"name": "other.example"})
        other.alias_domain_id = domain
        common = self.env["helpdesk.ticket.team"].create(
            {"name": "Common", "company_id": False}
        )
        other.inquiry_department_id = common
        ticket = self.receive("info@other.example", sender="stranger@c.example")
        self.assertEqual(ticket.team_id, common)
        self.assertEqual(ticket.company_id, other)

    def test_a_shop_form_that_sends_from_an_address_of_ours_is_a_question(self):
        ticket = self.receive("info@hifi.example", sender="headphones@hifi.example")
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def make_letter_of_odoo(self):
        """A letter to an employee that came back, by either mark of Odoo."""
        ours = {"sender": "headphones@hifi.example", "to": "info@hifi.example"}
        yield {**ours, "message_id": "<1.2-openerp-private@host>"}
        yield {**ours, "headers": {"X-Odoo-Objects": "res.users-2"}}

    def test_what_odoo_itself_sends_from_an_address_of_ours_opens_nothing(self):
        for values in self.make_letter_of_odoo():
            with self.subTest(values):
                self.assertFalse(self.receive(**values))

    def test_what_odoo_sends_from_an_allowed_address_opens_a_conversation(self):
        self.env["mail.gateway.allowed"].create({"email": "headphones@hifi.example"})
        for values in self.make_letter_of_odoo():
            with self.subTest(values):
                self.assertEqual(len(self.receive(**values).inquiry_ids), 1)

    def test_what_another_odoo_sends_is_a_question(self):
        ticket = self.receive(
            "info@hifi.example",
            sender="sales@vendor.example",
            message_id="<1.2-openerp-7-sale.order@vendor>",
        )
        self.assertEqual(len(ticket.inquiry_ids), 1)

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_a_loop_ends_as_before(self):
        headers = {"References": "<1-loop-detection-bounce-email@hifi.example>"}
        self.assertFalse(self.receive("info@hifi.example", headers=headers))

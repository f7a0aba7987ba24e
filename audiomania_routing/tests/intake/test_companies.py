# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import Form, tagged

from ...models.intake.course import POP, RawLetter
from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestCompanies(ConversationCase):
    """A letter belongs to the company of the alias, else of the mail domain, else of
    the employee it is addressed to, else of the mailbox."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Second shop"})
        cls.env.user.company_ids |= cls.other
        cls.sales = cls.make_team(
            "Second sales", company_id=cls.other.id, alias_name=False
        )
        cls.zoya = cls.make_user("zoya")
        cls.zoya.write(
            {"company_ids": [(6, 0, cls.other.ids)]} | {"company_id": cls.other.id}
        )
        cls.sales.user_ids = cls.zoya

    def share_domain(self):
        self.other.alias_domain_id = self.alias_domain

    def orphan_domain(self):
        """The domain is no company's."""
        self.company.alias_domain_id = self.env["mail.alias.domain"].create(
            {"name": "elsewhere.example"}
        )

    def assert_company(self, ticket, company):
        self.assertEqual(ticket.company_id, company)
        self.assertEqual(ticket.team_id.company_id, company)
        self.assertEqual(ticket.inquiry_ids.company_id, company)

    def receive_by(self, server, to, **values):
        letter = RawLetter.make(self.letter(to, **values), POP, server_id=server.id)
        ticket_id = self.env["mail.thread"].message_process(False, letter)
        return self.env["helpdesk.ticket"].browse(ticket_id)

    def make_server(self, company):
        return self.env["fetchmail.server"].create(
            {"name": "Mailbox", "server_type": "local", "company_id": company.id}
        )

    def test_the_alias_goes_before_everything(self):
        self.share_domain()
        self.sales.alias_name = "second"
        server = self.make_server(self.company)
        to = "anna@hifi.example, second@hifi.example"
        ticket = self.receive_by(server, to, sender="stranger@c.example")
        self.assert_company(ticket, self.other)
        self.assertFalse(ticket.addressee_id, "Anna could not read it")

    def test_the_domain_goes_before_the_employee(self):
        domain = self.env["mail.alias.domain"].create({"name": "second.example"})
        self.other.alias_domain_id = domain
        ticket = self.receive(
            "info@second.example, anna@hifi.example", sender="stranger@c.example"
        )
        self.assert_company(ticket, self.other)

    def test_in_a_shared_domain_the_employee_says_whose_it_is(self):
        self.share_domain()
        ticket = self.receive("zoya@hifi.example", sender="stranger@c.example")
        self.assert_company(ticket, self.other)
        self.assertEqual(ticket.addressee_id, self.zoya)
        ticket = self.receive("anna@hifi.example", sender="stranger@c.example")
        self.assert_company(ticket, self.company)
        self.assertEqual(ticket.addressee_id, self.anna)

    def test_in_a_shared_domain_the_mailbox_says_whose_a_general_address_is(self):
        self.share_domain()
        server = self.make_server(self.other)
        ticket = self.receive_by(server, "info@hifi.example", sender="s@c.example")
        self.assert_company(ticket, self.other)
        ticket = self.receive("info@hifi.example", sender="s2@c.example")
        self.assert_company(ticket, self.company)

    def test_the_employee_goes_before_the_mailbox(self):
        self.orphan_domain()
        server = self.make_server(self.company)
        ticket = self.receive_by(server, "zoya@hifi.example", sender="s@c.example")
        self.assert_company(ticket, self.other)

    def test_where_nothing_else_tells_it_is_the_mailbox_that_does(self):
        self.orphan_domain()
        server = self.make_server(self.other)
        ticket = self.receive_by(server, "x@foreign.example", sender="s@c.example")
        self.assert_company(ticket, self.other)

    def test_a_mailbox_of_a_third_company_says_nothing_in_a_shared_domain(self):
        self.share_domain()
        third = self.env["res.company"].create({"name": "Third shop"})
        third.alias_domain_id = False
        server = self.make_server(third)
        ticket = self.receive_by(server, "info@hifi.example", sender="s@c.example")
        self.assert_company(ticket, self.company)

    def test_a_team_of_all_companies_takes_the_company_of_the_letter(self):
        self.share_domain()
        common = self.make_team("Common", company_id=False, alias_name="common")
        ticket = self.receive(
            "common@hifi.example, zoya@hifi.example", sender="stranger@c.example"
        )
        self.assertEqual(ticket.team_id, common)
        self.assertEqual(ticket.company_id, self.other)

    def test_the_mailbox_of_the_company_is_set_in_its_form(self):
        self.env.user.group_ids |= self.env.ref("base.group_multi_company")
        form = Form(self.env["fetchmail.server"])
        form.name = "Mailbox"
        form.server_type = "local"
        form.company_id = self.other
        self.assertEqual(form.save().company_id, self.other)

    def test_the_list_of_what_was_set_aside_knows_the_company_of_the_mailbox(self):
        self.orphan_domain()
        entry = self.env["mail.intake.entry"].new(
            {
                "recipients": "x@foreign.example",
                "server_id": self.make_server(self.other),
            }
        )
        self.assertEqual(entry._get_written_company(), self.other)

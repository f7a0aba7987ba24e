# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..conversation.common import WINDOW
from .common import SECRET, VisibilityCase


@tagged("post_install", "-at_install")
class TestLines(VisibilityCase):
    """Customer and order show everybody one line without content (rule 14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.make_user("seller", "sales_team.group_sale_salesman_all_leads")
        cls.product = cls.make_product(cls.make_category("Headphones"))

    def get_lines(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["helpdesk.conversation.line"].with_user(user)
        return lines.with_context(
            tz="UTC", allowed_company_ids=user.company_ids.ids
        ).search([("partner_id", "=", self.customer.id)])

    def get_text(self, user):
        return self.get_lines(user).text

    def get_notice(self, record, user):
        return record.with_user(user).with_context(tz="UTC").conversation_notice

    # What a line says

    def test_it_says_with_whom_since_when_and_in_which_state(self):
        self.assertEqual(
            self.get_text(self.own), "Reserved for Anna, waiting since 10:00"
        )
        self.at(WINDOW)
        self.assertEqual(
            self.get_text(self.vera),
            "Nobody of Headphones has taken it, waiting since 10:00",
        )
        self.ticket.with_user(self.anna).action_take()
        self.assertEqual(
            self.get_text(self.vera), "Anna has been answering since 12:00"
        )
        self.at(2 * WINDOW)
        self.reply(self.ticket, self.anna)
        self.assertEqual(self.get_text(self.clerk), "Worked out by Anna, 14:00")

    def test_without_a_team_it_says_since_when_it_waits(self):
        self.ticket.write({"team_id": False, "exclusive_until": False})
        self.assertEqual(
            self.get_text(self.clerk), "Nobody has taken it, waiting since 10:00"
        )

    def test_what_was_worked_out_without_an_answer_says_so(self):
        self.ticket.with_user(self.anna).action_no_action_required()
        self.assertEqual(self.get_text(self.clerk), "Worked out, 10:00")

    def test_no_word_of_the_conversation_stands_in_it(self):
        lines = self.get_lines(self.clerk)
        shown = lines.web_read(dict.fromkeys(lines._fields, {"fields": {}}))
        names = lines.ticket_id.sudo().mapped("display_name")
        self.assertNotIn(SECRET, str(shown) + str(names))
        exported = lines.export_data(["partner_id", "text"])["datas"]
        self.assertNotIn(SECRET, str(exported))
        with (
            self.assertRaises(AccessError),
            mute_logger("odoo.addons.base.models.ir_rule"),
        ):
            lines.export_data(["ticket_id"])

    # Whose they are

    def test_every_employee_sees_it_and_no_customer(self):
        for user in (*self.colleagues, self.clerk, self.seller, self.anna):
            self.assertEqual(len(self.get_lines(user)), 1, user.login)
        portal = self.env["res.users"].create(
            {
                "login": "petr",
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        with self.assertRaises(AccessError):
            self.get_lines(portal)

    def test_what_has_no_ladder_is_left_to_the_host(self):
        self.ticket.inquiry_ids.unlink()
        self.ticket.write({"ladder_active": False, "user_id": self.anna.id})
        self.assertFalse(self.get_lines(self.own))
        self.assertFalse(self.get_lines(self.clerk))
        for user in (self.anna, self.team, self.every, self.manager):
            self.assertEqual(
                self.get_text(user), "Anna has been answering since 10:00", user.login
            )

    def test_another_company_sees_none(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_user("stranger")
        stranger.write(
            {"company_ids": [(6, 0, other.ids)], "company_id": other.id},
        )
        self.assertFalse(self.get_lines(stranger))

    # Opening

    def test_only_who_may_read_it_opens_it(self):
        action = self.get_lines(self.anna).action_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("helpdesk.ticket", self.ticket.id)
        )
        for user in (*self.colleagues, self.clerk):
            line = self.get_lines(user)
            self.assertFalse(line.may_read)
            answer = line.action_open()
            self.assertEqual(answer["params"]["title"], line.text)
            self.assertNotIn(SECRET, str(answer))

    # On the customer

    def test_the_button_of_the_customer_counts_the_lines_and_opens_them(self):
        for user in (*self.colleagues, self.anna, self.manager):
            customer = self.customer.with_user(user)
            self.assertEqual(customer.helpdesk_ticket_count_string, "1 / 1")
            action = customer.action_view_helpdesk_tickets()
            found = self.env[action["res_model"]].with_user(user)
            self.assertEqual(found.search_count(list(action["domain"])), 1)
        self.assertEqual(action["res_model"], "helpdesk.ticket")
        action = self.customer.with_user(self.own).action_view_helpdesk_tickets()
        self.assertEqual(action["res_model"], "helpdesk.conversation.line")

    def test_contacts_of_a_company_count_for_it(self):
        company = self.make_customer("Company", is_company=True)
        self.customer.parent_id = company
        self.assertEqual(company.with_user(self.own).helpdesk_ticket_count, 1)
        self.assertEqual(
            self.get_notice(company, self.own), "Reserved for Anna, waiting since 10:00"
        )

    def test_counting_for_n_and_2n_customers_costs_the_same(self):
        customers = self.env["res.partner"].union(
            *(self.make_customer(f"Customer {number}") for number in range(8))
        )
        for customer in customers:
            self.make_conversation(partner_id=customer.id)
        names = ["helpdesk_ticket_count_string", "conversation_notice"]

        def count_queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.own).read(names)
            return self.env.cr.sql_log_count - before

        count_queries(customers)
        self.assertEqual(count_queries(customers[:4]), count_queries(customers))

    def test_closed_ones_are_counted_apart(self):
        self.ticket.with_user(self.anna).action_no_action_required()
        self.ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        customer = self.customer.with_user(self.clerk)
        self.assertEqual(customer.helpdesk_ticket_count_string, "0 / 1")

    # What stands on the forms

    def test_customer_and_order_tell_everybody_who_answers(self):
        order = self.make_order(self.customer, self.product)
        self.at(WINDOW)
        self.ticket.with_user(self.anna).action_take()
        for user in (self.own, self.clerk, self.seller):
            self.assertEqual(
                self.get_notice(self.customer, user),
                "Anna has been answering since 12:00",
            )
        self.assertEqual(
            self.get_notice(order, self.seller), "Anna has been answering since 12:00"
        )
        self.assertFalse(self.get_notice(self.customer, self.anna))
        self.reply(self.ticket, self.anna)
        self.env.invalidate_all()
        self.assertFalse(self.get_notice(self.customer, self.own))

    def test_it_stands_on_the_form_of_the_customer(self):
        with Form(self.customer.with_user(self.clerk).with_context(tz="UTC")) as form:
            self.assertEqual(
                form.conversation_notice, "Reserved for Anna, waiting since 10:00"
            )

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_changes_a_line(self):
        with self.assertRaises(AccessError):
            self.get_lines(self.manager).write({"since": self.now})

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestAddresses(ConversationCase):
    """The address does not matter (rule 1)."""

    def test_an_address_of_our_domain_that_is_near_to_none_is_the_departments(self):
        ticket = self.receive("gramophones@hifi.example", sender="stranger@c.example")
        self.assertEqual(ticket.team_id, self.department)
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertFalse(ticket.inquiry_ids.hinted_emails)

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
        service = self.make_team("Service", [self.outsider])
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

    # Several addresses

    def make_alias(self, name, model="res.partner", **values):
        return self.env["mail.alias"].create(
            {
                "alias_name": name,
                "alias_model_id": self.env["ir.model"]._get(model).id,
                "alias_domain_id": self.alias_domain.id,
                **values,
            }
        )

    def test_two_teams_and_an_employee_are_one_conversation_and_all_are_facts(self):
        self.vinyl.alias_name = "vinyl"
        to = "vinyl@hifi.example, headphones@hifi.example"
        ticket = self.receive(to, cc="vera@hifi.example", sender="s@c.example")
        self.assertEqual(ticket.team_id, self.vinyl)
        self.assertEqual(
            ticket.inquiry_ids.recipient_emails,
            "vinyl@hifi.example,headphones@hifi.example,vera@hifi.example",
        )
        self.assertEqual(ticket.addressee_id, self.vera)

    def test_another_application_and_a_team_of_ours_both_get_it(self):
        self.make_alias("contacts")
        ticket = self.receive(
            "contacts@hifi.example, headphones@hifi.example", subject="Of us both"
        )
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertTrue(self.env["res.partner"].search([("name", "=", "Of us both")]))

    def test_another_application_and_an_employee_of_ours_both_get_it(self):
        self.make_alias("contacts")
        self.receive("contacts@hifi.example", cc="vera@hifi.example", subject="Both")
        ticket = self.env["helpdesk.ticket"].search([("name", "=", "Both")])
        self.assertEqual(ticket.addressee_id, self.vera)
        self.assertTrue(self.env["res.partner"].search([("name", "=", "Both")]))

    def test_another_application_and_an_employee_of_its_own_stay_its_own(self):
        """Who does not work with conversations reads it where it is."""
        self.make_alias("contacts")
        clerk = self.make_user("clerk", groups="")
        self.receive("contacts@hifi.example", cc=clerk.email, subject="Theirs")
        self.assertFalse(self.env["helpdesk.ticket"].search([("name", "=", "Theirs")]))

    # Where it was delivered

    def test_a_blind_copy_to_an_employee_names_him(self):
        ticket = self.receive(
            "somebody@foreign.example",
            headers={"Delivered-To": "vera@hifi.example"},
        )
        self.assertEqual(
            ticket.inquiry_ids.recipient_emails.split(",")[-1], "vera@hifi.example"
        )
        self.assertEqual(ticket.addressee_id, self.vera)

    def test_the_mailbox_it_was_delivered_to_is_no_fact_where_it_names_us(self):
        ticket = self.receive(
            "anna@hifi.example", headers={"Delivered-To": "vera@hifi.example"}
        )
        self.assertEqual(ticket.inquiry_ids.recipient_emails, "anna@hifi.example")
        self.assertEqual(ticket.addressee_id, self.anna)

    def test_a_blind_copy_to_a_team_is_the_teams(self):
        ticket = self.receive(
            "somebody@foreign.example",
            sender="stranger@c.example",
            headers={"Delivered-To": "headphones@hifi.example"},
        )
        self.assertEqual(ticket.team_id, self.headphones)

    # Near misses

    def test_near_to_the_address_of_a_team_is_that_teams(self):
        ticket = self.receive("hedphones@hifi.example", sender="stranger@c.example")
        self.assertEqual(ticket.team_id, self.headphones)
        inquiry = ticket.inquiry_ids
        self.assertEqual(inquiry.recipient_emails, "hedphones@hifi.example")
        self.assertEqual(inquiry.hinted_emails, "headphones@hifi.example")
        self.assertIn("headphones@hifi.example", inquiry.decision_text)

    def test_near_to_the_address_of_an_employee_names_him(self):
        ticket = self.receive("vrea@hifi.example", sender="stranger@c.example")
        self.assertEqual(ticket.inquiry_ids.hinted_emails, "vera@hifi.example")
        self.assertEqual(ticket.addressee_id, self.vera)

    def test_who_is_named_goes_before_who_was_probably_meant(self):
        ticket = self.receive("vrea@hifi.example", cc="anna@hifi.example")
        self.assertEqual(ticket.inquiry_ids.hinted_emails, "vera@hifi.example")
        self.assertEqual(ticket.addressee_id, self.anna)

    def test_the_team_that_is_written_to_goes_before_one_that_was_probably_meant(self):
        self.vinyl.alias_name = "vinyl"
        ticket = self.receive(
            "viny@hifi.example, headphones@hifi.example", sender="stranger@c.example"
        )
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertEqual(ticket.inquiry_ids.hinted_emails, "vinyl@hifi.example")

    def test_two_that_may_be_meant_are_none(self):
        self.make_user("verb")
        ticket = self.receive("verc@hifi.example", sender="stranger@c.example")
        self.assertFalse(ticket.inquiry_ids.hinted_emails)

    def test_near_to_the_address_of_another_application_is_no_hint(self):
        self.make_alias("contacts")
        ticket = self.receive("contcts@hifi.example", sender="stranger@c.example")
        self.assertEqual(ticket.team_id, self.department)
        self.assertFalse(ticket.inquiry_ids.hinted_emails)

    def test_an_address_outside_of_our_domains_is_no_hint(self):
        ticket = self.receive("headphones@hifi.example", cc="vera@foreign.example")
        self.assertFalse(ticket.inquiry_ids.hinted_emails)

    def test_the_same_name_in_an_old_domain_of_the_company_is_meant(self):
        self.env["mail.alias.domain"].create({"name": "old.example"})
        ticket = self.receive("headphones@old.example", sender="stranger@c.example")
        self.assertEqual(ticket.team_id, self.headphones)
        ticket = self.receive("vera@old.example", sender="stranger@c.example")
        self.assertEqual(ticket.addressee_id, self.vera)

    def test_but_not_in_the_domain_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        domain = self.env["mail.alias.domain"].create({"name": "other.example"})
        other.alias_domain_id = domain
        self.make_team("Other sales", company_id=other.id)
        ticket = self.receive("headphones@other.example", sender="stranger@c.example")
        self.assertFalse(ticket.inquiry_ids.hinted_emails)
        self.assertEqual(ticket.company_id, other)

    def test_a_new_address_is_known_at_once(self):
        ticket = self.receive("cables@hifi.example", sender="stranger@c.example")
        self.assertFalse(ticket.inquiry_ids.hinted_emails)
        self.vinyl.alias_name = "cable"
        ticket = self.receive("cables@hifi.example", sender="stranger@c.example")
        self.assertEqual(ticket.inquiry_ids.hinted_emails, "cable@hifi.example")
        self.vera.email = "zinaida@hifi.example"
        ticket = self.receive("zinaid@hifi.example", sender="stranger@c.example")
        self.assertEqual(ticket.addressee_id, self.vera)

    # Who may write

    def test_no_customer_is_refused_by_the_address_of_a_team(self):
        for contact in ("partners", "followers"):
            self.headphones.alias_contact = contact
            with self.subTest(contact), self.mock_mail_gateway():
                ticket = self.receive(sender="stranger@c.example")
                self.assertEqual(ticket.team_id, self.headphones)
                self.assertEqual(len(ticket.inquiry_ids), 1)
                self.assertFalse(self._new_mails)

    def test_nor_is_his_answer_in_a_conversation(self):
        ticket = self.receive(sender="stranger@c.example")
        self.headphones.alias_contact = "partners"
        again = self.receive(
            sender="stranger@c.example", reply_to=ticket.inquiry_ids.message_id
        )
        self.assertEqual(again, ticket)
        self.assertEqual(len(ticket.inquiry_ids), 2)

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_the_address_of_another_application_keeps_its_limit(self):
        self.make_alias("contacts", alias_contact="partners")
        with self.mock_mail_gateway():
            self.receive("contacts@hifi.example", sender="stranger@c.example")
        entry = self.env["mail.intake.entry"].search([], limit=1)
        self.assertEqual(entry.outcome, "refused")
        self.assertFalse(entry.res_id)

    # Programs

    def receive_from_form(self, sender="shop@forms.example", **headers):
        headers.setdefault("Auto-Submitted", "auto-generated")
        headers.setdefault("Reply-To", "Nikita <nikita@c.example>")
        return self.receive(
            "headphones@hifi.example",
            sender=f"Shop <{sender}>",
            headers={name: value for name, value in headers.items() if value},
        )

    def test_a_form_asks_for_whom_an_answer_reaches(self):
        ticket = self.receive_from_form()
        self.assertIn("nikita@c.example", ticket.partner_email)
        self.assertIn("nikita@c.example", ticket.inquiry_ids.message_id.email_from)
        self.assertEqual(ticket.sender, "Nikita")

    def test_the_customer_whom_a_form_names_is_known(self):
        ticket = self.receive_from_form(**{"Reply-To": self.customer.email})
        self.assertEqual(ticket.partner_id, self.customer)
        self.assertEqual(ticket.inquiry_ids.partner_id, self.customer)

    def test_a_form_that_has_an_address_of_ours_is_known_by_that(self):
        ticket = self.receive_from_form("form@hifi.example", **{"Auto-Submitted": ""})
        self.assertIn("nikita@c.example", ticket.partner_email)

    def test_a_person_whose_answers_go_elsewhere_is_the_customer_himself(self):
        ticket = self.receive_from_form("ivan@c.example", **{"Auto-Submitted": ""})
        self.assertIn("ivan@c.example", ticket.partner_email)

    def test_a_form_whose_answers_go_to_ourselves_asks_for_nobody_else(self):
        ticket = self.receive_from_form(**{"Reply-To": "info@hifi.example"})
        self.assertIn("shop@forms.example", ticket.partner_email)

    def test_what_odoo_writes_is_no_form(self):
        self.assertFalse(
            self.receive_from_form(
                "info@hifi.example", **{"X-Odoo-Objects": "res.users-2"}
            ).filtered(lambda ticket: "nikita" in ticket.partner_email)
        )

    def test_a_form_that_is_set_aside_stays_so_whoever_uses_it(self):
        self.env["mail.intake.sender"].create(
            {"address": "shop@forms.example", "company_id": self.company.id}
        )
        self.assertFalse(self.receive_from_form())

    def test_a_filter_that_wants_to_be_confirmed_is_set_aside(self):
        self.receive(sender="filter@c.example", headers={"X-Boxbe-Challenge": "please"})
        entry = self.env["mail.intake.entry"].search([], limit=1)
        self.assertEqual(entry.outcome, "auto_reply")
        self.assertTrue(entry.set_aside)

    # Colleagues

    def test_the_company_may_want_to_answer_its_employees_too(self):
        self.company.inquiry_from_employees = True
        ticket = self.receive(sender=self.vera.email_formatted)
        inquiry = ticket.inquiry_ids
        self.assertEqual(inquiry.state, "pending")
        self.assertEqual(inquiry.partner_id, self.vera.partner_id)

    def test_the_answer_to_an_employee_reaches_him_and_works_it_out(self):
        """He cannot open the conversation, so he gets it by e-mail."""
        self.company.inquiry_from_employees = True
        clerk = self.make_user("clerk", groups="", notification_type="inbox")
        ticket = self.receive(sender=clerk.email_formatted)
        with self.mock_mail_gateway():
            self.reply(ticket, self.anna)
        self.assertEqual(ticket.inquiry_ids.state, "answered")
        self.assertIn(clerk.partner_id, self._new_mails.recipient_ids)

    def test_a_colleague_who_answers_in_a_conversation_answers(self):
        ticket = self.receive()
        self.receive(
            sender=self.anna.email_formatted, reply_to=ticket.inquiry_ids.message_id
        )
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_who_left_is_a_customer_by_his_own_address(self):
        self.make_employee(name="Olga", work_email="olga@home.example", active=False)
        ticket = self.receive(sender="olga@home.example")
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_the_mailbox_of_who_left_is_a_colleagues(self):
        self.vera.active = False
        self.assertFalse(self.receive(sender="vera@hifi.example"))

    # Who is outside of customer service

    def test_a_letter_to_somebody_outside_is_the_departments_and_he_is_told(self):
        clerk = self.make_user("clerk", groups="")
        with trap_alerts(self) as trap:
            ticket = self.receive(clerk.email, sender="stranger@c.example")
        self.assertFalse(ticket.addressee_id)
        self.assertEqual(ticket.department_visible_from, self.now)
        trap.assert_alerted(clerk, "letter_for_you")
        self.assertIn(self.vera, self.get_readers(ticket))
        delivery = self.env["alert.delivery"].search([("user_id", "=", clerk.id)])
        shown = delivery.with_user(clerk).alert_id
        self.assertIn("stranger@c.example", shown.title)
        self.assertIn("A question", shown.body)
        self.assertFalse(shown.res_id)

    def test_who_works_with_conversations_is_not_told_so(self):
        with trap_alerts(self) as trap:
            self.receive("vera@hifi.example", sender="stranger@c.example")
        trap.assert_not_alerted(self.vera, "letter_for_you")

    # What it costs

    def count_queries(self, **values):
        letter = self.letter(**values)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["mail.thread"].message_process(False, letter)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def count_twice(self, letters):
        """What they cost when what is kept in memory is known."""
        return [
            [self.count_queries(**letter) for letter in letters] for _time in range(2)
        ][1]

    def make_people(self, count):
        for number in range(count):
            self.make_employee(
                name=f"P {number}", work_email=f"p{number}.{count}@hifi.example"
            )
            self.env["mail.former.address"].create(
                {"email": f"f{number}.{count}@hifi.example", "name": "Gone"}
            )

    def test_every_kind_of_address_costs_the_same_however_many_there_are(self):
        addresses = ("headphones", "vera", "info", "hedphones", "vrea")
        letters = [{"to": f"{each}@hifi.example"} for each in addresses]
        self.make_people(10)
        before = self.count_twice(letters)
        self.make_people(20)
        self.assertEqual(self.count_twice(letters), before)

    def test_an_exact_address_asks_for_no_list_of_addresses(self):
        self.env.registry.clear_cache()
        book = self.registry["mail.address.book"]
        with patch.object(book, "_read_addresses", side_effect=AssertionError):
            ticket = self.receive("headphones@hifi.example")
        self.assertEqual(len(ticket.inquiry_ids), 1)

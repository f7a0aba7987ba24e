# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import Form, tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ..conversation.common import WINDOW, ConversationCase


@tagged("post_install", "-at_install")
class TestByHand(ConversationCase):
    """What an employee writes down for a customer has to be worked out, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.make_user("clerk", "helpdesk_mgmt.group_helpdesk_user")

    def write_down(self, user, **values):
        """What the form's Save does for a new ticket."""
        return (
            self.env["helpdesk.ticket"]
            .with_user(user)
            .create(
                {
                    "name": "A call",
                    "description": "<p>Do you have it in green?</p>",
                    "partner_id": self.customer.id,
                    "user_id": False,
                    "team_id": self.headphones.id,
                    **values,
                }
            )
            .sudo()
        )

    def test_it_is_an_inquiry_of_the_customer(self):
        ticket = self.write_down(self.anna)
        inquiry = ticket.inquiry_ids
        self.assertEqual(inquiry.state, "pending")
        self.assertEqual(inquiry.subject, "A call")
        self.assertEqual(inquiry.excerpt, "Do you have it in green?")
        self.assertEqual(inquiry.partner_id, self.customer)
        self.assertEqual(inquiry.message_id.author_id, self.customer)
        self.assertTrue(ticket.ladder_active)
        self.assertEqual(ticket.team_id, self.headphones)

    def test_who_is_the_assignee_himself_has_taken_it(self):
        with trap_alerts(self) as trap:
            ticket = self.write_down(self.anna, user_id=self.anna.id)
        self.assertEqual(ticket.user_id, self.anna)
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertFalse(ticket.exclusive_until)
        trap.assert_not_alerted(self.anna)
        trap.assert_not_alerted(self.boris)

    def test_for_a_colleague_it_is_reserved(self):
        ticket = self.write_down(self.clerk, user_id=self.boris.id)
        self.assertEqual(ticket.addressee_id, self.boris)
        self.assertEqual(ticket.exclusive_until, self.now + WINDOW)
        self.assertFalse(ticket.user_id)

    def test_no_customer_gets_his_own_words_by_e_mail(self):
        with self.mock_mail_gateway():
            self.write_down(self.anna)
        self.assertFalse(self._new_mails)

    def test_without_customer_or_words_it_is_none(self):
        self.assertFalse(self.write_down(self.anna, partner_id=False).inquiry_ids)
        nothing = "<p><br></p>"
        self.assertFalse(self.write_down(self.anna, description=nothing).inquiry_ids)

    def test_for_an_employee_it_is_none(self):
        partner = self.boris.partner_id
        ticket = self.write_down(self.anna, partner_id=partner.id)
        self.assertFalse(ticket.inquiry_ids)

    def test_code_of_the_system_makes_none(self):
        values = {
            "name": "A call",
            "description": "Do you have it?",
            "partner_id": self.customer.id,
        }
        tickets = self.env["helpdesk.ticket"].with_user(self.anna)
        self.assertFalse(tickets.sudo().create(values).inquiry_ids)

    def test_an_import_makes_none(self):
        names = ["name", "description", "partner_id/.id"]
        rows = [["Old", "Was it green?", str(self.customer.id)]]
        tickets = self.env["helpdesk.ticket"].with_user(self.manager)
        result = tickets.with_context(import_file=True).load(names, rows)
        self.assertFalse(result["messages"])
        self.assertFalse(tickets.browse(result["ids"]).inquiry_ids)

    def test_a_copy_of_a_ticket_makes_none(self):
        ticket = self.write_down(self.anna, user_id=self.anna.id)
        self.assertFalse(ticket.with_user(self.anna).copy().sudo().inquiry_ids)

    def test_who_writes_it_down_for_others_can_save_it(self):
        result = (
            self.env["helpdesk.ticket"]
            .with_user(self.clerk)
            .web_save(
                {
                    "name": "A call",
                    "description": "<p>Do you have it in green?</p>",
                    "partner_id": self.customer.id,
                    "user_id": self.boris.id,
                    "team_id": self.headphones.id,
                },
                {"name": {}, "inquiry_state": {}, "is_handed_on": {}},
            )
        )
        ticket = self.env["helpdesk.ticket"].browse(result[0]["id"])
        self.assertEqual(result[0]["inquiry_state"], "pending")
        self.assertTrue(result[0]["is_handed_on"])
        self.assertFalse(ticket.is_handed_on)
        self.assertEqual(ticket.addressee_id, self.boris)
        self.assertFalse(ticket.with_user(self.clerk).has_access("read"))
        self.assertNotIn(self.anna, self.get_readers(ticket))

    def test_who_saves_it_is_shown_no_other_conversation(self):
        hidden = self.write_down(self.boris, user_id=self.boris.id)
        self.assertFalse(hidden.with_user(self.clerk).has_access("read"))
        secret = {"fields": {"description": {}}}
        (result,) = (
            self.env["helpdesk.ticket"]
            .with_user(self.clerk)
            .web_save(
                {
                    "name": "A call",
                    "description": "<p>Do you have it in green?</p>",
                    "partner_id": self.customer.id,
                    "user_id": self.boris.id,
                    "team_id": self.headphones.id,
                },
                {
                    "name": {},
                    "access_token": {},
                    "team_id": {"fields": {"display_name": {}, "ticket_ids": secret}},
                    "partner_id": {"fields": {"signup_type": {}}},
                    "inquiry_ids": {"fields": {"excerpt": {}}},
                },
            )
        )
        self.assertEqual(result["name"], "A call")
        self.assertEqual(list(result["team_id"]), ["id", "display_name"])
        self.assertEqual(list(result["partner_id"]), ["id", "display_name"])
        self.assertEqual([list(one) for one in result["inquiry_ids"]], [["id"]])

    def test_the_form_of_the_help_desk_does_it(self):
        form = Form(self.env["helpdesk.ticket"].with_user(self.anna))
        form.name = "A call"
        form.description = "Do you have it in green?"
        form.partner_id = self.customer
        ticket = form.save()
        self.assertEqual(ticket.user_id, self.anna)
        self.assertEqual(ticket.inquiry_state, "pending")

    def test_ten_cost_ten_times_what_one_does(self):
        def count(number):
            values = {
                "name": "A call",
                "description": "Do you have it?",
                "partner_id": self.customer.id,
                "user_id": False,
                "team_id": self.headphones.id,
            }
            tickets = self.env["helpdesk.ticket"].with_user(self.anna)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            tickets.create([dict(values) for _number in range(number)])
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertLessEqual(count(10), 10 * count(1))

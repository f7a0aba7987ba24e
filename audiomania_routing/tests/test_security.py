# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .conversation.common import WINDOW, ConversationCase

GROUPS = ("group_helpdesk_user_own", "group_helpdesk_user_team", "group_helpdesk_user")
SECRET = "In green, please"


@tagged("post_install", "-at_install")
class TestSecurity(ConversationCase):
    """In the window nobody else learns of it, by any way of reading (rule 14).

    Each of the host's groups is tried as a member of the team whose turn comes later:
    two of them may read every conversation of the team, or all, without a ladder.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleagues = [
            cls.make_user(name, f"helpdesk_mgmt.{name}") for name in GROUPS
        ]
        cls.env.ref("base.group_user").implied_ids += cls.env.ref(
            "base.group_allow_export"
        )
        for user in cls.colleagues:
            cls.headphones.user_ids += user
        cls.clerk = cls.make_user("clerk", groups="")

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation(name=SECRET)
        self.inquiry = self.ticket.inquiry_ids
        self.inquiry.subject = SECRET
        self.message = self.inquiry.message_id

    def get_ways(self, user):
        """{way of reading: whether anything of the conversation came out}"""
        env = self.env(user=user)
        ways = {}
        for record in (self.ticket, self.inquiry, self.message):
            records = env[record._name]
            ids = [("id", "=", record.id)]
            ways.update(
                {
                    f"{record._name}.{name}": attempt
                    for name, attempt in {
                        "search": lambda r=records, d=ids: r.search(d),
                        "count": lambda r=records, d=ids: r.search_count(d),
                        "group": lambda r=records, d=ids: r.formatted_read_group(
                            d, ["create_uid"], ["__count"]
                        ),
                        "web_search_read": lambda r=records, d=ids: r.web_search_read(
                            d, {"display_name": {}}
                        )["records"],
                        "name_search": lambda r=records, d=ids: r.name_search(
                            "", domain=d
                        ),
                        "read": lambda r=records, i=record.id: r.browse(i).read(
                            ["display_name"]
                        ),
                        "web_read": lambda r=records, i=record.id: r.browse(i).web_read(
                            {"display_name": {}}
                        ),
                        "export": lambda r=records, i=record.id: r.browse(
                            i
                        ).export_data(["display_name"])["datas"],
                    }.items()
                }
            )
        ways["by its text"] = lambda: env["helpdesk.ticket"].name_search(SECRET)
        ways["by a field"] = lambda: env["helpdesk.inquiry"].search(
            [("ticket_id.name", "=", SECRET)]
        )
        ways["by its messages"] = lambda: env["mail.message"].search(
            [("model", "=", "helpdesk.ticket"), ("res_id", "=", self.ticket.id)]
        )
        return {name: self.get_anything(attempt) for name, attempt in ways.items()}

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def get_anything(self, attempt):
        self.env.invalidate_all()
        try:
            return bool(attempt())
        except AccessError:
            return False

    def assert_reads_nothing(self, user):
        self.assertEqual(
            {name for name, found in self.get_ways(user).items() if found}, set()
        )

    def assert_reads_everything(self, user):
        refused = {name for name, found in self.get_ways(user).items() if not found}
        # Odoo lets administrators only export messages.
        self.assertEqual(refused - {"mail.message.export"}, set())

    def test_in_the_window_no_group_of_the_host_reads_anything(self):
        for user in [*self.colleagues, self.boris, self.vera, self.outsider]:
            with self.subTest(user.login):
                self.assert_reads_nothing(user)

    def test_from_its_second_on_every_group_reads_all_of_it(self):
        self.at(WINDOW)
        for user in [*self.colleagues, self.boris]:
            with self.subTest(user.login):
                self.assert_reads_everything(user)

    def test_the_addressee_and_the_supervisors_read_all_of_it(self):
        for user in (self.anna, self.chief, self.leader, self.manager):
            with self.subTest(user.login):
                self.assert_reads_everything(user)

    def test_the_facts_of_a_decision_are_for_managers(self):
        """What each customer thinks of each employee may be among them."""
        inquiry = self.ticket.inquiry_ids
        self.assertTrue(inquiry.with_user(self.manager).decision)
        self.assertTrue(inquiry.with_user(self.anna).decision_text)
        with self.assertRaises(AccessError):
            inquiry.with_user(self.anna).read(["decision"])

    def test_being_named_in_a_letter_gives_nothing(self):
        self.message.partner_ids = self.vera.partner_id | self.clerk.partner_id
        self.assert_reads_nothing(self.vera)
        self.assert_reads_nothing(self.clerk)

    def test_following_and_being_notified_give_nothing(self):
        partners = self.vera.partner_id | self.clerk.partner_id
        self.ticket.message_subscribe(partners.ids)
        self.env["mail.notification"].create(
            [
                {"mail_message_id": self.message.id, "res_partner_id": partner.id}
                for partner in partners
            ]
        )
        self.assert_reads_nothing(self.vera)
        self.assert_reads_nothing(self.clerk)

    def test_an_earlier_message_of_ones_own_gives_nothing(self):
        self.message = self.note(self.ticket, self.chief)
        self.message.author_id = self.vera.partner_id
        self.assert_reads_nothing(self.vera)

    def test_who_may_not_see_it_cannot_write_in_it(self):
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                self.ticket.with_user(self.boris).message_post(body="Hello")
            with self.assertRaises(AccessError):
                self.ticket.with_user(self.boris).write({"name": "Mine"})

    def test_attachments_of_the_letter_are_hidden_with_it(self):
        attachment = self.env["ir.attachment"].create(
            {
                "name": "photo.png",
                "raw": b"...",
                "res_model": "helpdesk.ticket",
                "res_id": self.ticket.id,
            }
        )
        read = attachment.with_user(self.anna).read
        self.assertTrue(read(["name"]))
        self.env.invalidate_all()
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                attachment.with_user(self.boris).read(["name"])

    def test_employees_change_inquiries_by_actions_only(self):
        for user in (self.anna, self.chief, self.manager):
            with mute_logger("odoo.addons.base.models.ir_model"):
                with self.assertRaises(AccessError):
                    self.inquiry.with_user(user).write({"state": "answered"})
                with self.assertRaises(AccessError):
                    self.inquiry.with_user(user).unlink()

    def test_messages_without_a_ladder_are_left_to_the_host(self):
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "Before the installation",
                "description": "?",
                "company_id": self.company.id,
                "user_id": self.anna.id,
            }
        )
        message = self.note(ticket, self.anna)
        message.partner_ids = self.clerk.partner_id
        self.assertTrue(message.with_user(self.clerk).has_access("read"))
        self.assertTrue(
            self.env["mail.message"]
            .with_user(self.clerk)
            .search([("id", "=", message.id)])
        )


@tagged("post_install", "-at_install")
class TestSecurityOfCustomers(ConversationCase):
    """Customers keep what the host gives them, and learn nothing of the ladder."""

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation()
        self.portal = self.make_portal_user("petr", self.customer)

    def make_portal_user(self, login, partner):
        return self.env["res.users"].create(
            {
                "login": login,
                "partner_id": partner.id,
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )

    def test_a_customer_reads_his_own_conversation(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.portal).search([])
        self.assertEqual(tickets.ids, self.ticket.ids)
        self.assertEqual(tickets.name, "A question")

    def test_another_customer_reads_nothing(self):
        other = self.make_portal_user("other", self.make_customer("Other"))
        self.assertFalse(self.env["helpdesk.ticket"].with_user(other).search([]))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_a_customer_reads_no_inquiry(self):
        with self.assertRaises(AccessError):
            self.env["helpdesk.inquiry"].with_user(self.portal).search([])

    def test_a_customer_does_not_read_who_sees_it_when(self):
        hidden = {
            "addressee_id",
            "audience_id",
            "exclusive_until",
            "team_visible_from",
            "department_visible_from",
            "decision_text",
            "inquiry_ids",
        }
        readable = self.ticket.with_user(self.portal).fields_get().keys()
        self.assertFalse(hidden & readable)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_a_customer_cannot_take_or_work_out(self):
        for name in ("action_take", "action_no_action_required"):
            with self.assertRaises(AccessError):
                getattr(self.ticket.with_user(self.portal), name)()
        self.assertEqual(self.ticket.inquiry_state, "pending")

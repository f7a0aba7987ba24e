# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from ..conversation.common import SECOND, WINDOW
from .common import SECRET, VisibilityCase
from .ways import RECORDS, WAYS, ways

# Open only to who is told, follows or has an activity: not to every reader.
PERSONAL = {
    "activities in the toolbar",
    "alerts",
    "discuss inbox",
    "number on the inbox",
    "starred messages",
}
# The host lets nobody make a conversation of a team to which he does not belong.
OF_MEMBERS = {"a copy"}
# Odoo lets administrators only export messages.
NEVER = {"mail.message: export"}


@tagged("post_install", "-at_install")
class TestLeaks(VisibilityCase):
    """Who may not see a conversation reads nothing of it by any way (rule 14).

    Each colleague would read all of it by the rights of the host or because he is in
    copy, follows, was told, has an activity.
    """

    def setUp(self):
        super().setUp()
        self.furnish()

    def test_in_the_window_no_group_of_the_host_reads_anything_by_any_way(self):
        self.at(WINDOW - SECOND)
        self.assert_reads_nothing(*self.colleagues, self.clerk, self.vera)

    def test_from_its_second_on_every_group_reads_it_by_every_way(self):
        """So that no way is closed to everybody only because it is broken."""
        self.at(WINDOW)
        for user in self.colleagues:
            with self.subTest(user.login):
                closed = WAYS.keys() - ways(user, self.ticket)
                self.assertEqual(closed, NEVER | {"alerts"})

    def test_the_addressee_and_the_supervisors_read_it_by_every_way(self):
        for user in (self.anna, self.chief, self.leader, self.manager):
            with self.subTest(user.login):
                closed = WAYS.keys() - ways(user, self.ticket)
                self.assertEqual(closed - PERSONAL - OF_MEMBERS, NEVER)

    def test_who_is_outside_of_the_help_desk_reads_nothing_at_any_moment(self):
        self.at(3 * WINDOW)
        self.assert_reads_nothing(self.clerk)

    def test_a_longer_chatter_and_inbox_cost_no_more_queries(self):
        self.at(WINDOW)
        self.own.notification_type = "inbox"

        def count_queries(number):
            messages = self.env["mail.message"].union(
                *(self.note(self.ticket, self.anna) for _each in range(number))
            )
            self.env["mail.notification"].create(
                [
                    {
                        "mail_message_id": message.id,
                        "res_partner_id": self.own.partner_id.id,
                    }
                    for message in messages
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            own = self.env["mail.message"].with_user(self.own)
            own.search([("res_id", "=", self.ticket.id)]).read(["body"])
            own.search([("needaction", "=", True)]).read(["body"])
            self.own.partner_id.with_user(self.own)._get_needaction_count()
            return self.env.cr.sql_log_count - before

        count_queries(2)
        self.assertEqual(count_queries(2), count_queries(4))


CONTENTS = {
    "helpdesk.inquiry",
    "helpdesk.ticket",
    "helpdesk.ticket.transition",
    "mail.activity",
    "mail.message",
}
BESIDE = {
    "alert.delivery": "tried by ways(): 'alerts'",
    "discuss.call.history": "of channels",
    "discuss.channel": "of channels",
    "discuss.channel.member": "of channels",
    "helpdesk.conversation.line": "without content: TestLines",
    "helpdesk.quality.contact": "of supervisors: TestFollowup",
    "helpdesk.quality.followup": "of supervisors: TestFollowup",
    "ir.ui.menu": "of actions",
    "product.document": "of products",
    "quotation.document": "of quotations",
    "res.users.settings.embedded.action": "of actions",
    "sale.report": "of orders",
    "snailmail.letter": "of invoices",
}
"""What an employee may read and what names records of any kind, but shows nothing of a
conversation."""


@tagged("post_install", "-at_install")
class TestWhatHangsOnIt(VisibilityCase):
    """No addon adds a kind of record by which a conversation might be read, of which
    nobody has thought here."""

    def names_conversations(self, model):
        """Whether its rows may belong to a conversation, its messages or activities."""
        for field in model._fields.values():
            if not field.store:
                continue
            if field.type in ("many2one", "many2many"):
                if field.comodel_name in CONTENTS:
                    return True
            if field.type in ("reference", "many2one_reference"):
                return True
        return "res_id" in model._fields

    def test_each_kind_of_record_that_may_name_one_is_tried(self):
        access = self.env["ir.model.access"].with_user(self.every)
        found = {
            name
            for name, model in self.env.registry.items()
            if not (model._abstract or model._transient)
            and self.names_conversations(model)
            and access.check(name, "read", raise_exception=False)
        }
        self.assertLessEqual(RECORDS.keys(), found)
        self.assertEqual(found - RECORDS.keys() - BESIDE.keys(), set())


@tagged("post_install", "-at_install")
class TestWithoutLadder(VisibilityCase):
    """Installing hides nothing: what had no ladder is left to the host."""

    def test_who_follows_a_ticket_of_old_reads_it_as_before(self):
        self.furnish()
        self.ticket.inquiry_ids.unlink()
        self.ticket.write({"ladder_active": False, "user_id": self.anna.id})
        left_to_the_host = {
            name
            for name in WAYS
            if not name.startswith(("helpdesk.", "mail.scheduled.message", "routing."))
            and name not in {"alerts", "by a field of it from an inquiry"} | OF_MEMBERS
        }
        for user in (*self.colleagues, self.clerk):
            with self.subTest(user.login):
                closed = left_to_the_host - ways(user, self.ticket)
                self.assertEqual(closed - NEVER, set())

    def test_its_name_stands_where_the_host_puts_it(self):
        self.ticket.write({"ladder_active": False, "user_id": self.anna.id})
        name = self.ticket.with_user(self.clerk).sudo().display_name
        self.assertEqual(name, f"{self.ticket.number} - {SECRET}")


@tagged("post_install", "-at_install")
class TestCustomersKeep(VisibilityCase):
    """A ladder takes nothing from the customer, and gives nothing to another one."""

    def setUp(self):
        super().setUp()
        self.petr = self.make_portal_user("petr", self.customer)
        self.olga = self.make_portal_user("olga", self.make_customer("Olga"))

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

    def test_he_reads_his_conversation_and_its_letters(self):
        names = {
            "helpdesk.ticket: search",
            "helpdesk.ticket: read",
            "mail.message: search",
            "mail.message: read",
            "chatter",
            "its customer's link",
            "a link for others",
            "name of a linked conversation",
        }
        self.assertEqual(ways(self.petr, self.ticket, names), names)

    def test_another_customer_reads_what_the_link_opens_and_no_more(self):
        names = {name for name in WAYS if name.startswith(("helpdesk.", "mail.m"))}
        self.assertEqual(ways(self.olga, self.ticket, names | {"chatter"}), set())

    def test_a_note_of_employees_stays_theirs(self):
        note = self.note(self.ticket, self.chief)
        found = self.env["mail.message"].with_user(self.petr).search([])
        self.assertNotIn(note, found.sudo())
        self.assertIn(self.message, found.sudo())

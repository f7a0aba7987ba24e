# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Conversations in every state, and letters to and from their customers."""

from datetime import timedelta
from email.message import EmailMessage
from email.utils import make_msgid

from odoo.addons.mail.tests.common import MockEmail

from ..common import MONDAY_10, RoutingCase

DOMAIN = "hifi.example"
WINDOW = timedelta(hours=2)
SECOND = timedelta(seconds=1)


class ConversationCase(RoutingCase, MockEmail):
    """Two teams of a department, a leader of each, a customer of the first team.

    Time stands still on a Monday at ten; ``at`` moves it.
    """

    now = MONDAY_10

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alias_domain = cls.env["mail.alias.domain"].create(
            {"name": DOMAIN, "company_ids": [(4, cls.company.id)]}
        )
        cls.company.alias_domain_id = cls.alias_domain
        cls.anna = cls.make_user("anna")
        cls.boris = cls.make_user("boris")
        cls.vera = cls.make_user("vera")
        cls.chief = cls.make_user("chief")
        cls.outsider = cls.make_user("outsider")
        cls.manager = cls.make_user("manager", "helpdesk_mgmt.group_helpdesk_manager")
        cls.headphones = cls.make_team(
            "Headphones",
            [cls.anna, cls.boris],
            cls.chief,
            cls.department,
            alias_name="headphones",
        )
        cls.vinyl = cls.make_team("Vinyl", [cls.vera], None, cls.department)
        cls.audience = cls.make_audience("Headphone lovers", team=cls.headphones)
        cls.customer = cls.make_customer("Petr", audience_manual_id=cls.audience.id)

    def at(self, delta):
        """From now on the clock shows this much after ten."""
        self._freeze(self.now + delta)
        self.env.invalidate_all()

    # Letters

    def letter(self, to="headphones@hifi.example", **values):
        """The bytes of a letter; ``headers`` are added as they are."""
        message = EmailMessage()
        message["From"] = values.get("sender", self.customer.email_formatted)
        message["To"] = to
        message["Subject"] = values.get("subject", "A question")
        message["Message-ID"] = values.get("message_id") or make_msgid()
        if "cc" in values:
            message["Cc"] = values["cc"]
        for name, value in values.get("headers", {}).items():
            message[name] = value
        message.set_content(values.get("body", "Do you have it in green?"))
        return message.as_bytes()

    def receive(self, to="headphones@hifi.example", reply_to=None, **values):
        """Send a letter through the gateway; the conversation, or nothing."""
        if reply_to:
            values.setdefault("headers", {})["In-Reply-To"] = reply_to.message_id
        letter = self.letter(to, **values)
        gateway = self.env["mail.thread"].with_context(tracking_disable=False)
        ticket_id = gateway.message_process(False, letter)
        return self.env["helpdesk.ticket"].browse(ticket_id or [])

    def reply(self, ticket, user, **values):
        """What the composer's Send does."""
        values.setdefault("subtype_xmlid", "mail.mt_comment")
        return ticket.with_user(user).message_post(
            body="Yes, in green.", message_type="comment", **values
        )

    def note(self, ticket, user):
        return ticket.with_user(user).message_post(
            body="He means the other one.",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )

    # Conversations

    def make_conversation(self, **values):
        """One with a pending inquiry; ``values`` are columns of its ladder.

        By default: addressed to Anna, her team two hours later, the department four.
        """
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "A question",
                "description": "Do you have it in green?",
                "company_id": self.company.id,
                "partner_id": self.customer.id,
                "partner_email": self.customer.email,
                "team_id": self.headphones.id,
                "user_id": False,
            }
        )
        message = ticket.message_post(
            body="Do you have it in green?",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.id,
        )
        self.assertEqual(ticket.inquiry_ids.message_id, message)
        ladder = {
            "addressee_id": self.anna.id,
            "exclusive_until": self.now + WINDOW,
            "team_visible_from": self.now + WINDOW,
            "department_visible_from": self.now + 2 * WINDOW,
        }
        ticket.write({**ladder, **values})
        return ticket

    def get_readers(self, ticket):
        """Who of the people of this test can read it now, by rights and by search."""
        people = self.anna | self.boris | self.vera | self.chief | self.leader
        people |= self.outsider | self.manager
        by_rights = people.filtered(
            lambda user: ticket.with_user(user).has_access("read")
        )
        by_search = people.filtered(
            lambda user: (
                self.env["helpdesk.ticket"]
                .with_user(user)
                .search([("id", "=", ticket.id)])
            )
        )
        self.assertEqual(by_rights, by_search)
        return by_rights

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from email.message import EmailMessage

from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ..conversation.browser import BrowserCase
from .attacks import LINE, PAGES


@tagged("post_install", "-at_install")
class TestAttacks(BrowserCase):
    """Nothing that stands in a letter runs where it is read: in the list, in the
    conversation, beside it, in the toolbar, in an answer, in the list of e-mails."""

    def receive_page(self, page, number, answers=None):
        letter = EmailMessage()
        letter["From"] = "Petr <petr@customer.example>"
        letter["To"] = "anna@hifi.example"
        letter["Subject"] = f"Green {LINE}"
        letter["Message-ID"] = f"<attack-{number}@customer.example>"
        if answers:
            letter["In-Reply-To"] = answers
        letter.set_content(f"Attack {number} in words {LINE}")
        head = f"<p>Attack {number} begins</p>"
        letter.add_alternative(head + page, subtype="html")
        process = self.env["mail.thread"].message_process
        return self.env["helpdesk.ticket"].browse(process(False, letter.as_bytes()))

    def test_nothing_in_a_letter_runs(self):
        self.customer.name = LINE
        with trap_alerts(self) as trap:
            self.receive_all()
            trap.drain()
            self.start_tour(
                "/odoo/inquiries", "audiomania_routing_attacks", login=self.anna.login
            )

    def receive_all(self):
        ticket = self.receive_page(PAGES[0], 0)
        for number, page in enumerate(PAGES[1:], 1):
            again = self.receive_page(page, number, "<attack-0@customer.example>")
            self.assertEqual(again, ticket)
        self.assertEqual(len(ticket.inquiry_ids), len(PAGES))

    def test_nothing_runs_where_a_letter_is_judged(self):
        """A letter that was set aside is read before anybody has answered it."""
        letter = EmailMessage()
        letter["From"] = f'"{LINE.replace(chr(34), "")}" <news@vendor.example>'
        letter["To"] = "anna@hifi.example"
        letter["Subject"] = f"Green {LINE}"
        letter["Precedence"] = "bulk"
        letter["List-Unsubscribe"] = "<https://vendor.example/u>"
        page = "".join(PAGES)
        letter.set_content(f"<p>Attack begins</p>{page}", subtype="html")
        self.env["mail.thread"].message_process(False, letter.as_bytes())
        entry = self.env["mail.intake.entry"].search([], limit=1)
        self.assertEqual(entry.outcome, "spam")
        self.start_tour(
            f"/odoo/incoming-email/{entry.id}",
            "audiomania_routing_attack_aside",
            login=self.manager.login,
        )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
from unittest.mock import patch

from psycopg2 import OperationalError

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.base.tests.common import HttpCase

from ...controllers import mail_intake

ROUTE = "/mail/intake"
NAMELESS = (
    b"From: Pavel <pavel@pipe.example>\r\nTo: desk@shop.example\r\nSubject: Hi\r\n"
)
HEAD = NAMELESS + b"Message-ID: <1@pipe.example>\r\n"
LETTER = HEAD + b"\r\nIs it green?\r\n"


@tagged("post_install", "-at_install")
class TestPipe(HttpCase):
    """A mail server hands letters over, and keeps what was not written down."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pipes = cls.env["fetchmail.server"]
        cls.pipe = cls.pipes.create({"name": "Postfix", "server_type": "local"})
        cls.env["helpdesk.ticket.team"].create({"name": "Desk"})

    def hand_over(self, letter=LETTER, secret=None, **headers):
        headers = {
            "Authorization": f"Bearer {secret or self.pipe.pipe_secret}",
            "Content-Type": "message/rfc822",
            **headers,
        }
        return self.url_open(ROUTE, data=letter, headers=headers, method="POST")

    def get_entries(self):
        return self.env["mail.intake.entry"].search([("server_id", "=", self.pipe.id)])

    def assertTaken(self, answer, letter):
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.text, hashlib.sha256(letter).hexdigest())

    def assertNotTaken(self, answer, status):
        self.assertEqual(answer.status_code, status)
        self.assertFalse(self.get_entries())

    def test_a_letter_is_an_entry_and_a_conversation(self):
        self.assertTaken(self.hand_over(), LETTER)
        entry = self.get_entries()
        self.assertEqual((entry.source, entry.outcome), ("pipe", "new"))
        self.assertEqual(entry._get_letter(), LETTER)
        self.assertIn("pavel@pipe.example", entry.ticket_id.partner_email)

    def test_bytes_of_any_kind_come_in_as_they_are(self):
        letters = {
            "no UTF-8": HEAD + b"\r\n" + "Привет".encode("koi8-r"),
            "no text": HEAD.replace(b"1@", b"2@") + b"\r\n" + bytes(range(256)),
            "no header": b"\xff\xfe\x00 nothing like a letter",
            "unknown charset": HEAD.replace(b"1@", b"3@")
            + b"Content-Type: text/plain; charset=klingon\r\n\r\n\xd0\xbd",
        }
        for name, letter in letters.items():
            with self.subTest(name):
                self.assertTaken(self.hand_over(letter), letter)
                entry = self.get_entries()[0]
                self.assertEqual(entry._get_letter(), letter)
                self.assertTrue(entry.outcome)
        self.assertEqual(len(self.get_entries()), len(letters))

    def test_the_same_letter_tried_again_is_the_same_delivery(self):
        letter = NAMELESS + b"\r\nWithout a name of its own\r\n"
        for _attempt in range(2):
            self.assertTaken(self.hand_over(letter), letter)
        self.assertEqual(self.get_entries().mapped("outcome"), ["new"])

    def test_also_where_the_time_of_the_attempt_stands_first(self):
        letter = NAMELESS + b"\r\nWithout a name of its own\r\n"
        for minute in (b"10:00", b"10:05"):
            self.hand_over(b"From pavel Mon Oct  5 %s:00 2026\n" % minute + letter)
        self.assertEqual(self.get_entries().mapped("outcome"), ["new"])

    def test_a_letter_in_blind_copy_reaches_whom_it_was_delivered_to(self):
        domain = self.env["mail.alias.domain"].search([], limit=1)
        domain = domain or domain.create({"name": "shop.example"})
        self.env.company.alias_domain_id = domain
        team = self.env["helpdesk.ticket.team"].create(
            {
                "name": "Repairs",
                "alias_name": "repairs",
                "user_ids": [(4, self.env.ref("base.user_admin").id)],
            }
        )
        letter = b"Delivered-To: %s\r\n" % team.alias_email.encode() + LETTER
        self.assertTaken(self.hand_over(letter), letter)
        self.assertEqual(self.get_entries().ticket_id.team_id, team)

    def test_a_wrong_secret_delivers_nothing(self):
        self.assertNotTaken(self.hand_over(secret="guessed"), 403)
        self.assertNotTaken(self.hand_over(Authorization="Basic"), 403)
        self.assertNotTaken(self.hand_over(Authorization="Bearer "), 403)

    def test_an_archived_pipe_delivers_nothing(self):
        self.pipe.active = False
        self.assertNotTaken(self.hand_over(), 403)

    def test_a_new_secret_ends_the_old_one(self):
        old = self.pipe.pipe_secret
        self.pipe.action_renew_pipe_secret()
        self.assertNotTaken(self.hand_over(secret=old), 403)
        self.assertTaken(self.hand_over(), LETTER)

    def test_a_letter_above_the_limit_stays_with_the_mail_server(self):
        with patch.object(mail_intake, "LARGEST_LETTER", len(LETTER) - 1):
            self.assertNotTaken(self.hand_over(), 413)
        with patch.object(mail_intake, "LARGEST_LETTER", len(LETTER)):
            self.assertTaken(self.hand_over(), LETTER)

    def test_the_limit_of_uploads_is_not_that_of_letters(self):
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", "10")
        self.assertTaken(self.hand_over(), LETTER)

    def test_what_is_no_letter_is_not_taken(self):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertNotTaken(self.hand_over(**form), 415)
        self.assertNotTaken(self.hand_over(b""), 400)

    def test_a_database_that_cannot_write_keeps_the_letter_at_the_mail_server(self):
        def fails(*_args, **_options):
            raise OperationalError("read-only")

        with patch.object(self.registry["mail.intake.entry"], "_admit", fails):
            self.assertNotTaken(self.hand_over(), 503)

    def test_no_session_is_kept(self):
        self.assertNotIn("session_id", self.hand_over().cookies)

    def test_one_can_ask_whether_the_secret_is_right(self):
        headers = {"Authorization": f"Bearer {self.pipe.pipe_secret}"}
        answer = self.url_open(ROUTE, headers=headers)
        self.assertTaken(answer, b"")
        answer = self.url_open(ROUTE, headers={"Authorization": "Bearer no"})
        self.assertNotTaken(answer, 403)

    def test_each_pipe_has_a_secret_of_its_own_and_a_mailbox_none(self):
        copy = self.pipe.copy()
        mailbox = self.pipes.create({"name": "Mailbox", "server_type": "imap"})
        self.assertNotIn(copy.pipe_secret, (False, self.pipe.pipe_secret))
        self.assertFalse(mailbox.pipe_secret)
        self.assertFalse(mailbox.pipe_configuration)

    def test_the_administrator_reads_what_to_put_on_the_mail_server(self):
        admin = new_test_user(self.env, "root_of_mail", groups="base.group_system")
        pipe = self.pipe.with_user(admin)
        self.assertIn(f"secret = {self.pipe.pipe_secret}", pipe.pipe_configuration)
        self.assertIn(f"database = {self.env.cr.dbname}", pipe.pipe_configuration)
        self.assertIn("audiomania_mailpipe.py", pipe.pipe_postfix)
        self.assertIn("audiomania_mailpipe.py", pipe.pipe_exim)

    def test_nobody_else_reads_the_secret(self):
        manager = new_test_user(
            self.env, "manager", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        with self.assertRaises(AccessError):
            self.pipe.with_user(manager).read(["pipe_secret"])
        with self.assertRaises(AccessError):
            self.pipe.with_user(manager).action_renew_pipe_secret()

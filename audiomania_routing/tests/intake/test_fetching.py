# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import poplib
from imaplib import IMAP4

from odoo.tests import BaseCase, tagged

from odoo.addons.mail.models.fetchmail import OdooIMAP4, OdooPOP3

from ...models.intake.fetching import attend


class Mailbox:
    """A mailbox with letters by number; ``None`` is one that it does not hand over."""

    def __init__(self, letters):
        self.letters = letters
        self.taken_out = []
        self._unread_messages = sorted(letters, reverse=True)

    def handled_message(self, number):
        self.taken_out.append(number)


class Imap(Mailbox, OdooIMAP4):
    def response(self, code):
        return code, [b"77"]

    def fetch(self, number, _parts):
        raw = self.letters[number]
        if raw is None:
            raise IMAP4.error("cannot be rendered")
        return "OK", [(b"%d (UID %d BODY[] {9}" % (number, number * 10), raw), b")"]

    def __del__(self):
        pass


class Pop(Mailbox, OdooPOP3):
    names = b"1 aaa", b"2 bbb", b"3 ccc"

    def uidl(self):
        if not self.names:
            raise poplib.error_proto("-ERR unknown")
        return b"+OK", self.names, 0

    def retr(self, number):
        raw = self.letters[number]
        if raw is None:
            raise poplib.error_proto("-ERR cannot")
        return b"+OK", raw.split(b"\n"), len(raw)


LETTERS = {1: b"A: 1\n\none", 2: None, 3: b"A: 3\n\nthree"}


@tagged("post_install", "-at_install")
class TestFetching(BaseCase):
    """No letter is lost on its way out of a mailbox, and none blocks it."""

    def setUp(self):
        super().setUp()
        self.unreadable = []

    def attend(self, mailbox):
        return attend(mailbox, 5, lambda *what: self.unreadable.append(what))

    def test_imap_names_each_letter(self):
        mailbox = self.attend(Imap({1: b"one", 2: b"two"}))
        letters = [letter for _number, letter in mailbox.retrieve_unread_messages()]
        self.assertEqual(letters, [b"one", b"two"])
        names = [(one.source, one.key, one.server_id) for one in letters]
        self.assertEqual(
            names, [("imap", "imap:5:77:10", 5), ("imap", "imap:5:77:20", 5)]
        )

    def test_pop_names_each_letter(self):
        mailbox = self.attend(Pop({1: b"A: 1\n\none"}))
        ((_number, letter),) = mailbox.retrieve_unread_messages()
        self.assertEqual(letter, b"A: 1\n\none")
        self.assertEqual((letter.source, letter.key), ("pop", "pop:5:aaa"))

    def test_a_pop_server_without_names_hands_over_letters_all_the_same(self):
        mailbox = Pop({1: b"A: 1\n\none"})
        mailbox.names = ()
        ((_number, letter),) = self.attend(mailbox).retrieve_unread_messages()
        self.assertIsNone(letter.key)

    def test_a_letter_that_is_not_handed_over_keeps_no_other_from_coming(self):
        for mailbox in (Imap(LETTERS), Pop(LETTERS)):
            mailbox = self.attend(mailbox)
            numbers = [number for number, _letter in mailbox.retrieve_unread_messages()]
            self.assertEqual(numbers, [1, 3])
        self.assertEqual([what[0] for what in self.unreadable], ["imap", "pop"])

    def test_only_what_was_written_down_is_taken_out_of_the_mailbox(self):
        mailbox = self.attend(Imap({1: b"one", 2: b"two"}))
        for number, letter in mailbox.retrieve_unread_messages():
            letter.admitted = number == 2
            mailbox.handled_message(number)
        self.assertEqual(mailbox.taken_out, [2])

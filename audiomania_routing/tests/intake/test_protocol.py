# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import contextlib
import errno
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace
from unittest.mock import patch

from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo import fields
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase
from odoo.addons.base.models import ir_attachment

from ...letter.defects import Code
from ...models.intake.course import IMAP, POP, RawLetter
from ...models.intake.defect_words import SENTENCES
from ...models.intake.mail_intake_entry_protocol import (
    MOST_ATTEMPTS,
    UNFINISHED_AFTER,
)

SENDER = "protocol@customer.example"


@contextlib.contextmanager
def open_on_full_disk(path, mode="r"):
    """Half of what is written fits."""

    def write_half(octets):
        file.write(octets[: len(octets) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with open(path, mode) as file:
        yield SimpleNamespace(write=write_half) if "w" in mode else file


class Killed(BaseException):
    """The server dies here: nothing is caught, nothing is written down."""


@tagged("post_install", "-at_install")
class TestProtocol(TransactionsCase):
    """No moment of dying loses a letter or doubles one (rules 18 and 19)."""

    def setUp(self):
        super().setUp()
        entries = self.registry["mail.intake.entry"]
        self.startPatcher(patch.object(entries, "_has_own_cursors", lambda self: True))
        with self.transaction() as env:
            self.last = {
                name: env[name].search([], order="id desc", limit=1).id or 0
                for name in ("alert.alert", "alert.outbox", "mail.intake.entry")
            }

    def clean(self):
        with self.transaction() as env:
            for name, last in self.last.items():
                env[name].search([("id", ">", last)]).unlink()
            env["helpdesk.ticket"].search([("partner_email", "=", SENDER)]).unlink()

    # What happens

    def letter(self, number=1, source=IMAP, key=None, text="Is it green?"):
        message = EmailMessage()
        message["From"] = SENDER
        message["To"] = "sales@shop.example"
        message["Subject"] = f"Question {number}"
        message["Message-ID"] = f"<{number}@customer.example>"
        message.set_content(text)
        return RawLetter.make(message.as_bytes(), source, key)

    def receive(self, letter):
        with self.transaction() as env:
            return env["mail.thread"].message_process(False, letter)

    def failing(self, *failures):
        """Making the inquiry fails, with one of these each time, until they end."""
        failures = iter(failures)
        kind = self.registry["helpdesk.inquiry"]
        start = kind._start_ladders

        def fails(inquiries):
            start(inquiries)
            if failure := next(failures, None):
                raise failure

        return patch.object(kind, "_start_ladders", fails)

    def finish(self, after=UNFINISHED_AFTER + timedelta(seconds=1)):
        """The job, some time later."""
        later = fields.Datetime.now() + after
        with (
            self.transaction() as env,
            patch.object(fields.Datetime, "now", lambda *_args: later),
            patch.object(
                self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 60
            ),
        ):
            env["mail.intake.entry"]._cron_finish()

    # What is there

    def columns(self, *names):
        with self.transaction() as env:
            entries = env["mail.intake.entry"].search(
                [("id", ">", self.last["mail.intake.entry"])], order="id"
            )
            return [tuple(entry[name] for name in names) for entry in entries]

    def count_conversations(self):
        with self.transaction() as env:
            tickets = env["helpdesk.ticket"].search([("partner_email", "=", SENDER)])
            self.assertEqual(len(tickets.inquiry_ids), len(tickets))
            return len(tickets)

    def assertOutcomes(self, *outcomes):
        self.assertEqual([one for (one,) in self.columns("outcome")], list(outcomes))

    # The tests

    def test_a_letter_is_one_entry_and_one_conversation(self):
        ticket_id = self.receive(self.letter())
        ((entry, outcome, ticket),) = self.columns("message_id", "outcome", "ticket_id")
        self.assertEqual((entry, outcome), ("<1@customer.example>", "new"))
        self.assertEqual(ticket.id, ticket_id)

    def test_it_stays_when_the_caller_gives_up(self):
        with self.assertRaises(Killed), self.transaction() as env:
            env["mail.thread"].message_process(False, self.letter())
            raise Killed
        self.assertOutcomes("new")
        self.assertEqual(self.count_conversations(), 1)

    def test_the_same_delivery_tried_again_is_one_entry(self):
        first = self.receive(self.letter(key="imap:1:7:42"))
        again = self.receive(self.letter(key="imap:1:7:42"))
        self.assertEqual(again, first)
        self.assertOutcomes("new")

    def test_another_letter_under_a_name_that_is_known_is_a_letter(self):
        """A server's record that reads another mailbox now meets names it knows."""
        self.receive(self.letter(1, key="imap:1:1:42"))
        second = self.receive(self.letter(2, key="imap:1:1:42"))
        self.assertTrue(second)
        self.assertEqual(self.receive(self.letter(2, key="imap:1:1:42")), second)
        self.assertOutcomes("new", "new")
        self.assertEqual(self.count_conversations(), 2)

    def test_a_letter_that_could_not_be_handed_over_at_first_comes_later(self):
        with self.transaction() as env:
            note = env["mail.intake.entry"]._note_unreadable
            note(None, POP, "pop:1:x", "-ERR busy")
        letter = self.letter(source=POP, key="pop:1:x")
        self.assertTrue(self.receive(letter))
        self.assertTrue(letter.admitted)
        self.assertOutcomes("failed", "new")

    def test_the_same_letter_from_another_mailbox_is_a_duplicate(self):
        self.receive(self.letter(key="imap:1:7:42"))
        self.assertFalse(self.receive(self.letter(source=POP, key="pop:2:x")))
        self.assertOutcomes("new", "duplicate")
        ((_none,), (first,)) = self.columns("duplicate_of_id")
        self.assertTrue(first)
        self.assertEqual(self.count_conversations(), 1)

    def test_the_same_name_with_another_text_is_another_letter(self):
        self.receive(self.letter(text="Is it green?"))
        self.receive(self.letter(text="Is it blue?"))
        self.assertOutcomes("new", "new")
        self.assertEqual(self.count_conversations(), 2)

    def test_what_collides_is_tried_again(self):
        with self.failing(SerializationFailure(), DeadlockDetected()):
            self.receive(self.letter())
        self.assertOutcomes("new")
        self.assertEqual(self.count_conversations(), 1)

    def test_what_collides_for_ever_is_left_to_the_job_and_never_failed(self):
        with self.failing(*[SerializationFailure() for _each in range(5)]):
            self.receive(self.letter())
        self.assertOutcomes(False)
        self.finish()
        self.assertOutcomes("new")

    def test_a_full_disk_fails_the_letter_and_spoils_no_file_of_it(self):
        """The administrators are told; tried again, the file is whole."""
        photo = bytes(range(256)) * 400
        letter = self.letter(text="Is it green?")
        message = message_from_bytes(letter, policy=policy.SMTP)
        message.add_attachment(photo, "image", "x-odd", filename="green.odd")
        letter = RawLetter.make(message.as_bytes(), IMAP)
        with patch.object(ir_attachment, "open", open_on_full_disk, create=True):
            self.receive(letter)
        ((outcome, error, is_mended),) = self.columns("outcome", "error", "is_mended")
        self.assertEqual((outcome, is_mended), ("failed", False))
        self.assertIn("No space left", error)
        with self.transaction() as env:
            env["mail.intake.entry"].search([], limit=1).action_retry()
        self.assertOutcomes("new")
        with self.transaction() as env:
            ticket = env["helpdesk.ticket"].search([("partner_email", "=", SENDER)])
            files = ticket.message_ids.attachment_ids
            self.assertEqual(files.filtered(lambda file: "odd" in file.name).raw, photo)

    def test_a_letter_during_which_the_server_dies_is_finished_by_the_job(self):
        with self.failing(Killed()), self.assertRaises(Killed):
            self.receive(self.letter())
        self.assertOutcomes(False)
        self.assertEqual(self.count_conversations(), 0)
        self.finish()
        self.assertOutcomes("new")
        self.assertEqual(self.count_conversations(), 1)
        self.finish()
        self.assertEqual(self.count_conversations(), 1)

    def test_also_when_the_clock_was_put_back_since(self):
        with self.failing(Killed()), self.assertRaises(Killed):
            self.receive(self.letter())
        self.finish(after=timedelta(minutes=-1))
        self.assertOutcomes(False)
        self.finish(after=timedelta(days=-1))
        self.assertOutcomes("new")
        self.assertEqual(self.count_conversations(), 1)

    def test_or_by_the_next_delivery(self):
        letter = self.letter(key="pop:1:abc")
        with self.failing(Killed()), self.assertRaises(Killed):
            self.receive(letter)
        self.receive(letter)
        self.finish()
        self.assertOutcomes("new")
        self.assertEqual(self.count_conversations(), 1)

    def test_a_letter_that_kills_the_server_again_and_again_counts_as_failed(self):
        letter = self.letter(key="pop:1:poison")
        for _attempt in range(MOST_ATTEMPTS):
            with self.failing(Killed()), self.assertRaises(Killed):
                self.receive(letter)
        self.receive(letter)
        self.finish()
        self.assertOutcomes("failed")
        self.assertEqual(self.count_conversations(), 0)

    def test_a_failed_letter_is_kept_and_the_administrators_are_told(self):
        letter = self.letter()
        with self.failing(ZeroDivisionError("half"), ZeroDivisionError("half")):
            self.assertFalse(self.receive(letter))
        ((outcome, error),) = self.columns("outcome", "error")
        self.assertEqual(outcome, "failed")
        self.assertIn("half", error)
        with self.transaction() as env:
            entry = env["mail.intake.entry"].search([], order="id desc", limit=1)
            self.assertEqual(entry._get_letter(), letter)
            alert = env["alert.alert"].search([], order="id desc", limit=1)
            self.assertEqual(
                (alert.type_id.code, alert.res_id), ("intake_failed", entry.id)
            )

    def test_what_somebody_else_is_reading_is_left_to_him(self):
        with self.failing(Killed()), self.assertRaises(Killed):
            self.receive(self.letter())
        ((entry_id,),) = self.columns("id")
        with self.transaction() as busy:
            self.assertTrue(busy["mail.intake.entry"]._claim(entry_id))
            self.finish()
            self.assertOutcomes(False)
        self.finish()
        self.assertOutcomes("new")

    def test_what_was_mended_is_said_in_words(self):
        letter = self.letter().replace(b"utf-8", b"utf8mb4")
        self.receive(RawLetter.make(letter, IMAP))
        ((outcome, defects),) = self.columns("outcome", "defects")
        self.assertEqual(outcome, "new")
        self.assertIn("a charset that nobody knows", defects)

    def test_what_was_wrong_may_itself_be_no_text(self):
        letter = self.letter().replace(b"utf-8", b"ut\0f-8")
        self.receive(RawLetter.make(letter, IMAP))
        ((outcome, defects),) = self.columns("outcome", "defects")
        self.assertEqual(outcome, "new")
        self.assertIn("utf-8", defects)

    def test_there_is_a_sentence_for_every_kind_of_damage(self):
        self.assertEqual(set(SENTENCES), set(Code))

    def test_the_mended_letter_is_tried_when_the_letter_cannot_be_read(self):
        with self.failing(ZeroDivisionError()):
            self.receive(self.letter())
        self.assertOutcomes("new")
        self.assertEqual(self.count_conversations(), 1)

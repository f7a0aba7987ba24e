# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import nullcontext
from email.message import EmailMessage
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.common import trap_alerts
from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase

from ...models.intake import mail_intake_entry_actions as actions
from .entries import VACATION, IntakeCase

OURS = "openerp-ours"


@tagged("post_install", "-at_install")
class TestFailedLetters(IntakeCase):
    """A failed letter becomes one conversation by one click (rule 18)."""

    def setUp(self):
        super().setUp()
        self.entry = self.receive_failing(subject="It hums")
        self.assertEqual(self.entry.outcome, "failed")

    def test_no_customer_is_told_that_his_letter_failed(self):
        def fails(*_letter, **_values):
            raise ZeroDivisionError("half")

        kind = self.registry["helpdesk.ticket"]
        # where Odoo opens a transaction of its own for its notice, it is this one
        cursor = patch.object(
            self.registry, "cursor", lambda **_values: nullcontext(self.env.cr)
        )
        with (
            self.mock_mail_gateway(),
            patch.object(kind, "message_new", fails),
            cursor,
        ):
            self.receive(subject="It hums again")
        self.assertEqual(self.get_entry().subject, "It hums again")
        self.assertEqual(self.get_entry().outcome, "failed")
        self.assertFalse(self._new_mails)

    def test_a_retry_makes_the_conversation_and_opens_it(self):
        action = self.call(self.manager, self.entry, "action_retry")
        self.assertEqual(self.entry.outcome, "new")
        self.assertEqual(self.entry.ticket_id.name, "It hums")
        self.assertEqual(len(self.entry.ticket_id.inquiry_ids), 1)
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("helpdesk.ticket", self.entry.ticket_id.id),
        )

    def test_who_has_no_part_in_the_help_desk_is_told_what_became_of_it(self):
        action = self.call(self.system, self.entry, "action_retry")
        self.assertEqual(self.entry.outcome, "new")
        self.assertEqual(action["params"]["type"], "success")

    def test_a_second_retry_makes_no_second_conversation(self):
        self.call(self.manager, self.entry, "action_retry")
        before = self.count_conversations()
        with self.assertRaisesRegex(UserError, "none of these letters has failed"):
            self.call(self.manager, self.entry, "action_retry")
        self.assertEqual(self.count_conversations(), before)

    def test_a_retry_that_comes_too_late_makes_no_second_conversation(self):
        """Somebody else pressed the button a moment ago."""
        late = self.entry.with_user(self.manager)
        self.assertEqual(late.outcome, "failed")
        self.call(self.manager, self.entry, "action_retry")
        before = self.count_conversations()
        late.sudo()._retry()
        self.assertEqual(self.count_conversations(), before)
        self.assertEqual(self.entry.outcome, "new")

    def test_a_retry_that_fails_leaves_it_failed_and_counts_it(self):
        self.assertEqual(self.entry.attempts, 1)
        with self.failing():
            action = self.call(self.manager, self.entry, "action_retry")
        self.assertEqual((self.entry.outcome, self.entry.attempts), ("failed", 2))
        self.assertIn("could not be read", action["params"]["message"])
        self.assertEqual(action["params"]["type"], "warning")

    def test_several_are_retried_at_once_each_on_its_own(self):
        entries = self.entry + self.receive_failing() + self.receive_failing()
        broken = entries[1]
        handle = self.registry["mail.intake.entry"]._process

        def process(records, entry_id, *args):
            if entry_id == broken.id:
                raise ZeroDivisionError
            return handle(records, entry_id, *args)

        with patch.object(self.registry["mail.intake.entry"], "_process", process):
            action = self.call(self.manager, entries, "action_retry")
        self.assertEqual(entries.mapped("outcome"), ["new", "failed", "new"])
        self.assertIn("2 of 3", action["params"]["message"])

    def test_more_than_a_click_can_do_is_left_for_another_one(self):
        entries = self.entry + self.receive_failing()
        with patch.object(actions, "MOST_AT_ONCE", 1):
            action = self.call(self.manager, entries, "action_retry")
        self.assertEqual(entries.mapped("outcome"), ["new", "failed"])
        self.assertIn("1 are left", action["params"]["message"])

    def test_without_the_original_a_sentence_says_so(self):
        self.entry.original = False
        for name in ("action_retry", "action_make_conversation"):
            with self.assertRaisesRegex(UserError, "no longer kept"):
                self.call(self.manager, self.entry, name)
        self.assertFalse(self.entry.is_kept)

    def test_its_alert_withdraws_itself(self):
        with trap_alerts(self) as trap:
            entry = self.receive_failing()
            trap.assert_alerted(self.system, "intake_failed", entry)
            self.call(self.manager, entry, "action_retry")
            trap.assert_withdrawn(self.system, "intake_failed", entry)

    def test_failed_letters_stand_first(self):
        self.receive()
        order = "is_failed desc, id desc"
        first = self.env["mail.intake.entry"].search([], order=order, limit=1)
        self.assertEqual(first, self.entry)

    # Anyway

    def test_what_cannot_even_be_parsed_becomes_a_conversation_of_its_text(self):
        letter = self.entry._get_letter()
        gateway = self.registry["mail.thread"]
        with patch.object(gateway, "message_route", side_effect=ValueError("broken")):
            self.call(self.manager, self.entry, "action_make_conversation")
        ticket = self.entry.ticket_id
        self.assertEqual(self.entry.outcome, "new")
        self.assertEqual(ticket.name, "It hums")
        self.assertEqual(ticket.team_id, self.headphones)
        self.assertEqual(ticket.partner_id, self.customer)
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertIn("in green", ticket.inquiry_ids.message_id.body)
        attachment = ticket.inquiry_ids.message_id.attachment_ids
        self.assertEqual(attachment.name, f"letter-{self.entry.id}.eml")
        self.assertEqual(attachment.raw, bytes(letter))
        self.assertIn("raw text", self.entry.reason_words)

    def test_an_answer_to_it_finds_the_conversation(self):
        self.call(self.manager, self.entry, "action_make_conversation")
        headers = {"In-Reply-To": self.entry.message_id}
        self.assertEqual(self.receive(headers=headers), self.entry.ticket_id)

    def test_what_has_no_headers_at_all_becomes_one_too(self):
        with self.failing():
            self.env["mail.thread"].message_process(False, b"\xff\x00 no letter")
        entry = self.get_entry()
        self.call(self.manager, entry, "action_make_conversation")
        self.assertEqual(entry.outcome, "new")
        self.assertEqual(entry.ticket_id.name, "No subject")
        self.assertEqual(len(entry.ticket_id.inquiry_ids), 1)

    def test_odd_headers_stop_nothing(self):
        with self.failing():
            self.env["mail.thread"].message_process(
                False,
                b"From: =?x-unknown?q?=FF?= <a b@c@d>\nTo: <>, ,;x@\n"
                b"Subject: =?utf-8?b?////?=\n two\nMessage-ID: <a b>\n\nText",
            )
        entry = self.get_entry()
        self.call(self.manager, entry, "action_make_conversation")
        self.assertEqual(entry.outcome, "new")

    def test_anyway_twice_is_one_conversation(self):
        self.call(self.manager, self.entry, "action_make_conversation")
        before = self.count_conversations()
        with self.assertRaises(UserError):
            self.call(self.manager, self.entry, "action_make_conversation")
        self.entry.sudo()._make_anyway()
        self.assertEqual(self.count_conversations(), before)

    def test_anyway_that_fails_leaves_it_failed(self):
        with self.failing():
            self.call(self.manager, self.entry, "action_make_conversation")
        self.assertEqual(self.entry.outcome, "failed")
        self.assertIn("half", self.entry.error)

    def test_a_letter_that_has_not_failed_needs_no_conversation(self):
        self.receive()
        with self.assertRaisesRegex(UserError, "has failed"):
            self.call(self.manager, self.get_entry(), "action_make_conversation")


@tagged("post_install", "-at_install")
class TestSetAside(IntakeCase):
    """Whatever was set aside is an inquiry with one click (rule 18)."""

    def assert_inquiry(self, entry):
        self.assertTrue(entry.set_aside, entry.outcome)
        self.call(self.manager, entry, "action_make_inquiry")
        self.assertEqual(entry.outcome, "new")
        self.assertEqual(entry.ticket_id.inquiry_ids.mapped("state"), ["pending"])
        self.assertFalse(entry.set_aside)

    def test_a_mailing(self):
        self.assert_inquiry(self.receive_aside())

    def test_a_vacation_reply_that_joins_nothing(self):
        self.receive(headers=VACATION)
        self.assert_inquiry(self.get_entry())

    def test_a_letter_of_a_colleague_and_he_gets_no_copy(self):
        self.receive("vera@hifi.example", sender=self.anna.email_formatted)
        with self.mock_mail_gateway():
            self.assert_inquiry(self.get_entry())
        self.assertFalse(self._new_mails)

    def test_what_odoo_itself_wrote(self):
        headers = {"X-Odoo-Objects": "res.users-2"}
        self.receive(
            "info@hifi.example", sender="headphones@hifi.example", headers=headers
        )
        self.assert_inquiry(self.get_entry())

    def test_an_answer_to_our_notice_of_a_loop(self):
        headers = {"References": "<1-loop-detection-bounce-email@hifi.example>"}
        self.receive("info@hifi.example", headers=headers)
        self.assert_inquiry(self.get_entry())

    def test_a_delivery_report_that_names_no_letter_of_ours(self):
        report = EmailMessage()
        report["From"] = "MAILER-DAEMON@mx.example"
        report["To"] = "headphones@hifi.example"
        report["Subject"] = "Undelivered Mail Returned to Sender"
        report["Message-ID"] = "<report@mx.example>"
        report.set_content("<nobody@x.example>: 550 5.1.1 User unknown")
        self.env["mail.thread"].message_process(False, report.as_bytes())
        entry = self.get_entry()
        self.assertEqual(entry.outcome, "bounce")
        self.assert_inquiry(entry)

    def test_an_address_for_known_people_refuses_no_customer(self):
        self.headphones.alias_id.alias_contact = "partners"
        self.receive(sender="stranger@c.example")
        entry = self.get_entry()
        self.assertEqual(entry.outcome, "new")
        self.assertEqual(entry.ticket_id.team_id, self.headphones)

    def test_several_at_once(self):
        entries = self.receive_aside() + self.receive_aside()
        action = self.call(self.manager, entries, "action_make_inquiry")
        self.assertEqual(entries.mapped("outcome"), ["new", "new"])
        self.assertIn("2 of 2", action["params"]["message"])

    def test_what_was_not_set_aside_is_left_alone(self):
        self.receive()
        with self.assertRaisesRegex(UserError, "was set aside"):
            self.call(self.manager, self.get_entry(), "action_make_inquiry")

    def test_its_text_can_be_read_before_deciding(self):
        entry = self.receive_aside(body="<script>alert(1)</script> Buy now")
        self.assertIn("Buy now", entry.with_user(self.manager).preview)

    def test_its_text_needs_the_original(self):
        entry = self.receive_aside()
        entry.original = False
        self.assertFalse(entry.with_user(self.manager).preview)

    def test_what_it_became_opens(self):
        self.receive()
        entry = self.get_entry()
        action = self.call(self.manager, entry, "action_open_result")
        self.assertEqual(action["res_id"], entry.ticket_id.id)
        with self.assertRaisesRegex(UserError, "became nothing"):
            self.call(self.manager, self.receive_aside(), "action_open_result")


@tagged("post_install", "-at_install")
class TestRetryInTransactions(TransactionsCase):
    """A click processes letters in transactions of their own."""

    def setUp(self):
        super().setUp()
        entries = self.registry["mail.intake.entry"]
        self.startPatcher(patch.object(entries, "_has_own_cursors", lambda self: True))
        with self.transaction() as env:
            self.last = env["mail.intake.entry"].search([], limit=1).id or 0
            outbox = env["alert.outbox"].search([], order="id desc", limit=1)
            self.last_outbox = outbox.id or 0

    def clean(self):
        with self.transaction() as env:
            entries = env["mail.intake.entry"].search([("id", ">", self.last)])
            env["alert.alert"].search(
                [("res_model", "=", entries._name), ("res_id", "in", entries.ids)]
            ).unlink()
            env["alert.outbox"].search([("id", ">", self.last_outbox)]).unlink()
            entries.ticket_id.unlink()
            entries.unlink()

    def fail(self, number):
        letter = EmailMessage()
        letter["From"] = "transactions@customer.example"
        letter["To"] = "sales@shop.example"
        letter["Message-ID"] = f"<{OURS}-{number}@customer.example>"
        letter.set_content("Is it green?")
        process = patch.object(
            self.registry["mail.intake.entry"], "_process", side_effect=ValueError
        )
        with process, self.transaction() as env:
            env["mail.thread"].message_process(False, letter.as_bytes())
        with self.transaction() as env:
            return env["mail.intake.entry"].search([], limit=1).id

    def look_at(self, ids):
        with self.transaction() as env:
            entries = env["mail.intake.entry"].browse(ids)
            return entries.mapped("outcome"), len(entries.ticket_id)

    def test_what_it_made_is_there_although_the_click_was_rolled_back(self):
        ids = [self.fail(1), self.fail(2)]
        self.assertEqual(self.look_at(ids), (["failed", "failed"], 0))
        with self.assertRaises(KeyboardInterrupt), self.transaction() as env:
            action = env["mail.intake.entry"].browse(ids).action_retry()
            self.assertIn("2 of 2", action["params"]["message"])
            raise KeyboardInterrupt
        self.assertEqual(self.look_at(ids), (["new", "new"], 2))

    def test_a_retry_at_the_same_moment_is_left_to_the_first(self):
        entry_id = self.fail(3)
        with self.transaction() as busy:
            self.assertTrue(busy["mail.intake.entry"]._claim(entry_id))
            with self.transaction() as env:
                entry = env["mail.intake.entry"].browse(entry_id)
                entry._work_apart(lambda one: one._retry())
        self.assertEqual(self.look_at([entry_id]), (["failed"], 0))

    def test_what_was_made_meanwhile_is_not_made_again(self):
        entry_id = self.fail(4)
        with self.transaction() as slow:
            entry = slow["mail.intake.entry"].browse(entry_id)
            self.assertEqual(entry.outcome, "failed")
            with self.transaction() as env:
                env["mail.intake.entry"].browse(entry_id).action_make_conversation()
            entry.action_retry()
        self.assertEqual(self.look_at([entry_id]), (["new"], 1))

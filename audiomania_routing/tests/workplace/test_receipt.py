# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..conversation.common import ConversationCase

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestReceipt(ConversationCase):
    """A receipt where the team wants one: once, answerable, never to a machine, and
    with no time that is not really kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.headphones.send_receipt = True

    def get_receipts(self, **values):
        with self.mock_mail_gateway():
            self.ticket = self.receive(**values)
            self.env.flush_all()
        return self._new_mails

    def make_answers(self, count, hours, **values):
        """So many letters that waited so many hours each, from ten o'clock on."""
        ticket = self.make_conversation()
        self.env["helpdesk.inquiry"].create(
            [
                {
                    "ticket_id": ticket.id,
                    "received_at": self.now,
                    "state": "answered",
                    "worked_out_at": self.now + hours * HOUR,
                    **values,
                }
                for _each in range(count)
            ]
        )

    def measure(self):
        self.at(timedelta(days=1))
        self.headphones._measure_answers()
        return self.headphones.answered_within

    # Whether

    def test_off_nobody_gets_one(self):
        self.headphones.send_receipt = False
        self.assertFalse(self.get_receipts())
        self.assertFalse(self.ticket.receipt_at)

    def test_a_new_team_sends_none(self):
        self.assertFalse(self.vinyl.send_receipt)

    def test_on_the_sender_gets_one(self):
        mail = self.get_receipts()
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn(self.ticket.number, mail.body_html)
        self.assertEqual(self.ticket.receipt_at, self.now)

    def test_it_says_that_a_machine_wrote_it_and_can_be_answered(self):
        mail = self.get_receipts()
        self.assertIn("'Auto-Submitted': 'auto-replied'", mail.headers)
        self.assertIn("headphones", mail.reply_to)
        self.assertIn("@hifi.example", mail.reply_to)
        self.assertIn("@hifi.example", mail.email_from)
        self.assertTrue(mail.is_automatic)

    def test_an_answer_to_it_finds_the_conversation(self):
        mail = self.get_receipts()
        headers = {"In-Reply-To": mail.message_id}
        self.assertEqual(self.receive(headers=headers), self.ticket)

    def test_it_works_out_nothing(self):
        self.get_receipts()
        self.assertEqual(self.ticket.inquiry_state, "pending")
        self.assertEqual(len(self.ticket.inquiry_ids), 1)

    def test_it_comes_once(self):
        self.get_receipts()
        first = self.ticket
        self.assertFalse(self.get_receipts(reply_to=first.inquiry_ids.message_id))
        self.assertEqual(self.ticket, first)

    def test_a_stranger_gets_one_at_his_address(self):
        mail = self.get_receipts(sender="Ivan <ivan@stranger.example>")
        receivers = mail.email_to or mail.recipient_ids.mapped("email")
        self.assertIn("ivan@stranger.example", str(receivers))

    def test_who_is_in_copy_gets_none(self):
        friend = self.make_customer("Friend")
        mail = self.get_receipts(cc=friend.email)
        self.assertEqual(mail.recipient_ids, self.customer)

    def test_a_machine_gets_none(self):
        for headers in (
            {"Auto-Submitted": "auto-generated"},
            {"Precedence": "bulk"},
            {"Return-Path": "<>"},
        ):
            with self.subTest(headers):
                self.assertFalse(self.get_receipts(headers=headers))

    def test_a_colleague_gets_none(self):
        self.company.inquiry_from_employees = True
        self.assertFalse(self.get_receipts(sender="vera@hifi.example"))

    def test_without_its_template_nothing_is_sent(self):
        self.env.ref("audiomania_routing.mail_template_receipt").unlink()
        self.assertFalse(self.get_receipts())

    def test_nobody_writes_when_it_was_sent(self):
        ticket = self.receive()
        with self.assertRaises(AccessError):
            ticket.with_user(self.manager).receipt_at = False

    # The time

    def test_without_enough_answers_it_names_no_time(self):
        self.make_answers(19, 1)
        self.assertEqual(self.measure(), 0)
        self.assertNotIn("nine of ten", self.get_receipts().body_html)

    def test_it_names_the_time_that_nine_of_ten_letters_took(self):
        self.make_answers(18, 1)
        self.make_answers(2, 2)
        self.assertEqual(self.measure(), 1)
        self.assertIn("within 1 working hours", self.get_receipts().body_html)

    def test_one_more_that_took_longer_is_counted(self):
        self.make_answers(17, 1)
        self.make_answers(3, 2)
        self.assertEqual(self.measure(), 2)

    def test_calls_say_nothing_of_letters(self):
        """They are answered while they are written down."""
        phone = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        self.make_answers(20, 0, channel_id=phone.id)
        self.assertEqual(self.measure(), 0)
        self.make_answers(20, 2)
        self.make_answers(20, 0, channel_id=phone.id)
        self.assertEqual(self.measure(), 2)

    def test_without_a_schedule_every_hour_counts(self):
        self.company.resource_calendar_id = False
        self.make_answers(20, 4)
        self.assertEqual(self.measure(), 4)

    def test_only_working_hours_count(self):
        self.make_answers(20, 4)
        self.assertEqual(
            self.measure(), 3, "The lunch from 12 to 13 is no working hour"
        )

    def test_what_was_answered_long_ago_does_not_count(self):
        self.make_answers(20, 1)
        self.measure()
        self.at(timedelta(days=31))
        self.headphones._measure_answers()
        self.assertEqual(self.headphones.answered_within, 0)

    def test_long_times_are_named_in_days(self):
        self.headphones.answered_within = 17.2
        self.assertIn("3 working days", self.headphones._describe_answer_time())

    def test_another_team_has_times_of_its_own(self):
        self.make_answers(20, 1)
        self.measure()
        self.vinyl._measure_answers()
        self.assertEqual(self.vinyl.answered_within, 0)

    def test_the_job_measures_every_day(self):
        self.make_answers(20, 1)
        self.at(timedelta(days=1))
        job = self.env.ref("audiomania_routing.ir_cron_measure_answers")
        self.assertEqual((job.interval_number, job.interval_type), (1, "days"))
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.assertEqual(self.headphones.answered_within, 1)

    # The cost

    def test_off_it_costs_a_letter_no_statement(self):
        self.headphones.send_receipt = False
        self.receive()
        counts = []
        for _each in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.receive()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.vinyl.send_receipt = True
        self.receive()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.receive()
        self.env.flush_all()
        counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(set(counts)), 1, counts)

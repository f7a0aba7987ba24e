# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import doctest
import logging
from datetime import timedelta
from email import message_from_bytes, policy

from odoo import fields
from odoo.tests import tagged
from odoo.tools import email_normalize

from odoo.addons.audiomania_alerts.tests.common import trap_alerts
from odoo.addons.mail.tests.common import mail_new_test_user

from ... import budget
from ...letter.kinds import classify
from ...letter.verdict import Kind, Verdict
from .common import OutgoingCase

LIMIT = 10
STOPPED = "automatic_mails_stopped"
DESK = "Desk <desk@other.example>"


@tagged("post_install", "-at_install")
class TestBudget(OutgoingCase):
    """10 automatic mails in 3 hours to one address: every loop ends."""

    def send_automatic(self, email="robot@c.example", **values):
        """What a job or an automation sends; the mail."""
        with self.mock_mail_gateway():
            mail = self.env["mail.mail"].create(
                {
                    "subject": "We have got your letter",
                    "body_html": "<p>Thank you.</p>",
                    "email_to": email,
                    "email_from": "headphones@hifi.example",
                    **values,
                }
            )
            mail.send()
        return mail

    def spend(self, email="robot@c.example", times=LIMIT):
        return [self.send_automatic(email) for _each in range(times)]

    def get_state(self, mails):
        return [mail.state for mail in mails]

    def test_the_examples_are_true(self):
        result = doctest.testmod(budget)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_ten_leave_and_the_eleventh_does_not(self):
        mails = self.spend(times=LIMIT + 2)
        self.assertEqual(self.get_state(mails), ["sent"] * LIMIT + ["cancel"] * 2)
        self.assertIn("robot@c.example", mails[-1].failure_reason)

    def test_after_three_hours_they_leave_again(self):
        self.spend()
        self.at(timedelta(hours=3, seconds=1))
        self.assertEqual(self.send_automatic().state, "sent")

    def test_the_limits_are_settings(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("audiomania_routing.automatic_mail_limit", "2")
        parameters.set_param("audiomania_routing.automatic_mail_hours", "1")
        mails = self.spend(times=3)
        self.assertEqual(self.get_state(mails), ["sent", "sent", "cancel"])
        self.at(timedelta(hours=1, seconds=1))
        self.assertEqual(self.send_automatic().state, "sent")

    def test_another_address_has_a_budget_of_its_own(self):
        self.spend()
        self.assertEqual(self.send_automatic("other@c.example").state, "sent")

    def test_an_allowed_address_is_not_limited(self):
        self.env["mail.gateway.allowed"].create({"email": "robot@c.example"})
        self.assertEqual(
            self.get_state(self.spend(times=LIMIT + 1)), ["sent"] * (LIMIT + 1)
        )

    def test_employees_get_many_more_but_not_without_end(self):
        mails = self.spend(self.boris.email, times=LIMIT + 1)
        self.assertEqual(mails[-1].state, "sent")
        mails = self.spend(self.boris.email, times=9 * LIMIT)
        self.assertEqual(mails[-1].state, "cancel")

    def test_of_several_receivers_only_who_has_had_enough_is_left_out(self):
        self.spend(self.customer.email)
        with self.mock_mail_gateway():
            mail = self.env["mail.mail"].create(
                {
                    "email_to": "a@c.example, petr@customer.example",
                    "recipient_ids": [(4, self.customer.id)],
                    "email_from": "headphones@hifi.example",
                }
            )
            mail.send()
        self.assertEqual(self.get_receivers(), ["a@c.example"])
        self.assertEqual(mail.state, "sent")

    def test_what_is_sent_a_second_time_counts_once(self):
        mail = self.send_automatic()
        for _each in range(LIMIT):
            mail.state = "outgoing"
            with self.mock_mail_gateway():
                mail.send()
        self.assertEqual(mail.state, "sent")
        self.assertEqual(self.send_automatic().state, "sent")

    def test_the_administrators_are_told_once(self):
        admin = mail_new_test_user(
            self.env, "admin2", groups="base.group_system", email="admin2@hifi.example"
        )
        self.spend()
        with trap_alerts(self) as trap:
            with self.assertLogs("odoo.addons.audiomania_routing", logging.INFO) as log:
                first, _second = self.spend(times=2)
            trap.assert_alerted(admin, STOPPED, first)
            told = [one for one in trap.trapped if one.user_id == admin.id]
            self.assertEqual(len(told), 1)
            self.assertFalse(trap.get_faults())
        self.assertEqual(len(log.output), 1)

    def test_administrators_see_what_was_sent_and_stopped_and_nobody_else(self):
        self.spend(times=LIMIT + 1)
        admin = mail_new_test_user(
            self.env, "admin2", groups="base.group_system", email="admin2@hifi.example"
        )
        sent = self.env["mail.automatic.sent"]
        domain = [("email", "=", "robot@c.example")]
        rows = sent.with_user(admin).search(domain)
        self.assertEqual(sorted(rows.mapped("stopped")), [False] * LIMIT + [True])
        for user in (self.anna, self.manager):
            self.assertFalse(sent.with_user(user).has_access("read"))

    def test_what_is_long_past_is_forgotten(self):
        self.send_automatic()
        sent = self.env["mail.automatic.sent"]
        sent._gc_automatic_sent()
        self.assertEqual(sent.search_count([]), 1)
        self.at(timedelta(days=15))
        sent._gc_automatic_sent()
        self.assertFalse(sent.search_count([]))

    def test_many_mails_cost_as_many_queries_as_few(self):
        counts = []
        for size in (1, 2, 40):
            mails = self.env["mail.mail"].create(
                [{"email_to": f"a{size}-{one}@c.example"} for one in range(size)]
            )
            self.env.flush_all()
            mails.mapped("recipient_ids.email")
            before = self.cr.sql_log_count
            self.assertFalse(mails._keep_to_budget())
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    # What is automatic, and what is not

    def make_mail(self, message_type, author, **context):
        ticket = self.make_conversation()
        with self.mock_mail_gateway():
            ticket.with_context(**context).message_post(
                body="Here",
                message_type=message_type,
                subtype_xmlid="mail.mt_comment",
                author_id=author.id,
                partner_ids=self.customer.ids,
            )
        return self._new_mails

    def test_what_an_employee_writes_is_his(self):
        mail = self.make_mail("comment", self.anna.partner_id)
        self.assertFalse(mail.is_automatic)
        self.assertNotIn("Auto-Submitted", mail.headers or "")

    def test_human_answers_are_never_limited(self):
        ticket = self.receive()
        for _each in range(LIMIT + 2):
            self.assertEqual(len(self.send(ticket, self.anna)), 1)

    def test_what_the_system_writes_says_so(self):
        robot = self.env.ref("base.partner_root")
        for message_type, author in (
            ("auto_comment", self.anna.partner_id),
            ("out_of_office", self.anna.partner_id),
            ("notification", self.anna.partner_id),
        ):
            with self.subTest(message_type):
                mail = self.make_mail(message_type, author)
                self.assertTrue(mail.is_automatic)
                self.assertIn("'Auto-Submitted': 'auto-generated'", mail.headers)
                self.assertIn("'X-Auto-Response-Suppress': 'All'", mail.headers)
        self.assertTrue(self.make_mail("comment", robot).is_automatic)

    def test_what_is_handed_on_counts_but_a_human_wrote_it(self):
        wife = self.make_customer("Wife")
        mail = self.make_mail("email", wife)
        self.assertTrue(mail.is_automatic)
        self.assertNotIn("Auto-Submitted", mail.headers or "")

    def test_what_an_employee_sends_by_a_button_is_his_and_of_a_job_is_not(self):
        mails = self.env["mail.mail"].with_user(self.anna).sudo()
        vals = {"email_to": "x@c.example"}
        self.assertFalse(mails.create(dict(vals)).is_automatic)
        self.assertTrue(mails.with_context(cron_id=1).create(dict(vals)).is_automatic)
        self.assertTrue(self.env["mail.mail"].create(dict(vals)).is_automatic)

    def test_headers_that_say_so_count_whoever_sends(self):
        mails = self.env["mail.mail"].with_user(self.anna).sudo()
        mail = mails.create(
            {"headers": repr({"Auto-Submitted": "auto-generated"}), "email_to": "x@c.x"}
        )
        self.assertTrue(mail.is_automatic)

    def set_letter_of_stage(self):
        stage = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_new")
        template = self.env.ref("helpdesk_mgmt.changed_stage_template")
        stage.mail_template_id = template
        self.company.email = "info@hifi.example"
        return stage

    def test_the_letter_of_a_stage_is_automatic(self):
        ticket = self.make_conversation()
        stage = self.set_letter_of_stage()
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_awaiting")
        self.env.cr.flush()
        with self.mock_mail_gateway():
            mover = ticket.with_user(self.anna).with_context(tracking_disable=False)
            mover.stage_id = stage
            self.env.cr.flush()
        self.assertTrue(self._new_mails.is_automatic)

    def test_a_notice_can_be_answered_and_is_automatic(self):
        message = message_from_bytes(self.letter(), policy=policy.SMTP)
        gateway = self.env["mail.thread"].with_company(self.company)
        with self.mock_mail_gateway():
            gateway._routing_create_bounce_email("x@c.example", "<p>No.</p>", message)
        mail = self._new_mails
        self.assertTrue(mail.is_automatic)
        self.assertIn("'Auto-Submitted': 'auto-replied'", mail.headers)
        self.assertEqual(email_normalize(mail.email_from), "catchall@hifi.example")
        self.assertEqual(email_normalize(mail.reply_to), "catchall@hifi.example")

    def test_no_machine_gets_a_notice(self):
        gateway = self.env["mail.thread"]
        for headers in (
            {"Auto-Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"Return-Path": "<>"},
        ):
            with self.subTest(headers), self.mock_mail_gateway():
                letter = self.letter(headers=headers)
                message = message_from_bytes(letter, policy=policy.SMTP)
                gateway._routing_create_bounce_email("x@c.example", "No.", message)
                self.assertFalse(self._new_mails)

    # What comes in

    def is_loop(self, kind=None, **values):
        letter = self.letter(sender=DESK, **values)
        message = message_from_bytes(letter, policy=policy.SMTP)
        gateway = self.env["mail.thread"]
        verdict = Verdict(kind) if kind else classify(message)
        return gateway._is_loop(message, gateway.message_parse(message), None, verdict)

    def test_the_answer_of_a_machine_is_a_loop_when_the_budget_is_spent(self):
        mails = self.spend("desk@other.example")
        headers = {"In-Reply-To": mails[-1].message_id}
        self.assertTrue(self.is_loop(Kind.AUTO_REPLY, headers=headers))
        self.at(timedelta(hours=3, seconds=1))
        self.assertFalse(self.is_loop(Kind.AUTO_REPLY, headers=headers))

    def test_before_it_is_spent_it_is_none(self):
        mails = self.spend("desk@other.example", times=LIMIT - 1)
        headers = {"References": mails[-1].message_id}
        self.assertFalse(self.is_loop(Kind.AUTO_REPLY, headers=headers))

    def test_what_a_person_writes_to_it_is_none(self):
        mails = self.spend("desk@other.example")
        self.assertFalse(self.is_loop(headers={"In-Reply-To": mails[-1].message_id}))

    def test_a_machine_that_does_not_say_so_says_the_same_again(self):
        mails = self.spend("desk@other.example")
        answers = {"In-Reply-To": mails[-1].message_id}
        self.receive(sender=DESK, body="Your request 1 is registered.\n> Thank you")
        body = "Your request 2 is registered.\n\n> Something else"
        self.assertTrue(self.is_loop(headers=answers, body=body))
        self.assertFalse(self.is_loop(headers=answers, body="Do you have a red one?"))

    def test_a_shop_form_that_sends_from_one_address_is_none(self):
        self.spend("desk@other.example", times=LIMIT + 1)
        for _each in range(25):
            self.assertFalse(self.is_loop(Kind.GENERATED, body="Order: 5"))

    def test_what_answers_a_person_is_none(self):
        self.spend("desk@other.example")
        ticket = self.receive(sender=DESK)
        self.send(ticket, self.anna)
        headers = {"In-Reply-To": self.message.message_id}
        self.assertFalse(self.is_loop(Kind.AUTO_REPLY, headers=headers))

    def test_a_customer_who_writes_25_times_in_two_hours_is_served(self):
        self.set_letter_of_stage()
        ticket = self.receive()
        for number in range(24):
            self.at(timedelta(minutes=5 * number))
            body = f"And number {'x' * number}?"
            again = self.receive(reply_to=ticket.message_ids[:1], body=body)
            self.assertEqual(again, ticket)
        self.assertEqual(len(ticket.inquiry_ids), 25)

    def test_a_customer_with_25_questions_in_two_hours_is_served(self):
        self.set_letter_of_stage()
        tickets = [self.receive(subject=f"Question {one}") for one in range(25)]
        self.assertEqual(len({ticket.id for ticket in tickets}), 25)

    # Two desks

    def answer_of_desk(self, mail, references, headers):
        """What the other desk's program sends back for a letter that it got."""
        headers = dict(headers)
        if references:
            headers["In-Reply-To"] = mail["message_id"]
        return {
            "to": mail["reply_to"] or mail["email_from"],
            "sender": DESK,
            "subject": f"Request registered: {mail['subject']}",
            "body": "Your request is registered.",
            "headers": headers,
        }

    def let_desks_answer(self, references, headers):
        """Two desks answer each other by themselves; how often ours did."""
        self.set_letter_of_stage()
        letters = [{"sender": DESK, "body": "Do you have it in green?"}]
        sent = 0
        while letters:
            self.assertLess(sent, 5 * LIMIT, "It does not end")
            with self.mock_mail_gateway():
                self.receive(**letters.pop())
                self.env.cr.flush()
                self.env["mail.mail"].search([("state", "=", "outgoing")]).send()
            mails = [
                mail
                for mail in self._mails
                if "desk@other.example" in map(email_normalize, mail["email_to"] or [])
                or "desk@other.example" in map(email_normalize, mail["email_cc"] or [])
            ]
            sent += len(mails)
            letters += [
                self.answer_of_desk(mail, references, headers) for mail in mails
            ]
        return sent

    def test_two_desks_that_answer_each_other_end(self):
        for references in (True, False):
            for headers in ({}, {"Auto-Submitted": "auto-generated"}):
                with self.subTest(references=references, headers=headers):
                    self.env["mail.automatic.sent"].search([]).unlink()
                    sent = self.let_desks_answer(references, headers)
                    self.assertTrue(0 < sent <= LIMIT)
        since = fields.Datetime.now() - timedelta(hours=3)
        rows = self.env["mail.automatic.sent"].search([("sent_at", ">", since)])
        self.assertEqual(set(rows.mapped("email")), {"desk@other.example"})

    def test_a_desk_that_changes_its_address_ends_too(self):
        ticket = self.make_conversation()
        states = [
            self.send_automatic(
                f"desk+{one}@other.example", model="helpdesk.ticket", res_id=ticket.id
            ).state
            for one in range(LIMIT + 2)
        ]
        self.assertEqual(states, ["sent"] * LIMIT + ["cancel"] * 2)

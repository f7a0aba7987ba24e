# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from email.message import EmailMessage
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ...models.intake.mail_intake_probe import HEADER
from .entries import IntakeCase

TEAM = "headphones@hifi.example"


@tagged("post_install", "-at_install")
class TestProbe(IntakeCase):
    """A letter of our own shows whether letters to an address come here."""

    def setUp(self):
        super().setUp()
        self.env["mail.address.check"]._rebuild()
        self.check = self.env["mail.address.check"].search([("address", "=", TEAM)])

    def send(self, name="action_probe", checks=None, user=None):
        """Press the button; the letters that left."""
        sent = []
        servers = self.registry["ir.mail_server"]
        with patch.object(
            servers, "send_email", lambda _self, letter, **_kw: sent.append(letter)
        ):
            self.call(user or self.manager, checks or self.check, name)
        return sent

    def deliver(self, letter):
        raw = letter if isinstance(letter, bytes) else letter.as_bytes()
        return self.env["mail.thread"].message_process(False, raw)

    def get_probe(self):
        return self.env["mail.intake.probe"].search([], limit=1)

    def lose(self, hours=3):
        self.at(timedelta(hours=hours))
        with patch.object(
            self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 60
        ):
            self.env["mail.intake.probe"]._cron_find_lost()

    def assert_no_conversation(self, letter):
        before = self.count_conversations()
        self.assertFalse(self.deliver(letter))
        self.assertEqual(self.count_conversations(), before)

    def test_it_comes_back_and_is_nobodys_question(self):
        (letter,) = self.send()
        self.assertEqual(letter["To"], TEAM)
        self.assertIn("@hifi.example", letter["From"])
        probe = self.get_probe()
        self.assertEqual((probe.address, probe.state), (TEAM, "sent"))
        self.assert_no_conversation(letter)
        self.assertEqual(
            (probe.state, probe.came_back_at, self.check.probe_state),
            ("returned", self.now, "returned"),
        )
        entry = self.get_entry()
        self.assertEqual((entry.outcome, entry.res_id), ("refused", probe.id))
        self.assertIn("own probe", entry.reason_words)
        self.assertFalse(entry.set_aside)

    def test_it_is_known_by_either_of_its_marks(self):
        for mark in (HEADER, "Message-Id"):
            with self.subTest(mark):
                (letter,) = self.send()
                del letter[mark]
                self.assert_no_conversation(letter)
                self.assertEqual(self.get_probe().state, "returned")

    def test_from_two_mailboxes_it_is_one_probe(self):
        (letter,) = self.send()
        self.assert_no_conversation(letter)
        letter.set_content("Changed by a list on its way")
        self.assert_no_conversation(letter)

    def test_a_letter_with_a_made_up_token_is_a_customers(self):
        headers = {HEADER: "0" * 32}
        ticket = self.receive(headers=headers, message_id=f"<probe-{'0' * 32}@x>")
        self.assertEqual(len(ticket.inquiry_ids), 1)

    def test_a_letter_that_answers_a_probe_is_a_customers(self):
        (letter,) = self.send()
        ticket = self.receive(headers={"In-Reply-To": letter["Message-Id"]})
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertEqual(self.get_probe().state, "sent")

    def test_a_token_of_long_ago_counts_no_more(self):
        (letter,) = self.send()
        self.at(timedelta(days=31))
        self.assertTrue(self.deliver(letter))

    def test_somebody_may_still_call_it_an_inquiry(self):
        (letter,) = self.send()
        self.deliver(letter)
        entry = self.get_entry()
        entry.write({"res_model": False, "res_id": False})
        self.call(self.manager, entry, "action_make_inquiry")
        self.assertEqual(entry.outcome, "new")

    # What does not come back

    def test_the_administrators_are_told_of_what_did_not_come_back(self):
        with trap_alerts(self) as trap:
            self.send()
            self.lose()
            probe = self.get_probe()
            self.assertEqual(probe.state, "lost")
            trap.assert_alerted(self.system, "probe_lost", probe)

    def test_it_may_come_late(self):
        with trap_alerts(self) as trap:
            (letter,) = self.send()
            self.lose()
            probe = self.get_probe()
            trap.assert_alerted(self.system, "probe_lost", probe)
            self.deliver(letter)
            self.assertEqual(probe.state, "returned")
            trap.assert_withdrawn(self.system, "probe_lost", probe)

    def test_the_next_one_that_comes_back_takes_the_alert_away(self):
        with trap_alerts(self) as trap:
            self.send()
            self.lose()
            lost = self.get_probe()
            trap.assert_alerted(self.system, "probe_lost", lost)
            (letter,) = self.send()
            self.deliver(letter)
            trap.assert_withdrawn(self.system, "probe_lost", lost)

    def test_what_is_on_its_way_for_less_is_not_lost(self):
        self.send()
        self.lose(hours=1)
        self.assertEqual(self.get_probe().state, "sent")

    def test_a_report_that_it_was_not_delivered_says_so(self):
        (letter,) = self.send()
        report = (
            b"From: MAILER-DAEMON@hifi.example\nTo: bounce@hifi.example\n"
            b"Subject: Undelivered Mail Returned to Sender\n"
            b"Message-ID: <report@hifi.example>\nMIME-Version: 1.0\n"
            b"Content-Type: multipart/report; report-type=delivery-status;"
            b' boundary="b"\n\n'
            b"--b\nContent-Type: text/plain\n\nNo such user\n"
            b"--b\nContent-Type: message/delivery-status\n\n"
            b"Reporting-MTA: dns; mx.hifi.example\n\n"
            b"Final-Recipient: rfc822; headphones@hifi.example\n"
            b"Action: failed\nStatus: 5.1.1\n"
            b"Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n"
            b"--b\nContent-Type: message/rfc822\n\n" + letter.as_bytes() + b"\n--b--\n"
        )
        with trap_alerts(self) as trap:
            self.assert_no_conversation(report)
            probe = self.get_probe()
            self.assertEqual(probe.state, "bounced")
            self.assertIn("User unknown", probe.error)
            trap.assert_alerted(self.system, "probe_lost", probe)
        self.env["mail.address.check"]._rebuild()
        self.assertEqual(self.check.state, "nobody")
        self.assertIn("User unknown", self.check.sentence)

    def test_what_cannot_be_sent_is_told_at_once(self):
        servers = self.registry["ir.mail_server"]
        with trap_alerts(self) as trap:
            with patch.object(servers, "send_email", side_effect=OSError("No route")):
                action = self.call(self.manager, self.check, "action_probe")
            self.assertIn("No route", action["params"]["message"])
            probe = self.get_probe()
            self.assertEqual((probe.state, probe.error), ("unsent", "No route"))
            trap.assert_alerted(self.system, "probe_lost", probe)

    def test_an_address_whose_probe_was_lost_is_looked_at(self):
        self.send()
        self.lose()
        self.env["mail.address.check"]._rebuild()
        self.assertEqual(self.check.state, "warning")
        (letter,) = self.send()
        self.deliver(letter)
        self.env["mail.address.check"]._rebuild()
        self.assertEqual(self.check.state, "ok")

    def test_one_that_came_back_shows_that_letters_arrive(self):
        template = self.env["mail.template"].create(
            {
                "name": "Offer",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "email_from": "info@hifi.example",
            }
        )
        checks = self.env["mail.address.check"]
        checks._rebuild()
        check = checks.search([("address", "=", template.email_from)])
        self.assertEqual(check.state, "warning")
        (letter,) = self.send(checks=check)
        self.deliver(letter)
        checks._rebuild()
        self.assertEqual(check.state, "ok")

    # Plus addresses

    def test_the_check_shows_whether_plus_addresses_work(self):
        self.assertFalse(self.check.plus_state)
        (letter,) = self.send("action_probe_plus")
        self.assertEqual(letter["To"], "headphones+probe@hifi.example")
        self.check.invalidate_recordset()
        self.assertEqual(self.check.plus_state, "waits")
        self.assert_no_conversation(letter)
        self.check.invalidate_recordset()
        self.assertEqual(self.check.plus_state, "works")
        self.assertFalse(self.check.probe_state)
        self.send("action_probe_plus")
        self.lose()
        self.check.invalidate_recordset()
        self.assertEqual(self.check.plus_state, "fails")

    # Which, when, who

    def test_addresses_that_customers_do_not_know_get_none(self):
        checks = self.env["mail.address.check"].search([])
        private = checks.filtered(lambda check: check.address == "anna@hifi.example")
        with self.assertRaisesRegex(UserError, "customers know"):
            self.send(checks=private)
        self.assertEqual(len(self.send(checks=private + self.check)), 1)

    def test_the_weekly_job_is_off_until_it_is_switched_on(self):
        probes = self.env["mail.intake.probe"]
        servers = self.registry["ir.mail_server"]
        with patch.object(servers, "send_email") as send:
            probes._cron_probe_all()
            self.assertFalse(send.called)
            self.env["res.config.settings"].create({"probe_weekly": True}).execute()
            probes._cron_probe_all()
        probed = set(probes.search([]).mapped("address"))
        self.assertIn(TEAM, probed)
        self.assertNotIn("anna@hifi.example", probed)

    def test_old_ones_are_forgotten(self):
        self.send()
        probe = self.get_probe()
        self.env["mail.intake.probe"]._gc_old()
        self.assertTrue(probe.exists())
        self.at(timedelta(days=366))
        self.assertEqual(self.env["mail.intake.probe"]._gc_old(), (1, False))
        self.assertFalse(probe.exists())

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_probes_are_for_managers_and_administrators(self):
        self.send(user=self.system)
        probe = self.get_probe()
        for user in (self.manager, self.system):
            self.assertTrue(probe.with_user(user).read(["address", "state"]))
            with self.assertRaises(AccessError):
                probe.with_user(user).write({"state": "returned"})
        for user in (self.anna, self.chief):
            with self.assertRaises(AccessError):
                probe.with_user(user).read(["address"])
            with self.assertRaises(AccessError):
                self.send(user=user)
        with self.assertRaises(AccessError):
            probe.with_user(self.manager).read(["token"])

    def test_a_report_on_another_letter_is_no_report_on_a_probe(self):
        self.send()
        report = EmailMessage()
        report["From"] = "MAILER-DAEMON@mx.example"
        report["To"] = "bounce@hifi.example"
        report["Subject"] = "Undelivered Mail Returned to Sender"
        report["Message-ID"] = "<other@mx.example>"
        report.set_content("<nobody@x.example>: 550 5.1.1 User unknown")
        self.deliver(report)
        self.assertEqual(self.get_probe().state, "sent")

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.mail.models import mail_push

from .common import AlertCase, make_type

# In Moscow it is noon.
NOW = datetime(2026, 3, 2, 9, 0)


class WayCase(AlertCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type = make_type(
            cls.env,
            severity="danger",
            title_template="{name} waits",
            body_template="Since yesterday",
        )
        cls.employee.email = "employee@shop.example"
        cls.env.company.email = "office@shop.example"

    def setUp(self):
        super().setUp()
        self.at()

    def at(self, **duration):
        clock = freeze_time(NOW + timedelta(**duration))
        clock.start()
        self.addCleanup(clock.stop)

    def choose(self, **values):
        mine = self.env["alert.preference"].with_user(self.employee)
        mine._get_mine(self.type).write(values)

    def send(self):
        """What the job does, in the transaction of the test."""
        for way in self.env["alert.way"]._get_ways():
            while way._send_some():
                pass


@tagged("post_install", "-at_install")
class TestDigest(WayCase):
    """The letter: immediately, hourly, daily at his hour, in his language."""

    def letters(self):
        return self.env["mail.mail"].search(
            [("email_to", "ilike", "employee@shop.example")]
        )

    def test_who_did_not_choose_it_gets_no_letter(self):
        self.alert()
        self.send()
        self.assertFalse(self.letters())

    def test_immediately(self):
        self.choose(digest="now")
        self.alert()
        self.send()
        letter = self.letters()
        self.assertEqual(letter.subject, "Vinyl Lovers Club waits")
        self.assertIn("Since yesterday", letter.body_html)
        self.assertIn(
            f"model=res.partner&amp;res_id={self.record.id}", letter.body_html
        )

    def test_hourly_is_one_letter_with_everything_new(self):
        self.choose(digest="hourly")
        self.at(minutes=10)
        self.alert()
        self.at(minutes=20)
        self.alert(record=self.record.copy({"name": "Another club"}))
        self.at(minutes=59)
        self.send()
        self.assertFalse(self.letters())
        self.at(hours=1)
        self.send()
        letter = self.letters()
        self.assertEqual(letter.subject, "2 new alerts")
        self.assertIn("Another club waits", letter.body_html)

    def test_daily_is_at_his_hour_where_he_is(self):
        self.employee.with_user(self.employee).alert_digest_hour = 15
        self.choose(digest="daily")
        self.alert()
        self.at(hours=2, minutes=59)
        self.send()
        self.assertFalse(self.letters())
        self.at(hours=3)
        self.send()
        self.assertEqual(len(self.letters()), 1)

    def test_hour_that_has_passed_is_tomorrow(self):
        self.choose(digest="daily")
        self.alert()
        self.at(hours=20, minutes=59)
        self.send()
        self.assertFalse(self.letters())
        self.at(hours=21)
        self.send()
        self.assertEqual(len(self.letters()), 1)

    def test_midnight_is_an_hour(self):
        self.employee.with_user(self.employee).alert_digest_hour = 0
        self.choose(digest="daily")
        self.alert()
        self.assertEqual(
            self.deliveries().digest_at, datetime(2026, 3, 2, 21), "midnight in Moscow"
        )

    def test_letter_is_sent_once(self):
        self.choose(digest="now")
        self.alert()
        self.send()
        self.send()
        self.assertEqual(len(self.letters()), 1)

    def test_repeat_does_not_put_the_letter_off(self):
        self.choose(digest="hourly")
        self.alert()
        due = self.deliveries().digest_at
        self.at(minutes=30)
        self.alert()
        self.assertEqual(self.deliveries().digest_at, due)

    def test_what_he_has_seen_is_not_written(self):
        self.choose(digest="hourly")
        self.alert()
        self.deliveries().action_seen()
        self.at(hours=1)
        self.send()
        self.assertFalse(self.letters())

    def test_what_he_snoozed_is_written_after_its_moment(self):
        self.choose(digest="hourly")
        self.alert()
        self.deliveries().action_snooze(NOW + timedelta(hours=5))
        self.at(hours=1)
        self.send()
        self.assertFalse(self.letters())
        self.at(hours=5, minutes=1)
        self.send()
        self.assertEqual(len(self.letters()), 1)

    def test_what_he_may_not_read_any_more_is_not_written(self):
        self.choose(digest="hourly")
        self.alert()
        self.alert(record=self.record.copy({"name": "Another club"}))
        self.hide_record()
        self.at(hours=1)
        self.send()
        self.assertEqual(self.letters().subject, "Another club waits")
        self.assertNotIn("Vinyl", self.letters().body_html)

    def test_type_that_he_mutes_meanwhile_is_not_written(self):
        self.choose(digest="hourly")
        self.alert()
        self.choose(muted=True)
        self.at(hours=1)
        self.send()
        self.assertFalse(self.letters())

    def test_one_letter_for_each_employee(self):
        self.colleague.email = "colleague@shop.example"
        self.type.default_digest = "now"
        self.alert(users=self.employee | self.colleague)
        self.send()
        self.assertEqual(len(self.letters()), 1)
        domain = [("email_to", "ilike", "colleague@shop.example")]
        self.assertEqual(self.env["mail.mail"].search_count(domain), 1)

    def test_letter_is_in_his_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        modules = self.env["ir.module.module"]
        modules._load_module_terms(["audiomania_alerts"], ["ru_RU"])
        self.employee.lang = "ru_RU"
        self.type.with_context(lang="ru_RU").title_template = "{name} ждёт"
        self.choose(digest="now")
        self.alert()
        self.send()
        self.assertEqual(self.letters().subject, "Vinyl Lovers Club ждёт")
        self.assertIn("Все оповещения", self.letters().body_html)

    def test_letter_can_be_answered(self):
        """Rule 21: no no-reply address."""
        self.env.company.alias_domain_id = self.env["mail.alias.domain"].create(
            {"name": "shop.example"}
        )
        self.choose(digest="now")
        self.alert()
        self.send()
        letter = self.letters()
        self.assertIn("office@shop.example", letter.email_from)
        self.assertIn("catchall@shop.example", letter.reply_to)

    def test_without_an_address_of_the_company_an_administrator_reads_the_answer(self):
        self.env.company.email = False
        self.env.company.alias_domain_id = False
        group = self.env.ref("audiomania_alerts.group_alert_administrator")
        group.user_ids.email = False
        self.administrator.email = "anna@shop.example"
        self.choose(digest="now")
        self.alert()
        self.send()
        for address in (self.letters().email_from, self.letters().reply_to):
            self.assertIn("anna@shop.example", address)

    def test_letter_that_cannot_be_written_keeps_no_colleague_from_his(self):
        self.colleague.email = "colleague@shop.example"
        self.type.default_digest = "now"
        self.alert(users=self.employee | self.colleague)
        way = self.registry["alert.way.digest"]
        prepare, colleague = way._prepare_letter, self.colleague

        def failing(self, user, deliveries):
            if user == colleague:
                raise ValueError("No letter")
            return prepare(self, user, deliveries)

        with (
            patch.object(way, "_prepare_letter", failing),
            self.assertLogs("odoo.addons.audiomania_alerts", "ERROR"),
        ):
            self.send()
        self.assertEqual(len(self.letters()), 1)


@tagged("post_install", "-at_install")
class TestPush(WayCase):
    """Odoo's own push messages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        devices = cls.env["mail.push.device"].with_user(cls.employee)
        key = devices.get_web_push_vapid_public_key()
        devices.register_devices(
            endpoint="https://push.example/device",
            keys={"p256dh": "k", "auth": "a"},
            vapid_public_key=key,
        )

    def messages(self):
        """What goes to the devices, as Odoo's job sends it."""
        with patch.object(mail_push, "push_to_end_point") as push:
            self.env["mail.push"]._push_notification_to_endpoint()
        return [json.loads(call.kwargs["payload"]) for call in push.call_args_list]

    def test_who_did_not_choose_it_gets_none(self):
        self.alert()
        self.send()
        self.assertFalse(self.messages())

    def test_message_tells_the_alert_and_leads_to_the_record(self):
        self.choose(push=True)
        self.alert()
        self.send()
        (message,) = self.messages()
        self.assertEqual(message["title"], "Vinyl Lovers Club waits")
        self.assertEqual(message["options"]["body"], "Since yesterday")
        data = {"model": "res.partner", "res_id": self.record.id}
        self.assertEqual(message["options"]["data"], data)
        self.send()
        self.assertFalse(self.messages())

    def test_record_that_he_may_not_read_is_not_told(self):
        self.choose(push=True)
        self.alert()
        self.hide_record()
        self.send()
        (message,) = self.messages()
        self.assertEqual(message["title"], self.type.name)
        self.assertNotIn("Vinyl", str(message))
        self.assertFalse(message["options"]["data"]["res_id"])

    def test_what_is_seen_is_not_pushed(self):
        self.choose(push=True)
        self.alert()
        self.deliveries().action_seen()
        self.send()
        self.assertFalse(self.messages())

    def test_employee_without_a_device_gets_none(self):
        self.type.default_push = True
        self.alert(users=self.colleague)
        self.send()
        self.assertFalse(self.messages())


@tagged("post_install", "-at_install")
class TestWays(WayCase):
    def test_ways_are_found_by_inheritance(self):
        names = [way._name for way in self.env["alert.way"]._get_ways()]
        self.assertEqual(
            sorted(names), ["alert.way.digest", "alert.way.push", "alert.way.toolbar"]
        )

    def test_job_sends_on_every_way(self):
        self.choose(digest="now", push=True)
        self.alert()
        with self.enter_registry_test_mode():
            self.env.ref("audiomania_alerts.ir_cron_send").method_direct_trigger()
        self.assertFalse(self.deliveries().digest_at or self.deliveries().push_at)

    def test_several_ways_at_once(self):
        self.choose(toolbar=False, digest="now", push=True)
        self.alert()
        mine = self.deliveries()
        self.assertTrue(mine.is_quiet)
        self.assertEqual((mine.digest_at, mine.push_at), (NOW, NOW))

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.bus.models import ir_websocket

from ...models.conversation.helpdesk_ticket_news import StaleAnswer
from ...names import SEEN
from .test_transfer import TransferCase

MINUTE = timedelta(minutes=1)


def _is_text(channel):
    return isinstance(channel, str)


class NewsCase(TransferCase):
    """Chief looks at what Anna has taken; whatever happens comes a minute later."""

    def setUp(self):
        super().setUp()
        self.take()
        self.seen = self.ticket.with_user(self.chief).seen_token
        self.at(MINUTE)

    def get_news(self, user=None):
        ticket = self.ticket.with_user(user or self.chief)
        return ticket.get_news(self.seen)

    def send(self, user, seen=None):
        """What the composer's Send does, with what its writer had seen."""
        ticket = self.ticket.with_context(**{SEEN: seen or self.seen})
        return self.reply(ticket, user)

    def assert_stopped(self, user, sentence):
        before = self.ticket.message_ids
        with self.assertRaisesRegex(StaleAnswer, sentence) as caught:
            self.send(user)
        self.assertEqual(self.ticket.message_ids, before)
        return caught.exception.context


@tagged("post_install", "-at_install")
class TestNews(NewsCase):
    """An answer that was written before something happened is stopped, and sent when
    its writer says so."""

    def test_nothing_has_happened(self):
        self.assertEqual(self.get_news()["lines"], [])
        self.assertTrue(self.send(self.chief))

    def test_a_colleague_has_answered(self):
        self.reply(self.ticket, self.anna)
        found = self.assert_stopped(self.chief, "meanwhile.*Yes, in green")
        self.assertEqual(found["lines"], ["Anna at 10:01: Yes, in green."])
        self.assertTrue(self.send(self.chief, found["seen"]))

    def test_a_colleague_has_got_it(self):
        self.ticket.with_user(self.leader).action_transfer(self.boris, "overloaded")
        self.assert_stopped(self.chief, "Leader has transferred it to Boris")

    def test_a_colleague_has_marked_it(self):
        self.ticket.with_user(self.anna).action_no_action_required()
        self.assert_stopped(self.chief, "Anna has marked it .* at 10:01")

    def test_the_customer_has_written_again(self):
        first = self.ticket.inquiry_ids.message_id
        self.receive(reply_to=first, body="In blue, please")
        self.assert_stopped(self.chief, "Petr at 10:01: In blue, please")

    def test_what_one_has_done_oneself_is_no_news(self):
        self.reply(self.ticket, self.chief)
        self.ticket.with_user(self.chief).action_transfer(self.boris, "overloaded")
        self.assertEqual(self.get_news()["lines"], [])

    def test_a_note_stops_nobody_and_is_not_stopped(self):
        self.note(self.ticket, self.anna)
        self.assertEqual(self.get_news()["lines"], [])
        self.reply(self.ticket, self.anna)
        self.assertTrue(
            self.note(self.ticket.with_context(**{SEEN: self.seen}), self.chief)
        )

    def test_who_says_nothing_of_what_he_has_seen_is_not_stopped(self):
        self.reply(self.ticket, self.anna)
        self.assertTrue(self.reply(self.ticket, self.chief))

    def test_an_unreadable_token_has_seen_nothing(self):
        for token in ("", "?", "[]", "7", '{"message": "x"}'):
            lines = self.ticket.with_user(self.chief).get_news(token)["lines"]
            self.assertIn("Do you have it in green?", lines[0])

    def test_who_may_not_read_it_learns_no_news(self):
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                self.get_news(self.vera)

    def test_the_large_composer_is_stopped_too(self):
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.chief)
            .with_context(default_routing_seen=self.seen)
            .create(
                {
                    "model": "helpdesk.ticket",
                    "res_ids": str(self.ticket.ids),
                    "body": "Yes, in green.",
                    "subtype_id": self.env.ref("mail.mt_comment").id,
                    "partner_ids": [Command.set(self.customer.ids)],
                }
            )
        )
        self.reply(self.ticket, self.anna)
        with self.assertRaises(StaleAnswer) as caught:
            composer.action_send_mail()
        composer.routing_seen = caught.exception.context["seen"]
        before = self.ticket.message_ids
        composer.action_send_mail()
        self.assertEqual((self.ticket.message_ids - before).preview, "Yes, in green.")


@tagged("post_install", "-at_install")
class TestPresence(NewsCase):
    """Who looks at it is told to those who may read it, and to nobody else."""

    def get_channels(self, user):
        asked = f"routing_presence_{self.ticket.id}"
        websocket = self.env["ir.websocket"].with_user(user)
        with self.mock_request(user):
            return websocket._build_bus_channel_list([asked, "other"])

    def hears(self, channels):
        pairs = [each for each in channels if isinstance(each, tuple)]
        return (self.ticket, "routing_presence") in pairs

    def mock_request(self, user):
        request = type("Request", (), {"session": type("S", (), {"uid": user.id})})
        return patch.object(ir_websocket, "request", request)

    def test_who_may_read_it_hears_who_looks(self):
        channels = self.get_channels(self.chief)
        self.assertTrue(self.hears(channels))
        self.assertIn("other", filter(_is_text, channels))

    def test_who_may_not_read_it_hears_nothing(self):
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        asked = f"routing_presence_{self.ticket.id}"
        for user in (self.vera, portal):
            channels = self.get_channels(user)
            self.assertFalse(self.hears(channels))
            self.assertNotIn(asked, filter(_is_text, channels))

    def notify(self, user, state="looking"):
        """What was sent."""
        self.env.cr.precommit.data.pop("bus.bus.values", None)
        self.ticket.with_user(user).notify_presence(state)
        values = self.env.cr.precommit.data.pop("bus.bus.values", [])
        return [json.loads(one["message"])["payload"] for one in values]

    def test_a_sign_names_who_it_is_and_what_he_does(self):
        (sent,) = self.notify(self.chief, "writing")
        self.assertEqual(
            sent,
            {
                "ticket_id": self.ticket.id,
                "user_id": self.chief.id,
                "partner_id": self.chief.partner_id.id,
                "name": "Chief",
                "state": "writing",
            },
        )

    def test_who_may_not_read_it_cannot_pretend_to_look(self):
        self.assertEqual(self.notify(self.vera), [])
        self.assertEqual(self.notify(self.chief, "<b>"), [])


@tagged("post_install", "-at_install")
class TestNewsOverHttp(HttpCase, NewsCase):
    """As the web client sends it."""

    def test_the_web_client_learns_what_has_happened(self):
        self.reply(self.ticket, self.anna)
        self.env.flush_all()
        self.authenticate(self.chief.login, self.chief.login)
        post = {"body": "Yes.", "subtype_xmlid": "mail.mt_comment"}
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/mail/message/post",
                json={
                    "params": {
                        "thread_model": "helpdesk.ticket",
                        "thread_id": self.ticket.id,
                        "post_data": {**post, "message_type": "comment"},
                        "context": {SEEN: self.seen},
                    }
                },
            ).json()
        data = answer["error"]["data"]
        self.assertTrue(data["name"].endswith(".StaleAnswer"))
        self.assertIn("Yes, in green.", data["context"]["lines"][0])

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import random
from threading import Event
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.bus.models.bus import channel_with_db, json_dump
from odoo.addons.bus.tests.common import WebsocketCase
from odoo.addons.bus.websocket import Websocket

from ..models.alert_delivery import NOTIFICATION
from .common import AlertCase, make_type

STEPS = 60
SEEDS = (3, 33, 333)
# Mostly not muted, mostly in the toolbar: otherwise hardly anything would happen.
OFTEN = {"muted": [False, False, True], "toolbar": [True, True, False]}


class Screen:
    """What an open tab shows, by the rules of ``alert_store.esm.js``: what is older
    than what it has is dropped."""

    def __init__(self, fetch):
        self.fetch = fetch
        self.version = -1
        self.unseen = 0
        self.items = []
        self.insert(fetch())

    def insert(self, state):
        if "items" in state:
            is_news = state["version"] >= self.version
        else:
            is_news = state["version"] > self.version
        if is_news:
            self.version, self.unseen = state["version"], state["unseen"]
            self.items = state.get("items", self.items)
        return is_news

    def show(self):
        keys = ("id", "ids", "title", "unseen", "count")
        return (
            self.version,
            self.unseen,
            [{key: item[key] for key in keys} for item in self.items],
        )


@tagged("post_install", "-at_install")
class TestLive(AlertCase, WebsocketCase):
    """Old state + what came over a real websocket = what a fresh page fetches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_type(cls.env, "once", title_template="{name}")
        make_type(cls.env, "task", title_template="{name} !", must_do=True)
        make_type(cls.env, "fire", title_template="{name} !!", severity="danger")
        cls.records = [
            cls.record.copy({"name": f"Customer {number}"}) for number in range(4)
        ]

    def setUp(self):
        super().setUp()
        self.authenticate("alert_employee", "alert_employee")
        self.socket = self.websocket_connect(cookie=f"session_id={self.session.sid}")
        self.last = self.env["bus.bus"]._bus_last_id()
        self.subscribe(self.socket, [], self.last)
        self.screen = Screen(self.state)

    # -- what may happen

    def op_report(self, dice):
        code = dice.choice(["once", "task", "fire"])
        key = dice.choice([None, None, "a", "b"])
        users = dice.choice([self.employee, self.employee | self.colleague])
        self.alert(code, record=dice.choice(self.records), key=key, users=users)

    def op_report_to_another(self, dice):
        self.alert("once", record=dice.choice(self.records), users=self.colleague)

    def op_withdraw(self, dice):
        code = dice.choice(["once", "task", "fire"])
        self.withdraw(code, record=dice.choice(self.records))

    def op_act(self, dice):
        mine = self.deliveries()
        some = mine.browse(dice.sample(mine.ids, min(len(mine), 2)))
        getattr(some, dice.choice(["action_seen", "action_done", "action_snooze"]))()

    def op_wake(self, dice):
        snoozed = self.deliveries().filtered(lambda mine: mine.state == "snoozed")
        snoozed.sudo().write({"snoozed_until": "2020-01-01 00:00:00"})
        self.env["alert.delivery"]._wake(100)

    def op_mute(self, dice):
        preferences = self.env["alert.preference"].with_user(self.employee)
        types = self.env["alert.type"].search([("code", "in", ("once", "fire"))])
        name = dice.choice(["muted", "toolbar"])
        preferences._get_mine(dice.choice(types)).write(
            {name: dice.choice(OFTEN[name])}
        )

    # -- what the tab gets

    def receive(self):
        """The messages that the server sent over the wire since the last time."""
        partner = self.employee.partner_id
        self.env.cr.precommit.run()
        channel = json_dump(channel_with_db(self.registry.db_name, partner))
        sent = self.env["bus.bus"].search(
            [("id", ">", self.last), ("channel", "=", channel)], order="id"
        )
        received = []
        if sent:
            newest = sent[-1].id
            self.dispatch(partner)
            while self.last < newest:
                received += json.loads(self.socket.recv())
                self.last = received[-1]["id"]
        return [
            notification["message"]["payload"]
            for notification in received
            if notification["message"]["type"] == NOTIFICATION
        ]

    def dispatch(self, partner):
        """Let the server send. Its thread shares the cursor of the test, which must
        rest meanwhile."""
        done = Event()
        send = Websocket._dispatch_bus_notifications

        def sending(websocket, *args):
            send(websocket, *args)
            done.set()

        with patch.object(Websocket, "_dispatch_bus_notifications", sending):
            self.trigger_notification_dispatching([partner])
            self.assertTrue(done.wait(timeout=60), "The server sent nothing")

    def play(self, dice):
        """Random work; messages come late, twice and in any order, and so do the
        answers that the tab asks for."""
        operations = [getattr(self, name) for name in dir(self) if name[:3] == "op_"]
        operations += [self.op_report] * 3
        answers, messages, got = [], [], 0
        for _step in range(STEPS):
            dice.choice(operations)(dice)
            news = self.receive()
            got += len(news)
            messages += news * dice.choice([1, 1, 2])
            dice.shuffle(messages)
            while messages and dice.random() < 0.7:
                if self.screen.insert(messages.pop()):
                    answers.append(self.screen.fetch())
            dice.shuffle(answers)
            while answers and dice.random() < 0.7:
                self.screen.insert(answers.pop())
        return got, messages, answers

    def test_old_state_and_events_are_the_fresh_state(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                got, messages, answers = self.play(random.Random(seed))
                self.assertGreater(got, STEPS / 5, "hardly anything happened")
                for message in messages:
                    self.screen.insert(message)
                fresh = self.state()
                self.assertEqual(self.screen.unseen, fresh["unseen"])
                self.assertEqual(self.screen.version, fresh["version"])
                answers.append(self.screen.fetch())
                for answer in answers:
                    self.screen.insert(answer)
                self.assertEqual(self.screen.show(), Screen(self.state).show())

    def test_message_that_was_lost_is_made_up_for_by_the_fetch_after_it(self):
        self.alert("once", record=self.records[0])
        self.receive()
        self.alert("fire", record=self.records[1])
        (message,) = self.receive()
        self.assertTrue(self.screen.insert(message))
        self.assertEqual(self.screen.unseen, 2)
        self.screen.insert(self.screen.fetch())
        self.assertEqual(self.screen.show(), Screen(self.state).show())

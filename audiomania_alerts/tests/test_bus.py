# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import select
from contextlib import closing
from unittest.mock import patch

from odoo.sql_db import ConnectionPool, db_connect
from odoo.tests import tagged
from odoo.tools import config

from odoo.addons.mail.tests.common import MailCase

from ..models.alert_delivery import NOTIFICATION
from ..models.bus_bus import MANY, wake
from .common import AlertCase, make_type


@tagged("post_install", "-at_install")
class TestBus(AlertCase, MailCase):
    """What travels to the screens: own ids and counters, no text."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type = make_type(cls.env, title_template="{name} waits")

    def channel(self, user):
        return (self.cr.dbname, "res.partner", user.partner_id.id)

    def expect(self, *users):
        """For ``assertBus``: one message for each, built from what is stored."""
        return (
            [self.channel(user) for user in users],
            [
                {
                    "type": NOTIFICATION,
                    "payload": {
                        "version": self.state(user)["version"],
                        "unseen": self.state(user)["unseen"],
                        "delivery_ids": self.deliveries(user).ids,
                    },
                }
                for user in users
            ],
        )

    def test_alert_wakes_the_screens_of_its_recipients_without_text(self):
        with self.assertBus(
            get_params=lambda: self.expect(self.employee, self.colleague)
        ):
            self.alert(users=self.employee | self.colleague)
        messages = self._new_bus_notifs.mapped("message")
        self.assertFalse([text for text in messages if "Vinyl" in text])

    def test_many_messages_are_stored_as_few_are(self):
        def send(number):
            bus = self.env["bus.bus"].sudo()
            messages = [
                {"channel": f"channel {index}", "message": f"message {index}"}
                for index in range(number)
            ]
            before = self.env.cr.sql_log_count
            sent = bus.create(messages)
            queries.append(self.env.cr.sql_log_count - before)
            return sent.read(["channel", "message", "create_uid", "create_date"])

        queries = []
        few, many, more = send(3), send(MANY), send(2 * MANY)
        self.assertEqual((len(many), len(more)), (MANY, 2 * MANY))
        self.assertEqual(queries[1:], [1, 1])
        for one, other in zip(few, many, strict=False):
            self.assertEqual(one | {"id": 0}, other | {"id": 0})

    def test_what_one_does_wakes_his_own_screens_only(self):
        self.alert(users=self.employee | self.colleague)
        for action in ("action_seen", "action_snooze", "action_done"):
            with self.assertBus(get_params=lambda: self.expect(self.employee)):
                getattr(self.deliveries(), action)()

    def test_withdrawal_wakes_the_screens(self):
        self.alert()
        with self.assertBus(get_params=lambda: self.expect(self.employee)):
            self.withdraw()

    def test_what_changes_nothing_sends_nothing(self):
        self.alert()
        self.deliveries().action_done()
        with self.assertBus([], []):
            self.deliveries().action_seen()
            self.withdraw()

    def test_websockets_are_woken_over_one_connection(self):
        """Odoo connects anew for each message; that costs more than the message."""
        with closing(db_connect("postgres").cursor()) as cr:
            listener = cr._cnx
            listener.autocommit = True
            cr.execute("LISTEN imbus")
            for number in range(2):
                wake([("test_bus", "res.partner", number)])
            heard = []
            while len(heard) < 2 and select.select([listener], [], [], 30)[0]:
                listener.poll()
                heard += [one for one in listener.notifies if "test_bus" in one.payload]
                listener.notifies.clear()
        self.assertEqual(
            [one.payload for one in heard],
            ['[["test_bus","res.partner",0]]', '[["test_bus","res.partner",1]]'],
        )
        self.assertEqual(len({one.pid for one in heard}), 1)

    def test_the_database_is_asked_with_its_password_to_wake_websockets(self):
        """A database on another machine has one."""
        asked = []

        class Asked(Exception):
            pass

        def borrow(_pool, info):
            asked.append(info)
            raise Asked

        with (
            patch.dict(config.options, {"db_password": "secret"}),
            patch.object(ConnectionPool, "borrow", borrow),
            self.assertRaises(Asked),
        ):
            wake([("test_bus", "res.partner", 1)])
        self.assertEqual(asked[0]["password"], "secret")

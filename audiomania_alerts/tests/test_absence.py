# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .common import CODE, AlertCase, make_type, trap_alerts

BACK = datetime(2026, 3, 5, 6)


@tagged("post_install", "-at_install")
class TestAbsence(AlertCase):
    """Who is absent and who stands in is one hook; here a test answers it."""

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time("2026-03-02 09:00"))
        self.type = make_type(self.env, when_absent="substitute", body_template="Call")
        self.absent, self.links = {self.employee: BACK}, {}
        self.answer("_get_absent_users", self.absent)
        self.answer("_get_substitutes", self.links)

    def answer(self, name, known):
        def answer(presence, users, *args):
            return {user: value for user, value in known.items() if user in users}

        presence = self.registry["alert.presence"]
        self.startPatcher(patch.object(presence, name, answer))

    @contextmanager
    def later(self, at):
        with freeze_time(at), trap_alerts(self):
            yield

    def test_alert_passes_to_the_substitute(self):
        self.links[self.employee] = self.colleague
        trap = self.alert()
        trap.assert_alerted(self.colleague, CODE, self.record)
        trap.assert_not_alerted(self.employee)
        body = self.deliveries(self.colleague).body
        self.assertEqual(
            body, f"In place of {self.employee.name}, who is absent.\nCall"
        )

    def test_substitute_of_the_substitute_stands_in(self):
        self.links |= {
            self.employee: self.colleague,
            self.colleague: self.administrator,
        }
        self.absent[self.colleague] = BACK
        trap = self.alert()
        trap.assert_alerted(self.administrator, CODE)
        trap.assert_not_alerted(self.colleague)

    def test_circle_of_absent_substitutes_lets_it_wait(self):
        self.links |= {self.employee: self.colleague, self.colleague: self.employee}
        self.absent[self.colleague] = BACK
        self.alert()
        self.assertEqual(self.deliveries().state, "snoozed")
        self.assertEqual(self.deliveries().snoozed_until, BACK)
        self.assertFalse(self.deliveries(self.colleague))

    def test_without_a_substitute_it_waits_until_he_is_back(self):
        self.alert().assert_not_alerted(self.employee)
        self.assertEqual(self.deliveries().snoozed_until, BACK)

    def test_who_is_concerned_himself_is_told_for_himself(self):
        self.links[self.employee] = self.colleague
        self.alert(users=self.employee | self.colleague)
        self.assertEqual(self.deliveries(self.colleague).body, "Call")
        self.assertEqual(len(self.deliveries(self.colleague)), 1)

    def test_waiting_type_waits_although_there_is_a_substitute(self):
        self.type.when_absent = "wait"
        self.links[self.employee] = self.colleague
        self.alert().assert_not_alerted(self.colleague)
        self.assertEqual(self.deliveries().state, "snoozed")

    def test_it_is_new_when_he_is_back(self):
        self.type.when_absent = "wait"
        self.alert()
        self.absent.clear()
        with self.later(BACK):
            self.env["alert.delivery"]._wake(10)
        self.assertEqual(self.deliveries().state, "new")

    def test_it_waits_on_when_he_is_absent_longer(self):
        self.type.when_absent = "wait"
        self.alert()
        self.absent[self.employee] = datetime(2026, 3, 9, 6)
        with self.later(BACK):
            self.env["alert.delivery"]._wake(10)
        self.assertEqual(self.deliveries().snoozed_until, datetime(2026, 3, 9, 6))

    def test_it_waits_when_nobody_knows_when_he_is_back(self):
        self.type.when_absent = "wait"
        self.absent[self.employee] = None
        self.alert()
        self.assertEqual(self.deliveries().snoozed_until, datetime(2026, 3, 2, 10))

    def test_type_tells_who_is_absent_by_default(self):
        self.type.when_absent = make_type(self.env, "other").when_absent
        self.links[self.employee] = self.colleague
        self.alert().assert_alerted(self.employee, CODE)

    def test_absent_employee_is_not_reminded(self):
        self.absent.clear()
        self.type.write({"must_do": True, "repeat_every": 1, "when_absent": "wait"})
        self.alert()
        self.deliveries().action_seen()
        self.absent[self.employee] = BACK
        with self.later("2026-03-02 10:00"):
            self.env["alert.delivery"]._remind(10)
        self.assertEqual(self.deliveries().state, "seen")

    def test_nobody_is_absent_where_nothing_is_known(self):
        self.absent.clear()
        self.alert().assert_alerted(self.employee, CODE)

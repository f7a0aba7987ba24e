# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test kit of the alert bus, for the addons that send alerts.

::

    with trap_alerts(self) as trap:
        ticket.action_take()
    trap.assert_alerted(employee, "conversation_taken", ticket)
    trap.assert_not_alerted(colleague, "conversation_taken")

Tests never commit, so that nothing would be merged by itself: the trap merges what
the test reported, and what requests and tours reported as soon as their transaction
"commits". In a tour it reaches the open tab, as in production.
"""

from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

from odoo import SUPERUSER_ID
from odoo.tests import TransactionCase, new_test_user
from odoo.tests.test_cursor import TestCursor

from odoo.addons.audiomania_alerts.models.alert_alert_watch import (
    WATCHED,
    end_causeless,
)
from odoo.addons.audiomania_alerts.models.alert_outbox import (
    COMMITTED,
    merge_committed,
)
from odoo.addons.audiomania_alerts.states import FAILED, NEW, PENDING, WITHDRAWN


class Trapped(NamedTuple):
    """What one employee was told, or what was taken back from him."""

    state: str
    user_id: int
    code: str
    res_model: str
    res_id: int
    title: str


class AlertTrap:
    """What was delivered since the trap was set."""

    def __init__(self, env):
        self.env = env(user=SUPERUSER_ID, su=True)
        self.trapped = []
        self._first_fault = self._get_last_report()

    def drain(self):
        """Merge what this test's own transaction has reported so far."""
        self.env.flush_all()
        pending = self.env["alert.outbox"].search([("state", "=", PENDING)], order="id")
        if pending:
            self.env["alert.outbox"]._merge(pending.ids)
            self.env.flush_all()
        watched = self.env.cr.postcommit.data.get(WATCHED, {})
        while watched:
            self.env["alert.alert"]._end_causeless_of(*watched.popitem())

    def get_faults(self):
        """The causes of what could not be delivered since the trap was set."""
        self.drain()
        return self._search_faults().mapped("error")

    def assert_alerted(self, user, code, record=None):
        """``user`` was told (or told again) of ``code``, about ``record`` if given."""
        if not self._find(NEW, user, code, record):
            raise AssertionError(
                f"{user.login} got no alert {code!r} about {record}.\n{self._explain()}"
            )

    def assert_not_alerted(self, user, code=None, record=None):
        """``user`` was not told of ``code``; without a code: of nothing."""
        if self._find(NEW, user, code, record):
            raise AssertionError(
                f"{user.login} got an alert {code!r} about {record}.\n{self._explain()}"
            )

    def assert_withdrawn(self, user, code, record=None):
        """An open alert was taken back from ``user``."""
        if not self._find(WITHDRAWN, user, code, record):
            raise AssertionError(
                f"No alert {code!r} was withdrawn from {user.login}.\n{self._explain()}"
            )

    def _record(self, deliveries):
        """Note deliveries that have changed; return them."""
        for delivery in deliveries.sudo():
            alert = delivery.alert_id
            self.trapped.append(
                Trapped(
                    delivery.state,
                    delivery.user_id.id,
                    delivery.type_id.code,
                    alert.res_model,
                    alert.res_id,
                    alert.title,
                )
            )
        return deliveries

    def _find(self, state, user, code, record):
        self.drain()
        return [
            trapped
            for trapped in self.trapped
            if (trapped.state, trapped.user_id) == (state, user.id)
            and code in (None, trapped.code)
            and (
                record is None
                or (trapped.res_model, trapped.res_id) == (record._name, record.id)
            )
        ]

    def _explain(self):
        lines = [f"Delivered: {trapped}" for trapped in self.trapped]
        lines += [
            f"Fault: {fault.code}: {fault.error}" for fault in self._search_faults()
        ]
        return "\n".join(lines or ["Nothing was delivered."])

    def _search_faults(self):
        domain = [("state", "=", FAILED), ("id", ">", self._first_fault)]
        return self.env["alert.outbox"].search(domain, order="id")

    def _get_last_report(self):
        return self.env["alert.outbox"].search([], order="id DESC", limit=1).id or 0


@contextmanager
def trap_alerts(env_or_test):
    """Deliver the alerts of this test, and note them.

    :param env_or_test: an environment, or a test case that has one.
    :return: an :class:`AlertTrap`.
    """
    env = getattr(env_or_test, "env", env_or_test)
    trap = AlertTrap(env)
    delivery_class = env.registry["alert.delivery"]
    with (
        patch.object(
            delivery_class, "_fan_out", _noting(trap, delivery_class._fan_out)
        ),
        patch.object(
            delivery_class, "_withdraw", _noting(trap, delivery_class._withdraw)
        ),
        patch.object(TestCursor, "commit", _merging(env.registry, TestCursor.commit)),
    ):
        yield trap
        trap.drain()


def _noting(trap, method):
    def noting(self, *args, **kwargs):
        return trap._record(method(self, *args, **kwargs))

    return noting


def _merging(registry, commit):
    """The commit of a request in a test, which otherwise ignores what should run
    after it."""

    def merging(cursor):
        reported = list(cursor.postcommit.data.get(COMMITTED, ()))
        watched = dict(cursor.postcommit.data.get(WATCHED, {}))
        commit(cursor)
        if reported:
            merge_committed(registry, reported)
        end_causeless(registry, watched)

    return merging


CODE = "test_event"


def make_type(env, code=CODE, **values):
    """An alert type; a text without placeholders is its title."""
    values.setdefault("name", f"Type {code}")
    values.setdefault("title_template", "It happened")
    return env["alert.type"].create({"code": code, **values})


class AlertCase(TransactionCase):
    """An employee, a colleague, an alert administrator, a record to alert about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Whoever may export could read more than a screen shows.
        groups = "base.group_user,base.group_allow_export"
        cls.employee = new_test_user(
            cls.env, "alert_employee", groups=groups, tz="Europe/Moscow"
        )
        cls.colleague = new_test_user(
            cls.env, "alert_colleague", groups=groups, tz="Europe/Moscow"
        )
        cls.administrator = new_test_user(
            cls.env,
            "alert_administrator",
            groups=f"{groups},audiomania_alerts.group_alert_administrator",
        )
        cls.portal = new_test_user(cls.env, "alert_portal", groups="base.group_portal")
        cls.record = cls.env["res.partner"].create({"name": "Vinyl Lovers Club"})

    def alert(self, code=CODE, record=None, users=None, by=None, **values):
        """Report as the colleague (a plain employee), merge, return the trap."""
        types = self.env["alert.type"].with_user(by or self.colleague)
        with trap_alerts(self) as trap:
            types._alert(
                code,
                self.record if record is None else record,
                users=self.employee if users is None else users,
                **values,
            )
        return trap

    def withdraw(self, code=CODE, record=None, key=None):
        types = self.env["alert.type"].with_user(self.colleague)
        with trap_alerts(self) as trap:
            types._withdraw(code, self.record if record is None else record, key)
        return trap

    def deliveries(self, user=None):
        """What this employee finds, read as himself."""
        return self.env["alert.delivery"].with_user(user or self.employee).search([])

    def state(self, user=None):
        return self.env["alert.delivery"].with_user(user or self.employee).get_state()

    def faults(self):
        """What an alert administrator finds in the list of faults."""
        return self.env["alert.outbox"].with_user(self.administrator).search([])

    def hide_model(self, model):
        """From now on no employee may read records of this model."""
        accesses = self.env["ir.model.access"].search([("model_id.model", "=", model)])
        accesses.active = False
        self.env.flush_all()
        self.env.registry.clear_cache("stable")

    def hide_record(self):
        """From now on no plain employee may read the record."""
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {self.record.id})]",
            }
        )

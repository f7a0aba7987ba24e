# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import re
from contextlib import contextmanager
from itertools import product
from urllib.parse import quote, urlencode

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.service.model import call_kw
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from . import access
from .records import find_or_make

QUIET = (
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.models",
)
NOBODY = 2**31 - 1
CHANGES = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
  FROM pg_stat_xact_user_tables
"""
FITTING = {
    "domain": [],
    "vals": {},
    "values": {},
    "specification": {},
    "code": "conversation_taken",
    "body": "Words",
    "text": "Words",
    "reason": "Words",
    "words": "Words",
    "name": "Words",
    "ids": [1],
    "lang": "en_US",
}


@tagged("post_install", "-at_install")
class TestAccess(TransactionCase):
    """Whoever has nothing to do with it is refused by all that our addons add, and by
    what they will add: an outsider, a customer, an employee of another trade.

    What is not refused stands in ``tests/open_to_all.py`` of its addon, with the reason
    why it does no harm. A complaint of another kind is no refusal: the right may never
    have been asked for.
    """

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsiders = [
            cls.env.ref("base.public_user"),
            new_test_user(cls.env, "access_portal", "base.group_portal"),
        ]
        cls.clerk = new_test_user(cls.env, "access_clerk", "base.group_user")
        access.furnish(cls.env)
        cls.methods = list(access.get_methods(cls.env))
        models = {model for model, _name in cls.methods}
        cls.records = {model: find_or_make(cls.env, model) for model in models}
        cls.env.flush_all()

    def count_changes(self):
        self.env.flush_all()
        self.env.cr.execute(CHANGES)
        return self.env.cr.fetchone()[0]

    def call(self, user, model, name):
        """What a call brings: "" for a refusal or for nothing at all."""
        method = getattr(self.env.registry[model], name)
        arguments = access.get_arguments(method, FITTING, 1)
        if not getattr(method, "_api_model", False):
            arguments = [self.records[model].ids or [NOBODY], *arguments]
        records = self.env(user=user.id, su=False)[model]
        self.env.invalidate_all()
        with self.env.cr.savepoint() as savepoint:
            try:
                return self.get_outcome(records, name, arguments)
            finally:
                savepoint.rollback()
                self.env.cr.precommit.clear()
                self.env.cr.postcommit.clear()
                self.env.invalidate_all(flush=False)

    @mute_logger(*QUIET)
    def test_no_odd_argument_makes_anything_fall(self):
        """Whoever may call it is refused, or answered, in words: what stands in an
        error of the database or of Python, and in the log with it, was made for
        nobody."""
        user = self.env.ref("base.user_admin")
        faults = []
        for model, name in self.methods:
            method = getattr(self.env.registry[model], name)
            for chosen, value in product(access.get_chosen(method), WRONG):
                if fault := self.find_fault(user, model, name, {chosen: value}):
                    faults.append(f"{model}.{name}({chosen}={value!r:.30}): {fault}")
        self.assertEqual(faults, [])

    def find_fault(self, user, model, name, chosen):
        method = getattr(self.env.registry[model], name)
        names = access.get_chosen(method)
        given = dict(zip(names, access.get_arguments(method, FITTING, 1), strict=False))
        ids = [] if getattr(method, "_api_model", False) else [self.records[model].ids]
        records = self.env(user=user.id, su=False)[model]
        self.env.invalidate_all()
        with self.env.cr.savepoint() as savepoint:
            try:
                call_kw(records, name, ids, {**given, **chosen})
                self.env.flush_all()
            except UserError:
                return ""
            except Exception as error:
                return f"{type(error).__name__}: {error}"[:200]
            finally:
                savepoint.rollback()
                self.env.cr.precommit.clear()
                self.env.cr.postcommit.clear()
                self.env.invalidate_all(flush=False)
        return ""

    def get_outcome(self, records, name, arguments):
        before = self.count_changes()
        try:
            answer = call_kw(records, name, arguments, {})
        except AccessError:
            return ""
        except UserError as error:
            return f"complains: {error}"[:200]
        except Exception as error:
            return f"falls over: {type(error).__name__}: {error}"
        if changes := self.count_changes() - before:
            return f"changes {changes} rows"
        return f"answers {answer!r}"[:200] if answer else ""

    @mute_logger(*QUIET)
    def get_told(self, users):
        """{method: what it brought one of them}"""
        told = {}
        for model, name in self.methods:
            for user in users:
                if answer := self.call(user, model, name):
                    told[f"{model}.{name}"] = f"{user.login} {answer}"
        return told

    def assert_listed(self, told, known):
        self.assertEqual({one: told[one] for one in told if one not in known}, {})
        self.assertEqual(set(known) - set(told), set(), "they are refused by now")

    def test_every_method_is_tried_on_a_record(self):
        """A call on nothing proves nothing."""
        empty = {
            model
            for model, records in self.records.items()
            if not (records or records._abstract or records._transient)
        }
        self.assertEqual(empty, set(access.get_open(self.env, "NO_RECORD")))

    def test_every_public_method_refuses_outsiders(self):
        known = access.get_open(self.env, "OUTSIDE")
        self.assert_listed(self.get_told(self.outsiders), known)

    def test_every_public_method_refuses_an_employee_of_another_trade(self):
        outside = access.get_open(self.env, "OUTSIDE")
        known = {**outside, **access.get_open(self.env, "METHODS")}
        self.assert_listed(self.get_told([self.clerk]), known)

    def test_every_model_refuses_strangers(self):
        known = access.get_open(self.env, "MODELS")
        open_models = {}
        for model in access.get_models(self.env):
            if self.env[model]._abstract:
                continue
            for user in (*self.outsiders, self.clerk):
                records = self.env[model].with_user(user)
                may = [
                    operation
                    for operation in ("read", "write", "create", "unlink")
                    if records.has_access(operation)
                ]
                if may:
                    open_models[model] = f"{user.login}: {', '.join(may)}"
        self.assertEqual(open_models.keys() - known.keys(), set())
        self.assertEqual(known.keys() - open_models.keys(), set(), "they are closed")


ODD = (
    *("", "x", "-1", "0", "1.5", "[]", "{}", "1;--", "null", "None", "1e9"),
    *("99999999999999999999", "2147483648", "\N{FULLWIDTH DIGIT ONE}", "☃", "\u202e"),
    *("'\"<svg onload=a>", "../../etc/passwd", "%00", "\0", "a" * 500),
)
NAMES = ("id", "ticket_id", "stage_id", "order_id", "res_id", "token", "access_token")
MORE_NAMES = (
    *("name", "signature", "subject", "category", "team", "quality", "speed"),
    *("comment", "text", "key", "sent", "description", "attachment"),
)
CUSTOMER, EMPLOYEE = "routes_portal", "routes_user"
WRONG = (None, [], {}, -1, 1.5, True, 2**70, "x", "\0", "a" * 500)
"""Values that a program sends instead of words."""
SHARP = ("", "-1", "99999999999999999999", "☃", "\0", "'\"<svg onload=a>")
"""What each single word of a form is tried with, all others being right."""
EXPECTED = ("CSRF", "called ignoring args")
"""What Odoo itself tells of a form that does not come from one of its pages, and of
one with words that nobody asked for."""


class Told(logging.Handler):
    """What a log was told that somebody would have to look at."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        text = record.getMessage()
        if not any(words in text for words in EXPECTED):
            self.lines.append(f"{record.name}: {text}"[:300])


@tagged("post_install", "-at_install")
class TestRoutes(HttpCase):
    """Whatever comes to an address of ours is answered: with a page, or with 4xx.

    Every route that our addons add or continue is tried, those to come as well.
    """

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login, group in ((CUSTOMER, "portal"), (EMPLOYEE, "user")):
            new_test_user(cls.env, login, f"base.group_{group}", password=login * 2)
        cls.places = access.furnish(cls.env)
        cls.routes = access.get_routes(cls.env)

    @contextmanager
    def listening(self):
        """To the log, which shows nothing of it: what is told here is judged here."""
        told, root = Told(), logging.getLogger()
        handlers, root.handlers = root.handlers, [told]
        try:
            yield told
        finally:
            root.handlers = handlers

    def fill(self, rule, value=None):
        """The address with a value in each of its places; by default what fits."""

        def replace(match):
            kind, name = match.groups()
            # Odoo itself falls over a null sign in an address that nobody serves
            if value is None or (value == "\0" and kind == "int"):
                return quote(self.places.get(name, "1"))
            return quote(value, safe="") or "-"

        return re.sub(r"<(?:(\w+):)?(\w+)>", replace, rule)

    def get_requests(self, rule, login):
        """(method, address, form) of everything odd that may come."""
        right, fitting = self.fill(rule), self.get_fitting()
        for value in ODD:
            form = dict.fromkeys((*NAMES, *MORE_NAMES), value)
            for address in {self.fill(rule, value), right}:
                yield "GET", f"{address}?{urlencode(form)}", None
                yield "POST", address, form
        yield "POST", right, fitting
        yield from ((method, right, fitting) for method in ("PUT", "DELETE", "PATCH"))
        yield "POST", f"{right}?{urlencode(fitting)}", "{not json"
        yield "POST", right, b"\xff\xfe\x00"
        if login == CUSTOMER:
            for name, value in product(MORE_NAMES, SHARP):
                yield "POST", right, {**fitting, name: value}

    def get_fitting(self):
        """A form that is taken, where its sender may send one."""
        return {**dict.fromkeys(NAMES, "1"), **self.places, "subject": "Words"}

    def get_answers(self, rule, login, token):
        """(what was sent, the answer) of each."""
        for method, address, form in self.get_requests(rule, login):
            if isinstance(form, dict):
                form = {**form, "csrf_token": token}
            yield (
                f"{method} {address[:90]} {form!r:.90}",
                self.url_open(address, data=form, method=method, allow_redirects=False),
            )
        if self.routes[rule].endpoint.routing["type"] == "jsonrpc":
            for value in WRONG:
                params = dict.fromkeys((*NAMES, *MORE_NAMES), value)
                yield (
                    f"json {value!r:.90}",
                    self.url_open(self.fill(rule), json={"params": params}),
                )

    def find_fault(self, answer):
        if answer.status_code >= 500 or "Traceback" in answer.text:
            return f"{answer.status_code} {answer.text[-300:]}"
        if answer.status_code >= 400 and not answer.text.strip():
            return f"{answer.status_code} without a word"
        return None

    def get_faults(self, login):
        """What was wrong with answers, and what the log was told meanwhile."""
        self.authenticate(login, login and login * 2)
        token = Request.csrf_token(self)
        faults = []
        for rule in self.routes:
            with self.listening() as told:
                for sent, answer in self.get_answers(rule, login, token):
                    found = [*told.lines, *filter(None, [self.find_fault(answer)])]
                    faults += [f"{rule} {login}: {sent}: {one}" for one in found]
                    told.lines.clear()
        return faults

    def test_odd_input_is_answered_and_logs_nothing(self):
        if "audiomania_routing" in access.get_addons(self.env):
            self.assertIn("/mail/intake", self.routes)
        logins = (None, CUSTOMER, EMPLOYEE)
        faults = [fault for login in logins for fault in self.get_faults(login)]
        self.assertEqual(faults[:20], [], f"{len(faults)} faults")

    def test_a_form_from_elsewhere_is_not_taken(self):
        """Without the token of a page of ours nothing is done that changes anything."""
        self.authenticate(CUSTOMER, CUSTOMER * 2)
        for rule, found in self.routes.items():
            routing = found.endpoint.routing
            if routing["type"] != "http" or not routing.get("csrf", True):
                continue
            with self.subTest(rule), self.listening() as told:
                answer = self.url_open(self.fill(rule), data={"id": "1"})
                self.assertEqual(answer.status_code, 400)
            self.assertEqual(told.lines, [])

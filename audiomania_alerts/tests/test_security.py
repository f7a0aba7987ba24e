# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CODE, AlertCase, make_type

SECRET = "Vinyl Lovers Club"
PRIVATE_MODELS = ("alert.alert", "alert.inbox")


@tagged("post_install", "-at_install")
class TestSecurity(AlertCase):
    """Rule 27: "nobody can read another's", by any way Odoo offers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type = make_type(
            cls.env, title_template="{name} waits", body_template="{name} again"
        )
        cls.everybody = cls.employee | cls.colleague | cls.administrator | cls.portal

    def setUp(self):
        super().setUp()
        self.alert()
        self.delivery = self.deliveries().sudo()
        self.own_alert = self.delivery.alert_id

    # -- another's deliveries

    def test_another_finds_nothing(self):
        for user in (self.colleague, self.administrator):
            with self.subTest(user=user.login):
                deliveries = self.env["alert.delivery"].with_user(user)
                mine = [("user_id", "=", self.employee.id)]
                self.assertFalse(deliveries.search([]))
                self.assertFalse(deliveries.search_count(mine))
                self.assertFalse(deliveries.search_read(mine, ["title"]))
                self.assertFalse(deliveries.name_search(self.type.name))
                self.assertEqual(
                    deliveries._read_group(mine, ["type_id"], ["__count"]), []
                )
                self.assertEqual(
                    deliveries.web_search_read(mine, {"title": {}})["length"], 0
                )
                self.assertEqual(deliveries.get_state()["items"], [])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_another_cannot_read_by_id(self):
        for user in (self.colleague, self.administrator):
            with self.subTest(user=user.login):
                theirs = self.delivery.with_user(user)
                for way in (
                    lambda theirs=theirs: theirs.read(["title", "state"]),
                    lambda theirs=theirs: theirs.web_read({"body": {}}),
                    lambda theirs=theirs: theirs.export_data(["title"]),
                    lambda theirs=theirs: theirs.title,
                    lambda theirs=theirs: theirs.display_name,
                ):
                    with self.assertRaises(AccessError):
                        theirs.invalidate_recordset()
                        way()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_another_cannot_act_on_it(self):
        for user in self.everybody:
            with self.subTest(user=user.login):
                if user == self.employee:
                    continue
                theirs = self.delivery.with_user(user)
                for action in (
                    "action_seen",
                    "action_done",
                    "action_snooze",
                    "action_snooze_tomorrow",
                    "action_mute",
                    "action_unmute",
                    "action_open",
                ):
                    with self.assertRaises(AccessError):
                        getattr(theirs, action)()
        self.assertEqual(self.delivery.state, "new")

    def test_portal_reads_nothing_at_all(self):
        for model in (
            "alert.alert",
            "alert.delivery",
            "alert.inbox",
            "alert.outbox",
            "alert.preference",
            "alert.report",
            "alert.type",
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.portal).search([])
        deliveries = self.env["alert.delivery"].with_user(self.portal)
        with self.assertRaises(AccessError):
            deliveries.get_state()
        with self.assertRaises(AccessError):
            deliveries.get_page([3, "2030-01-01 00:00:00", 9, "2030-01-01 00:00:00", 9])
        with self.assertRaises(AccessError):
            self.env["alert.preference"].with_user(self.portal).action_open_mine()

    # -- crafting and changing

    def test_nobody_crafts_or_changes_a_delivery(self):
        values = {
            "alert_id": self.own_alert.id,
            "user_id": self.colleague.id,
            "type_id": self.type.id,
            "severity": "danger",
            "urgency": 3,
            "notified_at": "2026-03-02 09:00:00",
        }
        for user in self.everybody:
            with self.subTest(user=user.login):
                deliveries = self.env["alert.delivery"].with_user(user)
                with self.assertRaises(AccessError):
                    deliveries.create(values)
                with self.assertRaises(AccessError):
                    deliveries.load(["severity"], [["danger"]])
                    raise AccessError("load reports its errors")
                with self.assertRaises(AccessError):
                    self.delivery.with_user(user).write({"user_id": user.id})
                with self.assertRaises(AccessError):
                    self.delivery.with_user(user).unlink()

    def test_nobody_reads_or_writes_what_lies_behind(self):
        for user in self.everybody:
            with self.subTest(user=user.login):
                for model in PRIVATE_MODELS:
                    records = self.env[model].with_user(user)
                    with self.assertRaises(AccessError):
                        records.search([])
                    with self.assertRaises(AccessError):
                        records.create({})
                theirs = self.own_alert.with_user(user)
                for way in (
                    lambda theirs=theirs: theirs.read(["title"]),
                    lambda theirs=theirs: theirs.write({"title": "x"}),
                    lambda theirs=theirs: theirs.unlink(),
                ):
                    with self.assertRaises(AccessError):
                        way()

    def test_only_an_administrator_edits_types(self):
        for user in (self.employee, self.colleague, self.portal):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.type.with_user(user).write({"title_template": "x"})
                with self.assertRaises(AccessError):
                    make_type(self.env(user=user), "mine")
                with self.assertRaises(AccessError):
                    self.type.with_user(user).unlink()
        self.type.with_user(self.administrator).title_template = "{city}"
        created = make_type(
            self.env(user=self.administrator),
            "theirs",
            model_id=self.env.ref("base.model_res_partner").id,
            title_template="{name}",
        )
        self.assertTrue(created.unlink())

    # -- settings and statistics

    def preference(self):
        preferences = self.env["alert.preference"].with_user(self.employee)
        return preferences._get_mine(self.type).sudo()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_settings_of_another_are_neither_read_nor_changed(self):
        preference = self.preference()
        other_type = make_type(self.env, "another_type")
        mine = [("user_id", "=", self.employee.id)]
        for user in (self.colleague, self.administrator):
            with self.subTest(user=user.login):
                preferences = self.env["alert.preference"].with_user(user)
                self.assertFalse(preferences.search(mine))
                self.assertFalse(preferences.search_count(mine))
                self.assertFalse(preferences.search_read(mine, ["muted"]))
                self.assertFalse(preferences.name_search(self.type.name))
                self.assertEqual(
                    preferences._read_group(mine, ["type_id"], ["__count"]), []
                )
                self.assertEqual(
                    preferences.web_search_read(mine, {"muted": {}})["length"], 0
                )
                theirs = preference.with_user(user)
                for way in (
                    lambda theirs=theirs: theirs.read(["muted"]),
                    lambda theirs=theirs: theirs.web_read({"digest": {}}),
                    lambda theirs=theirs: theirs.export_data(["toolbar"]),
                    lambda theirs=theirs: theirs.display_name,
                    lambda theirs=theirs: theirs.write({"muted": True}),
                    lambda theirs=theirs: theirs.action_reset(),
                    lambda theirs=theirs: theirs.unlink(),
                    lambda theirs=theirs: theirs.create(
                        {"user_id": self.employee.id, "type_id": other_type.id}
                    ),
                ):
                    with self.assertRaises(AccessError):
                        theirs.invalidate_recordset()
                        way()

    def test_one_reads_and_changes_his_own_settings(self):
        preference = self.preference().with_user(self.employee)
        preference.write({"digest": "daily", "muted": True})
        self.assertEqual(preference.read(["digest"])[0]["digest"], "daily")
        with self.assertRaises(AccessError):
            preference.unlink()

    def test_own_settings_of_the_screen_are_written_by_oneself_only(self):
        mine = self.employee.with_user(self.employee)
        mine.write({"alert_sound": True, "alert_digest_hour": 7})
        self.assertTrue(mine.alert_sound)
        self.assertEqual(mine.alert_digest_hour, 7)
        with self.assertRaises(AccessError):
            self.employee.with_user(self.colleague).write({"alert_sound": False})

    def test_only_an_administrator_reads_statistics(self):
        for user in (self.employee, self.colleague, self.portal):
            with self.subTest(user=user.login):
                reports = self.env["alert.report"].with_user(user)
                for way in (
                    lambda reports=reports: reports.search([]),
                    lambda reports=reports: reports.search_count([]),
                    lambda reports=reports: reports.name_search(""),
                    lambda reports=reports: reports._read_group([], ["type_id"]),
                    lambda reports=reports: reports.web_search_read([], {"sent": {}}),
                    lambda reports=reports: reports.browse(self.delivery.id).sent,
                    lambda reports=reports: reports.browse(
                        self.delivery.id
                    ).export_data(["sent"]),
                ):
                    # Whoever may not export at all hears so (a UserError).
                    with self.assertRaises(UserError):
                        way()
        reports = self.env["alert.report"].with_user(self.administrator)
        found = reports.search([("type_id", "=", self.type.id)])
        self.assertNotIn("Vinyl", str(found.read()))
        self.assertNotIn(self.employee.name, str(found.read()))

    def test_nobody_changes_statistics(self):
        for user in self.everybody:
            reports = self.env["alert.report"].with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    reports.create({"sent": 1})
                with self.assertRaises(AccessError):
                    reports.browse(self.delivery.id).unlink()

    def test_nobody_sends_by_himself(self):
        """The ways have no public method."""
        for way in self.env["alert.way"]._get_ways():
            public = {
                name for name in dir(type(way)) if not name.startswith("_")
            } - set(dir(self.env.registry["base"]))
            self.assertFalse(public)

    # -- faults

    def test_only_an_administrator_reads_faults_and_not_their_texts(self):
        self.alert("no_such_code", title=SECRET)
        for user in (self.employee, self.colleague, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["alert.outbox"].with_user(user).search([])
        fault = self.faults()
        self.assertIn("no_such_code", fault.error)
        with self.assertRaises(AccessError):
            fault.read(["payload"])
        self.assertNotIn(SECRET, str(fault.read()))
        self.assertNotIn(SECRET, str(fault.export_data(["code", "error", "res_id"])))
        shown = {name: {"fields": {"display_name": {}}} for name in ("code", "res_id")}
        self.assertNotIn(SECRET, str(fault.web_read(shown)))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_what_is_not_a_fault_is_not_shown(self):
        self.env["alert.type"]._alert(CODE, self.record, users=self.employee)
        pending = self.env["alert.outbox"].search([("state", "=", "pending")])
        self.assertTrue(pending)
        self.assertFalse(self.faults())
        with self.assertRaises(AccessError):
            pending.with_user(self.administrator).read(["code"])

    def test_administrator_removes_faults_and_changes_none(self):
        self.alert("no_such_code")
        fault = self.faults()
        with self.assertRaises(AccessError):
            fault.write({"res_id": 1})
        with self.assertRaises(AccessError):
            fault.create({"code": CODE})
        self.assertTrue(fault.unlink())

    def test_employee_cannot_retry(self):
        self.alert("no_such_code")
        with self.assertRaises(AccessError):
            self.faults().with_user(self.employee).action_retry()

    # -- an alert about a record that he may not read (any more)

    def assertNothingShown(self):
        delivery = self.deliveries()
        delivery.invalidate_recordset()
        self.assertEqual(len(delivery), 1)
        self.assertTrue(delivery.is_hidden)
        names = [
            "title",
            "body",
            "record_name",
            "res_model",
            "res_id",
            "display_name",
            "alert_id",
        ]
        specification = {name: {} for name in names}
        shown = [
            delivery.read(names),
            delivery.web_read(
                {**specification, "alert_id": {"fields": {"display_name": {}}}}
            ),
            delivery.export_data(names[:-1]),
            self.state(),
            delivery.formatted_read_group([], ["alert_id"], ["__count"]),
            self.env["alert.delivery"].with_user(self.employee).name_search(""),
        ]
        for way in shown:
            self.assertNotIn("Vinyl", str(way))
        item = self.state()["items"][0]
        self.assertFalse(item["title"] or item["body"] or item["record"])

    def test_owner_reads_the_texts_while_he_may_read_the_record(self):
        item = self.state()["items"][0]
        self.assertEqual(item["title"], f"{SECRET} waits")
        self.assertEqual(item["body"], f"{SECRET} again")
        self.assertEqual(item["record"], SECRET)

    def test_record_that_he_may_not_read_any_more_shows_nothing(self):
        self.hide_record()
        self.assertNothingShown()
        self.assertEqual(self.deliveries().action_open()["tag"], "display_notification")

    def test_record_that_is_gone_shows_nothing(self):
        self.record.unlink()
        self.assertNothingShown()

    def test_record_of_a_model_that_he_may_not_read_shows_nothing(self):
        self.own_alert.write({"res_model": "ir.cron", "res_id": 1})
        self.assertNothingShown()

    def test_record_of_a_model_that_is_gone_shows_nothing(self):
        self.own_alert.write({"res_model": "no.such.model", "res_id": 1})
        self.assertNothingShown()

    def test_record_of_another_company_of_his_is_shown_in_every_tab(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        self.record.company_id = company
        self.assertNothingShown()
        self.employee.company_ids |= company
        delivery = self.deliveries().with_context(
            allowed_company_ids=self.employee.company_id.ids
        )
        delivery.invalidate_recordset()
        self.assertEqual(delivery.title, f"{SECRET} waits")

    def test_texts_cannot_be_searched(self):
        deliveries = self.env["alert.delivery"].with_user(self.employee)
        for field in ("title", "body", "record_name", "res_id"):
            with self.assertRaises(ValueError):
                deliveries.search([(field, "=", "x")])
        for path in ("alert_id.title", "alert_id.body", "alert_id.key"):
            with self.assertRaises(AccessError):
                deliveries.search([(path, "ilike", "Vinyl")])
        with self.assertRaises(AccessError):
            deliveries.search([("alert_id", "any", [("title", "ilike", "Vinyl")])])
        with self.assertRaises(AccessError):
            self.deliveries().export_data(["alert_id/title"])
        with self.assertRaises(AccessError):
            deliveries._read_group([], ["alert_id.title"])
        with self.assertRaises(ValueError):
            deliveries._read_group([], ["title"])
        with self.assertRaises(ValueError):
            deliveries.search([], order="title")

    def test_name_search_looks_at_the_type_only(self):
        deliveries = self.env["alert.delivery"].with_user(self.employee)
        self.assertFalse(deliveries.name_search("Vinyl"))
        self.assertEqual(len(deliveries.name_search(self.type.name)), 1)

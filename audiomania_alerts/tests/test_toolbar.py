# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AlertCase, make_type

NOW = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install")
class TestToolbar(AlertCase):
    """How the toolbar sorts, folds and pages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code, severity in (("i1", "info"), ("i2", "info"), ("d", "danger")):
            make_type(
                cls.env, code, severity=severity, title_template=f"{code} {{name}}"
            )

    def setUp(self):
        super().setUp()
        clock = freeze_time(NOW)
        clock.start()
        self.addCleanup(clock.stop)

    def tell(self, code, name, minutes=0):
        record = self.record.copy({"name": name})
        with freeze_time(NOW + timedelta(minutes=minutes)):
            self.alert(code, record=record)
        return record

    def titles(self, items=None):
        items = self.state()["items"] if items is None else items
        return [item["title"] for item in items]

    # -- the order

    def test_rows_stand_by_severity_then_type_then_the_newest_first(self):
        self.tell("i1", "a", 1)
        self.tell("i2", "b", 2)
        self.tell("i1", "c", 3)
        self.tell("d", "e", 0)
        self.assertEqual(self.titles(), ["d e", "i1 c", "i1 a", "i2 b"])
        self.tell("i2", "f", 4)
        self.assertEqual(self.titles(), ["d e", "i2 f", "i2 b", "i1 c", "i1 a"])

    # -- one row for one thing

    def test_alerts_about_one_record_are_one_row_with_a_count(self):
        record = self.tell("i1", "a")
        self.alert("i1", record=record)
        self.alert("i2", record=record)
        self.alert("i2", record=record, key="another")
        self.tell("i1", "b")
        row = next(item for item in self.state()["items"] if item["count"] > 1)
        self.assertEqual(row["count"], 4)
        self.assertEqual(len(row["ids"]), 3)
        self.assertEqual(self.state()["total"], 2)
        self.assertEqual(self.state()["unseen"], 4)

    def test_most_urgent_alert_speaks_for_the_row(self):
        record = self.tell("d", "a")
        with freeze_time(NOW + timedelta(hours=1)):
            self.alert("i1", record=record)
        (row,) = self.state()["items"]
        self.assertEqual((row["title"], row["severity"]), ("d a", "danger"))
        self.assertEqual(row["id"], row["ids"][0])

    def test_row_is_unseen_while_one_of_its_alerts_is(self):
        record = self.tell("d", "a")
        self.deliveries().action_seen()
        self.assertFalse(self.state()["items"][0]["unseen"])
        self.alert("i1", record=record)
        self.assertTrue(self.state()["items"][0]["unseen"])

    def test_done_of_a_row_is_done_of_all_its_alerts(self):
        record = self.tell("d", "a")
        self.alert("i1", record=record)
        (row,) = self.state()["items"]
        mine = self.deliveries().browse(row["ids"])
        mine.action_done()
        self.assertEqual(self.state()["total"], 0)
        self.assertEqual(self.deliveries().mapped("state"), ["done", "done"])

    def test_alerts_about_nothing_are_rows_of_their_own(self):
        for key in "ab":
            self.alert("i1", record=False, key=key, title=key)
        self.assertEqual(self.state()["total"], 2)

    def test_records_of_two_models_with_one_number_are_two_things(self):
        partner = self.tell("i1", "a")
        self.alert("i1", record=partner)
        alert = self.deliveries().sudo().alert_id
        self.alert("i1", record=self.env["res.country"].search([], limit=1))
        self.assertEqual(self.state()["total"], 2)
        newest = self.deliveries().sudo().alert_id - alert
        newest.res_id = partner.id
        self.assertEqual(self.state()["total"], 2)

    # -- pages

    def test_pages_hold_every_row_once_in_the_order_of_the_list(self):
        for number in range(7):
            self.tell("i1" if number % 2 else "d", f"{number}", number)
        whole = self.titles()
        state = self.deliveries().get_state(limit=3)
        titles, after = self.titles(state["items"]), state["after"]
        while after:
            page = self.deliveries().get_page(after, limit=3)
            self.assertEqual(page["version"], state["version"])
            titles += self.titles(page["items"])
            after = page["after"]
        self.assertEqual(titles, whole)
        self.assertEqual(state["total"], 7)

    def test_short_list_has_no_next_page(self):
        self.tell("i1", "a")
        self.assertFalse(self.state()["after"])

    def test_page_that_no_client_got_is_refused(self):
        for place in ([1], "x", [1, "x", 1, "y", 1], None, ["a"] * 5):
            with self.subTest(place=place), self.assertRaises(UserError):
                self.deliveries().get_page(place)

    def test_a_page_of_no_rows_or_of_too_many_is_refused(self):
        for limit in (0, -1, 1.5, True, 2**31, 2**70, None, "3", [3]):
            with self.subTest(limit=limit):
                with self.assertRaises(UserError):
                    self.deliveries().get_state(limit=limit)
                with self.assertRaises(UserError):
                    self.deliveries().get_page([1, False, 1, False, 1], limit=limit)

    # -- tomorrow morning

    def test_tomorrow_morning_is_nine_in_his_time_zone(self):
        self.tell("i1", "a")
        self.deliveries().action_snooze_tomorrow()
        self.assertEqual(self.state()["next_at"], "2026-03-03 06:00:00")

    def test_tomorrow_is_tomorrow_where_he_is(self):
        self.tell("i1", "a")
        with freeze_time(NOW.replace(hour=22)):
            self.deliveries().action_snooze_tomorrow()
            self.assertEqual(self.state()["next_at"], "2026-03-04 06:00:00")

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import AlertCase, make_type

NOW = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install")
class TestReport(AlertCase):
    """Managers see how many alerts of each type are sent, seen, done, how soon, and
    which types nobody reacts to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type = make_type(cls.env)
        cls.ignored = make_type(cls.env, "nobody_cares")

    def react(self, action, minutes):
        """An alert of the type at nine, and what became of it after so long."""
        with freeze_time(NOW):
            self.alert(key=f"{action}{minutes}")
            mine = self.deliveries()[0]
        with freeze_time(NOW + timedelta(minutes=minutes)):
            getattr(mine, action)()

    def report(self, *aggregates):
        reports = self.env["alert.report"].with_user(self.administrator)
        types = (self.type | self.ignored).ids
        rows = reports._read_group(
            [("type_id", "in", types)], ["type_id"], list(aggregates)
        )
        return {type_: values for type_, *values in rows}

    def test_sent_seen_and_done_are_counted_by_type(self):
        self.react("action_seen", 1)
        self.react("action_done", 1)
        self.alert(key="new")
        self.alert("nobody_cares")
        report = self.report("sent:sum", "seen:sum", "done:sum", "seen_share:avg")
        self.assertEqual(report[self.type][:3], [3, 2, 1])
        self.assertAlmostEqual(report[self.type][3], 200 / 3)
        self.assertEqual(report[self.ignored], [1, 0, 0, 0])

    def test_time_to_react_as_average_and_median(self):
        for minutes in (1, 2, 60):
            self.react("action_seen", minutes)
        for minutes in (10, 20, 300):
            self.react("action_done", minutes)
        report = self.report(
            "minutes_to_done:avg", "median_to_done:median", "median_to_seen:median"
        )
        self.assertEqual(report[self.type], [110, 20, 15])

    def test_clock_that_was_put_back_makes_no_negative_time(self):
        self.react("action_seen", -30)
        self.react("action_seen", 10)
        self.assertEqual(self.report("minutes_to_seen:avg")[self.type], [5])

    def test_median_is_a_measure_of_the_pivot(self):
        self.react("action_seen", 4)
        reports = self.env["alert.report"].with_user(self.administrator)
        fields = reports.fields_get(["median_to_seen"])
        self.assertEqual(fields["median_to_seen"]["aggregator"], "median")
        rows = reports.formatted_read_group(
            [("type_id", "=", self.type.id)], ["type_id"], ["median_to_seen:median"]
        )
        self.assertEqual(rows[0]["median_to_seen:median"], 4)

    def test_types_that_nobody_reacts_to(self):
        self.react("action_seen", 1)
        self.alert("nobody_cares")
        reports = self.env["alert.report"].with_user(self.administrator)
        found = reports.search(
            [
                ("is_ignored", "=", True),
                ("type_id", "in", (self.type | self.ignored).ids),
            ]
        )
        self.assertEqual(found.type_id, self.ignored)

    def test_no_text_and_no_reader_stands_in_it(self):
        self.assertFalse(
            {"title", "body", "res_id", "res_model", "alert_id", "user_id"}
            & set(self.env["alert.report"]._fields)
        )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import ast
import datetime as dt
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.fields import Date
from odoo.tests import tagged
from odoo.tools.safe_eval import datetime as safe_datetime
from odoo.tools.safe_eval import safe_eval

from .analysis_common import REPORT, AnalysisCase

HOURS = (
    "hours_to_seen",
    "hours_to_taken",
    "hours_to_answered",
    "hours_to_worked_out",
)


@tagged("post_install", "-at_install")
class TestAnalysis(AnalysisCase):
    """Every figure, worked out by hand for a small history in Berlin: over a weekend in
    which the clock goes forward, and over Easter (Friday and Monday are holidays).

    Working time is from 8 to 12 and from 13 to 17.
    """

    def setUp(self):
        super().setUp()
        self.after_weekend = self.answered(
            self.anna,
            # Friday 16:00 to Monday 10:00, of which Sunday has only 23 hours
            received_at=datetime(2025, 3, 28, 15),
            at=datetime(2025, 3, 31, 8),
            hours_to_answered=65,
            hours_to_worked_out=65,
            # Friday one hour, Monday two
            working_hours_to_answered=3,
            working_hours_to_worked_out=3,
            first_seen_at=datetime(2025, 3, 28, 15, 30),
            first_seen_by_id=self.anna,
            hours_to_seen=0.5,
            working_hours_to_seen=0.5,
            taken_at=datetime(2025, 3, 31, 6),
            taken_by_id=self.anna,
            hours_to_taken=63,
            working_hours_to_taken=1,
            addressee_id=self.anna,
            window_result="after",
            answered_by_kind="reserved",
            quality_mark=5,
            speed_mark=4,
            open_question_count=1,
        )
        self.after_easter = self.answered(
            self.boris,
            # Thursday 16:30 to Tuesday 9:00
            received_at=datetime(2025, 4, 17, 14, 30),
            at=datetime(2025, 4, 22, 7),
            hours_to_answered=112.5,
            hours_to_worked_out=112.5,
            # Thursday half an hour, Tuesday one
            working_hours_to_answered=1.5,
            working_hours_to_worked_out=1.5,
            window_result="inside",
            answered_by_kind="other",
            quality_mark=2,
            speed_mark=0,
            transfer_count=2,
            is_reopening=True,
        )
        self.thanks = self.put(
            # half past midnight on Sunday, by the clock of Berlin
            received_at=datetime(2025, 3, 29, 23, 30),
            state="no_action",
            worked_out_at=datetime(2025, 3, 30, 23, 30),
            worked_out_by_id=self.anna,
            hours_to_worked_out=24,
            working_hours_to_worked_out=0,
            window_result="none",
            answered_by_kind="none",
        )
        self.waiting = self.put(
            # half past three on that Sunday: the hour from two to three was left out
            received_at=datetime(2025, 3, 30, 1, 30),
        )

    def group(self, groupby, *aggregates, domain=()):
        """{group: what a pivot reads of it}"""
        groups = self.get_report().formatted_read_group(
            list(domain), [groupby], [*aggregates, "__count"]
        )
        return {
            group[groupby]: tuple(group[name] for name in aggregates)
            or group["__count"]
            for group in groups
        }

    # Times

    def test_time_to_first_answer_counts_what_was_answered(self):
        plain, working = self.get_figures(
            "hours_to_answered", "working_hours_to_answered"
        )
        self.assertAlmostEqual(plain, (65 + 112.5) / 2)
        self.assertAlmostEqual(working, (3 + 1.5) / 2)

    def test_time_to_worked_out_counts_what_needed_no_action_too(self):
        plain, working = self.get_figures(
            "hours_to_worked_out", "working_hours_to_worked_out"
        )
        self.assertAlmostEqual(plain, (65 + 112.5 + 24) / 3)
        self.assertAlmostEqual(working, (3 + 1.5 + 0) / 3)

    def test_time_to_first_sight_and_to_taking_count_what_was_seen_and_taken(self):
        figures = self.get_figures(
            "hours_to_seen",
            "working_hours_to_seen",
            "hours_to_taken",
            "working_hours_to_taken",
        )
        self.assertEqual(figures, [0.5, 0.5, 63, 1])

    def test_what_has_not_happened_is_empty_and_not_zero(self):
        """Also where the column holds a 0 that nobody has measured."""
        self.env.cr.execute(
            "UPDATE helpdesk_inquiry SET hours_to_seen = 0, hours_to_taken = 0,"
            " hours_to_answered = 0, hours_to_worked_out = 0 WHERE id = %s",
            [self.waiting.id],
        )
        row = self.get_report().browse(self.waiting.id)
        self.assertEqual(
            row.read(HOURS), [{"id": row.id} | dict.fromkeys(HOURS, False)]
        )
        self.assertEqual(row.export_data(HOURS)["datas"], [[""] * len(HOURS)])
        only = [("id", "=", row.id)]
        self.assertEqual(self.get_figures(*HOURS, domain=only), [False] * len(HOURS))

    def test_worked_out_at_once_is_zero_and_not_empty(self):
        inquiry = self.answered(
            self.vera, team=self.vinyl, hours_to_answered=0, hours_to_worked_out=0
        )
        row = self.get_report().browse(inquiry.id)
        self.assertIsNot(row.hours_to_answered, False)
        self.assertEqual(row.export_data(["hours_to_answered"])["datas"], [[0.0]])

    # Shares

    def test_inside_the_window_is_a_share_of_what_was_answered_and_had_one(self):
        self.assertEqual(self.get_figures("inside_share"), [50])
        anna = [("user_id", "=", self.anna.id)]
        self.assertEqual(self.get_figures("inside_share", domain=anna), [0])
        no_window = [("id", "in", (self.thanks | self.waiting).ids)]
        self.assertEqual(self.get_figures("inside_share", domain=no_window), [False])

    def test_answered_by_whom_it_was_reserved_for_is_a_share_of_what_was_reserved(self):
        self.assertEqual(self.get_figures("reserved_share"), [50])

    def test_what_was_not_answered_is_in_no_share_of_answers(self):
        self.put(window_result="after", answered_by_kind="reserved")
        self.assertEqual(self.get_figures("inside_share", "reserved_share"), [50, 50])

    def test_worked_out_within_counts_what_had_the_time(self):
        """Four are older than two days; of another two, one had two hours."""
        hour = dt.timedelta(hours=1)
        self.answered(
            self.anna,
            received_at=self.now - 3 * hour,
            at=self.now - 2 * hour,
            hours_to_worked_out=1,
        )
        self.put(received_at=self.now - hour)
        self.assertEqual(
            self.get_figures("within_2_share", "within_8_share"), [100 / 5, 0]
        )
        self.assertEqual(
            self.get_figures("within_24_share", "within_48_share"), [25, 25]
        )

    def test_a_pending_one_is_not_worked_out_in_time_whatever_its_column_holds(self):
        self.env.cr.execute(
            "UPDATE helpdesk_inquiry SET hours_to_worked_out = 0 WHERE id = %s",
            [self.waiting.id],
        )
        only = [("id", "=", self.waiting.id)]
        self.assertEqual(self.get_figures("within_48_share", domain=only), [0])

    # Numbers

    def test_numbers_are_added_up(self):
        figures = self.get_figures(
            "answered_count",
            "no_action_count",
            "pending_count",
            "transfer_count",
            "reopening_count",
            "open_question_count",
        )
        self.assertEqual(figures, [2, 1, 1, 2, 1, 1])

    def test_overdue_is_what_waits_and_of_which_the_supervisors_were_told(self):
        self.waiting.ticket_id.supervisors_alerted_from = self.now
        self.after_easter.ticket_id.supervisors_alerted_from = self.now
        self.assertEqual(self.get_figures("overdue_count"), [1])
        self.waiting.ticket_id.supervisors_alerted_from = datetime(2025, 4, 23, 11)
        self.assertEqual(self.get_figures("overdue_count"), [0])

    def test_overdue_is_what_was_taken_and_not_answered_in_time(self):
        ticket = self.waiting.ticket_id
        ticket.with_user(self.anna).action_take()
        ticket.write(
            {
                "supervisors_alerted_from": self.now,
                "answer_due_at": datetime(2026, 1, 1),
            }
        )
        self.assertEqual(self.get_figures("overdue_count"), [0])
        ticket.answer_due_at = self.now
        self.assertEqual(self.get_figures("overdue_count"), [1])

    def test_overdue_is_what_missed_a_target_unless_it_is_promised_for_later(self):
        self.waiting.ticket_id.target_at = self.now
        self.assertEqual(self.get_figures("overdue_count"), [1])
        self.waiting.promised_for = self.now + timedelta(hours=1)
        self.assertEqual(self.get_figures("overdue_count"), [0])

    def test_marks_are_averaged_over_those_that_count_and_their_number_stands_by(self):
        figures = self.get_figures(
            "quality_mark", "quality_mark_count", "speed_mark", "speed_mark_count"
        )
        self.assertEqual(figures, [3.5, 2, 4, 1])

    def test_one_mark_does_not_decide_where_the_usual_ones_are_added(self):
        """Two real marks, 1 and 4: 2.5 is usual, as often as the strength says."""
        for mark in (1, 4):
            self.make_mark(mark)
        strength = self.get_rules().engine.prior_strength
        self.assertGreater(strength, 0)
        self.assertAlmostEqual(
            self.get_figures("quality_average")[0],
            (5 + 2 + 2.5 * strength) / (2 + strength),
        )
        anna = [("user_id", "=", self.anna.id)]
        self.assertAlmostEqual(
            self.get_figures("quality_average", domain=anna)[0],
            (5 + 2.5 * strength) / (1 + strength),
        )
        unmarked = [("id", "=", self.thanks.id)]
        self.assertEqual(self.get_figures("quality_average", domain=unmarked), [False])

    def test_where_nothing_is_usual_the_average_is_the_plain_one(self):
        self.env["rating.rating"].search([]).unlink()
        figures = self.get_figures("quality_average", "speed_average")
        self.assertEqual(figures, [3.5, 4])

    def make_mark(self, mark):
        ticket = self.thanks.ticket_id
        self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(ticket._name),
                "res_id": ticket.id,
                "rated_partner_id": self.anna.partner_id.id,
                "partner_id": self.customer.id,
                "rating": mark,
                "consumed": True,
            }
        )

    def get_rules(self):
        return self.env["routing.policy"]._get_rules(
            self.company, self.env["helpdesk.ticket.team"]
        )

    # By what

    def test_the_employee_is_who_answered_or_worked_out_or_took(self):
        self.put(taken_by_id=self.vera, taken_at=self.now)
        found = self.group("user_id")
        name = {user.id: user.name for user in self.anna | self.boris | self.vera}
        self.assertEqual(
            found,
            {**dict.fromkeys(name.items(), 1), (self.anna.id, "Anna"): 2, False: 1},
        )

    def test_day_month_and_year_are_those_of_the_companys_clock(self):
        """Also for a manager on the other side of the world."""
        self.manager.tz = "Pacific/Auckland"
        report = self.get_report().with_context(tz="Pacific/Auckland")
        row = report.browse(self.thanks.id)
        self.assertEqual(str(row.received_on), "2025-03-30")
        self.assertEqual((row.received_year, row.received_month), ("2025", "03"))
        new_year = self.put(received_at=datetime(2024, 12, 31, 23, 15))
        row = report.browse(new_year.id)
        self.assertEqual((row.received_year, row.received_month), ("2025", "01"))
        found = report.formatted_read_group(
            [("id", "=", new_year.id)], ["received_on:day"], ["__count"]
        )
        self.assertEqual(found[0]["received_on:day"][0], "2025-01-01")

    def test_hours_and_days_of_the_week_go_with_the_clock_of_the_company(self):
        self.assertEqual(self.group("received_weekday"), {"4": 1, "5": 1, "7": 2})
        self.assertEqual(self.group("received_hour"), {"00": 1, "03": 1, "16": 2})

    def test_weeks_begin_on_monday_and_end_with_the_sunday_of_the_company(self):
        self.env["res.lang"]._activate_lang("en_US").week_start = "1"
        found = self.group("received_on:week")
        weeks = {start: number for (start, _label), number in found.items()}
        self.assertEqual(weeks, {"2025-03-24": 3, "2025-04-14": 1})

    def test_the_same_month_of_two_years_stands_side_by_side(self):
        self.put(received_at=datetime(2024, 3, 5, 12))
        groups = self.get_report().formatted_read_group(
            [("received_month", "=", "03")], ["received_year"], ["__count"]
        )
        self.assertEqual(
            {group["received_year"]: group["__count"] for group in groups},
            {"2024": 1, "2025": 3},
        )

    def test_bands_end_with_their_last_minute(self):
        late = datetime(2025, 4, 1)
        bands = {2: "002", 2.1: "008", 8: "008", 24: "024", 24.1: "048", 48: "048"}
        for hours, band in {**bands, 48.1: "later"}.items():
            inquiry = self.answered(
                self.anna, received_at=late, at=late, hours_to_worked_out=hours
            )
            row = self.get_report().browse(inquiry.id)
            self.assertEqual(row.worked_out_within, band, hours)
        row = self.get_report().browse(self.waiting.id)
        self.assertEqual(row.worked_out_within, "open")

    def test_what_is_written_a_moment_ago_is_counted(self):
        self.waiting.state = "no_action"
        self.assertEqual(self.get_figures("no_action_count"), [2])

    def test_each_measure_tells_its_formula(self):
        report = self.get_report()
        measures = [
            field
            for field in report.fields_get().values()
            if field["type"] in ("float", "integer") and field["name"] != "id"
        ]
        self.assertGreater(len(measures), 20)
        self.assertEqual([one["name"] for one in measures if not one.get("help")], [])

    # Its screens

    def test_each_favourite_that_ships_can_be_opened(self):
        filters = self.env["ir.filters"].search([("model_id", "=", REPORT)])
        self.assertGreaterEqual(len(filters), 9)
        for one in filters:
            with self.subTest(one.name):
                context = ast.literal_eval(one.context)
                rows, columns = (
                    context[f"pivot_{name}_groupby"] for name in ("row", "column")
                )
                found = self.get_report().formatted_read_group(
                    ast.literal_eval(one.domain),
                    [*rows, *columns],
                    self.get_specs(context["pivot_measures"]),
                )
                self.assertTrue(found)

    def test_a_favourite_that_ships_speaks_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.boris.lang = "ru_RU"
        favourite = self.env.ref("audiomania_routing.filter_analysis_teams")
        ours, theirs = "Команды по месяцам", favourite.name
        favourite.with_context(lang="ru_RU").name = ours
        for user, name, other in (
            (self.anna, theirs, ours),
            (self.boris, ours, theirs),
        ):
            filters = self.env["ir.filters"].with_user(user)
            found = filters.get_filters(REPORT, favourite.action_id.id)
            names = [one["name"] for one in found]
            self.assertIn(name, names)
            self.assertNotIn(other, names)

    def get_specs(self, names):
        fields = self.env[REPORT]._fields
        return [
            name if name == "__count" else f"{name}:{fields[name].aggregator}"
            for name in names
        ]

    def test_each_filter_finds_what_it_says(self):
        self.env["routing.policy"].search([]).show_own_marks = True
        found = {
            node.get("name"): self.get_report(self.anna).search(
                safe_eval(node.get("domain"), self.get_client_names())
            )
            for node in self.get_search_view().iter("filter")
            if node.get("domain")
        }
        mine = (self.after_weekend | self.thanks).ids
        self.assertEqual(sorted(found["mine"].ids), mine)
        self.assertEqual(sorted(found["my_teams"].ids), mine)
        self.assertEqual(found["answered"].ids, self.after_weekend.ids)
        self.assertEqual(found["marked"].ids, self.after_weekend.ids)
        self.assertEqual(found["last_month"].ids, self.get_newest_first(mine))
        self.assertFalse(found["this_month"])
        self.assertEqual(sorted(found["last_quarter"].ids), mine)
        self.assertFalse(found["this_quarter"])
        self.assertEqual(sorted(found["this_year"].ids), mine)
        self.assertFalse(found["last_year"])
        self.assertFalse(found["this_week"] | found["last_week"])
        self.assertEqual(sorted(found["last_month_of_years"].ids), mine)
        self.assertFalse(found["month_of_years"])

    def get_newest_first(self, ids):
        return self.env["helpdesk.inquiry"].browse(ids).sorted("received_at").ids[::-1]

    def get_search_view(self):
        view = self.env.ref("audiomania_routing.helpdesk_inquiry_report_view_search")
        return etree.fromstring(self.get_report().get_view(view.id, "search")["arch"])

    def get_client_names(self):
        """What a domain of the client may name."""
        return {
            "uid": self.anna.id,
            "context_today": lambda: Date.context_today(self.env.user),
            "relativedelta": relativedelta,
            "datetime": safe_datetime,
        }

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .target_common import HOUR, TargetCase

APRIL = date(2025, 4, 1)
MARCH = date(2025, 3, 1)


@tagged("post_install", "-at_install")
class TestTargetSheet(TargetCase):
    """Each figure by hand, for a history across a weekend, a public holiday and the
    beginning of summer time."""

    now = datetime(2025, 4, 16, 10)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar.tz = "Europe/Berlin"
        cls.answer = cls.make_target(hours=4, percent=80)
        cls.worked_out = cls.make_target("worked_out", hours=8)
        cls.quality = cls.make_target("quality", mark=4, percent=100)
        cls.clerk = cls.make_user("clerk", groups="")

    def setUp(self):
        super().setUp()
        self.close_on("2025-04-14")

    def make_april(self):
        """Berlin works from eight to noon and from one to five; it is two hours ahead
        of UTC."""
        friday = datetime(2025, 4, 11, 14)  # 16:00, an hour before it closes.
        tuesday = datetime(2025, 4, 15, 9)  # 11:00, after the holiday: three hours.
        return (
            # Four working hours, by the minute.
            self.make_answered(friday, tuesday, self.anna, quality_mark=5)
            # One more is too late.
            | self.make_answered(friday, tuesday + HOUR / 60, self.anna, quality_mark=3)
            | self.make_answered(friday, friday + HOUR, self.boris)
            # Nobody has answered, and Boris has it.
            | self.make_pending(friday, self.boris)
            # In time as yet: not counted.
            | self.make_pending(datetime(2025, 4, 16, 9), self.boris)
            # Needs no answer, and was worked out.
            | self.make_history(
                friday,
                state="no_action",
                worked_out_at=friday + HOUR,
                worked_out_by_id=self.anna.id,
            )
        )

    def make_pending(self, received, user):
        inquiry = self.make_history(received)
        inquiry.ticket_id.user_id = user
        return inquiry

    def get_sheet(self, kind="answer", start=APRIL, user=None, period="month", **by):
        sheets = self.env["helpdesk.target.sheet"].with_user(by.get("reader", 1))
        who = [("user_id", "=", user.id)] if user else [("scope", "=", "team")]
        found = sheets.search(
            [
                ("kind", "=", kind),
                ("period_start", "=", start),
                ("period_type", "=", period),
                ("company_id", "=", self.company.id),
                *who,
            ]
        )
        self.assertLessEqual(len(found), 1)
        return found

    def assert_figures(self, sheet, kept, counted, reached, band):
        self.assertEqual((sheet.kept, sheet.counted), (kept, counted))
        self.assertEqual(sheet.missed, counted - kept)
        self.assertAlmostEqual(sheet.share, 100 * kept / counted, 1)
        self.assertAlmostEqual(sheet.reached, reached, 1)
        self.assertEqual(sheet.band, band)

    def test_the_first_answers_of_a_team_and_of_each_employee(self):
        self.make_april()
        # 2 of 4 are 50 %, and 80 % are asked: reached to 62.5 %.
        self.assert_figures(self.get_sheet(), 2, 4, 62.5, "red")
        self.assert_figures(self.get_sheet(user=self.anna), 1, 2, 62.5, "red")
        self.assert_figures(self.get_sheet(user=self.boris), 1, 2, 62.5, "red")

    def test_what_is_worked_out(self):
        self.make_april()
        # Anna: two answered within eight hours, one without need of an answer.
        sheet = self.get_sheet("worked_out", user=self.anna)
        self.assert_figures(sheet, 3, 3, 100, "green")
        # Boris: Friday one hour, Tuesday seven until 16:00; that is over.
        sheet = self.get_sheet("worked_out", user=self.boris)
        self.assert_figures(sheet, 1, 2, 55.6, "red")

    def test_marks_are_counted_as_they_are_with_their_number(self):
        inquiries = self.make_april()
        sheet = self.get_sheet("quality", user=self.anna)
        self.assert_figures(sheet, 1, 2, 50, "red")
        self.assertEqual(sheet.mark_average, 4)
        # Voided: it counts nowhere, in the month that is over as well.
        inquiries.filtered(lambda one: one.quality_mark == 3).quality_mark = 0
        self.env.invalidate_all()
        sheet = self.get_sheet("quality", user=self.anna)
        self.assert_figures(sheet, 1, 1, 100, "green")

    def test_a_mark_is_his_whose_answer_got_it_and_not_who_answered_later(self):
        ticket = self.make_conversation()
        link = ticket._get_mark_link(self.reply(ticket, self.anna).sudo())
        ticket.inquiry_ids._set_pending()
        self.reply(ticket, self.boris)
        self.env["helpdesk.mark"]._give(link, 2, 2, "")
        self.assertEqual(ticket.inquiry_ids.worked_out_by_id, self.boris)
        self.env.flush_all()
        self.assert_figures(self.get_sheet("quality", user=self.anna), 0, 1, 0, "red")
        self.assertFalse(self.get_sheet("quality", user=self.boris))

    def test_summer_time_costs_nobody_an_hour(self):
        # Friday 28 March 16:30 in Berlin; Monday 11:30 is 9:30 in UTC by then.
        friday, monday = datetime(2025, 3, 28, 15, 30), datetime(2025, 3, 31, 9, 30)
        self.make_answered(friday, monday, self.anna)
        self.make_answered(friday, monday + HOUR / 60, self.anna)
        sheet = self.get_sheet(start=MARCH, user=self.anna)
        self.assert_figures(sheet, 1, 2, 62.5, "red")

    def test_what_is_missed_without_an_answer_and_nobody_has_is_the_teams(self):
        inquiry = self.make_history(datetime(2025, 4, 11, 14))
        result = self.env["helpdesk.target.result"].search(
            [("target_id", "=", self.answer.id)]
        )
        self.assertFalse(result.user_id)
        self.assert_figures(self.get_sheet(), 0, 1, 0, "red")
        inquiry.addressee_id = self.anna
        self.env.invalidate_all()
        self.assert_figures(self.get_sheet(user=self.anna), 0, 1, 0, "red")

    def test_bands_months_in_a_row_and_what_was_before(self):
        for month, kept, missed in ((1, 4, 0), (2, 3, 1), (3, 1, 3), (4, 2, 2)):
            at = datetime(2025, month, 7, 10)
            for number in range(kept + missed):
                answered = at + (HOUR if number < kept else timedelta(days=5))
                self.make_answered(at, answered, self.anna)
        found = [
            self.get_sheet(start=date(2025, month, 1), user=self.anna)
            for month in (1, 2, 3, 4)
        ]
        # 100 %; 75 of 80 are 93.75 %; 25 of 80 are 31.25 %; 50 of 80 are 62.5 %.
        self.assertEqual([one.band for one in found], ["green", "yellow", "red", "red"])
        self.assertEqual([one.under_green for one in found], [0, 1, 2, 3])
        self.assertEqual([one.under_yellow for one in found], [0, 0, 1, 2])
        self.assertEqual([one.trend for one in found], ["new", "down", "down", "up"])
        self.assertAlmostEqual(found[3].previous_reached, 31.25, 1)
        self.assertAlmostEqual(found[3].change, 31.25, 1)
        quarter = self.get_sheet(
            start=date(2025, 1, 1), user=self.anna, period="quarter"
        )
        self.assert_figures(quarter, 8, 12, 83.3, "red")

    def test_two_teams_with_targets_of_their_own_are_two_rows_of_months(self):
        own = self.make_target(team=self.vinyl, hours=4)
        for month in (3, 4):
            at = datetime(2025, month, 7, 10)
            late = self.make_answered(at, at + timedelta(days=5), self.anna)
            late |= self.make_answered(at, at + timedelta(days=5), self.anna)
            late[:1].team_id = self.vinyl
        self.env.flush_all()
        found = self.env["helpdesk.target.sheet"].search(
            [
                ("user_id", "=", self.anna.id),
                ("kind", "=", "answer"),
                ("period_type", "=", "month"),
            ],
            order="period_start, id",
        )
        self.assertEqual(found.target_id, self.answer | own)
        self.assertEqual(found.mapped("under_green"), [1, 1, 2, 2])
        self.assertEqual(found.mapped("trend"), ["new", "new", "same", "same"])

    def test_lines_are_added_up_by_what_was_counted(self):
        self.make_april()
        for _each in range(4):
            at = datetime(2025, 3, 7, 10)
            self.make_answered(at, at + HOUR, self.anna)
        [[share, reached]] = self.env["helpdesk.target.sheet"]._read_group(
            [
                ("user_id", "=", self.anna.id),
                ("kind", "=", "answer"),
                ("period_type", "=", "month"),
            ],
            [],
            ["share:avg", "reached:avg"],
        )
        # Five of six, and no mean of 100 and 50.
        self.assertAlmostEqual(share, 83.3, 1)
        self.assertAlmostEqual(reached, 100, 1)

    def test_the_list_behind_a_figure_is_one_click_away(self):
        self.make_april()
        sheet = self.get_sheet(user=self.anna, reader=self.anna)
        action = sheet.action_open_results()
        results = self.env[action["res_model"]].with_user(self.anna)
        found = results.search(action["domain"])
        self.assertEqual(len(found), sheet.counted)
        self.assertEqual(sum(found.mapped("is_kept")), sheet.kept)
        self.assertEqual(sheet.figures, "1 of 2")

    # The monthly sheet

    def get_month(self, user, reader):
        return (
            self.env["helpdesk.target.month"]
            .with_user(reader)
            .search([("user_id", "=", user.id), ("month", "=", APRIL)])
        )

    def test_the_monthly_sheet_has_all_his_targets(self):
        self.make_april()
        month = self.get_month(self.anna, self.anna)
        self.assertEqual((month.target_count, month.green_count), (3, 1))
        self.assertAlmostEqual(month.reached, (62.5 + 100 + 50) / 3, 1)
        self.assertEqual((month.band, month.counted), ("red", 7))
        self.assertEqual(len(month.sheet_ids), 3)

    def get_printed(self, months):
        report = self.env["ir.actions.report"].with_user(months.env.user)
        html, _type = report._render_qweb_html(
            "audiomania_routing.report_target_month", months.ids
        )
        return html.decode()

    def test_it_is_printed_for_one_and_for_many(self):
        self.make_april()
        months = self.get_month(self.anna, self.chief)
        months |= self.get_month(self.boris, self.chief)
        html = self.get_printed(months)
        for text in ("Anna", "Boris", "April 2025", "62.5", "number of marks"):
            self.assertIn(text, html)
        self.assertIn("Share = kept / counted x 100.", html)
        self.assertEqual(months.action_print()["report_type"], "qweb-pdf")

    # Who reads what

    def read_all(self, user, model):
        return self.env[model].with_user(user).search([])

    def test_an_employee_reads_his_own_figures(self):
        self.make_april()
        for model in ("sheet", "result", "month"):
            found = self.read_all(self.anna, f"helpdesk.target.{model}")
            self.assertEqual(found.user_id, self.anna, model)
        month = self.get_month(self.boris, self.manager)
        self.assertTrue(month)
        with self.assertRaises(AccessError):
            month.with_user(self.anna).read(["reached"])

    def test_which_inquiry_got_which_mark_he_reads_as_the_policy_says(self):
        self.make_april()
        results = self.read_all(self.anna, "helpdesk.target.result")
        self.assertEqual(set(results.mapped("kind")), {"answer", "worked_out"})
        sheet = self.get_sheet("quality", user=self.anna, reader=self.anna)
        self.assertEqual((sheet.kept, sheet.counted), (1, 2))
        self.env["routing.policy"].create(
            {"company_id": self.company.id, "show_own_marks": True}
        )
        results = self.read_all(self.anna, "helpdesk.target.result")
        self.assertIn("quality", results.mapped("kind"))
        results = self.read_all(self.chief, "helpdesk.target.result")
        self.assertIn("quality", results.mapped("kind"))

    def test_a_leader_reads_those_of_his_team_and_a_manager_all(self):
        self.make_april()
        people = self.anna | self.boris
        sheets = "helpdesk.target.sheet"
        for user in (self.chief, self.leader, self.manager):
            found = self.read_all(user, sheets)
            self.assertEqual(found.user_id & people, people)
            self.assertIn(self.headphones, found.team_id)
        self.vinyl.user_id = self.vera
        self.assertFalse(self.read_all(self.vera, sheets))
        self.vinyl.user_ids |= self.boris
        self.assertEqual(self.read_all(self.vera, sheets).user_id, self.boris)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_a_stranger_reads_nothing(self):
        self.make_april()
        for model in ("helpdesk.target.sheet", "helpdesk.target.result"):
            self.assertFalse(self.read_all(self.outsider, model))
            with self.assertRaises(AccessError):
                self.read_all(self.clerk, model)
            self.assertFalse(
                self.env[model]
                .with_user(self.outsider)
                .formatted_read_group([], ["user_id"], ["__count"])
            )

    def test_of_a_hidden_conversation_only_the_figure_is_told(self):
        self.make_april()
        ticket = self.make_conversation(addressee_id=self.boris.id)
        result = self.read_all(self.anna, "helpdesk.target.result")[:1]
        self.assertEqual(
            result.action_open_conversation()["res_model"], "helpdesk.ticket"
        )
        inquiry = self.env["helpdesk.inquiry"].sudo().browse(result.id // 4)
        inquiry.ticket_id = ticket
        with self.assertRaises(UserError):
            result.action_open_conversation()

    def test_another_company_reads_nothing_of_it(self):
        self.make_april()
        other = self.env["res.company"].create({"name": "Other"})
        self.manager.company_ids |= other
        sheets = self.env["helpdesk.target.sheet"].with_user(self.manager)
        self.assertFalse(sheets.with_context(allowed_company_ids=other.ids).search([]))

    def test_many_sheets_cost_as_many_queries_as_one(self):
        self.make_april()

        def count(users):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            months = self.env["helpdesk.target.month"].search(
                [("user_id", "in", users.ids)]
            )
            months.mapped("sheet_ids.figures")
            return self.env.cr.sql_log_count - before

        count(self.anna)
        self.assertEqual(count(self.anna), count(self.anna | self.boris))

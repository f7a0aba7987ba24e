# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from odoo.tests import tagged

from ...models.policy.routing_facts import Batch
from .dashboard_common import DashboardCase

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestDashboardNow(DashboardCase):
    """What waits now, and with whom: a Wednesday, at noon in Berlin."""

    def wait(self, hours, **values):
        """A conversation that has waited for so long, with what it waits for."""
        ticket = self.make_conversation(**values)
        ticket.inquiry_ids.received_at = self.now - hours * HOUR
        self.env.flush_all()
        return ticket

    def setUp(self):
        super().setUp()
        ago, ahead = self.now - HOUR, self.now + 3 * HOUR
        self.taken = self.wait(
            26, user_id=self.boris.id, answer_due_at=ahead, exclusive_until=ago
        )
        self.late = self.wait(
            5, exclusive_until=ago, supervisors_alerted_from=ago, team_id=self.vinyl.id
        )
        self.fresh = self.wait(0.2, supervisors_alerted_from=ahead)
        self.promised = self.wait(
            50,
            user_id=self.anna.id,
            answer_due_at=ahead + 24 * HOUR,
            exclusive_until=ago,
        )
        self.promised.inquiry_ids.promised_for = self.now + 20 * HOUR
        self.env.flush_all()

    def test_what_waits_and_since_when_by_team(self):
        self.assertEqual(
            self.get_figures_of("waiting"),
            {
                "waits": ("3", "and promised: 1"),
                "oldest": ("1 d 2 h", ""),
                "late": ("1", ""),
                "missed": ("0", ""),
            },
        )
        self.assertEqual(
            self.get_rows_of("waiting"),
            {
                "Vinyl": ("late", ["1", "5 h 00 min", "1"]),
                "Headphones": ("calm", ["2", "1 d 2 h", "0"]),
            },
        )

    def test_a_team_of_which_all_is_promised_has_nothing_waiting(self):
        self.promised.team_id = self.vinyl
        self.late.team_id = self.headphones
        self.env.flush_all()
        self.assertEqual(
            self.get_rows_of("waiting")["Vinyl"], ("rest", ["0", "–", "0"])
        )

    def test_less_than_an_hour_is_little_time(self):
        self.taken.answer_due_at = self.now + timedelta(minutes=59)
        level, _texts = self.get_rows_of("waiting")["Headphones"]
        self.assertEqual(level, "soon")

    def test_late_is_what_the_queue_calls_late(self):
        self.taken.answer_due_at = self.now
        tickets = self.taken | self.late | self.fresh | self.promised
        (self.fresh | self.promised).target_at = self.now
        late = tickets.filtered(lambda one: one.attention_level == "late")
        self.assertEqual(late, self.taken | self.late | self.fresh)
        self.assertEqual(self.get_figures_of("waiting")["missed"], ("1", ""))
        domain = self.env["helpdesk.dashboard"]._get_late_domain(self.now)
        self.assertEqual(tickets.filtered_domain(domain), late)
        self.assertEqual(self.env["helpdesk.ticket"].search(domain) & tickets, late)

    def test_behind_each_figure_stand_its_conversations(self):
        waiting = self.ask("waiting")
        behind = {
            one["key"]: self.count_behind(one["action"]) for one in waiting["figures"]
        }
        self.assertEqual(behind, {"waits": 3, "oldest": 1, "late": 1, "missed": 0})
        rows = [self.count_behind(row["cells"][0]["action"]) for row in waiting["rows"]]
        self.assertEqual(rows, [1, 3])

    def test_a_leader_sees_his_teams(self):
        self.assertEqual(list(self.get_rows_of("waiting", self.chief)), ["Headphones"])
        self.assertEqual(len(self.get_rows_of("waiting", self.leader)), 2)

    def test_an_employee_sees_his_own_whatever_he_asks_for(self):
        for scope in (None, "own", "teams", "all"):
            self.assertEqual(
                self.get_rows_of("waiting", self.boris, scope),
                {"Being worked on": ("calm", ["1", "1 d 2 h", "0"])},
            )
        figures = self.get_figures_of("waiting", self.anna)
        self.assertEqual(figures["waits"], ("1", "and promised: 1"))

    def test_who_has_more_than_his_limit_stands_first(self):
        self.boris.inquiry_limit = 1
        self.assertEqual(self.get_rows_of("load"), {"Boris": ("late", ["1", "1", ""])})
        self.assertEqual(
            self.get_figures_of("load"), {"over": ("1", ""), "absent": ("0", "")}
        )
        figure = self.ask("load")["figures"][0]
        self.assertEqual(self.count_behind(figure["action"]), 1)

    def test_who_is_absent_while_somebody_waits_for_him(self):
        self.take_leave(self.boris, self.now - HOUR, self.now + 48 * HOUR)
        (level, texts) = self.get_rows_of("load")["Boris"]
        self.assertEqual((level, texts[0]), ("late", "1"))
        self.assertIn("on leave", texts[2])
        self.assertEqual(self.get_figures_of("load")["absent"], ("1", ""))

    def test_who_went_home_for_the_night_is_not_absent(self):
        self.at(8 * HOUR)
        self.assertEqual(self.get_figures_of("load")["absent"], ("0", ""))

    def test_the_load_is_what_routing_counts(self):
        facts = self.env["routing.facts"]
        dashboard = self.env["helpdesk.dashboard"].with_user(self.manager)
        loads = dashboard._get_loads(dashboard._get_scope_view())
        self.assertEqual(
            {load.user_id: load.open for load in loads},
            {self.anna.id: 2, self.boris.id: 1},
        )
        inquiry = self.make_inquiry(self.customer)
        for load in loads:
            batch = Batch(inquiry, self.now, {inquiry.id: (load.user_id,)})
            found = facts._pair_facts_load(batch)[inquiry.id, load.user_id]
            self.assertEqual(found["open_inquiries"], load.open)

    def test_an_employee_reads_his_own_load(self):
        limit = self.env["routing.policy"]._get_rules(self.company).engine.limit
        self.assertEqual(
            self.get_figures_of("load", self.boris), {"open": ("1", f"of {limit}")}
        )

    def test_each_block_asks_as_much_for_many_as_for_few(self):
        blocks = ("waiting", "today", "window", "marks", "load")
        for block in blocks:
            self.count_queries(block)
        few = {block: self.count_queries(block) for block in blocks}
        for team, user in ((self.headphones, self.anna), (self.vinyl, self.vera)):
            self.wait(
                3, user_id=user.id, answer_due_at=self.now + HOUR, team_id=team.id
            )
            self.answered(user, team=team, received_at=self.now - 2 * HOUR)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual({block: self.count_queries(block) for block in blocks}, few)

    def count_queries(self, block):
        """Once what is kept in memory for everybody is there."""
        self.ask(block)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.ask(block)
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestDashboardHistory(DashboardCase):
    """Figures worked out by hand for a history in Berlin: the clock goes forward on
    Sunday, 30 March, and Good Friday and Easter Monday are holidays. It is Wednesday,
    23 April 2025, at noon. Working time is from 8 to 12 and from 13 to 17.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for day in (18, 21):
            cls.env["resource.calendar.leaves"].create(
                {
                    "name": "Easter",
                    "calendar_id": cls.calendar.id,
                    "company_id": cls.company.id,
                    "date_from": datetime(2025, 4, day - 1, 22),
                    "date_to": datetime(2025, 4, day, 22),
                }
            )

    def answer(self, user, received_at, at, **columns):
        """Answered at that moment; the working hours are those of the team."""
        team = columns.pop("team", self.headphones)
        hours = team._get_working_hours([(received_at, at)])[received_at, at]
        return self.answered(
            user,
            team=team,
            received_at=received_at,
            at=at,
            working_hours_to_answered=hours,
            **columns,
        )

    # Inside the window

    def fill_window(self):
        # today, 9:00 to 9:30: half an hour
        self.answer(
            self.anna,
            datetime(2025, 4, 23, 7),
            datetime(2025, 4, 23, 7, 30),
            window_result="inside",
        )
        # Thursday 16:30 to Tuesday 9:00, over Easter: half an hour and one hour
        self.answer(
            self.boris,
            datetime(2025, 4, 17, 14, 30),
            datetime(2025, 4, 22, 7),
            window_result="after",
        )
        # Friday 16:00 to Monday 10:00, over the change of the clock: one hour and two
        self.answer(
            self.anna,
            datetime(2025, 3, 28, 15),
            datetime(2025, 3, 31, 8),
            window_result="inside",
        )
        # has had no window
        self.answer(
            self.vera,
            datetime(2025, 4, 22, 8),
            datetime(2025, 4, 22, 12),
            team=self.vinyl,
            window_result="none",
        )
        # waits
        self.put(received_at=datetime(2025, 4, 23, 8))

    def test_the_share_inside_the_window(self):
        self.fill_window()
        self.assertEqual(
            self.get_figures_of("window"),
            {
                "today": ("100 %", "of 1"),
                "week": ("50 %", "of 2"),
                "month": ("67 %", "of 3"),
            },
        )

    def test_time_to_the_first_answer_without_nights_holidays_and_weekends(self):
        self.fill_window()
        # half an hour; 1.5; 3 before that; Vinyl from 10:00 to 14:00 without lunch: 3
        self.assertEqual(
            self.get_rows_of("window"),
            {
                "Today": (False, ["2", "30 min", "30 min"]),
                "7 days": (False, ["4", "1 h 30 min", "1 h 40 min"]),
                "4 weeks": (False, ["5", "2 h 15 min", "2 h 00 min"]),
            },
        )

    def test_what_came_in_before_midnight_in_berlin_is_not_of_today(self):
        self.put(received_at=datetime(2025, 4, 22, 21, 59))
        self.put(received_at=datetime(2025, 4, 22, 22))
        (_level, texts) = self.get_rows_of("window")["Today"]
        self.assertEqual(texts[0], "1")

    def test_nothing_answered_is_no_share_of_none(self):
        self.put(received_at=datetime(2025, 4, 23, 8))
        self.assertEqual(self.get_figures_of("window")["today"], ("–", "of 0"))

    def test_behind_a_share_stand_its_inquiries(self):
        self.fill_window()
        rows = self.ask("window")["rows"]
        found = [self.count_behind(row["cells"][0]["action"]) for row in rows]
        self.assertEqual(found, [2, 4, 5])

    def test_each_reads_what_he_may(self):
        self.fill_window()
        self.assertEqual(self.get_rows_of("window", self.chief)["4 weeks"][1][0], "4")
        self.assertEqual(self.get_rows_of("window", self.leader)["4 weeks"][1][0], "5")
        for scope in ("own", "teams", "all"):
            found = self.get_rows_of("window", self.anna, scope)["4 weeks"]
            self.assertEqual(found[1], ["2", "1 h 45 min", "1 h 45 min"])
        found = self.get_rows_of("window", self.outsider, "all")["4 weeks"]
        self.assertEqual(found[1], ["0", "–", "–"])

    # Today

    def test_today_against_the_same_day_until_the_same_time(self):
        # Wednesdays, 11:59 by the clock of Berlin: 9:59 UTC in summer, 10:59 before
        for week in range(1, 9):
            day = datetime(2025, 4, 23) - timedelta(weeks=week)
            hour = 9 if day >= datetime(2025, 3, 30) else 10
            self.put(received_at=day.replace(hour=hour, minute=59))
            # a minute past noon is later than now
            self.put(received_at=day.replace(hour=hour + 1, minute=1))
        self.put(received_at=datetime(2025, 2, 25, 9))
        for minute in range(3):
            self.put(received_at=datetime(2025, 4, 23, 9, minute))
        self.assertEqual(self.get_figures_of("today")["received"], ("3", "usual: 1.0"))

    def test_a_young_shop_is_compared_with_the_weeks_that_it_has(self):
        self.put(received_at=datetime(2025, 4, 8, 9))
        self.put(received_at=datetime(2025, 4, 9, 9))
        self.put(received_at=datetime(2025, 4, 16, 9))
        self.put(received_at=datetime(2025, 4, 16, 9))
        self.assertEqual(self.get_figures_of("today")["received"], ("0", "usual: 1.5"))

    def test_a_week_in_which_nothing_came_in_makes_none_the_usual(self):
        self.put(received_at=datetime(2025, 4, 15, 7))
        self.put(received_at=datetime(2025, 4, 23, 9))
        self.assertEqual(self.get_figures_of("today")["answered"], ("0", "usual: none"))

    def test_the_first_day_has_nothing_usual(self):
        self.put(received_at=datetime(2025, 4, 23, 9))
        self.assertEqual(self.get_figures_of("today")["received"], ("1", ""))

    def test_worked_out_counts_what_needed_no_action_answered_does_not(self):
        at = datetime(2025, 4, 23, 8)
        self.answered(self.anna, received_at=at, at=at)
        self.put(
            received_at=at,
            state="no_action",
            worked_out_at=at,
            worked_out_by_id=self.anna,
        )
        figures = self.get_figures_of("today")
        self.assertEqual(figures["answered"][0], "1")
        self.assertEqual(figures["worked_out"][0], "2")

    def test_an_employee_reads_what_he_answered_today_and_in_a_week(self):
        for day, user in ((23, self.anna), (17, self.anna), (16, self.anna)):
            at = datetime(2025, 4, day, 8)
            self.answered(user, received_at=at, at=at)
        at = datetime(2025, 4, 23, 8)
        # Anna took it, Boris answered: it is his
        self.answered(self.boris, received_at=at, at=at, taken_by_id=self.anna)
        figures = self.get_figures_of("today", self.anna)
        self.assertEqual(figures["answered"][0], "1")
        self.assertEqual(figures["week"][0], "2")
        found = {
            one["key"]: self.count_behind(one["action"], self.anna)
            for one in self.ask("today", self.anna)["figures"]
        }
        self.assertEqual(found, {"answered": 1, "worked_out": 1, "week": 2})

    # Two companies

    def test_only_the_companies_that_are_switched_on(self):
        other = self.env["res.company"].create(
            {"name": "Other", "resource_calendar_id": self.calendar.id}
        )
        self.manager.company_ids |= other
        self.put(received_at=datetime(2025, 4, 23, 8))
        self.put(received_at=datetime(2025, 4, 23, 8), company_id=other)
        for companies, number in (
            (self.company, "1"),
            (other, "1"),
            (self.company | other, "2"),
        ):
            found = self.get_figures_of("today", companies=companies)
            self.assertEqual(found["received"][0], number)

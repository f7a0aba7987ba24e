# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .analysis_common import REPORT, SECRET, AnalysisCase

REFUSALS = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


@tagged("post_install", "-at_install")
class TestAnalysisRights(AnalysisCase):
    """An employee reads his own figures, a leader those of his teams and the teams
    below, a manager all of his companies, a customer none: by every way of reading."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.make_user("clerk", groups="")

    def setUp(self):
        super().setUp()
        self.of_anna = self.answered(self.anna)
        self.of_boris = self.answered(self.boris, partner_id=self.customer)
        self.of_vera = self.answered(self.vera, team=self.vinyl)
        self.taken_by_vera = self.put(taken_by_id=self.vera, taken_at=self.now)
        self.all = self.of_anna | self.of_boris | self.of_vera | self.taken_by_vera

    @mute_logger(*REFUSALS)
    def get_read(self, user, ids):
        """{way: ids, or how many of them, that came out}"""
        report = self.get_report(user)
        domain = [("id", "in", ids)]
        ways = {
            "search": lambda: report.search(domain).ids,
            "count": lambda: report.search_count(domain),
            "search_read": lambda: report.search_read(domain, ["user_id"]),
            "web_search_read": lambda: report.web_search_read(
                domain, {"user_id": {"fields": {"display_name": {}}}}
            )["records"],
            "name_search": lambda: report.name_search("", domain),
            "formatted_read_group": lambda: sum(
                group["__count"]
                for group in report.formatted_read_group(
                    domain, ["user_id"], ["__count"]
                )
            ),
            "formatted_read_grouping_sets": lambda: report.formatted_read_grouping_sets(
                domain, [[]], ["__count"]
            )[0][0]["__count"],
            "web_read_group": lambda: sum(
                group["__count"]
                for group in report.web_read_group(domain, ["team_id"])["groups"]
            ),
            "read": lambda: self.try_each(report, ids, lambda row: row.read()),
            "web_read": lambda: self.try_each(
                report, ids, lambda row: row.web_read({"display_name": {}})
            ),
            "export": lambda: self.try_each(
                report, ids, lambda row: row.export_data(["user_id"])["datas"]
            ),
        }
        found = {}
        for name, way in ways.items():
            self.env.invalidate_all()
            try:
                read = way()
            except UserError:
                read = 0
            found[name] = read if isinstance(read, int) else len(read)
        return found

    def try_each(self, report, ids, read):
        """How many of the rows can be read, each asked alone."""
        return sum(1 for id_ in ids if self.can(read, report.browse(id_)))

    def can(self, read, row):
        try:
            return bool(read(row))
        except UserError:
            return False

    def assert_reads(self, user, inquiries):
        with self.subTest(user.login):
            found = self.get_read(user, self.all.ids)
            self.assertEqual(found, dict.fromkeys(found, len(inquiries)))
            if inquiries:
                self.assertEqual(
                    sorted(self.get_report(user).search([]).ids), sorted(inquiries.ids)
                )

    def test_everybody_reads_his_own(self):
        self.assert_reads(self.anna, self.of_anna)
        self.assert_reads(self.boris, self.of_boris)
        self.assert_reads(self.vera, self.of_vera | self.taken_by_vera)
        self.assert_reads(self.outsider, self.all.browse())

    def test_a_leader_reads_those_of_his_teams_and_of_the_teams_below(self):
        self.assert_reads(self.chief, self.all - self.of_vera)
        self.assert_reads(self.leader, self.all)

    def test_what_is_written_about_a_reader_stands_in_none_of_his_rows(self):
        about = self.put()
        about.ticket_id.about_user_id = self.chief
        read = self.all - self.of_vera
        self.all |= about
        self.assert_reads(self.chief, read)
        self.assert_reads(self.leader, self.all)
        about.ticket_id.about_user_id = self.manager
        self.assert_reads(self.manager, self.all - about)
        self.assert_reads(self.chief, self.all - self.of_vera)

    def test_a_manager_reads_all_of_his_companies(self):
        self.assert_reads(self.manager, self.all)

    def test_of_another_company_nobody_reads_any(self):
        other = self.env["res.company"].create({"name": "Other"})
        manager = self.make_user("other", "helpdesk_mgmt.group_helpdesk_manager")
        manager.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        report = self.env[REPORT].with_user(manager)
        self.assertFalse(report.with_context(allowed_company_ids=other.ids).search([]))

    def test_who_is_outside_of_the_help_desk_reads_none(self):
        self.assert_reads(self.clerk, self.all.browse())

    def test_a_customer_reads_none(self):
        petr = new_test_user(
            self.env,
            "petr",
            "base.group_portal",
            partner_id=self.customer.id,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.assert_reads(petr, self.all.browse())

    def test_who_leads_a_team_no_more_does_not_read_it_any_more(self):
        self.headphones.user_id = self.boris
        self.assert_reads(self.chief, self.all.browse())
        self.assert_reads(self.boris, self.all - self.of_vera)

    def test_nobody_writes_in_it(self):
        row = self.get_report(self.manager).browse(self.of_anna.id)
        with mute_logger(*REFUSALS):
            for write in (
                lambda: row.write({"state": "pending"}),
                row.unlink,
                lambda: row.create({"state": "pending"}),
            ):
                with self.assertRaises(AccessError):
                    write()

    # Marks

    def get_marks(self, user):
        """{whose answer: the marks that this user reads}, by every way alike."""
        report = self.get_report(user)
        rows = report.search([("quality_mark", "!=", False)])
        groups = report.formatted_read_group(
            [], ["user_id"], ["quality_mark:avg", "quality_mark_count:sum"]
        )
        found = {
            group["user_id"][1]: group["quality_mark:avg"]
            for group in groups
            if group["quality_mark_count:sum"]
        }
        read = {row["user_id"][1]: row["quality_mark"] for row in rows.read()}
        self.assertEqual(read, found)
        return found

    def test_marks_are_for_managers_for_leaders_and_for_whom_they_were_given(self):
        self.answered(self.chief, quality_mark=2)
        self.answered(self.anna, quality_mark=4)
        # of what one has only taken, another one has the mark
        self.answered(self.boris, quality_mark=3, taken_by_id=self.anna)
        everybody = {"Chief": 2, "Anna": 4, "Boris": 3}
        self.show_own_marks(True)
        self.assertEqual(self.get_marks(self.manager), everybody)
        self.assertEqual(self.get_marks(self.chief), everybody)
        self.assertEqual(self.get_marks(self.anna), {"Anna": 4})
        self.show_own_marks(False)
        self.assertEqual(self.get_marks(self.manager), everybody)
        self.assertEqual(self.get_marks(self.chief), {"Anna": 4, "Boris": 3})
        self.assertEqual(self.get_marks(self.anna), {})

    def test_a_mark_is_read_by_who_wrote_the_answer_and_not_by_who_promised_it(self):
        inquiry = self.answered(
            self.anna, quality_mark=1, marked_user_id=self.boris, speed_mark=0
        )
        self.show_own_marks(True)
        self.assertEqual(self.get_marks(self.anna), {})
        self.show_own_marks(False)
        self.assertEqual(self.get_marks(self.chief), {"Anna": 1})
        (group,) = self.get_report(self.chief).formatted_read_group(
            [("marked_user_id", "!=", False)], ["marked_user_id"], ["__count"]
        )
        self.assertEqual(group["marked_user_id"][0], self.boris.id)
        row = self.get_report(self.anna).browse(inquiry.id)
        self.env.invalidate_all()
        row.check_access("read")
        self.assertFalse(row.read(["quality_mark"])[0]["quality_mark"])

    def show_own_marks(self, shown):
        policies = self.env["routing.policy"].search([])
        policies.show_own_marks = shown

    # From a figure to the conversation

    def hide(self, inquiry):
        """With another team meanwhile, and waiting there for somebody else."""
        ticket = inquiry.ticket_id
        ticket.write({"team_id": self.vinyl.id, "user_id": False})
        self.env["helpdesk.inquiry"].create({"ticket_id": ticket.id})
        never = {
            "addressee_id": self.vera.id,
            "exclusive_until": "2030-01-01",
            "team_visible_from": "2030-01-01",
            "department_visible_from": "2030-01-01",
        }
        ticket.write({**never, "ladder_active": True, "addressee_team_id": False})
        self.assertFalse(ticket.with_user(self.chief).has_access("read"))

    def test_no_word_of_a_hidden_conversation_stands_in_it(self):
        self.hide(self.of_anna)
        row = self.get_report(self.chief).browse(self.of_anna.id)
        shown = row.web_read(
            {
                name: {"fields": {"display_name": {}}} if field.relational else {}
                for name, field in row._fields.items()
            }
        )
        exported = row.export_data([name for name in row._fields if name != "id"])
        self.assertNotIn(SECRET, str(shown) + str(exported))
        self.assertEqual(row.conversation, "Not open to you")
        self.assertFalse(row.may_read)

    def test_who_may_read_a_conversation_opens_it_from_its_row(self):
        row = self.get_report(self.chief).browse(self.of_anna.id)
        self.assertIn(SECRET, row.conversation)
        action = row.action_open()
        self.assertEqual(action["res_model"], "helpdesk.ticket")
        self.assertEqual(action["res_id"], self.of_anna.ticket_id.id)

    def test_who_may_not_is_told_so(self):
        self.hide(self.of_anna)
        action = self.get_report(self.chief).browse(self.of_anna.id).action_open()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(
            action["params"]["message"], "You cannot open this conversation now."
        )

    def test_of_several_the_readable_ones_open_and_the_others_are_counted(self):
        rows = self.get_report(self.chief).browse((self.of_anna | self.of_boris).ids)
        action = rows.action_open_conversations()
        found = self.env["helpdesk.ticket"].search(action["domain"])
        self.assertEqual(found, self.of_anna.ticket_id | self.of_boris.ticket_id)
        self.hide(self.of_anna)
        action = rows.action_open_conversations()
        self.assertEqual(
            action["params"]["message"],
            "Inquiries of conversations that you cannot open now: 1 of 2.",
        )
        found = self.env["helpdesk.ticket"].search(action["params"]["next"]["domain"])
        self.assertEqual(found, self.of_boris.ticket_id)

    def test_where_none_is_readable_nothing_opens(self):
        self.hide(self.of_anna)
        rows = self.get_report(self.chief).browse(self.of_anna.ids)
        self.assertFalse(rows.action_open_conversations()["params"]["next"])

    def test_a_longer_list_costs_no_more_queries(self):
        view = self.env.ref("audiomania_routing.helpdesk_inquiry_report_view_list")
        report = self.get_report(self.chief)
        names = report.get_view(view.id, "list")["models"][REPORT]
        spec = {
            name: {"fields": {"display_name": {}}}
            if report._fields[name].relational
            else {}
            for name in names
        }

        def count_queries(number):
            for _each in range(number):
                self.answered(self.anna)
            for _first_with_cold_caches in range(2):
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.assertTrue(report.web_search_read([], spec)["records"])
            return self.env.cr.sql_log_count - before

        self.assertEqual(count_queries(2), count_queries(4))

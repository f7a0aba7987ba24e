# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..visibility.common import VisibilityCase
from .followup_common import MarkCase


@tagged("post_install", "-at_install")
class TestReadableMarks(MarkCase, VisibilityCase):
    """Who reads whose marks, and what becomes of one that is changed."""

    def setUp(self):
        super().setUp()
        self.ticket.user_id = self.anna
        self.reply(self.ticket, self.anna)
        self.mark = self.rate(self.anna, 1, feedback="Slow and rude")

    def show_own_marks(self):
        self.env["routing.policy"].create(
            {"company_id": self.company.id, "show_own_marks": True}
        )

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def read_by(self, user):
        """The names of the ways by which this employee reads the mark."""
        mine = self.env["rating.rating"].with_user(user)
        is_it = [("id", "=", self.mark.id)]
        ways = {
            "search": lambda: mine.search(is_it),
            "count": lambda: mine.search_count(is_it),
            "list": lambda: mine.web_search_read(is_it, {"feedback": {}})["records"],
            "read": lambda: mine.browse(self.mark.id).read(["rating"]),
            "form": lambda: mine.browse(self.mark.id).web_read({"feedback": {}}),
            "groups": lambda: mine._read_group(is_it, ["rated_partner_id"]),
            "average": lambda: mine.formatted_read_group(is_it, [], ["__count"])[0][
                "__count"
            ],
            "export": lambda: mine.browse(self.mark.id).export_data(["feedback"])[
                "datas"
            ],
            "comment": lambda: mine.search([("feedback", "like", "rude")]),
            "inquiry": lambda: self.inquiry.with_user(user).read(["quality_mark"]),
            "conversation": lambda: self.ticket.with_user(user).mark_count,
            "chatter": lambda: (
                self.env["mail.message"]
                .with_user(user)
                .search([("body", "like", "rude"), ("res_id", "=", self.ticket.id)])
            ),
        }
        found = set()
        for name, way in ways.items():
            self.env.invalidate_all()
            try:
                if way():
                    found.add(name)
            except AccessError:
                continue
        return found

    def test_leaders_and_managers_read_the_marks_of_their_people(self):
        for user in (self.chief, self.leader, self.manager):
            with self.subTest(user.login):
                self.assertGreaterEqual(
                    self.read_by(user), {"search", "read", "export", "conversation"}
                )

    def test_colleagues_who_read_the_conversation_do_not_read_another_s_marks(self):
        self.show_own_marks()
        for user in (self.boris, *self.colleagues):
            with self.subTest(user.login):
                self.assertTrue(self.ticket.with_user(user).has_access("read"))
                self.assertEqual(self.read_by(user), set())

    def test_one_reads_his_own_only_where_the_policy_shows_them(self):
        self.assertEqual(self.read_by(self.anna), set())
        self.show_own_marks()
        self.assertGreaterEqual(self.read_by(self.anna), {"search", "read", "comment"})

    def test_who_may_not_read_the_conversation_reads_no_mark_of_it(self):
        self.show_own_marks()
        self.inquiry._set_pending()
        self.ticket.write({"user_id": self.vera.id, "team_id": self.vinyl.id})
        self.env.flush_all()
        self.assertFalse(self.ticket.with_user(self.anna).has_access("read"))
        self.assertEqual(self.read_by(self.anna), set())

    def test_the_leader_of_another_team_does_not_read_it(self):
        self.vinyl.user_id = self.vera
        self.assertEqual(self.read_by(self.vera), set())

    def test_who_leads_no_more_reads_no_more(self):
        self.assertTrue(self.read_by(self.chief))
        self.headphones.user_id = self.boris
        self.assertEqual(self.read_by(self.chief), set())
        self.assertTrue(self.read_by(self.boris))

    def test_my_marks_tell_the_average_with_its_number(self):
        mine = self.env["res.users"].with_user(self.anna)
        self.assertEqual(mine.action_show_own_marks()["name"], "My marks")
        self.show_own_marks()
        name = mine.action_show_own_marks()["name"]
        self.assertEqual(name, "My marks: 1.0 from 1 marks")
        action = mine.action_show_own_marks()
        found = self.env["rating.rating"].with_user(self.anna).search(action["domain"])
        self.assertEqual(found, self.mark)

    def test_a_manager_reads_the_average_with_its_number_on_the_user(self):
        user = self.anna.with_user(self.manager)
        self.assertEqual(user.mark_text, "1.0 from 1 marks")
        self.assertEqual(self.boris.with_user(self.manager).mark_text, "No mark yet")
        with mute_logger("odoo.models"), self.assertRaises(AccessError):
            self.anna.with_user(self.boris).read(["mark_text"])

    # Changing

    def revise(self, user, **values):
        dialog = self.env["helpdesk.mark.revise"].with_user(user)
        values = {"rating_id": self.mark.id, "reason": "A mix-up", **values}
        return dialog.create(values).action_save()

    def test_a_manager_changes_a_mark_and_says_why(self):
        self.revise(self.manager, quality="4")
        self.assertEqual(self.mark.rating, 4)
        change = self.env["helpdesk.mark.change"].with_user(self.manager).search([])
        self.assertEqual(
            (change.user_id, change.what, change.old, change.new, change.reason),
            (self.manager, "quality", "1", "4", "A mix-up"),
        )

    def test_a_change_past_the_dialog_leaves_a_trace_too(self):
        self.mark.with_user(self.manager).write({"rating": 3})
        change = self.env["helpdesk.mark.change"].search([("what", "=", "quality")])
        self.assertEqual((change.user_id, change.new), (self.manager, "3"))

    def test_a_manager_deletes_a_mark_and_the_trace_stays(self):
        self.revise(self.manager, is_deletion=True)
        self.assertFalse(self.mark.exists())
        change = self.env["helpdesk.mark.change"].search([("what", "=", "deleted")])
        self.assertEqual(
            (change.user_id, change.employee_id, change.reason),
            (self.manager, self.anna, "A mix-up"),
        )
        self.assertIn("1", change.old)
        followup = self.env["helpdesk.quality.followup"].search([])
        self.assertEqual((followup.state, followup.quality), ("open", 1))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_nobody_else_changes_or_deletes_a_mark(self):
        for user in (self.anna, self.boris, self.chief, self.leader):
            with self.subTest(user.login):
                mark = self.mark.with_user(user)
                for attempt in (
                    lambda u=user: self.revise(u, quality="5"),
                    lambda m=mark: m.action_change_mark(),
                    lambda m=mark: m.action_delete_mark(),
                    lambda m=mark: m.unlink(),
                    lambda m=mark: m.write({"counts": "none"}),
                ):
                    with self.assertRaises(AccessError):
                        attempt()
        self.assertEqual(self.mark.rating, 1)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_nobody_deletes_or_mends_the_trace(self):
        self.revise(self.manager, quality="4")
        change = self.env["helpdesk.mark.change"].search([])
        with self.assertRaises(UserError):
            change.unlink()
        with self.assertRaises(UserError):
            change.write({"reason": "Another"})
        with self.assertRaises(AccessError):
            change.with_user(self.manager).unlink()
        for user in (self.anna, self.chief):
            with self.assertRaises(AccessError):
                change.with_user(user).read(["what"])

    def test_a_mark_that_is_given_is_no_change(self):
        self.assertFalse(self.env["helpdesk.mark.change"].search([]))

    def test_marks_of_a_conversation_cost_the_same_however_many(self):
        tickets = self.ticket | self.make_conversation(user_id=self.anna.id)

        def count(number):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            tickets[:number].with_user(self.chief).mapped("mark_count")
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(1), count(2))

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CODE, AlertCase, make_type


@tagged("post_install", "-at_install")
class TestPreference(AlertCase):
    """Rule 33: "each employee chooses per type: toolbar, e-mail digest, push, or muted
    where the type allows it"."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type = make_type(cls.env, title_template="{name} waits")
        cls.other_type = make_type(cls.env, "other_event")

    def preferences(self, user=None):
        return self.env["alert.preference"].with_user(user or self.employee)

    def choice(self, user=None, type_=None):
        return self.preferences(user)._get_mine(type_ or self.type)

    # -- what he sees and chooses

    def test_settings_list_every_type_with_its_effective_choice(self):
        self.other_type.default_digest = "daily"
        action = self.preferences().action_open_mine()
        self.assertEqual(action["res_model"], "alert.preference")
        mine = self.preferences().search([])
        self.assertEqual(mine.type_id, self.env["alert.type"].search([]))
        self.assertEqual(self.choice().digest, "none")
        self.assertTrue(self.choice().toolbar)
        self.assertEqual(self.choice(type_=self.other_type).digest, "daily")

    def test_opening_the_settings_twice_makes_nothing_twice(self):
        self.preferences().action_open_mine()
        count = self.preferences().search_count([])
        self.preferences().action_open_mine()
        self.assertEqual(self.preferences().search_count([]), count)

    def test_who_chose_nothing_follows_the_type(self):
        mine = self.choice()
        self.type.write({"default_digest": "hourly", "default_push": True})
        self.assertEqual(mine.digest, "hourly")
        self.assertTrue(mine.push)

    def test_what_he_chose_stays_when_the_type_changes(self):
        mine = self.choice()
        mine.digest = "daily"
        self.type.write({"default_digest": "hourly", "default_toolbar": False})
        self.assertEqual(mine.digest, "daily")
        self.assertTrue(mine.toolbar)

    def test_he_follows_the_type_again_when_he_says_so(self):
        mine = self.choice()
        mine.write({"digest": "daily", "muted": True})
        self.type.default_digest = "hourly"
        mine.action_reset()
        self.assertEqual(mine.digest, "hourly")
        self.assertFalse(mine.muted or mine.is_own)

    def test_setting_stays_with_its_employee_and_type(self):
        with self.assertRaises(AccessError):
            self.choice().write({"user_id": self.colleague.id})
        with self.assertRaises(AccessError):
            self.choice().write({"type_id": self.other_type.id})

    def test_what_may_not_be_muted_reaches_him_in_some_way(self):
        self.type.can_mute = False
        with self.assertRaises(ValidationError):
            self.choice().muted = True
        with self.assertRaises(ValidationError):
            self.choice().toolbar = False
        self.choice().write({"toolbar": False, "digest": "daily"})

    def test_type_that_may_not_be_muted_any_more_reaches_everybody_again(self):
        self.choice().muted = True
        self.choice(self.colleague).toolbar = False
        self.type.can_mute = False
        self.alert(users=self.employee | self.colleague)
        self.assertEqual(self.state()["unseen"], 1)
        self.assertEqual(self.state(self.colleague)["unseen"], 1)

    # -- the toolbar

    def test_type_without_toolbar_is_kept_in_the_list_only(self):
        self.choice().toolbar = False
        self.alert()
        state = self.state()
        self.assertEqual((state["unseen"], state["total"]), (0, 0))
        self.assertEqual(len(self.deliveries()), 1)

    def test_type_that_is_quiet_by_default_is_kept_in_the_list_only(self):
        self.type.default_toolbar = False
        self.choice(self.colleague).toolbar = True
        self.alert(users=self.employee | self.colleague)
        self.assertEqual(self.state()["total"], 0)
        self.assertEqual(self.state(self.colleague)["total"], 1)

    def test_choice_of_the_toolbar_holds_for_what_is_open(self):
        self.alert()
        version = self.state()["version"]
        self.choice().toolbar = False
        self.assertEqual(self.state()["total"], 0)
        self.assertGreater(self.state()["version"], version)
        self.choice().toolbar = True
        self.assertEqual(self.state()["unseen"], 1)

    # -- mute

    def test_muted_type_does_not_reach_him_and_reaches_his_colleague(self):
        self.choice().muted = True
        trap = self.alert(users=self.employee | self.colleague)
        trap.assert_not_alerted(self.employee, CODE)
        trap.assert_alerted(self.colleague, CODE)
        self.assertFalse(self.deliveries())
        self.alert("other_event").assert_alerted(self.employee, "other_event")

    def test_alert_that_everybody_muted_is_no_fault(self):
        self.choice().muted = True
        self.assertFalse(self.alert().get_faults())

    def test_mute_in_the_toolbar_hides_what_is_open_and_can_be_undone(self):
        self.alert()
        self.alert(record=self.record.copy())
        self.alert("other_event", record=self.record.copy())
        muted = self.deliveries().filtered(lambda mine: mine.type_id == self.type)[0]
        muted.action_mute()
        self.assertEqual(self.state()["total"], 1)
        self.assertTrue(self.choice().muted)
        muted.action_unmute()
        self.assertEqual(self.state()["total"], 3)
        self.assertFalse(self.choice().muted)
        self.alert(record=self.record.copy()).assert_alerted(self.employee, CODE)

    def test_mute_is_for_oneself_only(self):
        self.alert(users=self.employee | self.colleague)
        self.deliveries().action_mute()
        self.assertEqual(self.state(self.colleague)["total"], 1)

    def test_mute_is_offered_and_done_only_where_the_type_allows_it(self):
        self.alert()
        self.assertTrue(self.state()["items"][0]["can_mute"])
        self.type.can_mute = False
        self.assertFalse(self.state()["items"][0]["can_mute"])
        with self.assertRaises(UserError):
            self.deliveries().action_mute()

    # -- the cost

    def test_choices_cost_the_same_for_ten_and_twenty_recipients(self):
        users = self.env["res.users"].create(
            [
                {"name": f"Reader {number}", "login": f"reader_{number}"}
                for number in range(20)
            ]
        )
        self.env["alert.preference"].create(
            [
                {"user_id": user.id, "type_id": self.type.id, "digest": "daily"}
                for user in users
            ]
        )

        def count(number):
            record = self.record.copy()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.alert(record=record, users=users[:number])
            return self.env.cr.sql_log_count - before

        count(5)
        self.assertEqual(count(10), count(20))

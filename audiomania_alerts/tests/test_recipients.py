# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from .common import CODE, AlertCase, make_type, trap_alerts


@tagged("post_install", "-at_install")
class TestRecipients(AlertCase):
    """Rule 27: "only those concerned, computed from the record"."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner_model = cls.env.ref("base.model_res_partner").id
        cls.record.user_id = cls.employee

    def send(self, record=None, **values):
        """Report as a colleague who names nobody."""
        with trap_alerts(self) as trap:
            self.env["alert.type"].with_user(self.colleague)._alert(
                CODE, self.record if record is None else record, **values
            )
        return trap

    def type(self, **values):
        values.setdefault("model_id", self.partner_model)
        return make_type(self.env, **values)

    def test_user_of_the_record_is_told(self):
        self.type(recipient_paths="user_id")
        trap = self.send()
        trap.assert_alerted(self.employee, CODE, self.record)
        trap.assert_not_alerted(self.colleague)

    def test_contact_stands_for_its_users(self):
        self.type(recipient_paths="parent_id")
        self.record.parent_id = self.colleague.partner_id
        self.send().assert_alerted(self.colleague, CODE)

    def test_group_stands_for_everybody_in_it_and_in_what_implies_it(self):
        group = self.env["res.groups"].create({"name": "Buyers"})
        above = self.env["res.groups"].create(
            {"name": "Chief buyers", "implied_ids": group.ids}
        )
        self.employee.group_ids |= group
        self.administrator.group_ids |= above
        self.type(recipient_group_ids=group.ids)
        trap = self.send()
        trap.assert_alerted(self.employee, CODE)
        trap.assert_alerted(self.administrator, CODE)
        trap.assert_not_alerted(self.colleague)

    def test_team_stands_for_its_members(self):
        self.type(recipient_paths="company_id")
        company = self.env["res.company"].create({"name": "Second shop"})
        self.colleague.company_ids |= company
        self.record.company_id = company
        trap = self.send()
        trap.assert_alerted(self.colleague, CODE)
        trap.assert_not_alerted(self.employee)

    def test_path_of_several_hops_is_followed(self):
        self.type(recipient_paths="parent_id.user_id")
        self.record.parent_id = self.env["res.partner"].create(
            {"name": "Head office", "user_id": self.colleague.id}
        )
        self.send().assert_alerted(self.colleague, CODE)

    def test_several_paths_groups_and_users_tell_each_employee_once(self):
        self.type(
            recipient_paths="user_id, parent_id.user_id",
            recipient_user_ids=(self.employee | self.colleague).ids,
        )
        self.send()
        self.assertEqual(len(self.deliveries()), 1)
        self.assertEqual(len(self.deliveries(self.colleague)), 1)

    def test_named_users_replace_those_of_the_type(self):
        self.type(recipient_paths="user_id")
        trap = self.send(users=self.colleague)
        trap.assert_alerted(self.colleague, CODE)
        trap.assert_not_alerted(self.employee)

    def test_naming_nobody_does_not_fall_back_to_the_type(self):
        self.type(recipient_paths="user_id")
        self.send(users=self.env["res.users"]).assert_not_alerted(self.employee)
        self.assertIn("nobody", self.faults().error)

    def test_type_that_leads_to_nobody_is_a_fault(self):
        self.type(recipient_paths="user_id")
        self.record.user_id = False
        self.send()
        self.assertIn("nobody", self.faults().error)

    def test_model_answers_in_python(self):
        self.type()
        partners = self.registry["res.partner"]
        told = self.colleague.id

        def answer(partner, code):
            self.assertEqual(code, CODE)
            return partner.env["res.users"].browse(told)

        with patch.object(partners, "_get_alert_recipients", answer, create=True):
            self.send().assert_alerted(self.colleague, CODE, self.record)

    def test_archived_and_portal_users_are_left_out(self):
        self.colleague.active = False
        self.type(recipient_user_ids=(self.employee | self.colleague | self.portal).ids)
        with trap_alerts(self) as trap:
            self.env["alert.type"]._alert(CODE, self.record)
        trap.assert_alerted(self.employee, CODE)
        trap.assert_not_alerted(self.colleague)
        trap.assert_not_alerted(self.portal)

    def test_who_does_not_work_in_the_company_of_the_record_is_left_out(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        self.employee.company_ids |= company
        self.record.company_id = company
        self.type(recipient_user_ids=(self.employee | self.colleague).ids)
        trap = self.send()
        trap.assert_alerted(self.employee, CODE)
        trap.assert_not_alerted(self.colleague)

    def test_recipients_of_ten_and_twenty_records_cost_the_same(self):
        self.type(recipient_paths="user_id, parent_id.user_id")
        self.count_per_record(10)
        self.assertEqual(self.count_per_record(10), self.count_per_record(20))

    def count_per_record(self, number):
        """Queries of finding recipients, without the savepoint of each report."""
        records = self.env["res.partner"].create(
            [{"name": f"C{i}", "user_id": self.employee.id} for i in range(number)]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        type_ = self.env["alert.type"].search([("code", "=", CODE)])
        before = self.env.cr.sql_log_count
        for record in self.env["res.partner"].browse(records.ids):
            self.assertEqual(type_._get_recipients(record), self.employee)
        return self.env.cr.sql_log_count - before

    # -- what is refused when it is saved

    def assertRefused(self, paths, **values):
        with self.assertRaises(ValidationError):
            self.type(recipient_paths=paths, **values)

    def test_path_that_does_not_lead_to_employees_is_refused(self):
        self.assertRefused("country_id")
        self.assertRefused("name")

    def test_unknown_path_is_refused(self):
        self.assertRefused("no_such_id")
        self.assertRefused("user_id.no_such")

    def test_code_is_refused(self):
        self.assertRefused("user_id or 1")

    def test_path_without_a_model_is_refused(self):
        self.assertRefused("user_id", model_id=False)

    def test_model_to_which_the_paths_do_not_belong_is_refused(self):
        type_ = self.type(recipient_paths="user_id")
        with self.assertRaises(ValidationError):
            type_.model_id = self.env.ref("base.model_res_country")

    def test_path_through_what_the_administrator_may_not_read_is_refused(self):
        """``sudo()`` reads it all the same: what is checked is who saves it."""
        self.hide_model("res.company")
        with self.assertRaises(ValidationError):
            make_type(
                self.env(user=self.administrator),
                model_id=self.partner_model,
                recipient_paths="company_id",
            )


@tagged("post_install", "-at_install")
class TestKey(AlertCase):
    """Rule 28, with the key of the type."""

    def setUp(self):
        super().setUp()
        self.type = make_type(
            self.env,
            model_id=self.env.ref("base.model_res_partner").id,
            title_template="{name} waits",
            key_template="{parent_id.id}",
        )
        self.record.parent_id = self.administrator.partner_id
        self.second = self.record.copy({"name": "Second"})

    def test_template_makes_two_records_one_alert(self):
        self.alert()
        self.alert(record=self.second)
        self.assertEqual(self.deliveries().event_count, 2)
        self.assertEqual(self.deliveries().title, "Second waits")

    def test_another_value_is_another_alert(self):
        self.second.parent_id = self.colleague.partner_id
        self.alert()
        self.alert(record=self.second)
        self.assertEqual(len(self.deliveries()), 2)

    def test_key_of_the_sender_goes_first(self):
        self.alert(key="a")
        self.alert(record=self.second, key="b")
        self.assertEqual(len(self.deliveries()), 2)

    def test_empty_key_is_the_record(self):
        (self.record | self.second).parent_id = False
        self.alert()
        self.alert(record=self.second)
        self.assertEqual(len(self.deliveries()), 2)

    def test_path_of_the_key_is_checked(self):
        with self.assertRaises(ValidationError):
            self.type.key_template = "{parent_id.no_such}"


@tagged("post_install", "-at_install")
class TestMixin(AlertCase):
    """A model sends alerts with one line."""

    def test_mixin_reports_and_withdraws_for_each_record(self):
        make_type(self.env, recipient_user_ids=self.employee.ids)
        records = self.record | self.record.copy()
        mixin = self.registry["alert.mixin"]
        with trap_alerts(self) as trap:
            mixin._alert(records, CODE)
        for record in records:
            trap.assert_alerted(self.employee, CODE, record)
        with trap_alerts(self) as trap:
            mixin._withdraw_alert(self.record, CODE)
        trap.assert_withdrawn(self.employee, CODE, self.record)
        self.assertEqual(
            sorted(self.deliveries().mapped("state")), ["new", "withdrawn"]
        )

    def test_model_that_answers_nothing_adds_nobody(self):
        mixin = self.registry["alert.mixin"]
        self.assertFalse(mixin._get_alert_recipients(self.record, CODE))


@tagged("post_install", "-at_install")
class TestAuthorOfType(AlertCase):
    def test_text_of_what_its_writer_may_not_read_is_refused(self):
        self.hide_model("res.country")
        values = {
            "model_id": self.env.ref("base.model_res_partner").id,
            "title_template": "{country_id.code}",
        }
        with self.assertRaises(ValidationError):
            make_type(self.env(user=self.administrator), **values)
        self.assertTrue(make_type(self.env, **values))

    def test_group_names_employee_only_once(self):
        user = new_test_user(self.env, "alert_group_member", groups="base.group_user")
        group = self.env["res.groups"].create({"name": "G", "user_ids": user.ids})
        type_ = make_type(
            self.env, recipient_group_ids=group.ids, recipient_user_ids=user.ids
        )
        self.assertEqual(type_._get_recipients(self.record), user)

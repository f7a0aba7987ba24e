# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import AlertCase, make_type, trap_alerts


class RuleCase(AlertCase):
    """Rules are written by an alert administrator who is no system administrator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner_model = cls.env.ref("base.model_res_partner").id

    def rule(self, by=None, **values):
        values.setdefault("name", "Rule")
        values.setdefault("model_id", self.partner_model)
        values.setdefault("title_template", "{name} is there")
        values.setdefault("recipient_user_ids", self.employee.ids)
        rules = self.env["alert.rule"].with_user(by or self.administrator)
        return rules.create(values)

    def field(self, name, model="res.partner"):
        return self.env["ir.model.fields"]._get(model, name).id

    def partner(self, **values):
        """A partner that the colleague (a plain employee) makes."""
        partners = self.env["res.partner"].with_user(self.colleague).sudo()
        return partners.create({"name": "New club", **values})

    def trapped(self, function):
        with trap_alerts(self) as trap:
            record = function()
        return trap, record


@tagged("post_install", "-at_install")
class TestRule(RuleCase):
    """Rule 32."""

    # -- created

    def test_creation_is_told(self):
        rule = self.rule()
        trap, record = self.trapped(self.partner)
        trap.assert_alerted(self.employee, rule.code, record)
        self.assertEqual(self.deliveries().title, "New club is there")

    def test_only_records_that_fit_are_told_of(self):
        rule = self.rule(record_domain="[('city', '=', 'Moscow')]")
        trap, _record = self.trapped(self.partner)
        trap.assert_not_alerted(self.employee)
        trap, record = self.trapped(lambda: self.partner(city="Moscow"))
        trap.assert_alerted(self.employee, rule.code, record)
        self.assertFalse(self.faults())

    def test_fields_of_the_record_say_who_is_told(self):
        rule = self.rule(recipient_paths="user_id", recipient_user_ids=False)
        trap, record = self.trapped(lambda: self.partner(user_id=self.colleague.id))
        trap.assert_alerted(self.colleague, rule.code, record)
        trap.assert_not_alerted(self.employee)

    def test_archived_rule_says_nothing(self):
        self.rule().active = False
        self.trapped(self.partner)[0].assert_not_alerted(self.employee)
        self.assertFalse(self.record._get_alert_watch())

    def test_rule_that_is_switched_on_again_speaks(self):
        rule = self.rule()
        rule.active = False
        rule.active = True
        self.trapped(self.partner)[0].assert_alerted(self.employee, rule.code)

    def test_removed_rule_says_nothing_and_its_alerts_stay(self):
        rule = self.rule()
        self.trapped(self.partner)
        rule.unlink()
        self.trapped(self.partner)[0].assert_not_alerted(self.employee)
        self.assertEqual(self.deliveries().title, "New club is there")
        self.assertFalse(self.deliveries().sudo().type_id.active)

    def test_removed_rule_that_never_spoke_leaves_no_type(self):
        rule = self.rule()
        type_ = rule.type_id
        rule.unlink()
        self.assertFalse(type_.exists())

    def test_rule_whose_type_is_removed_says_nothing(self):
        self.rule().type_id.unlink()
        self.trapped(self.partner)[0].assert_not_alerted(self.employee)
        self.assertFalse(self.faults())

    def test_rule_is_copied_with_its_text_and_whom_it_tells(self):
        rule = self.rule(title_template="{name} came", must_do=True)
        rule.escalation_ids = [(0, 0, {"recipient_user_ids": self.colleague.ids})]
        copied = rule.copy()
        self.assertNotEqual(copied.type_id, rule.type_id)
        self.assertNotEqual(copied.code, rule.code)
        self.assertEqual(copied.title_template, "{name} came")
        self.assertEqual(copied.recipient_user_ids, self.employee)
        self.assertEqual(copied.escalation_ids.recipient_user_ids, self.colleague)
        self.assertEqual(rule.escalation_ids.type_id, rule.type_id)

    def test_rollback_leaves_nothing(self):
        self.rule()

        def roll_back():
            with self.env.cr.savepoint() as savepoint:
                self.partner()
                savepoint.rollback()

        self.trapped(roll_back)[0].assert_not_alerted(self.employee)
        self.assertFalse(self.env["alert.outbox"].search([]))

    def test_update_that_matters_to_nobody_reports_nothing(self):
        self.rule()
        with trap_alerts(self):
            self.record.city = "Tver"
        self.assertFalse(self.deliveries())

    # -- changed

    def changed(self, field, values=None, **rule):
        return self.rule(
            trigger="changed",
            field_id=self.field(field),
            field_values=values,
            **rule,
        )

    def change(self, record=None, **values):
        record = self.record if record is None else record
        return self.trapped(
            lambda: record.with_user(self.colleague).sudo().write(values)
        )[0]

    def test_any_change_of_the_field_is_told(self):
        rule = self.changed("city")
        self.change(city="Tver").assert_alerted(self.employee, rule.code, self.record)

    def test_same_value_is_no_change(self):
        self.record.city = "Tver"
        self.changed("city")
        self.change(city="Tver").assert_not_alerted(self.employee)

    def test_change_of_another_field_is_not_told(self):
        self.changed("city")
        self.change(street="Tverskaya").assert_not_alerted(self.employee)

    def test_change_to_a_certain_value_is_told(self):
        rule = self.changed("city", "Tver, Moscow")
        self.change(city="Kazan").assert_not_alerted(self.employee)
        self.change(city="Moscow").assert_alerted(self.employee, rule.code)

    def test_value_of_a_selection_is_named_as_the_screen_shows_it(self):
        rule = self.changed("type", "Delivery")
        self.change(type="invoice").assert_not_alerted(self.employee)
        self.change(type="delivery").assert_alerted(self.employee, rule.code)

    def test_value_of_a_link_is_named_as_the_screen_shows_it(self):
        france, russia = self.env.ref("base.fr"), self.env.ref("base.ru")
        rule = self.changed("country_id", russia.name)
        self.change(country_id=france.id).assert_not_alerted(self.employee)
        self.change(country_id=russia.id).assert_alerted(self.employee, rule.code)

    def test_value_of_a_switch_is_yes_or_no(self):
        rule = self.changed("is_company", "yes")
        self.change(is_company=True).assert_alerted(self.employee, rule.code)
        self.change(is_company=False)
        self.assertEqual(self.deliveries().event_count, 1)

    def test_change_of_linked_records_is_told(self):
        rule = self.changed("category_id")
        tag = self.env["res.partner.category"].create({"name": "Vinyl"})
        self.change(category_id=[(4, tag.id)]).assert_alerted(self.employee, rule.code)

    def test_change_of_a_computed_field_is_told(self):
        rule = self.changed("commercial_partner_id")
        self.env.flush_all()
        other = self.env["res.partner"].create({"name": "Holding", "is_company": True})
        trap = self.change(parent_id=other.id)
        trap.assert_alerted(self.employee, rule.code, self.record)

    def test_first_value_of_a_computed_field_is_no_change(self):
        self.changed("commercial_partner_id")
        self.trapped(self.partner)[0].assert_not_alerted(self.employee)

    def test_changed_record_must_fit_too(self):
        self.changed("city", record_domain="[('is_company', '=', True)]")
        self.change(city="Tver").assert_not_alerted(self.employee)

    def test_unknown_value_is_refused(self):
        for field, value in (
            ("type", "Nonsense"),
            ("country_id", "Atlantis"),
            ("is_company", "maybe"),
            ("partner_latitude", "far"),
        ):
            with self.subTest(field=field), self.assertRaises(ValidationError):
                self.changed(field, value)

    def test_field_of_another_model_is_refused(self):
        with self.assertRaises(ValidationError):
            self.rule(trigger="changed", field_id=self.field("symbol", "res.currency"))

    def test_rule_without_a_field_is_refused(self):
        with self.assertRaises(ValidationError):
            self.rule(trigger="changed")

    def test_field_that_is_not_stored_is_refused(self):
        with self.assertRaises(ValidationError):
            self.changed("display_name")

    # -- the author

    def test_rule_sees_only_records_that_its_author_may_read(self):
        self.rule()
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.partner_model,
                "domain_force": "[('name', '!=', 'New club')]",
            }
        )
        self.trapped(self.partner)[0].assert_not_alerted(self.employee)
        self.assertFalse(self.faults())

    def test_text_is_filled_with_what_its_author_may_read(self):
        self.record.parent_id = self.env["res.partner"].create({"name": "Secret"})
        self.changed("city", title_template="{parent_id.name}")
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.partner_model,
                "domain_force": "[('name', '!=', 'Secret')]",
            }
        )
        self.change(city="Tver").assert_not_alerted(self.employee)
        self.assertIn("AccessError", self.faults().error)

    def test_who_changes_a_rule_is_its_author(self):
        rule = self.rule()
        self.assertEqual(rule.author_id, self.administrator)
        second = new_test_user(
            self.env,
            "alert_second_administrator",
            groups="base.group_user,audiomania_alerts.group_alert_administrator",
        )
        for change in (
            lambda mine: mine.write({"record_domain": "[('city', '=', False)]"}),
            lambda mine: mine.write({"title_template": "{city}"}),
            lambda mine: mine.type_id.write({"title_template": "{name}"}),
            lambda mine: mine.type_id.update_field_translations(
                "title_template", {"en_US": "{street}"}
            ),
        ):
            rule.sudo().type_id.author_id = self.administrator
            change(rule.with_user(second))
            self.assertEqual(rule.author_id, second)

    def test_nobody_makes_another_the_author(self):
        root = self.env.ref("base.user_root")
        rule = self.rule(author_id=root.id)
        self.assertEqual(rule.author_id, self.administrator)
        rule.write({"author_id": root.id})
        self.assertEqual(rule.author_id, self.administrator)
        rule.type_id.write({"author_id": root.id})
        self.assertEqual(rule.author_id, self.administrator)
        type_ = make_type(self.env(user=self.administrator), author_id=root.id)
        self.assertFalse(type_.author_id)

    def test_rule_of_an_archived_author_is_a_fault(self):
        self.rule()
        self.administrator.active = False
        self.trapped(self.partner)[0].assert_not_alerted(self.employee)
        self.administrator.active = True
        self.assertIn(self.administrator.name, self.faults().error)

    def test_domain_of_what_its_author_may_not_read_is_refused(self):
        users = self.env.ref("base.model_res_users").id
        for domain in (
            "[('password', '=like', 'a%')]",
            "[('group_ids.rule_groups.name', '!=', False)]",
            "[('create_uid', '=', uid)]",
            "[('no_such', '=', 1)]",
        ):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                self.rule(model_id=users, record_domain=domain)

    def test_model_that_its_author_may_not_read_is_refused(self):
        with self.assertRaises(AccessError):
            self.rule(
                model_id=self.env.ref("base.model_ir_cron").id, title_template="x"
            )

    def test_models_of_alerts_and_of_forms_are_refused(self):
        for model in ("alert.type", "mail.thread", "mail.compose.message"):
            with self.subTest(model=model), self.assertRaises(ValidationError):
                self.rule(
                    model_id=self.env["ir.model"]._get_id(model), title_template="x"
                )

    def test_text_with_unknown_paths_is_refused(self):
        for template in ("{no_such.name}", "{country_id.no_such}", "{record.name}"):
            with self.subTest(template=template), self.assertRaises(ValidationError):
                self.rule(title_template=template)

    def test_text_that_cannot_be_filled_for_a_sample_is_refused(self):
        """No value is passed to a rule, so a bare unknown name is refused too."""
        with self.assertRaises(ValidationError):
            self.rule(title_template="{number} letters")

    def test_rule_that_tells_nobody_is_refused(self):
        with self.assertRaises(ValidationError):
            self.rule(recipient_user_ids=False)

    # -- preview

    def test_preview_shows_the_latest_record_and_who_is_told(self):
        self.partner(name="Latest", city="Tver")
        rule = self.rule(
            title_template="{name} of {city}", record_domain="[('city', '!=', False)]"
        )
        self.assertIn("Latest of Tver", rule.preview)
        self.assertIn(self.employee.name, rule.preview)

    def test_preview_follows_the_form_before_it_is_saved(self):
        rules = self.env["alert.rule"].with_user(self.administrator)
        form = rules.new(
            {
                "name": "x",
                "model_id": self.partner_model,
                "title_template": "Hello {name}",
            }
        )
        self.assertIn("Hello", form.preview)
        form.title_template = "{no_such.x}"
        self.assertIn("no_such", form.preview)
        form.title_template = "Hello {name}"
        form.record_domain = "[('no_such', '=', 1)]"
        self.assertIn("no_such", form.preview)

    def test_administrator_makes_a_rule_in_its_form(self):
        """He is no system administrator, and may choose models and fields."""
        models = self.env["ir.model"].with_user(self.administrator)
        model = models.search([("model", "=", "res.partner")])
        with Form(self.env["alert.rule"].with_user(self.administrator)) as form:
            form.name = "Moved"
            form.model_id = model
            form.trigger = "changed"
            form.field_id = models.env["ir.model.fields"].browse(self.field("city"))
            form.field_values = "Tver"
            form.title_template = "{name} moved"
            form.recipient_user_ids.add(self.employee)
            self.assertIn("moved", form.preview)
        trap = self.change(city="Tver")
        trap.assert_alerted(self.employee, form.record.code, self.record)

    def test_preview_without_a_record_says_so(self):
        rule = self.rule(record_domain="[('name', '=', 'Nobody at all')]")
        self.assertIn("no record", rule.preview)

    # -- the business goes on

    def test_failing_rule_never_breaks_the_business(self):
        self.rule(title_template="{contact_address}")

        def fails(partner):
            raise ZeroDivisionError("by a test")

        partners = self.registry["res.partner"]
        with patch.object(partners, "_compute_contact_address", fails):
            _trap, record = self.trapped(self.partner)
        self.assertTrue(record.exists())
        fault = self.faults()
        self.assertIn("ZeroDivisionError: by a test", fault.error)
        self.assertEqual(fault.type_name, "Rule")

    @mute_logger("odoo.addons.audiomania_alerts.models.alert_rule_event")
    def test_field_that_cannot_be_read_never_breaks_the_business(self):
        rule = self.changed("city")
        rules = self.registry["alert.rule"]
        with patch.object(rules, "_to_comparable", side_effect=ZeroDivisionError("t")):
            self.change(city="Tver")
        self.assertEqual(self.record.city, "Tver")
        self.assertEqual(set(self.faults().mapped("code")), {rule.code})

    def test_model_that_nobody_watches_costs_no_query(self):
        self.rule()
        currency = self.env.ref("base.EUR")
        currency._get_alert_watch()
        with self.assertQueryCount(0):
            self.assertFalse(currency._get_alert_watch())

    def test_creation_costs_one_insert_more(self):
        self.partner()
        self.env.flush_all()
        alone = self.count_creation()
        self.rule()
        self.record._get_alert_watch()
        self.count_creation()
        self.assertEqual(self.count_creation(), alone + 1)
        self.rule(name="Second")
        self.record._get_alert_watch()
        self.count_creation()
        self.assertEqual(self.count_creation(), alone + 1)

    def count_creation(self):
        before = self.env.cr.sql_log_count
        self.partner()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_rule_about_ten_and_twenty_records_is_asked_once(self):
        rule = self.rule()
        with patch.object(
            self.registry["alert.rule"],
            "_find_matching",
            autospec=True,
            return_value=set(),
        ) as asked:
            for number in (10, 20):
                self.trapped(
                    lambda number=number: self.env["res.partner"].create(
                        [{"name": f"{i}"} for i in range(number)]
                    )
                )
        self.assertEqual(asked.call_count, 2)
        self.assertTrue(rule)

    # -- companies

    def test_rule_of_a_company_tells_of_its_records_only(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        (self.administrator | self.employee).company_ids |= company
        rule = self.rule(company_id=self.env.company.id)
        self.trapped(lambda: self.partner(company_id=company.id))[0].assert_not_alerted(
            self.employee
        )
        trap, record = self.trapped(
            lambda: self.partner(company_id=self.env.company.id)
        )
        trap.assert_alerted(self.employee, rule.code, record)

    def test_rule_sees_every_company_of_its_author(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        (self.administrator | self.employee).company_ids |= company
        rule = self.rule()
        trap, record = self.trapped(lambda: self.partner(company_id=company.id))
        trap.assert_alerted(self.employee, rule.code, record)

    def test_rule_of_a_company_needs_records_with_a_company(self):
        with self.assertRaises(ValidationError):
            self.rule(
                model_id=self.env.ref("base.model_res_country").id,
                company_id=self.env.company.id,
            )


@tagged("post_install", "-at_install")
class TestRuleSecurity(RuleCase):
    def test_only_an_administrator_reads_and_edits_rules(self):
        rule = self.rule()
        for user in (self.employee, self.colleague, self.portal):
            with self.subTest(user=user.login):
                theirs = rule.with_user(user)
                for way in (
                    lambda theirs=theirs: theirs.search([]),
                    lambda theirs=theirs: theirs.read(["name"]),
                    lambda theirs=theirs: theirs.write({"name": "x"}),
                    lambda theirs=theirs: theirs.unlink(),
                    lambda user=user: self.rule(by=user),
                    lambda theirs=theirs: theirs.env["alert.type.escalation"].search(
                        []
                    ),
                ):
                    with self.assertRaises(AccessError):
                        way()

    def test_nobody_reads_what_rules_remember(self):
        for user in (self.employee, self.administrator):
            with self.assertRaises(AccessError):
                self.env["alert.rule.moment"].with_user(user).search([])

    def test_values_as_the_database_holds_them_are_not_handed_out(self):
        rule = self.rule(
            trigger="changed", field_id=self.field("city"), field_values="Tver"
        )
        with self.assertRaises(AccessError):
            rule.read(["watched_values"])
        with self.assertRaises(AccessError):
            rule.write({"watched_values": ["x"]})

    def test_rule_of_another_company_is_not_shown(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        rule = self.rule()
        rule.sudo().company_id = company
        rules = self.env["alert.rule"].with_user(self.administrator)
        self.assertFalse(rules.search([("id", "=", rule.id)]))

    def test_alert_of_a_rule_about_a_hidden_record_shows_nothing(self):
        """The administrator who wrote the rule may read it, the employee not."""
        self.rule(trigger="changed", field_id=self.field("city"))
        self.hide_record()
        self.env["ir.rule"].search([("name", "=", "Hidden")]).write(
            {"groups": [(4, self.env.ref("base.group_user").id)]}
        )
        self.env["ir.rule"].create(
            {
                "name": "All",
                "model_id": self.partner_model,
                "groups": [
                    (4, self.env.ref("audiomania_alerts.group_alert_administrator").id)
                ],
                "domain_force": "[(1, '=', 1)]",
            }
        )
        with trap_alerts(self):
            self.record.city = "Tver"
        self.assertTrue(self.deliveries().is_hidden)
        self.assertFalse(self.deliveries().title)

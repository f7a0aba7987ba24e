# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AlertCase, make_type


@tagged("post_install", "-at_install")
class TestAlertType(AlertCase):
    def setUp(self):
        super().setUp()
        self.partner_model = self.env.ref("base.model_res_partner").id

    def title_of(self, template, **values):
        make_type(self.env, title_template=template)
        self.alert(**values)
        return self.deliveries().title

    # -- what a template may name

    def test_field_and_path_of_the_record_are_filled(self):
        self.record.country_id = self.env.ref("base.ru")
        title = self.title_of("{name} from {country_id.name}, code {country_id.code}")
        self.assertIn("Vinyl Lovers Club from Russia", title)
        self.assertTrue(title.endswith("code RU"))

    def test_passed_value_is_filled(self):
        self.assertEqual(self.title_of("{number} letters", number=3), "3 letters")

    def test_passed_value_hides_a_field_of_the_same_name(self):
        self.assertEqual(self.title_of("{name}", by=None, city="x", name="N"), "N")

    def test_path_goes_on_from_a_passed_record(self):
        title = self.title_of("{who.login}: {who}", who=self.colleague)
        self.assertEqual(title, f"alert_colleague: {self.colleague.name}")

    def test_selection_is_shown_by_its_label(self):
        self.record.type = "delivery"
        self.assertEqual(self.title_of("{type}"), "Delivery")

    def test_empty_field_is_empty_text(self):
        self.assertEqual(self.title_of("City: {city}."), "City: .")

    def test_times_are_shown_in_the_zone_of_the_recipients(self):
        title = self.title_of("{at}", at=datetime(2026, 3, 2, 9, 30))
        self.assertIn("12:30", title)

    def test_times_are_utc_when_the_recipients_live_in_several_zones(self):
        self.colleague.tz = "Asia/Tokyo"
        make_type(self.env, title_template="{at}")
        self.alert(users=self.employee | self.colleague, at=datetime(2026, 3, 2, 9, 30))
        self.assertIn("9:30", self.deliveries().title)
        self.assertTrue(self.deliveries().title.endswith("UTC"))

    def test_who_has_no_zone_keeps_the_others_from_none(self):
        self.colleague.tz = False
        make_type(self.env, title_template="{at}")
        self.alert(users=self.employee | self.colleague, at=datetime(2026, 3, 2, 9, 30))
        for delivery in self.deliveries():
            self.assertIn("12:30", delivery.title)

    def test_date_is_shown_as_the_language_writes_it(self):
        self.assertEqual(self.title_of("{on}", on=date(2026, 3, 2)), "03/02/2026")

    def test_money_and_numbers_are_shown_as_the_language_writes_them(self):
        self.record.partner_latitude = 1234.5
        self.assertEqual(self.title_of("{partner_latitude}"), "1,234.5000000")

    def test_what_is_filled_in_is_not_filled_again(self):
        self.record.name = "{email}"
        self.assertEqual(self.title_of("{name}"), "{email}")

    def test_title_is_one_line(self):
        self.assertEqual(self.title_of("{x}", x="a\n  b"), "a b")

    def test_overrides_are_shown_as_they_are(self):
        make_type(self.env, title_template="{name}", body_template="{name}")
        self.alert(title="{name} wrote", body="Call {x} back")
        self.assertEqual(self.deliveries().title, "{name} wrote")
        self.assertEqual(self.deliveries().body, "Call {x} back")

    def test_a_sentence_as_a_value_is_read_in_each_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        type_ = make_type(self.env, title_template="{why}")
        why = self.env["alert.type"]._tell_in_languages(
            type_, lambda one: "Потому" if one.env.lang == "ru_RU" else "Because"
        )
        self.alert(why=why)
        russian = self.deliveries().with_context(lang="ru_RU")
        self.assertEqual(russian.title, "Потому")
        english = self.deliveries().with_context(lang="en_US")
        self.assertEqual(english.title, "Because")

    def test_each_employee_reads_his_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        type_ = make_type(self.env, title_template="Letter from {name}")
        type_.with_context(lang="ru_RU").title_template = "Письмо от {name}"
        self.alert(users=self.employee | self.colleague)
        russian = self.deliveries().with_context(lang="ru_RU")
        self.assertEqual(russian.title, "Письмо от Vinyl Lovers Club")
        self.assertEqual(
            self.deliveries(self.colleague).title, "Letter from Vinyl Lovers Club"
        )

    # -- what is refused when it is saved

    def assertRefused(self, template, **values):
        values.setdefault("model_id", self.partner_model)
        with self.assertRaises(ValidationError):
            make_type(self.env, title_template=template, **values)

    def test_code_is_refused(self):
        self.assertRefused("{record.unlink()}")
        self.assertRefused("{__class__}")
        self.assertRefused("{name!r}")
        self.assertRefused("{0}")

    def test_path_through_a_field_without_relation_is_refused(self):
        self.assertRefused("{name.country_id}")

    def test_unknown_path_is_refused(self):
        self.assertRefused("{country_id.no_such}")
        self.assertRefused("{no_such.name}")

    def test_field_that_is_reserved_to_a_group_is_refused(self):
        self.assertRefused("{user_ids.presence_ids}")

    def test_binary_is_refused(self):
        self.assertRefused("{image_128}")

    def test_body_is_checked_too(self):
        self.assertRefused("fine", body_template="{name.x}")

    def test_name_of_a_value_is_allowed(self):
        type_ = make_type(
            self.env, title_template="{number}", model_id=self.partner_model
        )
        self.assertTrue(type_)

    @mute_logger("odoo.sql_db")
    def test_code_of_a_type_is_unique(self):
        make_type(self.env)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            make_type(self.env)

    # -- what was sent

    def test_type_of_which_alerts_were_sent_is_archived_not_deleted(self):
        alert_type = make_type(self.env).with_user(self.administrator)
        self.alert()
        with self.assertRaisesRegex(UserError, "archive it"):
            alert_type.unlink()
        alert_type.active = False

    def test_type_of_which_nothing_was_sent_may_be_deleted(self):
        alert_type = make_type(self.env).with_user(self.administrator)
        alert_type.unlink()
        self.assertFalse(alert_type.exists())

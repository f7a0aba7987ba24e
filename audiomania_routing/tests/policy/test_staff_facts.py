# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...engine.facts import Away
from ..common import MONDAY_10
from .common import FactsCase

MINUTES = timedelta(minutes=1)
TUESDAY_8 = MONDAY_10 + timedelta(hours=22)


@tagged("post_install", "-at_install")
class TestStaffFacts(FactsCase):
    # --- at the desk

    def test_who_says_that_he_is_away_is_not_at_work(self):
        self.ann.manual_im_status = "away"
        ann = self.ask_about(self.ann)
        self.assertEqual((ann.away, ann.back_at), (Away.STEPPED_OUT, None))
        self.assertTrue(ann.can_act)
        self.assertEqual(ann.hours[0][0], MONDAY_10)

    def test_who_does_not_want_to_be_disturbed_is_at_work(self):
        for status in ("busy", "offline"):
            self.ann.manual_im_status = status
            self.assertTrue(self.ask_about(self.ann).at_work)

    def test_who_says_that_he_is_away_at_night_is_at_home(self):
        self.ann.manual_im_status = "away"
        night = MONDAY_10.replace(hour=22)
        self.assertEqual(self.ask_about(self.ann, night).away, Away.OFF_HOURS)

    def test_who_was_there_and_is_offline_for_a_quarter_of_an_hour_is_not_at_work(self):
        presence = self.set_presence(self.ann, MONDAY_10 - 16 * MINUTES, "offline")
        self.assertEqual(self.ask_about(self.ann).away, Away.OFFLINE)
        presence.last_poll = MONDAY_10 - 15 * MINUTES
        self.assertTrue(self.ask_about(self.ann).at_work)

    def test_of_who_has_not_been_seen_today_presence_tells_nothing(self):
        self.set_presence(self.ann, MONDAY_10 - 15 * 60 * MINUTES, "offline")
        self.assertTrue(self.ask_about(self.ann).at_work)

    def test_who_is_on_leave_is_not_at_work_though_he_is_online(self):
        back = MONDAY_10 + timedelta(days=2, hours=-2)
        self.take_leave(self.ann, MONDAY_10.replace(hour=0), back)
        self.set_presence(self.ann, MONDAY_10)
        ann = self.ask_about(self.ann)
        self.assertEqual((ann.away, ann.back_at), (Away.LEAVE, back))

    def test_being_offline_does_not_end_a_window_that_is_open(self):
        inquiry = self.make_inquiry(self.customer, self.ann.email, self.hifi_team)
        inquiry.ticket_id.sudo().write(
            {"addressee_id": self.ann.id, "exclusive_until": MONDAY_10 + 60 * MINUTES}
        )
        presence = self.set_presence(self.ann, MONDAY_10 - 30 * MINUTES, "offline")
        self.assertTrue(self.staff_of(inquiry)[self.ann.id].at_work)
        later = MONDAY_10 + 61 * MINUTES
        self.assertEqual(self.staff_of(inquiry, later)[self.ann.id].away, Away.OFFLINE)
        presence.last_poll = MONDAY_10
        self.ann.manual_im_status = "away"
        ann = self.staff_of(inquiry)[self.ann.id]
        self.assertEqual(ann.away, Away.STEPPED_OUT)

    def test_a_colleague_gets_what_is_addressed_to_who_has_stepped_out(self):
        self.ann.manual_im_status = "away"
        inquiry = self.make_inquiry(self.customer, self.ann.email, self.hifi_team)
        decision = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        self.assertIsNone(decision.addressee_id)
        explained = " ".join(self.facts._explain(decision))
        self.assertIn("Ann, who was passed over: away, as he says himself", explained)

    # --- where no schedule tells

    def test_of_who_has_a_schedule_it_is_not_asked_when_he_was_last_seen(self):
        self.set_presence(self.ann, MONDAY_10)
        self.assertIsNone(self.ask_about(self.ann).last_active_at)

    def test_without_a_schedule_it_counts_when_he_was_last_seen(self):
        self.company.resource_calendar_id = False
        self.ann.employee_id.resource_calendar_id = False
        log = self.env["res.users.log"].with_user(self.ann).sudo().create({})
        friday = MONDAY_10 - timedelta(days=3)
        self.env.cr.execute(
            "UPDATE res_users_log SET create_date = %s WHERE id = %s", (friday, log.id)
        )
        log.invalidate_recordset()
        self.assertEqual(self.ask_about(self.ann).last_active_at, friday)
        self.set_presence(self.ann, MONDAY_10 - 5 * MINUTES)
        ann = self.ask_about(self.ann)
        self.assertEqual(ann.last_active_at, MONDAY_10 - 5 * MINUTES)
        self.assertTrue(ann.at_work)

    # --- languages

    def test_he_speaks_what_he_says_and_his_own(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.assertEqual(self.ask_about(self.ann).languages, ("en",))
        self.ann.spoken_lang_ids = self.env.ref("base.lang_de")
        self.assertEqual(self.ask_about(self.ann).languages, ("de", "en"))

    def test_a_language_need_not_be_installed_to_be_spoken(self):
        german = self.env.ref("base.lang_de")
        german.active = False
        self.ann.spoken_lang_ids = german
        self.env.invalidate_all()
        self.assertEqual(self.ann.spoken_lang_ids, german)
        self.assertIn("de", self.ask_about(self.ann).languages)

    def test_where_one_language_is_installed_using_it_says_nothing(self):
        langs = self.env["res.lang"]
        langs.search([("code", "!=", "en_US")]).filtered("active").active = False
        self.env["res.partner"].search([]).lang = "en_US"
        self.assertEqual(langs.get_installed(), [("en_US", "English (US)")])
        inquiry = self.make_inquiry(self.customer, self.ann.email)
        case = self.gather(inquiry)
        self.assertIsNone(case.customer.language)
        self.assertEqual({one.languages for one in case.staff}, {()})

    def test_the_language_that_is_kept_with_the_customer_is_his(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.customer.lang = "ru_RU"
        inquiry = self.make_inquiry(self.customer)
        self.assertEqual(self.gather(inquiry).customer.language, "ru")

    def test_an_employee_says_himself_what_he_speaks(self):
        german = self.env.ref("base.lang_de")
        mine = self.ann.with_user(self.ann)
        mine.write({"spoken_lang_ids": [(6, 0, german.ids)]})
        self.assertEqual(
            mine.read(["spoken_lang_ids"])[0]["spoken_lang_ids"], german.ids
        )
        with self.assertRaises(AccessError):
            self.bob.with_user(self.ann).write({"spoken_lang_ids": [(6, 0, [])]})

    def test_his_preferences_and_the_user_s_form_show_what_he_speaks(self):
        german = self.env.ref("base.lang_de")
        for view in ("base.view_users_form_simple_modif", "base.view_users_form"):
            form = Form(self.ann, view)
            form.spoken_lang_ids.clear()
            form.spoken_lang_ids.add(german)
            form.save()
            self.assertEqual(self.ann.spoken_lang_ids, german)

    # --- limits

    def test_his_own_limit_counts_before_the_policy_s(self):
        self.assertIsNone(self.ask_about(self.ann).limit)
        self.ann.inquiry_limit = 3
        self.assertEqual(self.ask_about(self.ann).limit, 3)

    def test_nobody_sets_a_limit_for_himself(self):
        with self.assertRaises(AccessError):
            self.ann.with_user(self.ann).write({"inquiry_limit": 1})

    def test_a_limit_is_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.ann.inquiry_limit = -1
            self.ann.flush_recordset()


@tagged("post_install", "-at_install")
class TestSubstituteFacts(FactsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = cls.make_user("sam")
        cls.service = cls.make_team("Service", [cls.sam])

    def leave(self, *users):
        for user in users:
            back = MONDAY_10 + timedelta(days=2)
            self.take_leave(user, MONDAY_10.replace(hour=0), back)

    def staff_for(self, *users):
        emails = ",".join(user.email for user in users)
        return self.staff_of(self.make_inquiry(self.customer, emails, self.hifi_team))

    def test_a_substitute_stands_in_for_who_is_away(self):
        self.set_substitutes({self.ann: self.bob})
        self.leave(self.ann)
        staff = self.staff_for(self.ann)
        self.assertEqual(staff[self.bob.id].substitute_for, (self.ann.id,))

    def test_nobody_stands_in_for_who_is_at_work(self):
        inquiry = self.make_inquiry(self.customer, self.ann.email, self.hifi_team)
        asked = self.set_substitutes({self.ann: self.bob})
        self.assertEqual(self.staff_of(inquiry)[self.bob.id].substitute_for, ())
        self.assertEqual(asked, [])

    def test_a_substitute_of_another_department_may_be_asked(self):
        self.set_substitutes({self.ann: self.sam})
        self.leave(self.ann)
        inquiry = self.make_inquiry(self.customer, self.ann.email, self.hifi_team)
        decision = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        self.assertEqual(decision.addressee_id, self.sam.id)
        self.assertEqual(
            decision.ladder.exclusive_until, MONDAY_10 + timedelta(hours=2)
        )

    def test_a_substitute_who_is_away_has_one_too(self):
        self.set_substitutes({self.ann: self.sam, self.sam: self.bob})
        self.leave(self.ann, self.sam)
        staff = self.staff_for(self.ann)
        self.assertEqual(staff[self.bob.id].substitute_for, (self.sam.id, self.ann.id))
        self.assertNotIn(self.sam.id, staff)

    def test_a_circle_of_absent_substitutes_leads_to_nobody(self):
        self.set_substitutes({self.ann: self.bob, self.bob: self.ann})
        self.leave(self.ann, self.bob)
        staff = self.staff_for(self.ann)
        self.assertEqual({one.substitute_for for one in staff.values()}, {()})

    def test_who_stands_in_for_two_does_so_for_both(self):
        self.set_substitutes({self.ann: self.sam, self.bob: self.sam})
        self.leave(self.ann, self.bob)
        staff = self.staff_for(self.bob, self.ann)
        ids = sorted((self.ann.id, self.bob.id))
        self.assertEqual(staff[self.sam.id].substitute_for, tuple(ids))

    def test_who_works_in_another_company_only_does_not_stand_in(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sam.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.set_substitutes({self.ann: self.sam})
        self.leave(self.ann)
        self.assertNotIn(self.sam.id, self.staff_for(self.ann))

    def test_an_absence_costs_the_same_for_any_number_of_letters_and_absent(self):
        self.set_substitutes({self.ann: self.sam, self.bob: self.sam})
        self.leave(self.ann, self.bob)
        inquiries = self.env["helpdesk.inquiry"].union(
            *(
                self.make_inquiry(self.customer, user.email, self.hifi_team)
                for user in (self.ann, self.bob, self.ann, self.bob)
            )
        )
        self.count_queries(inquiries)
        few = self.count_queries(inquiries[0])
        self.assertEqual(few, self.count_queries(inquiries))

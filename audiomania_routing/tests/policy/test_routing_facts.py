# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import tagged

from ...engine.facts import Away
from ...engine.policy import Policy
from ..common import MONDAY_10
from .common import FactsCase

SATURDAY_10 = MONDAY_10 + timedelta(days=5)


@tagged("post_install", "-at_install")
class TestRoutingFacts(FactsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.make_category("Audio")
        cls.product = cls.make_product(cls.category)
        cls.hifi = cls.make_audience("Hi-Fi", [cls.category], cls.hifi_team)

    # --- the address

    def test_employees_are_named_in_the_order_of_the_letter(self):
        emails = f"info@hifi.example,{self.bob.email},{self.ann.email}"
        inquiry = self.make_inquiry(self.customer, emails)
        self.assertEqual(self.gather(inquiry).inquiry.named, (self.bob.id, self.ann.id))

    def test_an_employee_is_known_by_his_login_too(self):
        self.ann.login = "Ann.Old@hifi.example"
        inquiry = self.make_inquiry(self.customer, "ann.old@hifi.example")
        self.assertEqual(self.gather(inquiry).inquiry.named, (self.ann.id,))

    def test_an_employee_is_known_by_his_work_address_too(self):
        self.ann.employee_id.work_email = "Vinyl@hifi.example"
        inquiry = self.make_inquiry(self.customer, "vinyl@hifi.example")
        self.assertEqual(self.gather(inquiry).inquiry.named, (self.ann.id,))

    def test_who_left_years_ago_is_named_all_the_same(self):
        self.ann.active = False
        inquiry = self.make_inquiry(self.customer, "ann@hifi.example")
        self.assertEqual(self.gather(inquiry).inquiry.named, (self.ann.id,))

    def test_who_never_had_an_account_is_named_and_can_never_be_asked(self):
        former = self.make_employee(work_email="former@hifi.example", active=False)
        inquiry = self.make_inquiry(self.customer, "former@hifi.example")
        self.assertEqual(self.gather(inquiry).inquiry.named, (-former.id,))
        self.assertEqual(self.staff_of(inquiry)[-former.id].away, Away.ARCHIVED)

    def test_a_customer_s_address_names_nobody(self):
        inquiry = self.make_inquiry(self.customer, self.customer.email)
        self.assertEqual(self.gather(inquiry).inquiry.named, ())

    def test_who_works_in_another_company_only_is_not_named(self):
        other = self.env["res.company"].create({"name": "Other"})
        inquiry = self.make_inquiry(self.customer, self.ann.email)
        self.ann.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertEqual(self.gather(inquiry).inquiry.named, ())
        self.ann.company_ids |= self.company
        self.assertEqual(self.gather(inquiry).inquiry.named, (self.ann.id,))

    def test_an_alias_names_nobody_who_has_the_same_address(self):
        domain = self.env["mail.alias.domain"].create({"name": "hifi.example"})
        self.company.alias_domain_id = domain
        self.hifi_team.write({"alias_name": "ann", "alias_domain_id": domain.id})
        inquiry = self.make_inquiry(self.customer, self.ann.email)
        self.assertEqual(self.gather(inquiry).inquiry.named, ())

    def test_the_assignee_is_who_a_conversation_continues_with(self):
        inquiry = self.make_inquiry(self.customer, team=self.hifi_team)
        inquiry.ticket_id.sudo().user_id = self.ann
        self.assertEqual(self.gather(inquiry).inquiry.continues, self.ann.id)

    # --- the customer

    def test_the_audience_of_his_orders_and_its_team_are_known(self):
        self.make_order(self.customer, self.product, self.ann)
        customer = self.gather(self.make_inquiry(self.customer)).customer
        self.assertEqual(customer.audience_id, self.hifi.id)
        self.assertEqual(customer.audience_team_id, self.hifi_team.id)

    def test_a_stranger_has_no_audience(self):
        customer = self.gather(self.make_inquiry(self.customer)).customer
        self.assertIsNone(customer.audience_id)

    def test_an_audience_of_another_company_is_none_here(self):
        self.customer.audience_manual_id = self.hifi
        inquiry = self.make_inquiry(self.customer)
        self.hifi.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertIsNone(self.gather(inquiry).customer.audience_id)

    def test_an_archived_team_serves_nobody(self):
        self.customer.audience_manual_id = self.hifi
        self.hifi_team.active = False
        customer = self.gather(self.make_inquiry(self.customer)).customer
        self.assertEqual(customer.audience_id, self.hifi.id)
        self.assertIsNone(customer.audience_team_id)

    # --- who may be asked

    def test_the_whole_department_may_be_asked(self):
        inquiry = self.make_inquiry(self.customer, team=self.hifi_team)
        self.assertEqual(set(self.staff_of(inquiry)), {self.ann.id, self.bob.id})

    def test_another_department_is_not_asked_unless_it_serves_the_audience(self):
        service = self.make_team("Service", [self.make_user("sam")])
        inquiry = self.make_inquiry(self.customer, team=service)
        self.assertEqual(set(self.staff_of(inquiry)), set(service.user_ids.ids))
        self.customer.audience_manual_id = self.hifi
        self.assertEqual(
            set(self.staff_of(inquiry)),
            {self.ann.id, self.bob.id, *service.user_ids.ids},
        )

    def test_without_a_team_those_of_the_company_may_be_asked(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_team("Elsewhere", [self.env.user], company_id=other.id)
        inquiry = self.make_inquiry(self.customer)
        inquiry.ticket_id.sudo().team_id = False
        self.assertEqual(set(self.staff_of(inquiry)), {self.ann.id, self.bob.id})

    def test_his_teams_are_known(self):
        staff = self.staff_of(self.make_inquiry(self.customer))
        self.assertEqual(staff[self.ann.id].team_ids, (self.hifi_team.id,))

    # --- who handled his orders

    def test_who_handled_his_orders_has_his_share_of_them(self):
        self.make_order(self.customer, self.product, self.ann, 300, MONDAY_10)
        self.make_order(self.customer, self.product, self.bob, 100, MONDAY_10)
        staff = self.staff_of(self.make_inquiry(self.customer))
        self.assertAlmostEqual(staff[self.ann.id].handled, 0.75)
        self.assertAlmostEqual(staff[self.bob.id].handled, 0.25)

    def test_orders_of_his_company_are_his(self):
        company = self.make_customer("Studio Ltd", is_company=True)
        contact = self.make_customer("Contact", parent_id=company.id)
        self.make_order(company, self.product, self.ann)
        staff = self.staff_of(self.make_inquiry(contact))
        self.assertEqual(staff[self.ann.id].handled, 1.0)

    def test_orders_of_somebody_else_are_not_his(self):
        self.make_order(self.make_customer("Other"), self.product, self.ann)
        staff = self.staff_of(self.make_inquiry(self.customer))
        self.assertEqual(staff[self.ann.id].handled, 0.0)

    # --- at work

    def test_within_the_schedule_he_is_at_work_until_the_evening(self):
        ann = self.ask_about(self.ann)
        self.assertTrue(ann.at_work)
        self.assertEqual(ann.at_work_until, MONDAY_10.replace(hour=17))

    def test_lunch_is_no_absence(self):
        ann = self.ask_about(self.ann, MONDAY_10.replace(hour=12, minute=30))
        self.assertEqual(ann.at_work_until, MONDAY_10.replace(hour=17))

    def test_at_night_and_at_the_weekend_he_is_back_with_his_schedule(self):
        tuesday = MONDAY_10 + timedelta(days=1, hours=-2)
        night = self.ask_about(self.ann, MONDAY_10.replace(hour=22))
        self.assertEqual((night.away, night.back_at), (Away.OFF_HOURS, tuesday))
        weekend = self.ask_about(self.ann, SATURDAY_10)
        monday = SATURDAY_10 + timedelta(days=2, hours=-2)
        self.assertEqual((weekend.away, weekend.back_at), (Away.OFF_HOURS, monday))

    def test_a_leave_takes_him_away_until_it_ends(self):
        back = MONDAY_10 + timedelta(days=2, hours=-2)
        self.take_leave(self.ann, MONDAY_10.replace(hour=0), back)
        ann = self.ask_about(self.ann)
        self.assertEqual((ann.away, ann.back_at), (Away.LEAVE, back))

    def test_in_the_night_before_a_leave_he_is_on_leave_already(self):
        start = MONDAY_10 + timedelta(days=1, hours=-4)
        self.take_leave(self.ann, start, start + timedelta(days=2))
        ann = self.ask_about(self.ann, MONDAY_10.replace(hour=22))
        self.assertEqual(ann.away, Away.LEAVE)

    def test_a_leave_in_the_afternoon_ends_his_day(self):
        self.take_leave(
            self.ann, MONDAY_10.replace(hour=15), MONDAY_10.replace(hour=20)
        )
        self.assertEqual(
            self.ask_about(self.ann).at_work_until, MONDAY_10.replace(hour=15)
        )

    def test_the_leave_of_a_colleague_is_not_his(self):
        self.take_leave(self.bob, MONDAY_10.replace(hour=0), SATURDAY_10)
        self.assertTrue(self.ask_about(self.ann).at_work)

    def test_a_public_holiday_is_time_at_home_for_everybody_not_a_leave(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": MONDAY_10.replace(hour=0),
                "date_to": MONDAY_10.replace(hour=23),
            }
        )
        ann = self.ask_about(self.ann)
        self.assertEqual(ann.away, Away.OFF_HOURS)
        self.assertEqual(ann.back_at, MONDAY_10 + timedelta(days=1, hours=-2))

    def test_the_holiday_of_another_company_is_a_working_day(self):
        holiday = self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": False,
                "date_from": MONDAY_10.replace(hour=0),
                "date_to": MONDAY_10.replace(hour=23),
            }
        )
        self.assertFalse(self.ask_about(self.ann).at_work)
        holiday.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertTrue(self.ask_about(self.ann).at_work)

    def test_the_holiday_of_his_company_counts_on_a_calendar_of_all_companies(self):
        self.calendar.company_id = False
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": False,
                "company_id": self.company.id,
                "date_from": MONDAY_10.replace(hour=0),
                "date_to": MONDAY_10.replace(hour=23),
            }
        )
        self.assertFalse(self.ask_about(self.ann).at_work)
        self.ann.employee_ids.unlink()
        self.assertFalse(self.ask_about(self.ann).at_work)

    def test_hours_are_counted_in_his_own_time_zone(self):
        self.ann.employee_id.resource_id.tz = "Asia/Vladivostok"
        self.assertEqual(self.ask_about(self.ann).away, Away.OFF_HOURS)
        evening = MONDAY_10.replace(hour=23)
        self.assertTrue(self.ask_about(self.ann, evening).at_work)

    def test_who_has_no_employee_works_when_the_company_does(self):
        self.ann.employee_ids.unlink()
        self.assertEqual(
            self.ask_about(self.ann).at_work_until, MONDAY_10.replace(hour=17)
        )
        self.assertEqual(self.ask_about(self.ann, SATURDAY_10).away, Away.OFF_HOURS)

    def test_who_has_a_flexible_schedule_works_when_the_company_does(self):
        flexible = self.env["resource.calendar"].create(
            {"name": "Flexible", "flexible_hours": True, "tz": "UTC"}
        )
        for calendar in (flexible, False):
            self.ann.employee_id.resource_calendar_id = calendar
            self.assertEqual(
                self.ask_about(self.ann).at_work_until, MONDAY_10.replace(hour=17)
            )

    def test_a_leave_counts_with_a_flexible_schedule_too(self):
        self.ann.employee_id.resource_calendar_id = False
        self.take_leave(self.ann, MONDAY_10.replace(hour=0), SATURDAY_10)
        self.assertEqual(self.ask_about(self.ann).away, Away.LEAVE)

    def test_who_is_archived_is_gone(self):
        self.ann.active = False
        self.assertEqual(self.ask_about(self.ann).away, Away.ARCHIVED)

    def test_who_is_no_employee_any_more_is_gone(self):
        self.ann.employee_id.active = False
        self.assertEqual(self.ask_about(self.ann).away, Away.ARCHIVED)

    def test_who_has_no_right_to_conversations_cannot_be_asked(self):
        ivan = self.make_user("ivan", groups=None)
        self.assertEqual(self.ask_about(ivan).away, Away.NO_ACCESS)

    # --- the decision

    def test_the_facts_decide_who_is_asked_and_until_when(self):
        self.make_order(self.customer, self.product, self.ann)
        inquiry = self.make_inquiry(self.customer)
        decision = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        self.assertEqual(decision.addressee_id, self.ann.id)
        self.assertEqual(decision.team_id, self.hifi_team.id)
        self.assertEqual(
            decision.ladder.exclusive_until, MONDAY_10 + timedelta(hours=2)
        )

    def test_an_employee_who_decides_by_writing_needs_no_right_to_the_facts(self):
        self.make_order(self.customer, self.product, self.ann)
        inquiry = self.make_inquiry(self.customer)
        ivan = self.make_user("ivan", groups=None)
        facts = self.facts.with_user(ivan)
        decision = facts._gather(inquiry.with_user(ivan), MONDAY_10)[inquiry.id]
        self.assertEqual(decision.customer.audience_id, self.hifi.id)

    def test_the_policy_is_that_of_the_inquiry_s_company(self):
        asked = []

        def policy(facts, company=None, team=None):
            asked.append(company)
            return Policy(exclusive_window=timedelta(hours=1))

        self.patch(type(self.facts), "_get_policy", policy)
        inquiry = self.make_inquiry(self.customer, self.ann.email)
        decision = self.facts._decide(inquiry, MONDAY_10)[inquiry.id]
        self.assertIn(self.company, asked)
        self.assertEqual(
            decision.ladder.exclusive_until, MONDAY_10 + timedelta(hours=1)
        )

    def test_a_fact_of_another_addon_reaches_the_criteria(self):
        def facts_of_languages(facts, batch):
            return {key: {"speaks": 1.0} for key in batch.employees}

        kind = type(self.facts)
        kind._employee_facts_languages = facts_of_languages
        self.addCleanup(delattr, kind, "_employee_facts_languages")
        staff = self.staff_of(self.make_inquiry(self.customer))
        self.assertEqual(staff[self.ann.id].extra, {"speaks": 1.0})

    # --- the cost

    def count_queries(self, inquiries):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.facts._decide(inquiries, MONDAY_10)
        return self.env.cr.sql_log_count - before

    def make_inquiries(self, number):
        inquiries = self.env["helpdesk.inquiry"]
        for each in range(number):
            customer = self.make_customer(f"Customer {each}")
            self.make_order(customer, self.product, self.ann)
            self.make_order(customer, self.product, self.bob)
            emails = f"{self.ann.email},{self.bob.email}"
            inquiries |= self.make_inquiry(customer, emails, self.hifi_team)
        return inquiries

    def test_facts_cost_the_same_for_any_number_of_inquiries(self):
        inquiries = self.make_inquiries(6)
        self.count_queries(inquiries)
        few = self.count_queries(inquiries[:3])
        self.assertEqual(few, self.count_queries(inquiries))

    def test_facts_cost_the_same_for_any_history(self):
        inquiry = self.make_inquiries(1)
        self.count_queries(inquiry)
        short = self.count_queries(inquiry)
        for _each in range(5):
            self.make_order(inquiry.partner_id, self.product, self.ann)
        self.assertEqual(short, self.count_queries(inquiry))

    def test_facts_cost_the_same_for_any_number_of_employees(self):
        inquiry = self.make_inquiries(1)
        self.count_queries(inquiry)
        few = self.count_queries(inquiry)
        self.hifi_team.user_ids |= self.env["res.users"].union(
            *(self.make_user(f"clerk{number}") for number in range(5))
        )
        self.count_queries(inquiry)
        self.assertEqual(few, self.count_queries(inquiry))

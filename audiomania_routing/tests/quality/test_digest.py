# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from odoo.tests import tagged
from odoo.tools import html2plaintext

from .dashboard_common import DashboardCase
from .followup_common import MarkCase

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestDigest(DashboardCase, MarkCase):
    """The week by e-mail, worked out by hand: it is Wednesday, 23 April 2025, at noon
    in Berlin, and Easter lies in this week."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env.ref("audiomania_routing.digest_digest_inquiries")
        cls.digest.user_ids = False
        cls.env["helpdesk.ticket"].search([]).active = False

    def setUp(self):
        super().setUp()
        this, last = datetime(2025, 4, 17, 14), datetime(2025, 4, 10, 8)
        self.answered(
            self.anna,
            received_at=this,
            at=this + 2 * HOUR,
            window_result="inside",
            working_hours_to_answered=1.0,
        )
        self.answered(
            self.anna,
            received_at=this,
            at=datetime(2025, 4, 22, 8),
            window_result="after",
            working_hours_to_answered=4.0,
        )
        self.answered(
            self.vera,
            team=self.vinyl,
            received_at=last,
            at=last + HOUR,
            window_result="inside",
            working_hours_to_answered=1.0,
        )
        # came in last week and still waits: 10 days and 2 hours
        self.put(received_at=datetime(2025, 4, 13, 8))

    def get_kpis(self, user=None, column="kpi_col2"):
        """{KPI: (value, what it was before, arrow)} of the last seven days"""
        user = user or self.manager
        kpis = self.digest.with_context(lang=user.lang)._compute_kpis(
            user.company_id, user
        )
        return {
            kpi["kpi_name"].removeprefix("kpi_inquiry_"): (
                kpi[column]["value"],
                kpi[column]["col_subtitle"].partition(", before: ")[2],
                kpi[column]["margin"],
            )
            for kpi in kpis
        }

    def test_the_week_against_the_week_before(self):
        kpis = self.get_kpis()
        self.assertEqual(kpis["received"], ("2", "2", 0.0))
        self.assertEqual(kpis["worked_out"], ("2", "", 100.0))
        self.assertEqual(kpis["inside"], ("50 %", "", -50.0))
        self.assertEqual(kpis["median"], ("2 h 30 min", "1 h 00 min", 0.0))
        self.assertEqual(kpis["average"], ("2 h 30 min", "1 h 00 min", 0.0))
        self.assertEqual(kpis["pending"], ("1", "1", 0.0))
        self.assertEqual(kpis["oldest"], ("10 d 2 h", "3 d 2 h", 0.0))

    def test_nothing_happened_is_no_nought(self):
        kpis = self.get_kpis(column="kpi_col1")
        self.assertEqual(kpis["inside"][0], "–")
        self.assertEqual(kpis["median"][:2], ("–", "–"))
        self.assertEqual(kpis["quality"][:2], ("–", "–"))

    def test_what_is_overdue_is_of_this_moment(self):
        inquiry = self.env["helpdesk.inquiry"].search(
            [("state", "=", "pending"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(self.get_kpis()["overdue"][0], "0")
        inquiry.ticket_id.supervisors_alerted_from = self.now
        self.env.flush_all()
        self.assertEqual(self.get_kpis()["overdue"], ("1", "", 0.0))

    def test_marks_count_in_the_week_in_which_they_were_given(self):
        self.ticket = self.make_conversation()
        self.rate(self.anna, 5, speed=2, at=self.now - 2 * HOUR)
        self.rate(self.vera, 4, at=self.now - 3 * HOUR)
        self.rate(self.vera, 1, at=self.now - 9 * 24 * HOUR)
        kpis = self.get_kpis()
        self.assertEqual(kpis["quality"][:2], ("4.50 (2)", "1.00 (1)"))
        self.assertEqual(kpis["speed"][:2], ("2.00 (1)", "–"))
        self.assertEqual(kpis["bad_marks"][:2], ("1", "1"))

    def test_a_leader_gets_his_teams(self):
        kpis = self.get_kpis(self.chief)
        self.assertEqual(kpis["received"], ("2", "1", 0.0))

    def test_an_employee_gets_no_figure(self):
        self.assertEqual(self.get_kpis(self.anna), {})

    def test_another_company_is_another_digest(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_user("stranger", "helpdesk_mgmt.group_helpdesk_manager")
        stranger.write({"company_ids": [(4, other.id)], "company_id": other.id})
        kpis = self.get_kpis(stranger)
        self.assertEqual(kpis["received"][:2], ("0", "0"))
        self.assertEqual(kpis["pending"][0], "0")

    # Who gets it

    def send(self):
        with self.mock_mail_gateway():
            self.digest.action_send()
        return self._new_mails

    def get_letter(self, user):
        (mail,) = [one for one in self.send() if user.email in (one.email_to or "")]
        return mail

    def test_every_manager_gets_it_in_his_language_with_its_links(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.manager.lang = "ru_RU"
        field = self.env["ir.model.fields"]._get(
            "digest.digest", "kpi_inquiry_received"
        )
        field.with_context(lang="ru_RU").field_description = "Обращений пришло"
        mail = self.get_letter(self.manager)
        text = html2plaintext(mail.body_html)
        self.assertIn("Обращений пришло", text)
        dashboard = self.env["helpdesk.dashboard"].with_context(lang="ru_RU")
        self.assertIn(dashboard._tell_hours(2.5), text)
        self.assertIn("audiomania_routing.helpdesk_dashboard_action", mail.body_html)
        self.assertIn(
            "audiomania_routing.helpdesk_inquiry_report_action", mail.body_html
        )

    def test_who_becomes_a_manager_gets_the_next_one(self):
        self.send()
        self.assertNotIn(self.anna, self.digest.user_ids)
        manager = self.env.ref("helpdesk_mgmt.group_helpdesk_manager")
        self.anna.group_ids |= manager
        self.send()
        self.assertIn(self.anna, self.digest.user_ids)
        self.anna.group_ids -= manager
        self.send()
        self.assertNotIn(self.anna, self.digest.user_ids)

    def test_who_unsubscribed_is_left_in_peace_until_he_subscribes(self):
        self.send()
        self.digest.with_user(self.manager).action_unsubscribe()
        self.send()
        self.assertNotIn(self.manager, self.digest.user_ids)
        self.digest.with_user(self.manager).action_subscribe()
        self.send()
        self.assertIn(self.manager, self.digest.user_ids)

    def test_a_leader_who_subscribed_gets_it(self):
        self.digest.with_user(self.chief).action_subscribe()
        self.digest.with_user(self.anna).action_subscribe()
        self.send()
        self.assertIn(self.chief, self.digest.user_ids)
        self.assertNotIn(self.anna, self.digest.user_ids)

    def test_it_comes_each_week_also_to_who_never_logs_out(self):
        self.env["res.users.log"].search([]).unlink()
        self.send()
        self.assertEqual(self.digest.periodicity, "weekly")
        self.assertEqual(self.digest.next_run_date, self.now.date() + timedelta(7))

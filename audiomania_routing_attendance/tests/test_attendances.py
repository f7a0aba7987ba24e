# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.audiomania_routing.engine.facts import Away
from odoo.addons.audiomania_routing.tests.common import MONDAY_10
from odoo.addons.audiomania_routing.tests.policy.again_common import HALF, AgainCase
from odoo.addons.audiomania_routing.tests.policy.common import FactsCase

HOUR = timedelta(hours=1)
TUESDAY_8 = MONDAY_10 + timedelta(hours=22)


@tagged("post_install", "-at_install")
class TestCheckOutFacts(FactsCase):
    """Checking out says that one is not at work, checking in that one is."""

    def when_checked(self, hours, **now):
        """Ann, who came and went at these hours of the Monday, the last may be None."""
        moments = [hour and MONDAY_10.replace(hour=hour) for hour in hours]
        self.env["hr.attendance"].create(
            [
                {
                    "employee_id": self.ann.employee_id.id,
                    "check_in": came,
                    "check_out": went,
                }
                for came, went in zip(moments[::2], moments[1::2], strict=True)
            ]
        )
        inquiry = self.make_inquiry(self.customer, self.ann.email, self.department)
        return self.staff_of(inquiry, MONDAY_10.replace(**now))[self.ann.id]

    def test_who_checked_out_is_at_home_until_his_next_day(self):
        ann = self.when_checked([8, 15], hour=16)
        self.assertEqual((ann.away, ann.back_at), (Away.OFF_HOURS, TUESDAY_8))

    def test_who_checked_out_for_lunch_is_away_until_it_is_over(self):
        ann = self.when_checked([8, 12], hour=12, minute=30)
        self.assertEqual(ann.back_at, MONDAY_10.replace(hour=13))

    def test_who_checked_out_for_lunch_is_back_after_it(self):
        self.assertTrue(self.when_checked([8, 12], hour=13).at_work)

    def test_who_checked_in_again_is_at_work(self):
        self.assertTrue(self.when_checked([8, 14, 15, None], hour=16).at_work)

    def test_who_never_checks_in_works_by_his_schedule(self):
        self.assertTrue(self.when_checked([], hour=10).at_work)


@tagged("post_install", "-at_install")
class TestCheckOut(AgainCase):
    """Who checks out leaves what is reserved for him to his team."""

    def setUp(self):
        super().setUp()
        self.came = self.env["hr.attendance"].create(
            {"employee_id": self.anna.employee_id.id, "check_in": self.now - HOUR}
        )
        self.commit()
        self.ticket = self.wait_for_anna()

    def test_checking_out_ends_the_window(self):
        self.assertOpenTo(self.ticket, self.anna)
        self.came.check_out = self.now + HALF
        self.commit()
        self.assertOpenTo(self.ticket, self.anna | self.boris)

    def test_checking_in_again_locks_nobody_out(self):
        self.came.check_out = self.now + HALF
        self.commit()
        self.came.check_out = False
        self.commit()
        self.assertOpenTo(self.ticket, self.anna | self.boris)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.audiomania_routing.tests.policy.again_common import HALF, AgainCase


@tagged("post_install", "-at_install")
class TestSecurity(AgainCase):
    """Attendances and conversations stay apart: who keeps the one need not see the
    other."""

    def setUp(self):
        super().setUp()
        self.came = self.env["hr.attendance"].create(
            {
                "employee_id": self.anna.employee_id.id,
                "check_in": self.now - timedelta(hours=1),
            }
        )
        self.commit()
        self.ticket = self.wait_for_anna()

    def test_who_keeps_attendances_needs_no_right_to_conversations(self):
        clerk = self.make_user("clerk", "hr_attendance.group_hr_attendance_manager")
        self.came.with_user(clerk).check_out = self.now + HALF
        self.commit()
        self.assertOpenTo(self.ticket, self.anna | self.boris)
        with self.assertRaises(AccessError):
            self.ticket.with_user(clerk).read(["name"])

    def test_who_answers_customers_reads_no_attendance_of_a_colleague(self):
        self.assertFalse(self.came.with_user(self.boris).search([]))
        with self.assertRaises(AccessError):
            self.came.with_user(self.boris).read(["check_in"])

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import tagged

from ..common import MONDAY_10
from .common import FactsCase


@tagged("post_install", "-at_install")
class TestLoadFacts(FactsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inquiry = cls.make_inquiry(cls.customer, team=cls.hifi_team)

    def load_of(self, user, now=MONDAY_10):
        return self.staff_of(self.inquiry, now)[user.id].open_inquiries

    def make_held(self, **values):
        inquiry = self.make_inquiry(self.make_customer("Other"), team=self.hifi_team)
        inquiry.ticket_id.sudo().write(
            {"user_id": False, "addressee_id": False, "exclusive_until": False} | values
        )
        return inquiry

    def test_what_he_has_taken_waits_for_him(self):
        self.make_held(user_id=self.ann.id)
        self.assertEqual(self.load_of(self.ann), 1)
        self.assertEqual(self.load_of(self.bob), 0)

    def test_each_inquiry_of_a_conversation_counts(self):
        held = self.make_held(user_id=self.ann.id)
        held.copy({"ticket_id": held.ticket_id.id})
        self.assertEqual(self.load_of(self.ann), 2)

    def test_what_is_reserved_for_him_waits_for_him_while_the_window_is_open(self):
        until = MONDAY_10 + timedelta(hours=1)
        self.make_held(addressee_id=self.ann.id, exclusive_until=until)
        self.assertEqual(self.load_of(self.ann), 1)
        self.assertEqual(self.load_of(self.ann, until), 0)

    def test_what_somebody_else_took_does_not_wait_for_the_addressee(self):
        until = MONDAY_10 + timedelta(hours=1)
        self.make_held(
            user_id=self.bob.id, addressee_id=self.ann.id, exclusive_until=until
        )
        self.assertEqual(self.load_of(self.ann), 0)
        self.assertEqual(self.load_of(self.bob), 1)

    def test_what_is_worked_out_does_not_wait(self):
        held = self.make_held(user_id=self.ann.id)
        held._set_worked_out("answered", self.ann)
        self.assertEqual(self.load_of(self.ann), 0)

    def test_what_is_asked_about_is_not_counted(self):
        self.inquiry.ticket_id.sudo().user_id = self.ann
        self.assertEqual(self.load_of(self.ann), 0)

    def test_of_several_that_are_asked_about_each_counts_the_others(self):
        until = MONDAY_10 + timedelta(hours=1)
        held = self.make_held(addressee_id=self.ann.id, exclusive_until=until)
        cases = self.facts._gather(self.inquiry | held, MONDAY_10)
        loads = {
            inquiry_id: {one.id: one.open_inquiries for one in case.staff}
            for inquiry_id, case in cases.items()
        }
        self.assertEqual(loads[self.inquiry.id][self.ann.id], 1)
        self.assertEqual(loads[held.id][self.ann.id], 0)

    def test_what_was_written_in_this_moment_counts(self):
        """Nothing has been sent to the database yet."""
        other = self.make_held()
        self.env.flush_all()
        other.ticket_id.sudo().user_id = self.ann
        self.assertEqual(self.load_of(self.ann), 1)

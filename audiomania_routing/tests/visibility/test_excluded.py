# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..conversation.common import SECOND, WINDOW
from .common import VisibilityCase
from .ways import ways


@tagged("post_install", "-at_install")
class TestExcluded(VisibilityCase):
    """Whom the customer rated badly sees it with the department, where a policy has it
    so; off by default (rule 3)."""

    def setUp(self):
        super().setUp()
        self.policy = self.env["routing.policy"].search([], limit=1)
        self.assertFalse(self.policy.hide_badly_rated)

    def hide(self, hiding=True):
        self.policy.hide_badly_rated = hiding

    def exclude(self, user):
        """Decide with this employee left out, on the ladder of the test."""
        decision = self.env["routing.facts"]._decide(self.inquiry)[self.inquiry.id]
        moments = self.ticket.read(
            ["exclusive_until", "team_visible_from", "department_visible_from"]
        )[0]
        moments.pop("id")
        self.ticket._start_ladder(replace(decision, excluded_ids=(user.id,)))
        self.ticket.write({**moments, "addressee_id": self.anna.id})

    def test_without_the_switch_he_sees_it_with_his_team(self):
        self.exclude(self.boris)
        self.assertFalse(self.ticket.excluded_user_ids)
        self.at(WINDOW)
        self.assertIn(self.boris, self.get_readers(self.ticket))

    def test_with_the_switch_he_reads_it_by_no_way_until_the_department_does(self):
        self.hide()
        self.exclude(self.boris)
        self.furnish(self.boris)
        self.at(2 * WINDOW - SECOND)
        self.assert_reads_nothing(self.boris)
        self.assertIn(self.own, self.get_readers_of_team())
        self.at(2 * WINDOW)
        self.assertIn("mail.message: read", ways(self.boris, self.ticket))
        self.assertIn(self.boris, self.get_readers(self.ticket))

    def get_readers_of_team(self):
        return self.headphones.user_ids.filtered(
            lambda user: self.ticket.with_user(user).has_access("read")
        )

    def test_what_he_holds_is_never_hidden_from_him(self):
        self.hide()
        self.exclude(self.boris)
        self.at(WINDOW)
        self.ticket.sudo().user_id = self.boris
        self.assertIn(self.boris, self.get_readers(self.ticket))

    def test_supervisors_are_not_left_out(self):
        self.hide()
        self.exclude(self.chief)
        self.assertIn(self.chief, self.get_readers(self.ticket))

    def test_switched_off_it_hides_nothing_at_once(self):
        self.hide()
        self.exclude(self.boris)
        self.at(WINDOW)
        self.assertNotIn(self.boris, self.get_readers(self.ticket))
        self.hide(False)
        self.assertIn(self.boris, self.get_readers(self.ticket))
        self.hide()
        self.assertIn(self.boris, self.get_readers(self.ticket))

    def test_who_does_not_see_it_is_not_woken_up(self):
        self.hide()
        self.exclude(self.boris)
        self.at(WINDOW)
        self.assertNotIn(self.boris, self.ticket._get_users_to_alert())
        self.at(2 * WINDOW)
        self.assertIn(self.boris, self.ticket._get_users_to_alert())

    def test_nobody_writes_by_hand_who_is_left_out(self):
        self.hide()
        ticket = self.ticket.with_user(self.anna)
        with self.assertRaises(UserError):
            ticket.write({"excluded_user_ids": [(4, self.boris.id)]})

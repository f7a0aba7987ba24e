# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..conversation.common import WINDOW
from .common import VisibilityCase


@tagged("post_install", "-at_install")
class TestMarks(VisibilityCase):
    """Marks of a conversation: its readers read them, managers change them."""

    def setUp(self):
        super().setUp()
        self.mark = self.make_mark(self.ticket)
        self.elsewhere = self.make_mark(self.customer)

    def make_mark(self, record):
        return self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "rating": 1,
                "feedback": "Slow",
                "consumed": True,
            }
        )

    def get_marks(self, user):
        return self.env["rating.rating"].with_user(user).search([]).sudo()

    def test_reading_a_mark_follows_the_conversation(self):
        for user in (*self.colleagues, self.clerk):
            self.assertNotIn(self.mark, self.get_marks(user))
            self.assertFalse(self.mark.with_user(user).has_access("read"))
        self.at(WINDOW)
        for user in self.colleagues:
            self.assertIn(self.mark, self.get_marks(user))
            self.assertTrue(self.mark.with_user(user).has_access("read"))

    def test_an_average_counts_what_the_reader_may_read(self):
        ratings = self.env["rating.rating"]
        domain = [("res_model", "=", "helpdesk.ticket")]
        for user, count in ((self.own, 0), (self.anna, 1)):
            groups = ratings.with_user(user)._read_group(
                domain, [], ["__count", "rating:avg"]
            )
            self.assertEqual(groups[0][0], count)

    def test_only_managers_change_a_mark_of_a_conversation(self):
        self.at(WINDOW)
        for user in (*self.colleagues, self.anna, self.chief, self.clerk):
            with (
                self.subTest(user.login),
                mute_logger("odoo.addons.base.models.ir_rule"),
                self.assertRaises(AccessError),
            ):
                self.mark.with_user(user).write({"rating": 5})
        self.mark.with_user(self.manager).write({"rating": 5})
        self.assertEqual(self.mark.rating, 5)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_only_managers_make_a_mark_of_a_conversation_by_hand(self):
        values = {
            "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
            "res_id": self.ticket.id,
            "rating": 5,
        }
        with self.assertRaises(AccessError):
            self.env["rating.rating"].with_user(self.anna).create(values)
        self.assertTrue(
            self.env["rating.rating"].with_user(self.manager).create(values)
        )

    def test_no_mark_is_moved_onto_a_conversation(self):
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                self.elsewhere.with_user(self.anna).write(
                    {
                        "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                        "res_id": self.ticket.id,
                    }
                )

    def test_marks_of_anything_else_are_left_to_the_host(self):
        for user in (*self.colleagues, self.clerk):
            self.assertIn(self.elsewhere, self.get_marks(user))
            self.elsewhere.with_user(user).write({"rating": 5})

    def test_the_token_of_anything_else_is_left_to_the_host(self):
        for user in (*self.colleagues, self.clerk):
            elsewhere = self.elsewhere.with_user(user)
            self.assertTrue(elsewhere.access_token)
            self.assertIn("access_token", elsewhere.read()[0])

    @mute_logger("odoo.models")
    def test_no_token_of_a_mark_is_read_beside_another(self):
        both = (self.elsewhere | self.mark).with_user(self.manager)
        self.assertTrue(both[0].access_token)
        self.assertNotIn("access_token", both.read()[1])
        with self.assertRaises(AccessError):
            both.read(["access_token"])
        with self.assertRaises(AccessError):
            both[1].mapped("access_token")

    @mute_logger("odoo.models")
    def test_the_token_of_a_mark_is_for_the_system(self):
        for user in (self.anna, self.manager):
            with self.assertRaises(AccessError):
                self.mark.with_user(user).read(["access_token"])
            with self.assertRaises(AccessError):
                self.env["rating.rating"].with_user(user).search(
                    [("access_token", "=", self.mark.access_token)]
                )

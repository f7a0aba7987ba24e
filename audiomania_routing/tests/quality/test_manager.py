# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..visibility.ways import ways
from .common_marks import MarkCase

OF_OTHERS = {"numbers on the team"}
"""Ways by which one reads of the other conversations of this test."""


@tagged("post_install", "-at_install")
class TestManager(MarkCase):
    """What is written to the manager is never shown to whom it is about (rule 23)."""

    def setUp(self):
        super().setUp()
        self.link = self.ticket._get_mark_link(self.answer())
        self.about = self.complain(self.link)

    def complain(self, link, key="a"):
        tickets = self.env["helpdesk.ticket"]
        return tickets._write_to_manager(link, "He was rude", key)

    def assert_reads_nothing(self, *users):
        for user in users:
            with self.subTest(user.login):
                self.assertEqual(ways(user, self.about) - OF_OTHERS, set())
                lines = self.env["helpdesk.conversation.line"].with_user(user)
                self.assertNotIn(self.about, lines.search([]).sudo().ticket_id)

    def test_his_leaders_see_it_and_have_it(self):
        readers = self.get_readers(self.about)
        self.assertEqual(readers, self.chief | self.leader | self.manager)
        self.assertEqual(self.about.addressee_id, self.chief)
        queue = self.env["helpdesk.ticket"].with_user(self.chief)
        self.assertIn(self.about, queue.search([("queue", "=", "mine")]))
        self.assertIn("A question", self.about.name)
        self.assertEqual(self.about.about_ticket_id, self.ticket)

    def test_he_reads_nothing_of_it_at_any_time(self):
        for delta in (0, 3, 9, 240):
            self.at(timedelta(hours=delta))
            self.assert_reads_nothing(self.anna, self.boris, self.vera)

    def test_taken_and_worked_out_it_is_read_by_the_same(self):
        self.about.with_user(self.chief).action_take()
        self.assert_reads_nothing(self.anna, self.boris)
        self.reply(self.about, self.chief)
        self.assertEqual(self.about.inquiry_state, "worked_out")
        self.assert_reads_nothing(self.anna, self.boris)

    def test_decided_again_and_written_to_again_it_is_read_by_the_same(self):
        self.reply(self.about, self.chief)
        self.at(timedelta(hours=1))
        self.receive(reply_to=self.about.inquiry_ids.message_id)
        self.assertEqual(self.about.inquiry_state, "pending")
        self.assertFalse(self.about.department_visible_from)
        self.assert_reads_nothing(self.anna, self.boris)

    def test_a_leader_does_not_supervise_what_is_about_himself(self):
        ticket = self.make_conversation()
        link = ticket._get_mark_link(self.answer(ticket, self.chief))
        about = self.complain(link)
        self.assertEqual(about.addressee_id, self.leader)
        self.assertEqual(self.get_readers(about), self.leader | self.manager)

    def test_a_manager_does_not_read_what_is_about_himself(self):
        ticket = self.make_conversation()
        link = ticket._get_mark_link(self.answer(ticket, self.manager))
        about = self.complain(link)
        self.assertNotIn(self.manager, self.get_readers(about))
        for record in (about, about.inquiry_ids, about.inquiry_ids.message_id):
            self.assertFalse(record.with_user(self.manager).has_access("read"))

    def test_what_is_about_the_only_manager_is_not_lost(self):
        others = self.env.ref("helpdesk_mgmt.group_helpdesk_manager").all_user_ids
        (others | self.chief | self.leader - self.manager).active = False
        self.manager.active = True
        ticket = self.make_conversation()
        link = ticket._get_mark_link(self.answer(ticket, self.manager))
        self.assertFalse(self.env["helpdesk.ticket"]._is_read_by_another(link))
        about = self.complain(link)
        self.assertEqual(about.inquiry_state, "pending")
        self.assertIn(self.manager, self.get_readers(about))

    def test_it_is_given_to_nobody_about_whom_it_is(self):
        with self.assertRaisesRegex(UserError, "It is about Anna"):
            self.about.with_user(self.chief).action_transfer(
                user=self.anna, reason="Yours"
            )
        other = self.make_conversation()
        with self.assertRaises(UserError):
            other.with_user(self.manager)._merge(self.about.with_user(self.manager))

    def test_only_supervisors_are_told(self):
        self.assertEqual(self.about._get_users_to_alert(), self.chief | self.leader)
        for rung in ("team", "department"):
            self.assertNotIn(self.anna, self.about._get_rung_users(rung))

    def test_who_has_no_contact_is_answered_at_his_address(self):
        self.ticket.write({"partner_id": False, "partner_email": "x@y.example"})
        self.inquiry.partner_id = False
        link = self.ticket._get_mark_link(self.answer())
        about = self.complain(link, "b")
        self.assertEqual(about.inquiry_state, "pending")
        self.assertEqual(about._get_customer_recipient(), ([], "x@y.example"))

    def test_split_or_copied_it_is_read_by_the_same(self):
        self.receive(reply_to=self.about.inquiry_ids.message_id)
        first, _second = self.about.inquiry_ids.sorted("id")
        other = self.about.with_user(self.chief)._split(first, "Another").sudo()
        copied = self.about.with_user(self.manager).copy().sudo()
        self.reply(other, self.chief)
        for ticket in (other, copied):
            self.assertEqual(ticket.about_user_id, self.anna)
            self.assertEqual(ticket.about_ticket_id, self.ticket)
            readers = self.chief | self.leader | self.manager
            self.assertLessEqual(self.get_readers(ticket), readers)

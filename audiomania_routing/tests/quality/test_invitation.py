# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ...models.quality.marks.helpdesk_ticket_invitation import HelpdeskTicket
from .common_marks import MarkCase

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestInvitation(MarkCase):
    """After an answer the customer may be invited, not too often (rule 23)."""

    def setUp(self):
        super().setUp()
        self.headphones.invites_to_rate = True
        self.message = self.answer()

    def invite(self, after=25 * HOUR):
        """What leaves when the job runs so long after the answer."""
        self.at(after)
        with self.mock_mail_gateway():
            while self.env["helpdesk.inquiry"]._invite_due(50):
                pass
            self.env.flush_all()
            self.env.cr.postcommit.run()
        self.env.invalidate_all()
        return self._new_mails

    def test_who_was_answered_is_invited_once(self):
        mail = self.invite()
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertEqual(mail.body_html.count("?quality="), 5)
        token = mail.body_html.partition("/mark/")[2].partition("?")[0]
        link = self.marks._read_token(token)
        self.assertEqual((link.message, link.user), (self.message.id, self.anna.id))
        self.assertIn("Auto-Submitted", mail.headers)
        self.assertIn("headphones@hifi.example", mail.reply_to)
        self.assertFalse(self.invite(26 * HOUR))

    def test_not_before_its_time_and_not_for_what_is_long_over(self):
        self.assertFalse(self.invite(23 * HOUR))
        self.assertFalse(self.invite(9 * DAY))

    def test_a_team_that_does_not_want_it_invites_nobody(self):
        self.headphones.invites_to_rate = False
        self.assertFalse(self.invite())

    def test_not_after_no_action_required(self):
        ticket = self.make_conversation()
        ticket.with_user(self.anna).action_no_action_required()
        self.inquiry.invitation_checked_at = self.now
        self.assertFalse(self.invite())

    def test_not_who_has_given_his_mark(self):
        self.give(self.message, 5)
        self.assertFalse(self.invite())

    def test_not_a_machine_and_not_a_colleague(self):
        self.inquiry.is_from_machine = True
        self.assertFalse(self.invite())
        self.inquiry.write({"is_from_machine": False, "invitation_checked_at": False})
        self.inquiry.partner_id = self.boris.partner_id
        self.assertFalse(self.invite())

    def test_not_while_something_of_his_waits(self):
        self.make_conversation()
        self.assertFalse(self.invite())

    def test_not_twice_within_the_number_of_days(self):
        self.assertTrue(self.invite())
        self.at(10 * DAY)
        self.answer(self.make_conversation())
        self.assertFalse(self.invite(12 * DAY))
        self.at(100 * DAY)
        self.answer(self.make_conversation())
        self.assertTrue(self.invite(102 * DAY))

    def test_two_conversations_of_one_customer_are_one_letter(self):
        self.answer(self.make_conversation())
        self.assertEqual(len(self.invite()), 1)

    def test_a_call_is_not_asked_about(self):
        self.message.unlink()
        self.assertFalse(self.invite())
        self.assertTrue(self.inquiry.invitation_checked_at)

    def test_one_that_fails_keeps_nobody_waiting(self):
        other = self.make_customer("Other")
        ticket = self.make_conversation(partner_id=other.id)
        ticket.inquiry_ids.partner_id = other
        self.answer(ticket)
        real = HelpdeskTicket._invite

        def invite(self_, inquiry, answer):
            if inquiry.partner_id != other:
                raise ValueError("broken")
            return real(self_, inquiry, answer)

        with (
            patch.object(HelpdeskTicket, "_invite", invite),
            mute_logger("odoo.addons.audiomania_alerts.models.alert_outbox"),
        ):
            mails = self.invite()
        self.assertEqual(mails.recipient_ids, other)
        self.assertFalse(self.inquiry.invited_at)

    def test_an_invitation_is_no_answer_and_no_inquiry(self):
        self.invite()
        self.assertEqual(len(self.ticket.inquiry_ids), 1)
        self.assertEqual(self.ticket.inquiry_state, "worked_out")


@tagged("post_install", "-at_install")
class TestMarksInPortal(MarkCase, HttpCase):
    """In the portal a customer sees and gives his own marks, and no other's."""

    def setUp(self):
        super().setUp()
        self.message = self.answer()
        self.make_portal_user("petr", self.customer)

    def make_portal_user(self, login, partner):
        return new_test_user(
            self.env,
            login,
            "base.group_portal",
            password=f"{login}-password",
            partner_id=partner.id,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

    def open(self, login):
        self.authenticate(login, f"{login}-password")
        return self.url_open(f"/my/ticket/{self.ticket.id}").text

    def test_he_gives_them_there_and_sees_them(self):
        page = self.open("petr")
        self.assertIn("Give marks", page)
        self.url_open(self.get_url(page), data={"quality": "4", "speed": "3"})
        self.env.invalidate_all()
        mark = self.marks.search([("message_id", "=", self.message.id)])
        self.assertEqual((mark.quality, mark.user_id), (4, self.anna))
        self.assertIn("Change", self.open("petr"))

    def get_url(self, page):
        return "/mark/" + page.partition("/mark/")[2].partition('"')[0]

    def test_another_customer_sees_none(self):
        self.make_portal_user("other", self.make_customer("Other"))
        self.assertNotIn("Give marks", self.open("other"))
        partner = self.env["res.users"].search([("login", "=", "other")]).partner_id
        self.assertEqual(self.ticket._get_answers_for(partner), [])

    def test_who_opens_it_by_the_link_alone_sees_none(self):
        token = self.ticket._portal_ensure_token()
        self.authenticate(None, None)
        page = self.url_open(f"/my/ticket/{self.ticket.id}?access_token={token}").text
        self.assertIn("A question", page)
        self.assertNotIn("/mark/", page)

    def test_notes_are_no_answers_and_long_ago_is_only_shown(self):
        self.note(self.ticket, self.anna)
        self.give(self.message, 5)
        self.assertEqual(len(self.ticket._get_answers_for(self.customer)), 1)
        self.at(61 * DAY)
        [answer] = self.ticket._get_answers_for(self.customer)
        self.assertEqual((answer["quality"], answer["url"]), (5, False))

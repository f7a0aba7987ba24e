# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import WINDOW, ConversationCase
from .test_transfer import TransferCase


@tagged("post_install", "-at_install")
class TestGuard(TransferCase):
    """Who sees a conversation is decided, and written by nobody past the actions."""

    def test_nobody_writes_what_decides_who_sees_it(self):
        values = {
            "ladder_active": False,
            "addressee_id": self.boris.id,
            "addressee_team_id": self.vinyl.id,
            "exclusive_until": self.now,
            "team_visible_from": self.now,
            "department_visible_from": self.now,
            "supervisors_alerted_from": self.now,
            "told_rung": "supervisors",
            "tell_at": self.now,
            "inquiry_state": "worked_out",
            "waiting_since": self.now,
            "audience_id": False,
            "document_id": 7,
            "inquiry_ids": [Command.clear()],
        }
        before = self.ticket.read(list(values))
        for user in (self.anna, self.chief, self.manager):
            for name, value in values.items():
                if name == "waiting_since":
                    value = self.now - WINDOW
                with self.assertRaises(AccessError, msg=name):
                    self.ticket.with_user(user).write({name: value})
        self.assertEqual(self.ticket.read(list(values)), before)

    def test_nobody_hides_it_in_another_company_or_says_since_when_he_has_it(self):
        ticket = self.make_conversation(user_id=self.boris.id)
        company = self.env["res.company"].create({"name": "Another shop"})
        for values in (
            {"company_id": company.id},
            {"assigned_date": "2025-01-01 00:00:00"},
            {"number": "HT0"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                ticket.with_user(self.boris).write(values)

    def test_no_key_of_the_context_opens_it(self):
        for key in ("routing_taken_by", "install_mode", "import_file"):
            ticket = self.ticket.with_user(self.manager).with_context(**{key: 1})
            with self.assertRaises(AccessError):
                ticket.write({"exclusive_until": False})

    def test_what_was_exported_is_imported_again_unchanged(self):
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        ticket = self.ticket.with_user(self.manager)
        names = ["id", "name", "exclusive_until", "addressee_id/.id", "user_id/.id"]
        rows = ticket.export_data(names)["datas"]
        rows[0][1] = "Green ones"
        found = self.env["helpdesk.ticket"].with_user(self.manager).load(names, rows)
        self.assertFalse(found["messages"])
        self.assertEqual(self.ticket.name, "Green ones")

    def test_nobody_makes_a_conversation_with_a_ladder(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.manager)
        values = {"name": "Mine", "description": "?", "user_id": False}
        with self.assertRaises(AccessError):
            tickets.create({**values, "ladder_active": True})
        tickets = tickets.with_context(default_department_visible_from=self.now)
        self.assertFalse(tickets.create(values).department_visible_from)

    # The assignee and the team in forms, lists, kanban and imports

    def test_oneself_as_the_assignee_is_taking(self):
        self.ticket.with_user(self.anna).write({"user_id": self.anna.id})
        self.assertEqual(self.ticket.user_id, self.anna)
        self.assert_history("taken")

    def test_oneself_instead_of_a_colleague_is_taking_away(self):
        self.take()
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            self.ticket.with_user(self.boris).write({"user_id": self.boris.id})
        self.ticket.with_user(self.chief).write({"user_id": self.chief.id})
        self.assertEqual(self.ticket.user_id, self.chief)
        line = self.assert_history("taken", "taken_away")
        self.assertEqual(line.cause, "in_form")

    def test_a_colleague_as_the_assignee_is_a_transfer(self):
        self.take()
        self.ticket.with_user(self.anna).write(
            {"user_id": self.boris.id, "priority": "3"}
        )
        self.assertEqual(self.ticket.addressee_id, self.boris)
        self.assertEqual(self.ticket.priority, "3")
        line = self.assert_history("taken", "transferred")
        self.assertEqual((line.cause, line.to_user_id), ("in_form", self.boris))

    def test_where_it_is_not_allowed_a_sentence_says_so(self):
        self.take()
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            self.ticket.with_user(self.boris).write({"user_id": self.vera.id})
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.vera).write({"user_id": self.vera.id})

    def test_no_assignee_is_giving_back(self):
        self.take()
        self.ticket.with_user(self.anna).write({"user_id": False})
        self.assertEqual(self.ticket.team_visible_from, self.now)
        self.assert_history("taken", "released")

    def test_another_team_is_a_transfer_to_it(self):
        self.take()
        self.ticket.with_user(self.anna).write({"team_id": self.vinyl.id})
        self.assertEqual(self.ticket.team_id, self.vinyl)
        self.assertFalse(self.ticket.user_id)
        self.assertEqual(self.get_readers(self.ticket) & self.vera, self.vera)

    def test_team_and_assignee_in_one_write(self):
        self.take()
        self.ticket.with_user(self.anna).write(
            {"team_id": self.vinyl.id, "user_id": self.vera.id}
        )
        self.assertEqual(self.ticket.team_id, self.vinyl)
        self.assertEqual(self.ticket.addressee_id, self.vera)

    def test_the_same_assignee_changes_nothing(self):
        self.take()
        self.ticket.with_user(self.boris).write(
            {"user_id": self.anna.id, "priority": "3"}
        )
        self.assertEqual(self.ticket.user_id, self.anna)
        self.assert_history("taken")

    def test_the_form_of_the_chief(self):
        self.take()
        with Form(self.ticket.with_user(self.chief)) as form:
            form.user_id = self.boris
        self.assertEqual(self.ticket.addressee_id, self.boris)

    def test_who_gives_it_away_in_a_form_gets_no_error(self):
        self.take()
        saved = self.ticket.with_user(self.anna).web_save(
            {"team_id": self.vinyl.id},
            {"name": {}, "is_handed_on": {}, "ladder_text": {}, "inquiry_ids": {}},
        )
        self.assertTrue(saved[0]["is_handed_on"])
        self.assertIn("Vinyl", saved[0]["ladder_text"])
        self.assertFalse(self.ticket.with_user(self.anna).has_access("read"))

    def test_a_card_that_is_dragged_to_a_colleague_is_a_transfer(self):
        self.take()
        dragged = {"user_id": self.boris.id}
        with self.assertRaisesRegex(UserError, "Anna has been working"):
            self.ticket.with_user(self.boris).web_save(dragged, {"user_id": {}})
        self.ticket.with_user(self.anna).web_save(dragged, {"user_id": {}})
        self.assertFalse(self.ticket.user_id)
        self.assertEqual(self.ticket.addressee_id, self.boris)
        line = self.assert_history("taken", "transferred")
        self.assertEqual(line.cause, "in_form")

    def test_a_card_that_is_dragged_to_nobody_or_to_another_team_goes_there(self):
        self.take()
        ticket = self.ticket.with_user(self.anna)
        ticket.web_save({"user_id": False}, {"user_id": {}})
        self.assert_history("taken", "released")
        ticket.web_save({"team_id": self.vinyl.id}, {"team_id": {}})
        self.assert_history("taken", "released", "transferred")
        self.assertEqual(self.ticket.team_id, self.vinyl)

    def test_what_was_not_answered_in_time_is_taken_in_a_form_as_by_the_button(self):
        self.take()
        self.ticket.answer_due_at = self.now
        self.ticket.with_user(self.boris).web_save(
            {"user_id": self.boris.id}, {"user_id": {}}
        )
        self.assertEqual(self.ticket.user_id, self.boris)
        line = self.assert_history("taken", "taken_away")
        self.assertEqual(line.cause, "not_answered")

    def test_what_was_not_answered_in_time_is_handed_on_by_who_might_take_it(self):
        self.take()
        with self.assertRaises(UserError):
            self.transfer(self.boris, self.vera)
        self.ticket.answer_due_at = self.now
        self.transfer(self.boris, self.vera)
        self.assertEqual(self.ticket.addressee_id, self.vera)

    def test_many_at_once_in_a_list(self):
        tickets = self.ticket | self.receive("anna@hifi.example", subject="Two")
        values = {"user_id": self.boris.id}
        tickets.with_user(self.chief).web_save_multi([values] * 2, {"name": {}})
        self.assertEqual(tickets.addressee_id, self.boris)

    def test_an_import_is_a_transfer_too(self):
        self.take()
        names = [".id", "user_id/.id"]
        tickets = self.env["helpdesk.ticket"].with_user(self.boris)
        found = tickets.load(names, [[str(self.ticket.id), str(self.boris.id)]])
        self.assertIn("Anna has been working", found["messages"][0]["message"])
        self.env.invalidate_all()
        self.assertEqual(self.ticket.user_id, self.anna)
        tickets = tickets.with_user(self.chief)
        found = tickets.load(names, [[str(self.ticket.id), str(self.boris.id)]])
        self.assertFalse(found["messages"])
        self.assertEqual(self.ticket.addressee_id, self.boris)

    def test_through_another_record_it_is_the_same(self):
        self.take()
        parent = self.env["helpdesk.ticket"].create(
            {
                "name": "Another",
                "description": "?",
                "company_id": self.company.id,
                "user_id": self.boris.id,
            }
        )
        values = [Command.update(self.ticket.id, {"user_id": self.boris.id})]
        with self.assertRaises(UserError):
            parent.with_user(self.boris).write({"duplicate_ids": values})

    def test_what_is_worked_out_is_given_to_who_shall_have_it(self):
        self.reply(self.ticket, self.anna)
        self.ticket.with_user(self.anna).write({"user_id": self.boris.id})
        self.assertEqual(self.ticket.user_id, self.boris)
        self.ticket.with_user(self.boris).write({"team_id": self.vinyl.id})
        self.assertEqual(self.ticket.user_id, self.boris)
        self.assertEqual(self.ticket.team_id, self.vinyl)


@tagged("post_install", "-at_install")
class TestGuardOfHost(ConversationCase):
    """Tickets without a ladder are the host's."""

    def test_they_are_assigned_as_before(self):
        clerk = self.make_user("clerk", "helpdesk_mgmt.group_helpdesk_user")
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "Before",
                "description": "?",
                "company_id": self.company.id,
                "team_id": self.headphones.id,
                "user_id": False,
            }
        )
        ticket.with_user(clerk).write({"user_id": self.anna.id})
        self.assertEqual(ticket.user_id, self.anna)
        self.assertFalse(ticket.transition_ids)
        ticket.with_user(clerk).write({"team_id": self.vinyl.id})
        self.assertFalse(ticket.user_id, "The host clears who is not in the team")

    def test_written_down_for_a_colleague_it_is_reserved_for_him(self):
        clerk = self.make_user("clerk", "helpdesk_mgmt.group_helpdesk_user")
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(clerk)
            .create(
                {
                    "name": "A call",
                    "description": "<p>Do you have it in green?</p>",
                    "company_id": self.company.id,
                    "partner_id": self.customer.id,
                    "team_id": self.headphones.id,
                    "user_id": self.boris.id,
                }
            )
        )
        self.assertEqual(ticket.addressee_id, self.boris)
        self.assertEqual(ticket.exclusive_until, self.now + WINDOW)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SECRET, VisibilityCase

FIELDS = ("stage_id", "team_id", "user_id", "name", "inquiry_state", "active")


@tagged("post_install", "-at_install")
class TestActionsOfHidden(VisibilityCase):
    """Who may not see a conversation does nothing with it, by no method (rule 14)."""

    def get_actions(self):
        """Names of all that a client may call as an action, those to come as well."""
        model = self.env["helpdesk.ticket"]
        return [name for name in dir(type(model)) if name.startswith("action_")]

    def call(self, user, name):
        """What comes out of a call: the answer, or the words of the refusal."""
        ticket = self.ticket.with_user(user).with_context(
            active_id=self.ticket.id,
            active_ids=self.ticket.ids,
            active_model="helpdesk.ticket",
        )
        method = getattr(ticket, name)
        arguments = [
            "A reason" if parameter.name == "reason" else user.id
            for parameter in inspect.signature(method).parameters.values()
            if parameter.default is parameter.empty
            and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        ]
        try:
            with self.env.cr.savepoint():
                return str(method(*arguments))
        except (AccessError, UserError) as refusal:
            return str(refusal)

    def get_values(self):
        self.env.flush_all()
        self.env.invalidate_all()
        values = self.ticket.sudo().read(FIELDS)[0]
        return values, self.ticket.sudo().inquiry_ids.mapped("state")

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_no_action_changes_it_or_tells_of_it(self):
        before = self.get_values()
        count = self.env["helpdesk.ticket"].search_count([])
        for user in (*self.colleagues, self.clerk):
            for name in self.get_actions():
                with self.subTest(user=user.login, action=name):
                    self.env.invalidate_all()
                    self.assertNotIn(SECRET, self.call(user, name))
                    self.assertEqual(self.get_values(), before)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), count)

    def test_there_are_actions_to_try(self):
        self.assertLessEqual(
            {"action_take", "action_no_action_required", "action_duplicate_tickets"},
            set(self.get_actions()),
        )

    def test_it_is_not_copied_written_deleted_or_posted_in(self):
        note = {"body": "Hello", "message_type": "comment"}
        attempts = {
            "copy": lambda ticket: ticket.copy(),
            "write": lambda ticket: ticket.write({"name": "Mine"}),
            "unlink": lambda ticket: ticket.unlink(),
            "message_post": lambda ticket: ticket.message_post(**note),
            "activity_schedule": lambda ticket: ticket.activity_schedule(
                "mail.mail_activity_data_todo", user_id=ticket.env.uid
            ),
            "assign_to_me": lambda ticket: ticket.assign_to_me(),
            "a message by hand": lambda ticket: ticket.env["mail.message"].create(
                {**note, "model": "helpdesk.ticket", "res_id": ticket.id}
            ),
            "a file": lambda ticket: ticket.env["ir.attachment"].create(
                {"name": "a", "res_model": "helpdesk.ticket", "res_id": ticket.id}
            ),
            "a scheduled message": lambda ticket: ticket.env[
                "mail.scheduled.message"
            ].create(
                {
                    "body": "Later",
                    "model": "helpdesk.ticket",
                    "res_id": ticket.id,
                    "author_id": ticket.env.user.partner_id.id,
                    "scheduled_date": "2025-03-04 10:00:00",
                }
            ),
        }
        for user in (*self.colleagues, self.clerk):
            for name, attempt in attempts.items():
                with (
                    self.subTest(user=user.login, attempt=name),
                    mute_logger(
                        "odoo.addons.base.models.ir_rule",
                        "odoo.addons.base.models.ir_model",
                    ),
                ):
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        attempt(self.ticket.with_user(user))

    def test_nobody_follows_what_he_may_not_read(self):
        for user in (*self.colleagues, self.clerk):
            with mute_logger("odoo.addons.base.models.ir_rule"):
                self.ticket.with_user(user).message_subscribe(user.partner_id.ids)
            self.assertNotIn(user.partner_id, self.ticket.message_partner_ids)

    def test_a_follower_of_it_makes_no_message_in_it(self):
        """The host lets followers write by the model of messages."""
        self.furnish(self.own)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                self.env["mail.message"].with_user(self.own).create(
                    {
                        "body": "Hello",
                        "message_type": "comment",
                        "model": "helpdesk.ticket",
                        "res_id": self.ticket.id,
                    }
                )

    def test_ones_own_activity_on_it_is_neither_read_nor_changed(self):
        self.furnish(self.own)
        activity = self.ticket.activity_ids.filtered(
            lambda one: one.user_id == self.own
        )
        self.assertTrue(activity)
        for attempt in (
            lambda one: one.read(["summary"]),
            lambda one: one.write({"summary": "Other"}),
            lambda one: one.action_done(),
            lambda one: one.unlink(),
        ):
            with self.assertRaises(AccessError):
                attempt(activity.with_user(self.own))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_activities_of_it_are_refused_by_the_methods_for_programs_too(self):
        kind = "mail.mail_activity_data_todo"
        for user in (*self.colleagues, self.clerk):
            self.ticket.activity_schedule(kind, user_id=user.id, summary=SECRET)
            ticket = self.ticket.with_user(user)
            for name in ("feedback", "unlink", "reschedule", "search"):
                with self.subTest(user=user.login, method=name):
                    with self.assertRaises(AccessError):
                        getattr(ticket, f"activity_{name}")([kind])
        self.assertEqual(len(self.ticket.activity_ids), 4)
        done = self.ticket.with_user(self.anna).activity_feedback([kind])
        self.assertTrue(done)
        self.assertFalse(self.ticket.activity_ids)

    def test_nobody_gets_an_activity_on_what_he_may_not_read(self):
        with self.assertRaises(UserError):
            self.ticket.with_user(self.anna).activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.own.id
            )

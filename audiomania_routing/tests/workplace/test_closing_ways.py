# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..conversation.common import ConversationCase

REFUSED = "cannot be closed"


@tagged("post_install", "-at_install")
class TestClosingWays(ConversationCase):
    """A conversation in which something waits is closed in no way (rule 16)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.done.mail_template_id = False

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation()

    def assert_refused(self, function):
        raised = self.assertRaisesRegex((ValidationError, UserError), REFUSED)
        with raised, self.env.cr.savepoint():
            function()
            self.env.flush_all()
        self.assertFalse(self.ticket.closed)

    def test_by_the_button_of_its_form(self):
        self.assert_refused(self.ticket.with_user(self.anna).action_close)

    def test_by_the_stage_in_its_form_or_a_drag_in_the_kanban(self):
        ticket = self.ticket.with_user(self.anna)
        self.assert_refused(lambda: ticket.web_save({"stage_id": self.done.id}, {}))

    def test_by_a_change_of_many_in_a_list(self):
        ticket = self.ticket.with_user(self.manager)
        vals = [{"stage_id": self.done.id}]
        self.assert_refused(lambda: ticket.web_save_multi(vals, {}))

    def test_by_an_import(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref(
            "base.group_allow_export"
        )
        tickets = self.env["helpdesk.ticket"].with_user(self.manager)
        result = tickets.with_context(import_file=True).load(
            [".id", "stage_id/.id"], [[str(self.ticket.id), str(self.done.id)]]
        )
        self.assertFalse(result["ids"])
        self.assertIn(REFUSED, result["messages"][0]["message"])

    def test_by_archiving(self):
        self.assert_refused(self.ticket.with_user(self.manager).action_archive)

    def test_by_a_server_action_or_an_automation(self):
        for state, values in (
            ("code", {"code": f"records.write({{'stage_id': {self.done.id}}})"}),
            (
                "object_write",
                {
                    "update_path": "stage_id",
                    "resource_ref": f"{self.done._name},{self.done.id}",
                },
            ),
        ):
            action = self.env["ir.actions.server"].create(
                {
                    "name": "Close",
                    "model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                    "state": state,
                    **values,
                }
            )
            run = action.with_context(
                active_model="helpdesk.ticket",
                active_id=self.ticket.id,
                active_ids=self.ticket.ids,
            )
            with self.subTest(state):
                self.assert_refused(run.run)

    def test_by_a_stage_that_becomes_a_closed_one(self):
        stage = self.ticket.stage_id.with_user(self.manager)
        self.assert_refused(lambda: stage.write({"closed": True}))

    def test_by_the_hosts_dialog_for_duplicates(self):
        other = self.make_conversation()
        dialogs = self.env["helpdesk.ticket.duplicate.wizard"].with_user(self.manager)
        dialog = dialogs.create(
            {
                "ticket_id": self.ticket.id,
                "duplicate_of_id": other.id,
                "target_stage_id": self.done.id,
            }
        )
        self.assert_refused(dialog.action_confirm)

    def test_by_a_job_that_closes_what_is_inactive(self):
        """As OCA's addon does: all that nobody wrote in, at once, by the system."""
        tickets = self.ticket | self.make_conversation()
        self.assert_refused(lambda: tickets.sudo().write({"stage_id": self.done.id}))

    def test_by_another_team_whose_first_stage_is_a_closed_one(self):
        stages = self.env["helpdesk.ticket.stage"].search([("closed", "=", False)])
        first = self.done.copy({"sequence": 0, "team_ids": [(6, 0, self.vinyl.ids)]})
        stages[:1].team_ids = self.headphones
        self.assertEqual(self.vinyl._get_applicable_stages()[:1], first)
        self.ticket.sudo().team_id = self.vinyl
        self.env.flush_all()
        self.assertEqual(self.ticket.stage_id, stages[1])

    def test_by_another_team_that_has_closed_stages_only(self):
        stages = self.env["helpdesk.ticket.stage"].search([("closed", "=", False)])
        stages.team_ids = self.headphones
        self.assert_refused(
            lambda: self.ticket.sudo().write({"team_id": self.vinyl.id})
        )

    def test_merging_leaves_waiting_what_waited(self):
        other = self.make_conversation()
        other.with_user(self.manager)._merge(self.ticket)
        self.assertFalse(self.ticket.active)
        self.assertEqual(len(other._get_pending()), 2)
        self.assert_refused(lambda: other.write({"stage_id": self.done.id}))

    def test_made_in_a_closed_stage_it_is_opened_by_what_waits_in_it(self):
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.anna)
            .create(
                {
                    "name": "A question",
                    "description": "<p>When?</p>",
                    "partner_id": self.customer.id,
                    "team_id": self.headphones.id,
                    "user_id": self.anna.id,
                    "stage_id": self.done.id,
                }
            )
        )
        self.assertEqual(ticket.inquiry_state, "pending")
        self.assertFalse(ticket.closed)

    def test_of_many_those_that_refuse_are_named(self):
        other, worked_out = self.make_conversation(), self.make_conversation()
        worked_out.with_user(self.anna).action_no_action_required()
        tickets = (self.ticket | other | worked_out).with_user(self.manager)
        with self.assertRaises(ValidationError) as raised:
            tickets.action_archive()
        said = str(raised.exception)
        self.assertIn("2 conversations cannot be closed", said)
        self.assertIn(self.ticket.number, said)
        self.assertIn(other.number, said)
        self.assertNotIn(worked_out.number, said)

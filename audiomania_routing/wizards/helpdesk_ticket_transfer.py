# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..names import CHOSEN_CAUSES, TAKEN_AWAY, TRANSFERRED


class HelpdeskTicketTransfer(models.TransientModel):
    """The dialog that asks to whom a conversation goes, and why (rule 10)."""

    _name = "helpdesk.ticket.transfer"
    _description = "Transfer a Conversation"

    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        selection=[(TRANSFERRED, "Transfer"), (TAKEN_AWAY, "Take away")],
        required=True,
        default=TRANSFERRED,
        readonly=True,
    )
    to_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Colleague",
        domain="[('id', 'in', possible_user_ids)]",
        help="He alone sees it for the exclusive window, then his team.",
    )
    possible_user_ids = fields.Many2many(
        comodel_name="res.users",
        compute="_compute_possible_user_ids",
        help="Who works with conversations of this company.",
    )
    to_team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        string="Team",
        domain="[('company_id', 'in', [company_id, False])]",
        help="Without a colleague: the whole team sees it at once.",
    )
    company_id = fields.Many2one(related="ticket_id.company_id")
    cause = fields.Selection(
        selection=CHOSEN_CAUSES,
        string="Why",
        required=True,
        help="'Wrong audience' teaches: later letters of this customer go to the new "
        "team, while his orders say nothing else.",
    )
    reason = fields.Char(string="In words")
    warning = fields.Char(compute="_compute_warning")

    @api.depends("ticket_id")
    def _compute_possible_user_ids(self):
        group = self.env.ref("helpdesk_mgmt.group_helpdesk_user_own")
        for wizard in self:
            # sudo: res.users: the names of colleagues who work with conversations
            users = self.env["res.users"].sudo()
            wizard.possible_user_ids = users.search(
                [
                    ("all_group_ids", "in", group.ids),
                    ("share", "=", False),
                    ("company_ids", "in", wizard.ticket_id.company_id.ids),
                    ("id", "!=", wizard.ticket_id.user_id.id),
                ]
            )

    @api.depends("to_user_id")
    @api.depends_context("lang", "tz")
    def _compute_warning(self):
        """Who is away is no hindrance, but one should know."""
        for wizard in self:
            user = wizard.to_user_id
            absence = wizard.ticket_id._describe_absence(user) if user else False
            wizard.warning = absence

    @api.constrains("ticket_id")
    def _check_readable(self):
        """The dialog shows nobody the name of what he may not read."""
        # sudo: helpdesk.ticket: not as the superuser, as which Odoo runs checks
        self.sudo(False).ticket_id.check_access("read")

    def action_confirm(self):
        self.ensure_one()
        why = {"cause": self.cause, "reason": self.reason}
        if self.kind == TAKEN_AWAY:
            done = self.ticket_id.action_take_away(**why)
        else:
            done = self.ticket_id.action_transfer(
                user=self.to_user_id, team=self.to_team_id, **why
            )
        return {"type": "ir.actions.act_window_close"} if done is True else done

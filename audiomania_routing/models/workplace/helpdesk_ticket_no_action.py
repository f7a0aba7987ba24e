# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...names import PENDING, WORKED_OUT
from .helpdesk_ticket_transition import UNDONE


class HelpdeskTicket(models.Model):
    """ "No action required" is one click, in bulk too, and can be undone (rule 17)."""

    _inherit = "helpdesk.ticket"

    only_thanks = fields.Boolean(
        string="Only thanks",
        compute="_compute_only_thanks",
        store=True,
        groups="base.group_user",
        help="What waits here seems to be nothing but thanks. Nobody marks it by "
        "himself: look, and press 'No action required'.",
    )
    thanks_hint = fields.Char(
        string="Hint", compute="_compute_thanks_hint", groups="base.group_user"
    )

    @api.depends("inquiry_ids.state", "inquiry_ids.only_thanks")
    def _compute_only_thanks(self):
        for ticket in self:
            pending = ticket._get_pending()
            ticket.only_thanks = bool(pending) and all(pending.mapped("only_thanks"))

    @api.depends("only_thanks")
    @api.depends_context("lang")
    def _compute_thanks_hint(self):
        for ticket in self:
            ticket.thanks_hint = ticket.only_thanks and self.env._("Only thanks")

    @api.model
    def _get_system_fields(self):
        return super()._get_system_fields() | {"only_thanks"}

    def action_no_action_required(self):
        """For a few seconds the screen offers to undo it."""
        # sudo: helpdesk.ticket: which of them change; his rights are checked below
        waiting = self.sudo().filtered(lambda one: one.inquiry_state == PENDING)
        following = super().action_no_action_required()
        return self._offer_undo(waiting, following)

    @api.model
    def _offer_undo(self, tickets, following):
        """What the screen says and does next.

        :param following: the action that would follow without the offer, or True
        """
        stay = {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.client",
            "tag": "routing_no_action",
            "params": {
                "ids": tickets.ids,
                "message": tickets._describe_no_action(),
                "next": following if isinstance(following, dict) else stay,
            },
        }

    def _describe_no_action(self):
        if len(self) == 1:
            return self.env._("Worked out: no action required.")
        return self.env._(
            "%(count)s conversations are worked out: no action required.",
            count=len(self),
        )

    def _check_work_out(self):
        """Of many, all that refuse are named."""
        refusing = self - self.filtered_domain(self._get_workable_domain())
        if len(refusing) < 2:
            return super()._check_work_out()
        lines = [
            self.env._(
                "%(ticket)s: %(name)s",
                ticket=ticket.display_name,
                name=ticket.user_id.name,
            )
            for ticket in refusing
        ]
        raise UserError(
            self.env._(
                "Colleagues work on some of these conversations. Leave them out:\n"
                "%(tickets)s",
                tickets="\n".join(lines),
            )
        )

    def action_undo_no_action(self):
        """Undo it while nothing else has happened; the history says who did."""
        self.check_access("write")
        if self:
            self._lock()
        undone = self.filtered("can_undo_no_action")
        if not undone:
            return self._say_nothing_undone()
        # sudo: helpdesk.ticket: the history is written by actions only
        for ticket in undone.sudo():
            marked = ticket._get_undoable()
            ticket._note_transition(
                UNDONE,
                user_id=self.env.uid,
                from_user_id=False,
                reason=marked.worked_out_by_id[:1].name,
            )
        return super(HelpdeskTicket, undone).action_undo_no_action()

    @api.model
    def _say_nothing_undone(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._(
                    "There is nothing to undo: something else has happened since."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_undoable(self):
        """Nothing of a conversation in which something waits again, or that goes on in
        another one."""
        if self.inquiry_state != WORKED_OUT or self.duplicate_id:
            return self.inquiry_ids.browse()
        return super()._get_undoable()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .helpdesk_inquiry import ANSWERED, NO_ACTION, PENDING


class HelpdeskTicket(models.Model):
    """What an employee does with a conversation: take it, work it out."""

    _inherit = "helpdesk.ticket"

    # Taking

    def assign_to_me(self):
        """Assigning a conversation to oneself is taking it."""
        # sudo: helpdesk.ticket: the loser of two may no longer read it
        if self.sudo().ladder_active:
            return self.action_take()
        return super().assign_to_me()

    def action_take(self):
        """Take the conversation: of two who press at once one wins (rule 9)."""
        self.ensure_one()
        self._lock()
        self._check_take()
        self.write({"user_id": self.env.uid, "exclusive_until": False})
        self._withdraw_alerts()
        return True

    def _lock(self):
        """Wait for who is changing these conversations, then see what he left.

        Under REPEATABLE READ the second one's transaction starts again and reads
        the winner.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM helpdesk_ticket WHERE id IN %s ORDER BY id "
                "FOR NO KEY UPDATE",
                tuple(self.ids),
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(flush=False)

    def _touch(self):
        """Two who change what waits here collide; the second one starts again.

        An answer and a letter at once would each see only what was there before,
        and what the letter asks would be forgotten.
        """
        if self:
            self.env.cr.execute(
                SQL(
                    "UPDATE helpdesk_ticket SET id = id WHERE id IN %s",
                    tuple(sorted(self.ids)),
                ),
                log_exceptions=False,
            )

    def _check_take(self):
        # sudo: helpdesk.ticket: the loser may no longer read it, and is told who won
        ticket = self.sudo()
        if not ticket.filtered_domain(self.env.user._get_may_take_domain()):
            self.check_access("read")
        if ticket.user_id and ticket.inquiry_state == PENDING:
            raise UserError(
                self.env._(
                    "%(name)s has been working on this conversation since %(time)s.",
                    name=ticket.user_id.name,
                    time=self._format_moment(ticket.assigned_date),
                )
            )
        self.check_access("write")
        if ticket.inquiry_state != PENDING:
            raise UserError(
                self.env._("Nothing in this conversation waits for an answer.")
            )

    # Working out

    def action_no_action_required(self):
        """Work out all that waits in these conversations without an answer (17)."""
        self.check_access("write")
        if self:
            self._lock()
        pending = self.filtered(lambda ticket: ticket.inquiry_state == PENDING)
        pending._check_work_out()
        pending._work_out(NO_ACTION, self.env.user)
        return self._get_action_after_work_out()

    def action_undo_no_action(self):
        """What was marked 'No action required' last waits again."""
        self.check_access("write")
        undoable = self.filtered("can_undo_no_action")
        undoable._reopen()
        for ticket in undoable:
            ticket._resume_window()
            # sudo: helpdesk.inquiry: employees change inquiries through actions only
            ticket.sudo()._get_undoable()._set_pending()
        # sudo: helpdesk.ticket: it may be on the rung of others again
        undoable.sudo()._alert_waiting()
        return self._get_action_after_work_out()

    def _resume_window(self):
        """The window of an addressee ends when the first rung below him sees it."""
        moments = [self.team_visible_from, self.department_visible_from]
        if self.addressee_id and not self.user_id:
            self.exclusive_until = min(filter(None, moments), default=False)

    def _check_work_out(self):
        if not self:
            raise UserError(
                self.env._("Nothing in these conversations waits for an answer.")
            )
        for ticket in self - self.filtered_domain(self._get_workable_domain()):
            raise UserError(
                self.env._(
                    "%(name)s has been working on %(ticket)s since %(time)s.",
                    name=ticket.user_id.name,
                    ticket=ticket.display_name,
                    time=ticket._format_moment(ticket.assigned_date),
                )
            )

    def _get_undoable(self):
        """The inquiries that were marked last, if without an answer."""
        last = max(self.inquiry_ids.mapped("worked_out_at"), default=False)
        return self.inquiry_ids.filtered(
            lambda one: one.state == NO_ACTION and one.worked_out_at == last
        )

    def _work_out(self, state, user):
        """Work out every pending inquiry (rule 17); who answers has it from then on."""
        self._touch()
        # sudo: helpdesk.inquiry: employees change inquiries through actions only
        inquiries = self.sudo()._get_pending()
        self.write({"exclusive_until": False})
        inquiries._set_worked_out(state, user)
        if state == ANSWERED:
            untaken = self.filtered(lambda ticket: not ticket.user_id)
            # He knows: he has just answered.
            quiet = untaken.with_context(mail_auto_subscribe_no_notify=True)
            quiet.write({"user_id": user.id})
        self._withdraw_alerts()

    def _get_action_after_work_out(self):
        """Stay where he may stay: who can no longer read it goes to his queue."""
        if self.has_access("read"):
            return True
        return self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.helpdesk_ticket_action_queue"
        )

    def _reopen(self):
        """A closed conversation is open again when something waits in it."""
        for ticket in self.filtered("stage_id.closed"):
            stages = ticket.team_id._get_applicable_stages()
            stage = stages.filtered(lambda stage: not stage.closed)[:1]
            ticket.write({"active": True, "stage_id": stage.id})
        self.filtered(lambda ticket: not ticket.active).write({"active": True})

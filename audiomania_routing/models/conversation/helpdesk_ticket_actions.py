# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...names import ANSWERED, DEPARTMENT, MINE, NO_ACTION, PENDING, TAKEN, TEAM


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
        return self._take()

    def _take(self):
        # sudo: helpdesk.ticket: who has it is written by actions only
        ticket = self.sudo()
        ticket._note_transition(TAKEN, to_user_id=self.env.uid)
        ticket._assign(self.env.user)
        ticket._withdraw_alerts()
        return True

    def _assign(self, user):
        """From now on it is his, and the window is over.

        One line of the history says it, not a second one of changed fields; and who
        is told is told by an alert, not by a letter.
        """
        quiet = {"mail_notrack": True, "mail_auto_subscribe_no_notify": True}
        self.with_context(**quiet).write(self._prepare_assign_vals(user))

    def _prepare_assign_vals(self, user):
        return {"user_id": user.id, "exclusive_until": False}

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
        and what the letter asks would be forgotten. What this transaction has made
        nobody else sees.
        """
        now = self.env.cr.now()
        if shared := self.filtered(lambda ticket: ticket.create_date != now):
            self.env.cr.execute(
                SQL(
                    "UPDATE helpdesk_ticket SET id = id WHERE id IN %s",
                    tuple(sorted(shared.ids)),
                ),
                log_exceptions=False,
            )

    def _check_take(self):
        # sudo: helpdesk.ticket: the loser may no longer read it, and is told who won
        ticket = self.sudo()
        if not ticket.filtered_domain(self.env.user._get_may_take_domain()):
            self.check_access("read")
        if ticket.user_id and ticket.inquiry_state == PENDING:
            raise UserError(ticket._describe_holder())
        self.check_access("write")
        if ticket.inquiry_state != PENDING:
            raise UserError(
                self.env._("Nothing in this conversation waits for an answer.")
            )

    def _describe_holder(self):
        return self.env._(
            "%(name)s has been working on this conversation since %(time)s.",
            name=self.user_id.name,
            time=self._format_moment(self.assigned_date),
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
        # sudo: helpdesk.ticket, helpdesk.inquiry: ladder and inquiries are changed by
        # actions only; and it may be on the rung of others again
        tickets = undoable.sudo()
        for ticket in tickets:
            ticket._get_undoable()._set_pending()
            ticket._resume_window()
        tickets._alert_waiting()
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
        # sudo: helpdesk.ticket, helpdesk.inquiry: employees change them by actions only
        tickets = self.sudo()
        inquiries = tickets._get_pending()
        tickets.write({"exclusive_until": False})
        inquiries._set_worked_out(state, user)
        if state == ANSWERED:
            untaken = tickets.filtered(lambda ticket: not ticket.user_id)
            # He knows: he has just answered.
            quiet = untaken.with_context(mail_auto_subscribe_no_notify=True)
            quiet.write({"user_id": user.id})
        self._withdraw_alerts()

    def _get_action_after_work_out(self):
        """Stay where he may stay: who can no longer read it gets what waits for him
        next, or his queue."""
        return True if self.has_access("read") else self._get_next_action()

    @api.model
    def _get_next_action(self):
        """What waits for him next; nothing: his queue, which says so."""
        if following := self._get_next_in_queue():
            return {
                "type": "ir.actions.act_window",
                "res_model": self._name,
                "res_id": following.id,
                "views": [(False, "form")],
                "target": "current",
            }
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.helpdesk_ticket_action_queue"
        )
        return {**action, "target": "main"}

    @api.model
    def _get_next_in_queue(self):
        """What waits for him first: his own, then his team's, then the department's."""
        order = "attention_rank, attention_at, id"
        for queue in (MINE, TEAM, DEPARTMENT):
            if found := self.search([("queue", "=", queue)], order=order, limit=1):
                return found
        return self.browse()

    def _reopen(self):
        """A closed conversation is open again when something waits in it."""
        for ticket in self.filtered("stage_id.closed"):
            stages = ticket.team_id._get_applicable_stages()
            stage = stages.filtered(lambda stage: not stage.closed)[:1]
            ticket.write({"active": True, "stage_id": stage.id})
        self.filtered(lambda ticket: not ticket.active).write({"active": True})

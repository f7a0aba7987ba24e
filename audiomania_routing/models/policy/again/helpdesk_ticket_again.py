# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo import models
from odoo.tools import SQL

from ....engine.ladder import Ladder
from ....names import ALERT_RESERVED, ALERT_WAITING, LEFT, PENDING, SUPERVISORS
from ...conversation.helpdesk_ticket_clock import get_open_rung

UNSEEN = {"audience_id", "supervisors_alerted_from"}
"""Columns that change nothing of what somebody sees."""


class HelpdeskTicket(models.Model):
    """Conversations that are decided again while they wait."""

    _inherit = "helpdesk.ticket"

    def _decide_again(self, causes):
        """Decide what waits here anew, never backwards, and say why in the history.

        What an employee has who left goes up the ladder. The caller holds the lock.

        :param causes: {conversation id: sentence that says what has changed}
        """
        left = self._has_left()
        left._release_left()
        inquiries, before = (self - left)._get_decided()
        decisions = self.env["routing.facts"]._decide_again(inquiries, before)
        for inquiry in inquiries:
            ticket = inquiry.ticket_id
            ticket._follow(inquiry, decisions[inquiry.id], causes[ticket.id])

    def _release_left(self):
        """What he held who left is his team's at once."""
        if self:
            self._release(cause=LEFT)
            self.filtered("nobody_rung")._alert_nobody()

    def _get_decided(self):
        """The inquiry that each ladder follows, the oldest pending one, and
        {inquiry id: the decision that holds now}."""
        found, before = self.env["helpdesk.inquiry"], {}
        for ticket in self.filtered(lambda one: one.inquiry_state == PENDING):
            inquiry = ticket._get_ladder_inquiry()
            decided = inquiry if inquiry.decision else ticket._get_decided_inquiry()
            # What cannot be read any more stays as it stands.
            if decision := decided and decided._get_decision():
                found |= inquiry
                before[inquiry.id] = ticket._get_standing_decision(decision)
        return found, before

    def _get_standing_decision(self, decision):
        """A stored decision, as far as the columns of the ladder still say it."""
        below = self.department_visible_from
        ladder = Ladder(
            self.exclusive_until or None,
            self.team_visible_from or None,
            below or decision.ladder.department_visible_from,
            self.supervisors_alerted_from or decision.ladder.supervisors_alerted_from,
        )
        return replace(
            decision,
            addressee_id=self.addressee_id.id or None,
            team_id=self.team_id.id or None,
            addressee_team_id=self.addressee_team_id.id or None,
            ladder=ladder,
        )

    def _follow(self, inquiry, decision, cause):
        """Store what was decided again, if it changes anything, and tell whom it is
        open to now."""
        vals = self._prepare_ladder_vals(decision)
        if self._is_everybodys():
            vals["team_id"] = False
        moved = self._get_moved(vals)
        if not moved:
            return
        told, nobody = self._get_users_to_alert(), self.nobody_rung
        reserved = self._is_reserved()
        inquiry._store_decision(decision)
        if not self._is_told_to_the_end():
            vals["told_rung"] = get_open_rung(vals, decision.decided_at)
        self.with_context(**self._get_quiet_context()).write(vals)
        if moved - UNSEEN:
            self._log_decided_again(decision, cause)
            self._alert_again(told, reserved, nobody)

    def _is_told_to_the_end(self):
        """Whether no rung is left that the clock would tell: hook."""
        return self.told_rung == SUPERVISORS

    def _get_moved(self, vals):
        """The names of the columns that would change."""
        return {
            name
            for name, value in vals.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }

    def _alert_again(self, told, reserved, nobody):
        """Those who see it from now on are told; whose window ended, no more."""
        alerts = self.env["alert.type"]
        if reserved and not self._is_reserved():
            alerts._withdraw(ALERT_RESERVED, self)
        users = self._get_users_to_alert() - told
        if users and not self._is_reserved():
            values = {"users": users, "customer": self.sender or ""}
            alerts._alert(ALERT_WAITING, self, **values)
        self._alert_of_nobody(nobody)

    def _alert_of_nobody(self, nobody):
        """The supervisors hear when nobody can answer it any more, and when somebody
        can.

        :param nobody: the rung without anybody, as it was before
        """
        if self.nobody_rung and self.nobody_rung != nobody:
            self._alert_nobody()
        elif nobody and not self.nobody_rung:
            self._withdraw_nobody()

    # Which of them

    def _get_still_open(self):
        """Those that wait, and those of employees who left; no more than these are
        decided again: what somebody has taken is his."""
        pending = self.exists().filtered(
            lambda one: one.inquiry_state == PENDING and one.ladder_active
        )
        return pending.filtered(lambda one: not one.user_id) | pending._has_left()

    def _has_left(self):
        """The conversations whose assignee cannot work with them any more."""
        taken = self.filtered("user_id")
        if not taken:
            return taken
        employees = self.env["hr.employee"].with_context(active_test=False)
        groups = employees._read_group(
            [("user_id", "in", taken.user_id.ids)], ["user_id"], ["active:bool_or"]
        )
        dismissed = {user.id for user, employed in groups if not employed}
        return taken.filtered(
            lambda one: (
                one.user_id.id in dismissed
                or one.user_id.id not in one.team_id._get_desk(one.company_id.id).users
            )
        )

    # Locks

    def _lock_free(self):
        """Lock those of them that nobody is changing now, as taking does; wait for
        none, so that whoever waits for the caller is not waited for."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM helpdesk_ticket WHERE id IN %s ORDER BY id "
                "FOR NO KEY UPDATE SKIP LOCKED",
                tuple(self.ids),
            ),
            log_exceptions=False,
        )
        return self.browse(id_ for (id_,) in self.env.cr.fetchall())

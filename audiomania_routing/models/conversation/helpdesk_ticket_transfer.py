# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.audiomania_alerts.asked import get_words

from ...engine.facts import Away
from ...names import (
    ALERT_WAITING,
    CAUSES,
    CHOSEN_CAUSES,
    LEFT,
    OTHER,
    PENDING,
    RELEASED,
    RUNGS,
    TAKEN_AWAY,
    TRANSFERRED,
    WRONG_AUDIENCE,
)
from ..policy.routing_policy import BY_TEAM

ALERT_TRANSFERRED = "inquiry_transferred"
ALERT_TAKEN_AWAY = "inquiry_taken_away"


class HelpdeskTicket(models.Model):
    """A conversation goes from one employee to another: taken away, transferred,
    released; each with a reason that stays in the history (rule 10)."""

    _inherit = "helpdesk.ticket"

    transition_ids = fields.One2many(
        comodel_name="helpdesk.ticket.transition",
        inverse_name="ticket_id",
        string="History",
        groups="base.group_user",
    )
    can_take_away = fields.Boolean(
        string="May take away",
        compute="_compute_can_transfer",
        groups="base.group_user",
    )
    can_transfer = fields.Boolean(
        string="May transfer",
        compute="_compute_can_transfer",
        groups="base.group_user",
    )
    can_release = fields.Boolean(
        string="May give back",
        compute="_compute_can_transfer",
        groups="base.group_user",
    )

    @api.depends("inquiry_state", "user_id", "team_id")
    @api.depends_context("uid")
    def _compute_can_transfer(self):
        for ticket in self:
            ticket.can_take_away = ticket._may_take_away()
            ticket.can_transfer = ticket._may_transfer()
            ticket.can_release = ticket._may_release()

    # Who may

    def _is_taken(self):
        """Somebody has taken it, and it waits for his answer."""
        return bool(self.inquiry_state == PENDING and self.user_id)

    def _is_supervised(self):
        """By a leader of its team or of its assignee, or by a manager."""
        user = self.env.user
        if user._is_routing_manager():
            return True
        scope = user._get_routing_scope()
        # sudo: helpdesk.ticket.team: who works in the teams that he leads
        led = self.env["helpdesk.ticket.team"].sudo().browse(scope.supervised)
        staff = led.with_context(active_test=False).user_ids
        domain = user._get_supervised_domain(scope) | Domain("user_id", "in", staff.ids)
        return bool(self.filtered_domain(domain))

    def _may_take_away(self):
        """A supervisor; a colleague of its team where the policy lets him, or while
        the assignee is absent (rule 10)."""
        user = self.env.user
        if not self._is_taken() or self.user_id == user:
            return False
        if self._is_supervised():
            return True
        team = user._get_team_domain(user._get_routing_scope())
        return bool(self.filtered_domain(team)) and (
            self._may_team_take_away() or self._is_assignee_absent()
        )

    def _may_team_take_away(self):
        """Whether the policy lets colleagues of the team take it away."""
        return self._get_rules().take_away_by == BY_TEAM

    def _is_assignee_absent(self):
        away, _back_at = self.env["routing.facts"]._get_absence(self.user_id)
        return bool(away)

    def _may_transfer(self):
        """Who has it, who may take it or take it away; of what is worked out, its
        supervisors too."""
        if not self.ladder_active:
            return False
        if self.user_id == self.env.user:
            return True
        if self.inquiry_state == PENDING:
            return self._is_takable() or self._may_take_away()
        return self._is_supervised()

    def _is_takable(self):
        return bool(self.filtered_domain(self._get_takable_domain()))

    def _may_release(self):
        return self._is_taken() and (
            self.user_id == self.env.user or self._may_take_away()
        )

    def _check_transition(self, allowed, refusal):
        """Who came second reads who has it, whether he may still see it or not."""
        # sudo: helpdesk.ticket: he may have lost it just now, and is told to whom
        ticket = self.sudo()
        holder = ticket._describe_holder() if ticket._is_taken() else ""
        if holder and ticket._was_held_by(self.env.user):
            if not self.has_access("write"):
                raise UserError(holder)
        self.check_access("write")
        if not allowed():
            raise UserError(" ".join(filter(None, [holder, refusal])))

    def _was_held_by(self, user):
        return any(line.from_user_id == user for line in self.transition_ids)

    # Actions

    def action_take_away(self, reason=None, cause=None):
        """Take it from who has it; he is told.

        :param reason: why, in words or as the code of a cause; without one a dialog
            asks for it
        """
        self.ensure_one()
        if not (reason or cause):
            return self._open_dialog(TAKEN_AWAY)
        self._lock()
        self._check_transition(
            self._may_take_away,
            self.env._(
                "It can be taken away from a colleague by supervisors, or by his team "
                "while he is absent or where the policy lets it."
            ),
        )
        return self._take_away(*_demand_reason(self.env, reason, cause))

    def _take_away(self, cause, reason):
        # sudo: helpdesk.ticket: who has it is written by actions only
        ticket, former = self.sudo(), self.user_id
        line = ticket._note_transition(
            TAKEN_AWAY, cause=cause, reason=reason, to_user_id=self.env.uid
        )
        ticket._assign(self.env.user)
        ticket._withdraw_alerts()
        ticket._alert_taken_away(former, line)
        return True

    def action_transfer(
        self, to=None, reason=None, *, user=None, team=None, cause=None
    ):
        """Give it to a colleague, who gets an exclusive window, or to a team.

        Without a reason and whom it goes to, a dialog asks for them.

        :param to: a record of res.users or of helpdesk.ticket.team, or a user's id
        :param user: the same by name, as a record or an id
        :param team: likewise
        :param reason: why, in words or as the code of a cause
        """
        self.ensure_one()
        user, team = self._get_target(to, user, team)
        if not (user or team or reason or cause):
            return self._open_dialog(TRANSFERRED)
        self._check_target(user, team)
        if not (reason or cause):
            raise UserError(self.env._("Say why it is transferred."))
        return self._transfer_checked(
            user, team, *_demand_reason(self.env, reason, cause)
        )

    def _transfer_checked(self, user, team, cause, reason):
        self._lock()
        if user == self.env.user and not team:
            # sudo: helpdesk.ticket: whether somebody has it, before the check
            ticket = self.sudo()
            if ticket._is_taken() and not ticket._is_takable():
                return self.action_take_away(reason, cause)
            return self.action_take()
        self._check_transition(
            self._may_transfer,
            self.env._("You may not transfer it."),
        )
        if user and user == self.user_id and not team:
            raise UserError(self._describe_holder())
        self._transfer(user, team, cause, reason)
        return self._get_action_after_transfer(user)

    def action_release(self, reason=None, cause=None):
        """Give it back: its team has it in its queue at once."""
        self.ensure_one()
        self._lock()
        self._check_transition(
            self._may_release,
            self.env._("Only who has it, or a supervisor, may give it back."),
        )
        self._release(*_split_reason(self.env, reason, cause))
        return self._get_action_after_work_out()

    @api.model
    def _get_target(self, to, user, team):
        if isinstance(to, models.BaseModel):
            if to._name == "helpdesk.ticket.team":
                team = to
            else:
                user = to
        elif to:
            user = to
        users, teams = self.env["res.users"], self.env["helpdesk.ticket.team"]
        return _to_record(users, user), _to_record(teams, team)

    def _check_target(self, user, team):
        """It goes to nobody who could not read it."""
        if not (user or team):
            raise UserError(self.env._("Say to whom it is transferred."))
        # sudo: helpdesk.ticket, res.users, helpdesk.ticket.team: whether they work here
        ticket, user, team = self.sudo(), user.sudo(), team.sudo()
        if problem := ticket._get_hindrance(user) if user else None:
            raise UserError(problem)
        if team and not team.active:
            raise UserError(
                self.env._("The team %(team)s does not exist any more.", team=team.name)
            )
        if team.company_id and team.company_id != ticket.company_id:
            raise UserError(
                self.env._(
                    "The team %(team)s belongs to another company.", team=team.name
                )
            )

    def _get_hindrance(self, user):
        """Why a conversation cannot be an employee's at all, as a sentence."""
        if not user.active:
            return self.env._("%(name)s does not work here any more.", name=user.name)
        if user.share or not user.has_group("helpdesk_mgmt.group_helpdesk_user_own"):
            return self.env._(
                "%(name)s does not work with conversations.", name=user.name
            )
        if self.company_id not in user.company_ids:
            return self.env._(
                "%(name)s does not work for %(company)s.",
                name=user.name,
                company=self.company_id.name,
            )
        return None

    def _describe_absence(self, user):
        """A sentence where the employee is away today; nothing where he is here."""
        away, back_at = self.env["routing.facts"]._get_absence(user)
        if not away:
            return False
        values = {"name": user.name}
        if not back_at:
            return self.env._("%(name)s is absent: others see it at once.", **values)
        values["time"] = self._format_moment(back_at)
        if away == Away.LEAVE:
            return self.env._(
                "%(name)s is on leave until %(time)s: others see it at once.", **values
            )
        return self.env._(
            "%(name)s is not at work until %(time)s: others see it at once.", **values
        )

    def _get_action_after_transfer(self, user):
        """Stay or go on; and say so if the new one is not there."""
        action = self._get_action_after_work_out()
        message = user and self._describe_absence(user)
        if not message:
            return action
        follow = {"type": "ir.actions.act_window_close"} if action is True else action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "warning", "message": message, "next": follow},
        }

    def _open_dialog(self, kind):
        """Ask why, and to whom."""
        self.check_access("read")
        titles = {
            TRANSFERRED: self.env._("Transfer"),
            TAKEN_AWAY: self.env._("Take away"),
        }
        return {
            "type": "ir.actions.act_window",
            "name": titles[kind],
            "res_model": "helpdesk.ticket.transfer",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id, "default_kind": kind},
        }

    # How it works

    def _transfer(self, user, team, cause, reason=""):
        """Write whose it is now, tell him, and who has lost it.

        What waits starts its ladder anew: he alone, then the teams; or the team at
        once. What is worked out is his whom the customer will write to next.
        """
        # sudo: helpdesk.ticket: who has it is written by actions only
        ticket, former = self.sudo(), self.user_id
        line = ticket._note_transition(
            TRANSFERRED,
            cause=cause,
            reason=reason,
            to_user_id=user.id,
            to_team_id=team.id,
        )
        ticket._withdraw_alerts()
        if ticket.inquiry_state == PENDING:
            ticket._start_ladder_for(user, team, cause)
        else:
            ticket._hand_over(user, team)
        ticket._alert_transferred(user, line)
        ticket._alert_taken_away(former - self.env.user - user, line)

    def _start_ladder_for(self, user, team, cause):
        """Decide anew, as if the letter had been written to them."""
        self._clear_assignee()
        inquiry = self._get_ladder_inquiry()
        values = {"transferred_to_id": user.id}
        if team:
            values["transferred_team_id"] = team.id
        inquiry.write(values)
        if cause == WRONG_AUDIENCE and team:
            inquiry._teach_audience(team)
        decisions = self.env["routing.facts"]._decide(inquiry)
        quiet = self._get_quiet_context()
        inquiry.with_context(**quiet)._keep_decision(decisions[inquiry.id])

    @api.model
    def _get_quiet_context(self):
        """One line of the history instead of one more of changed fields."""
        return {"mail_notrack": True, "mail_auto_subscribe_no_notify": True}

    def _get_ladder_inquiry(self):
        """The pending inquiry that its ladder follows: the oldest (rule 12)."""
        pending = self._get_pending().sorted(lambda one: (one.received_at, one.id))
        return (pending.filtered("decision") or pending)[:1]

    def _clear_assignee(self):
        values = {"user_id": False, "addressee_id": False, "exclusive_until": False}
        self.with_context(**self._get_quiet_context()).write(values)

    def _hand_over(self, user, team):
        """Nothing waits: whose it is when the customer writes again."""
        values = {"user_id": user.id}
        if team:
            values["team_id"] = team.id
        self.with_context(**self._get_quiet_context()).write(values)

    def _release(self, cause=OTHER, reason=""):
        """Nobody has these conversations any more: what waits is its team's at once,
        and nobody's alone. The moments that others wait for never move back.

        Called by the system too, when an employee leaves.
        """
        # sudo: helpdesk.ticket: who has it is written by actions only
        tickets = self.sudo()
        tickets._lock()
        lines = {
            ticket: ticket._note_transition(RELEASED, cause=cause, reason=reason)
            for ticket in tickets
        }
        tickets._withdraw_alerts()
        tickets._clear_assignee()
        inquiries = tickets.inquiry_ids.browse()
        inquiries = inquiries.union(*(each._get_ladder_inquiry() for each in tickets))
        inquiries._keep_released()
        for ticket in inquiries.ticket_id:
            ticket._alert_released(lines[ticket])

    def _note_transition(self, kind, **values):
        """One line of the history, before it is written who has it now."""
        line = self.env["helpdesk.ticket.transition"].create(
            {
                "ticket_id": self.id,
                "kind": kind,
                "user_id": self.env.uid,
                "from_user_id": self.user_id.id,
                "from_team_id": self.team_id.id,
                **values,
            }
        )
        author = self.env.user.partner_id
        self._message_log(body=line._describe(), author_id=author.id)
        return line

    # Whom it concerns

    @api.model
    def _get_waiting_alerts(self):
        return [*super()._get_waiting_alerts(), ALERT_TRANSFERRED]

    def _tell(self, now):
        """His window is over: it waits for others, too, and he is told as they are."""
        if self.told_rung not in RUNGS and self.addressee_id:
            self.env["alert.type"]._withdraw(ALERT_TRANSFERRED, self)
        return super()._tell(now)

    def _alert_transferred(self, user, line):
        """The new one knows from whom and why; a team learns what waits for it."""
        if user:
            self._alert_of_transition(ALERT_TRANSFERRED, user, line)
        if self._is_waiting() and not self._is_reserved():
            self._alert_besides(self.env.user | user)

    def _alert_taken_away(self, former, line):
        if former:
            self._alert_of_transition(ALERT_TAKEN_AWAY, former, line)

    def _alert_released(self, line):
        self._alert_besides(self.env.user | line.from_user_id)
        if line.cause != LEFT:
            self._alert_taken_away(line.from_user_id - self.env.user, line)

    def _alert_besides(self, users):
        """Those whose it is at this moment, but for who knows already."""
        if others := self._get_users_to_alert() - users:
            self.env["alert.type"]._alert(
                ALERT_WAITING, self, users=others, customer=self.sender or ""
            )

    def _alert_of_transition(self, code, user, line):
        """About the conversation, if he may read it; else about nothing he can open."""
        readable = self._is_readable_by(user)
        types = self.env["alert.type"]
        types._alert(
            code,
            self if readable else None,
            users=user,
            key=f"transition-{line.id}" if not readable else None,
            customer=self.sender or "",
            by=line.user_id.name,
            reason=types._tell_in_languages(line, lambda one: one._describe_reason()),
        )


def _to_record(records, value):
    """A record, whether a record or an id was passed."""
    if isinstance(value, models.BaseModel):
        return records.browse(value.ids)
    if value and type(value) is not int:
        raise UserError(records.env._("Say to whom it is transferred."))
    return records.browse(value or [])


def _split_reason(env, reason, cause):
    """(code of the cause, words) of what was passed as a reason."""
    reason = get_words(env, reason)
    if not cause and reason in dict(CHOSEN_CAUSES):
        return reason, ""
    if cause and cause not in [code for code, _label in CAUSES]:
        raise UserError(
            env._("There is no such reason: choose one, or say it in words.")
        )
    return cause or OTHER, reason


def _demand_reason(env, reason, cause):
    """As :func:`_split_reason`, for what stays with a reason (rule 10): blanks, and
    another reason without words, are none."""
    cause, reason = _split_reason(env, reason, cause)
    if cause == OTHER and not reason:
        raise UserError(env._("Say the reason in words."))
    return cause, reason

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

from ...names import (
    ALERT_ANSWER_DUE,
    ALERT_UNANSWERED,
    ALERT_WAITING,
    DUE,
    LATE,
    NOT_ANSWERED,
    REMINDED,
    STEPS,
    TEAM,
    UNANSWERED,
)


class HelpdeskTicket(models.Model):
    """Taken but not answered in time: the assignee is reminded, his team has it in its
    queue again, the supervisors are told (rule 11).

    Who may read and take is compared with the clock at every query; the job alerts.
    """

    _inherit = "helpdesk.ticket"

    answer_reminder_at = fields.Datetime(
        string="Reminder of the answer",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When the assignee is reminded that the customer waits.",
    )
    answer_due_at = fields.Datetime(
        string="Answer due",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="From this second on whoever of the team may take it from its assignee.",
    )
    answer_supervisors_at = fields.Datetime(
        string="Supervisors are told of no answer",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="If it is still not answered by then, the supervisors are told.",
    )
    told_rung = fields.Selection(
        selection_add=[
            (REMINDED, "The assignee, of his answer"),
            (LATE, "The team, of an answer that is late"),
            (UNANSWERED, "The supervisors, of an answer that is late"),
        ],
    )

    @api.depends(*STEPS.values())
    def _compute_tell_at(self):
        return super()._compute_tell_at()

    @api.depends(DUE)
    def _compute_can_take(self):
        return super()._compute_can_take()

    @api.depends(DUE)
    def _compute_ladder_text(self):
        return super()._compute_ladder_text()

    def write(self, vals):
        """Open screens learn when it comes back into their queue."""
        result = super().write(vals)
        if vals.get(DUE):
            self._announce_moments()
        return result

    # The moments

    def _prepare_assign_vals(self, user):
        """The term begins for whoever has it from now on."""
        return {**super()._prepare_assign_vals(user), **self._prepare_term_vals(user)}

    def _prepare_term_vals(self, user):
        """The term that begins now for whoever has it: hook."""
        return self._prepare_plain_term(user)

    def _prepare_plain_term(self, user):
        """The one of rule 11, whatever was promised."""
        facts = self.env["routing.facts"]
        times = facts._get_answer_times(user, self._get_rules().engine)
        return {
            "answer_reminder_at": times.remind_at or False,
            "answer_due_at": times.due_at or False,
            "answer_supervisors_at": times.supervisors_at or False,
        }

    def _get_term(self):
        """The moments of its term, for a conversation into which it is merged."""
        return {name: self[name] for name in STEPS.values()}

    def _join_terms(self, user):
        """The earliest of each moment of these, of which some are taken.

        :param user: who has them all from now on
        """
        return get_earliest(one._get_term() for one in self if one._is_taken())

    def _prepare_split_vals(self, first):
        """Who has taken both matters answers both in the same time."""
        values = super()._prepare_split_vals(first)
        if self._is_taken():
            values.update(self._get_term())
            values["told_rung"] = self.told_rung
        return values

    def _prepare_ladder_vals(self, decision):
        """Who has it no more has no term."""
        values = super()._prepare_ladder_vals(decision)
        return {**values, **dict.fromkeys(STEPS.values(), False)}

    def _resume_window(self):
        """What waits for its assignee again has a term that begins now."""
        result = super()._resume_window()
        if self.user_id:
            self.write(self._prepare_term_vals(self.user_id))
        return result

    def _is_late(self):
        """Taken, and the term of the answer is over."""
        now = fields.Datetime.now()
        return bool(
            self._is_taken() and self.answer_due_at and self.answer_due_at <= now
        )

    # Taking

    def action_take(self):
        """What its assignee has not answered in time becomes that of who takes it."""
        self.ensure_one()
        self._lock()
        # sudo: helpdesk.ticket: the loser may no longer read it
        if self.sudo()._is_late() and self._is_takable():
            self.check_access("write")
            return self._take_away(NOT_ANSWERED, "")
        return super().action_take()

    # Telling

    def _get_untold(self):
        """The same of what is taken."""
        if not self.ladder_active or not self._is_taken():
            return super()._get_untold()
        steps = list(STEPS)
        if self.told_rung in STEPS:
            steps = steps[steps.index(self.told_rung) + 1 :]
        return {step: self[STEPS[step]] for step in steps if self[STEPS[step]]}

    def _get_reached(self, now):
        if not self._is_taken():
            return super()._get_reached(now)
        return next(reversed(self._list_reached(now)), self.told_rung)

    def _list_reached(self, now):
        """The steps whose moment has come, in their order."""
        return [
            step for step, name in STEPS.items() if self[name] and self[name] <= now
        ]

    def _tell(self, now):
        """After a downtime each is told once, of what holds by then."""
        if not self._is_taken():
            return super()._tell(now)
        untold = self._get_untold()
        reached = [step for step in self._list_reached(now) if step in untold]
        if reached and self.told_rung not in STEPS:
            self._alert_of_answer(ALERT_ANSWER_DUE, self.user_id)
        if LATE in reached:
            self._alert_of_answer(ALERT_WAITING, self._get_late_users() - self.user_id)
        if UNANSWERED in reached:
            self._alert_of_answer(ALERT_UNANSWERED, self._get_late_supervisors())
        return None

    def _alert_of_answer(self, code, users):
        if users:
            values = {"customer": self.sender or "", "holder": self.user_id.name}
            self.env["alert.type"]._alert(code, self, users=users, **values)

    def _get_late_users(self):
        """The team of the conversation, and of its assignee."""
        # sudo: helpdesk.ticket.team: who works in a team is no secret
        teams = self.user_id.sudo().helpdesk_team_ids
        return self._filter_able(self._get_rung_users(TEAM) | teams.user_ids)

    def _get_late_supervisors(self):
        """Those of the conversation; he who has not answered is not told of himself."""
        return self._get_supervisors() - self.user_id

    def _withdraw_alerts(self):
        """Answered, without need of an answer, or given away: nobody is reminded."""
        # sudo: helpdesk.ticket: who gives it away may not read it any more
        for ticket in self.sudo().filtered(lambda one: one.told_rung in STEPS):
            for code in (ALERT_ANSWER_DUE, ALERT_UNANSWERED):
                self.env["alert.type"]._withdraw(code, ticket)
        return super()._withdraw_alerts()

    # Open screens

    @api.model
    def _get_moment_domains(self, user):
        domains = super()._get_moment_domains(user)
        scope = user._get_routing_scope()
        staff = Domain("user_id", "in", scope.colleagues)
        team = staff | user._get_team_domain(scope) | user._get_supervised_domain(scope)
        domains[DUE] = Domain.TRUE if user._is_routing_manager() else team
        return domains

    @api.model
    def _get_moving_domain(self, name):
        if name == DUE:
            return Domain("user_id", "!=", False)
        return super()._get_moving_domain(name)

    def _list_moments(self):
        if self.user_id:
            return [self.answer_due_at] if self.answer_due_at else []
        return super()._list_moments()

    # In words

    def _describe_ladder(self):
        """Who has it, and until when he answers."""
        text = super()._describe_ladder()
        if not self.ladder_active or not self._is_taken() or not self.answer_due_at:
            return text
        time = self._format_moment(self.answer_due_at)
        if self._is_late():
            more = self.env._("Not answered by %(time)s: his team may take it.")
        else:
            more = self.env._("His team has it again from %(time)s, if not answered.")
        return f"{text} {more % {'time': time}}"


def get_earliest(terms):
    """{name: the earliest of its moments}; nobody is reminded after the term."""
    terms = list(terms)
    earliest = {
        name: min(filter(None, (term[name] for term in terms)), default=False)
        for name in STEPS.values()
    }
    reminder, due = earliest["answer_reminder_at"], earliest[DUE]
    earliest["answer_reminder_at"] = reminder and due and reminder < due and reminder
    return earliest

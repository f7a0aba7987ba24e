# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

from ...engine.promise import back_at
from ...names import ALERT_ANSWER_DUE, ALERT_UNANSWERED, PENDING, REMINDED, STEPS
from ..conversation.helpdesk_ticket_answer import get_earliest
from .helpdesk_ticket_promise import ALERT_AGAIN, ALERT_BACK

ALERT_DUE = "inquiry_promise_due"
ALERT_MISSED = "inquiry_promise_missed"
OF_PROMISE = {ALERT_ANSWER_DUE: ALERT_DUE, ALERT_UNANSWERED: ALERT_MISSED}

WEEK = timedelta(days=7)


class HelpdeskTicket(models.Model):
    """A promise is the term of what is taken: it comes back before, his team has it
    again from the very second on, and a missed one goes to the supervisors."""

    _inherit = "helpdesk.ticket"

    def _prepare_term_vals(self, user):
        """Reminders rest until the promised moment, whoever has it by then."""
        now = fields.Datetime.now()
        if not self.promised_for or self.promised_for <= now:
            return super()._prepare_term_vals(user)
        return {
            "answer_reminder_at": self._find_back_at(user, now) or False,
            "answer_due_at": self.promised_for,
            "answer_supervisors_at": self.promised_for,
        }

    # After a clock that was put back

    def _write_sooner(self, values):
        """For when he has promised it, he has said to the customer: that stays."""
        if self._is_taken() and self.promised_for:
            values = {**values, **self._prepare_term_vals(self.user_id)}
        return super()._write_sooner(values)

    # Merging and splitting

    def _join_terms(self, user):
        """What nobody has promised does not rest with what was promised."""
        term = super()._join_terms(user)
        pending = self.filtered(lambda one: one.inquiry_state == PENDING)
        plain = pending.filtered(lambda one: not one.promised_for)
        if not plain or plain == pending:
            return term
        return get_earliest([term, plain[0]._prepare_plain_term(user)])

    def _split(self, inquiries, reason, with_answers=True):
        """What alone was promised rests again, apart from what was not."""
        other = super()._split(inquiries, reason, with_answers=with_answers)
        # sudo: helpdesk.ticket: the ladder is changed by actions only
        (self | other).sudo()._rest_apart()
        return other

    def _rest_apart(self):
        now = fields.Datetime.now()
        for ticket in self.filtered(lambda one: one._is_taken() and one.promised_for):
            if ticket.promised_for > now and ticket.answer_due_at < ticket.promised_for:
                ticket.write(ticket._prepare_term_vals(ticket.user_id))
                ticket._withdraw_alerts()

    def _find_back_at(self, user, now):
        """When it comes back to him: a week before at most."""
        before = timedelta(hours=self._get_rules().promise_reminder)
        if not before:
            return None
        start = max(now, self.promised_for - WEEK)
        hours = self.env["routing.facts"]._get_working_time(user, start)
        return back_at(self.promised_for, before, hours, start)

    def _come_back(self):
        """It waits for him now; of that the clock tells nobody a second time."""
        self._withdraw_alerts()
        if self._is_taken():
            now = fields.Datetime.now()
            self.write({"told_rung": REMINDED, "answer_reminder_at": now})

    @api.depends("promised_for")
    def _compute_ladder_text(self):
        return super()._compute_ladder_text()

    # Telling

    def _alert_of_answer(self, code, users):
        """Of a promise in its own words, and to who gave it."""
        if not self.promised_for or code not in OF_PROMISE:
            return super()._alert_of_answer(code, users)
        if code == ALERT_ANSWER_DUE:
            users |= self._filter_able(self.promised_by_id)
        values = {
            "customer": self.sender or "",
            "holder": self.promised_by_id.name or self.user_id.name,
            "promised": self.promised_for,
            "waits": self.waits_for or "",
        }
        return users and self.env["alert.type"]._alert(
            OF_PROMISE[code], self, users=users, **values
        )

    def _withdraw_alerts(self):
        # sudo: helpdesk.ticket: who gives it away may not read it any more
        for ticket in self.sudo().filtered(lambda one: one._is_told_of_promise()):
            for code in (ALERT_DUE, ALERT_MISSED, ALERT_BACK, ALERT_AGAIN):
                self.env["alert.type"]._withdraw(code, ticket)
        return super()._withdraw_alerts()

    def _is_told_of_promise(self):
        """Whether somebody may have an alert of a promise."""
        return self.told_rung in STEPS or any(self.inquiry_ids.mapped("promised_for"))

    # In words

    def _describe_ladder(self):
        """Of what is promised: by when, and what it waits for."""
        if not self.promised_for or not self._is_taken() or not self.ladder_active:
            return super()._describe_ladder()
        values = {
            "name": (self.promised_by_id or self.user_id).name,
            "time": self._format_moment(self.promised_for),
        }
        if self._is_late():
            text = self.env._(
                "%(name)s has promised an answer by %(time)s, and it is over: his team "
                "may take it.",
                **values,
            )
        else:
            text = self.env._("%(name)s has promised an answer by %(time)s.", **values)
        if self.waits_for:
            return f"{text} {self.env._('It waits: %(what)s', what=self.waits_for)}"
        return text

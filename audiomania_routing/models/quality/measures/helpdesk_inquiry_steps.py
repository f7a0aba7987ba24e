# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ....names import ANSWERED, PENDING

HOUR = timedelta(hours=1)

SEEN = "seen"
TAKEN = "taken"
ANSWER = "answered"
DONE = "worked_out"

MOMENTS = {
    SEEN: ("first_seen_at", "first_seen_by_id"),
    TAKEN: ("taken_at", "taken_by_id"),
    ANSWER: ("first_answered_at", "first_answered_by_id"),
    DONE: ("worked_out_at", "worked_out_by_id"),
}
"""When a step happened, and by whom."""

INSIDE = "inside"
AFTER = "after"
NO_WINDOW = "none"

RESERVED = "reserved"
OTHER = "other"
NOBODY = "none"


class HelpdeskInquiry(models.Model):
    """What is measured is written when it happens (rule 26): each step once, by who
    was the first. Who takes or answers it has seen it by then; who answers has it."""

    _inherit = "helpdesk.inquiry"

    # Coming in

    @api.model
    def _read_new_letters(self, vals_list):
        """Written with the inquiry: what is known as it comes in."""
        named = super()._read_new_letters(vals_list)
        for vals, facts in zip(vals_list, named, strict=True):
            if vals.get("state", PENDING) == PENDING:
                facts.update(self._prepare_first_measures(vals))
        return named

    @api.model
    def _prepare_first_measures(self, vals):
        """What joins a conversation that somebody has taken is his from the first
        second on."""
        # sudo: helpdesk.ticket: whoever's letter it is
        ticket = self.env["helpdesk.ticket"].sudo().browse(vals["ticket_id"])
        values = {
            "team_id": ticket.team_id.id,
            "transfer_count": 0,
            "is_reopening": not ticket._is_open(),
        }
        if ticket._is_taken():
            moment = vals.get("received_at") or fields.Datetime.now()
            values.update(prepare_step(TAKEN, moment, ticket.user_id.id, 0, 0))
        return values

    def _store_decision(self, decision):
        """Its team is that of the conversation, in the same statement."""
        team = self.ticket_id._get_decided_team(decision)
        if self.team_id != team:
            self.team_id = team
        return super()._store_decision(decision)

    def write(self, vals):
        result = super().write(vals)
        if "ticket_id" in vals:
            self._follow_team()
        return result

    def _follow_team(self):
        """What is pending has the team of its conversation. What is worked out keeps
        the one it had."""
        for inquiry in self.filtered(lambda one: one.state == PENDING):
            if inquiry.team_id != inquiry.ticket_id.team_id:
                inquiry.team_id = inquiry.ticket_id.team_id

    def _follow_conversation(self):
        """The same; and who has taken the conversation has what waits in it."""
        self._follow_team()
        for inquiry in self.filtered(lambda one: one.state == PENDING):
            holder = inquiry.ticket_id.user_id
            if holder and not inquiry.taken_at:
                inquiry._note_steps(holder, SEEN, TAKEN)

    # Steps

    def _note_steps(self, user, *steps, now=None):
        """These steps have been made now, those of them that are the first."""
        now = now or fields.Datetime.now()
        for inquiry in self:
            if values := inquiry._prepare_steps(user, steps, now):
                inquiry.write(values)

    def _prepare_steps(self, user, steps, now):
        """The columns of those steps that have not been made before."""
        values = {}
        new = [step for step in steps if not self[MOMENTS[step][0]]]
        hours = self._get_hours_until(now) if new else ()
        for step in new:
            values.update(prepare_step(step, now, user.id, *hours))
        return values

    def _get_hours_until(self, moment):
        """(hours, working hours of its team) since it came in."""
        pair = (self.received_at, max(moment, self.received_at))
        company = self.company_id or self.env.company
        team = self.team_id.with_company(company)
        return (pair[1] - pair[0]) / HOUR, team._get_working_hours([pair])[pair]

    def _set_promised(self, values):
        """A reply with a promise is the first that the customer hears."""
        reserved = self._list_reserved()
        result = super()._set_promised(values)
        user = self.env["res.users"].browse(values.get("promised_by_id"))
        for inquiry in self:
            inquiry._note_answer(user, inquiry.promised_at, *reserved[inquiry])
        return result

    def _set_worked_out(self, state, user):
        reserved = self._list_reserved()
        result = super()._set_worked_out(state, user)
        questions = self._count_open_questions() if state == ANSWERED else {}
        for inquiry in self:
            now = inquiry.worked_out_at
            inquiry._note_done(user, now)
            if state == ANSWERED:
                inquiry._note_answer(user, now, *reserved[inquiry])
                inquiry.open_question_count = questions.get(inquiry, 0)
        return result

    def _note_done(self, user, now):
        """Worked out without having been opened, it is seen by then."""
        if self.team_id != self.ticket_id.team_id:
            self.team_id = self.ticket_id.team_id
        values = self._prepare_steps(user, [SEEN], now)
        hours = dict(zip(list_hours(DONE), self._get_hours_until(now), strict=True))
        self.write({**values, **hours})

    def _note_answer(self, user, now, asked, until):
        """The first answer, whether it was inside the window, and whose it was.

        :param asked: whom it was reserved for
        :param until: the end of his exclusive window
        """
        if self.first_answered_at:
            return
        values = self._prepare_steps(user, [SEEN, TAKEN, ANSWER], now)
        self.write({**values, **prepare_window(user, now, asked, until)})

    def _list_reserved(self):
        """{inquiry: (whom it was reserved for, until when)}; what joined another that
        waited has the window of that one: the oldest decides."""
        found = {}
        for inquiry in self:
            own = inquiry.addressee_id or inquiry.asked_until
            source = inquiry if own else inquiry.ticket_id._get_ladder_inquiry()
            found[inquiry] = (source.addressee_id, source.asked_until)
        return found

    def _count_open_questions(self):
        """{inquiry: how many of its questions are not ticked}: where one thing alone
        is asked the answer is about it."""
        groups = self.env["helpdesk.inquiry.question"]._read_group(
            [("inquiry_id", "in", self.ids)],
            ["ticket_id", "inquiry_id", "done"],
            ["__count"],
        )
        asked = {}
        for ticket, _inquiry, _done, count in groups:
            asked[ticket] = asked.get(ticket, 0) + count
        return {
            inquiry: count
            for ticket, inquiry, done, count in groups
            if not done and asked[ticket] > 1
        }

    # Taking it back

    def _set_pending(self):
        """What waits again is not worked out; and an answer that came back is none,
        unless the customer had heard something before."""
        lost = self.filtered(
            lambda one: (
                one.state == ANSWERED and one.first_answered_at == one.worked_out_at
            )
        )
        result = super()._set_pending()
        self._clear_columns("open_question_count", *list_hours(DONE))
        lost._clear_answer()
        self._follow_conversation()
        return result

    def _forget_promise(self):
        lost = self.filtered(
            lambda one: one.promised_at and one.first_answered_at == one.promised_at
        )
        result = super()._forget_promise()
        lost._clear_answer()
        return result

    def _clear_answer(self):
        """The moment as everything else is written: whatever follows it learns that
        an answer is waited for again."""
        if not self:
            return
        names = (*MOMENTS[ANSWER], "window_result", "answered_by_kind")
        self.write(dict.fromkeys(names, False))
        self._clear_columns(*list_hours(ANSWER))

    def _clear_columns(self, *names):
        """NULL, not 0: no average counts what has not happened."""
        if not self:
            return
        self.flush_recordset()
        columns = SQL(", ").join(SQL("%s = NULL", SQL.identifier(one)) for one in names)
        self.env.cr.execute(
            SQL("UPDATE helpdesk_inquiry SET %s WHERE id IN %s", columns, self._ids)
        )
        self.invalidate_recordset(names, flush=False)


def list_hours(step):
    return f"hours_to_{step}", f"working_hours_to_{step}"


def prepare_step(step, now, user_id, hours, working):
    at, by = MOMENTS[step]
    plain, worked = list_hours(step)
    return {at: now, by: user_id, plain: hours, worked: working}


def prepare_window(user, now, asked, until):
    """Whether the answer left inside the window, and by whom it was given."""
    result, kind = NO_WINDOW, NOBODY
    if until:
        result = INSIDE if now <= until else AFTER
    if asked:
        kind = RESERVED if user == asked else OTHER
    return {"window_result": result, "answered_by_kind": kind}

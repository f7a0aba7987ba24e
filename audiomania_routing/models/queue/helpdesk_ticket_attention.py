# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...names import PENDING, WORKED_OUT

RESERVED = "reserved"
TEAM = "team"
DEPARTMENT = "department"
TAKEN = "taken"
PROMISED = "promised"

OPEN_STATES = (RESERVED, TEAM, DEPARTMENT, TAKEN, PROMISED)

URGENT, WAITING, RESTING = 0, 1, 2
"""The ranks of the queue: what runs out, what waits, what rests until a promise."""

LATE = "late"
SOON = "soon"
CALM = "calm"
REST = "rest"
SHORT = 4
"""Little time is left when it is less than this part of the whole."""


class HelpdeskTicket(models.Model):
    """What needs attention first, and in which state a conversation is.

    Both move on with the clock: they are compared with it in the query, as the rules
    of visibility are, and stored nowhere. Lists are ordered and grouped by them.
    """

    _inherit = "helpdesk.ticket"

    attention_state = fields.Selection(
        selection="_get_attention_states",
        string="State",
        compute="_compute_attention",
        compute_sudo=True,
        search="_search_attention_state",
        group_expand="_group_expand_attention_state",
        groups="base.group_user",
        help="Where it stands: reserved for somebody, waiting for the team or for "
        "everybody, being worked on, promised, or worked out.",
    )
    attention_rank = fields.Integer(
        string="Urgency",
        compute="_compute_attention_order",
        compute_sudo=True,
        groups="base.group_user",
        help="0: the window of its addressee runs out, or the time for an answer is "
        "over; 1: it waits; 2: it rests until what was promised.",
    )
    attention_at = fields.Datetime(
        string="Attention",
        compute="_compute_attention_order",
        compute_sudo=True,
        groups="base.group_user",
        help="Of two that are equally urgent the one with the earlier moment comes "
        "first: the end of the window, the promise, or since when it waits.",
    )
    attention_from = fields.Datetime(
        string="Time began",
        compute="_compute_attention",
        compute_sudo=True,
        groups="base.group_user",
        help="The moment at which the bar of the time that is left is full.",
    )
    attention_until = fields.Datetime(
        string="Time left",
        compute="_compute_attention",
        compute_sudo=True,
        groups="base.group_user",
        help="Until then: reserved for its addressee, the next ones see it, an answer "
        "is due, or was promised.",
    )
    attention_level = fields.Selection(
        selection=[
            (LATE, "Late"),
            (SOON, "Soon"),
            (CALM, "In time"),
            (REST, "Rests"),
        ],
        string="How urgent",
        compute="_compute_attention_level",
        compute_sudo=True,
        help="Late: a promise or the time for an answer has passed. Soon: less than a "
        "quarter of the time is left. Rests: until what was promised. Employees only.",
    )

    @api.model
    def _get_attention_states(self):
        """(state, label), in the order of the columns: hook."""
        _ = self.env._
        return [
            (RESERVED, _("Reserved")),
            (TEAM, _("Waits for the team")),
            (DEPARTMENT, _("Waits for everybody")),
            (TAKEN, _("Being worked on")),
            (PROMISED, _("Promised")),
            (WORKED_OUT, _("Worked out")),
        ]

    # Computes

    @api.depends(
        "inquiry_state",
        "promised_for",
        "user_id",
        "assigned_date",
        "waiting_since",
        "exclusive_until",
        "team_visible_from",
        "department_visible_from",
        "supervisors_alerted_from",
        "answer_due_at",
        "answer_reminder_at",
        "next_moment",
    )
    def _compute_attention(self):
        now = fields.Datetime.now()
        for ticket in self:
            ticket.attention_state = ticket._get_attention_state(now)
            ticket.attention_until = ticket._get_attention_until(now)
            ticket.attention_from = (
                ticket.user_id and ticket.assigned_date or ticket.waiting_since
            )

    @api.depends(
        "inquiry_state",
        "promised_for",
        "user_id",
        "waiting_since",
        "exclusive_until",
        "answer_due_at",
        "answer_reminder_at",
    )
    def _compute_attention_order(self):
        """Apart: lists are ordered by it in the query and do not show it."""
        now = fields.Datetime.now()
        for ticket in self:
            ticket.attention_rank = ticket._get_attention_rank(now)
            ticket.attention_at = ticket._get_attention_at(now)

    @api.depends("attention_from", "attention_until", "attention_state")
    @api.depends_context("uid")
    def _compute_attention_level(self):
        now = fields.Datetime.now()
        is_internal = self.env.user._is_internal()
        for ticket in self:
            level = is_internal and ticket._get_attention_level(now)
            ticket.attention_level = level

    def _get_attention_state(self, now):
        """The state, as `_sql_attention_state` has it."""
        if self.inquiry_state != PENDING:
            return self.inquiry_state == WORKED_OUT and WORKED_OUT
        if self._is_resting(now):
            return PROMISED
        if self.user_id:
            return TAKEN
        if self.exclusive_until and self.exclusive_until > now:
            return RESERVED
        everybody = self.department_visible_from
        return DEPARTMENT if everybody and everybody <= now else TEAM

    def _is_resting(self, now):
        """Promised for later, and not come back yet to who has promised."""
        promised_for = self.promised_for
        if not promised_for or promised_for <= now:
            return False
        back_at = self.answer_reminder_at
        return not back_at or back_at > now

    def _has_running_window(self, now):
        window = self.exclusive_until
        return bool(not self.user_id and window and window > now)

    def _get_missed_term(self, now):
        """By when who has taken it should have answered, if that is over."""
        due = self._is_taken() and self.answer_due_at
        return due and due <= now and due

    def _get_attention_rank(self, now):
        """The rank, as `_sql_attention_rank` has it."""
        if self._is_resting(now):
            return RESTING
        urgent = self._has_running_window(now) or self._get_missed_term(now)
        return URGENT if urgent else WAITING

    def _get_attention_at(self, now):
        """The moment, as `_sql_attention_at` has it."""
        if self._is_resting(now):
            return self.promised_for
        window = self._has_running_window(now) and self.exclusive_until
        return window or self._get_missed_term(now) or self.waiting_since

    def _get_attention_until(self, now):
        """What the bar counts down to; a promise is the term of who has promised."""
        term = self._is_taken() and self.answer_due_at
        return term if term and term > now else self.next_moment

    def _get_deadline(self):
        """The moment after which it is late."""
        if self.inquiry_state != PENDING:
            return False
        return self.answer_due_at if self.user_id else self.supervisors_alerted_from

    def _get_attention_level(self, now):
        if self.inquiry_state != PENDING:
            return False
        deadline = self._get_deadline()
        if deadline and deadline <= now:
            return LATE
        if self._is_resting(now):
            return REST
        start, end = self.attention_from, self.attention_until
        whole = end - start if start and end else timedelta()
        if whole > timedelta() and (end - now) * SHORT < whole:
            return SOON
        return CALM

    # In the query

    @api.model
    def _search_attention_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        states = tuple(state for state in value if state)
        found = Domain.FALSE
        if states:
            found = Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s IN %s", model._sql_attention_state(alias), states
                ),
                predicate=lambda ticket: ticket.attention_state in states,
            )
        if False in value:
            found |= Domain("inquiry_state", "not in", [PENDING, WORKED_OUT])
        return found

    @api.model
    def _group_expand_attention_state(self, states, domain):
        """What is open has all its columns, also those in which nothing stands."""
        shown = set(states)
        if not self.env.context.get("routing_worked_out"):
            shown.update(OPEN_STATES)
        return [
            state for state, _label in self._get_attention_states() if state in shown
        ]

    def _field_to_sql(self, alias, field_expr, query=None):
        if not field_expr.startswith("attention_"):
            return super()._field_to_sql(alias, field_expr, query)
        expression = self._get_attention_sql().get(field_expr)
        if not expression:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        return expression(alias)

    @api.model
    def _get_attention_sql(self):
        return {
            "attention_state": self._sql_attention_state,
            "attention_rank": self._sql_attention_rank,
            "attention_at": self._sql_attention_at,
        }

    @api.model
    def _get_attention_columns(self, alias):
        """The columns that the expressions compare with the clock, and the clock."""
        names = (
            "inquiry_state",
            "promised_for",
            "user_id",
            "exclusive_until",
            "department_visible_from",
            "waiting_since",
            "answer_due_at",
            "answer_reminder_at",
        )
        columns = {
            name: SQL.identifier(alias, name, to_flush=self._fields[name])
            for name in names
        }
        return {**columns, "now": fields.Datetime.now()}

    @api.model
    def _sql_attention_state(self, alias):
        """SQL: the state of a conversation at this moment."""
        return SQL(
            """
            CASE WHEN %(inquiry_state)s = 'worked_out' THEN 'worked_out'
                 WHEN %(inquiry_state)s IS DISTINCT FROM 'pending' THEN NULL
                 WHEN %(promised_for)s > %(now)s
                      AND (%(answer_reminder_at)s > %(now)s) IS NOT FALSE
                 THEN 'promised'
                 WHEN %(user_id)s IS NOT NULL THEN 'taken'
                 WHEN %(exclusive_until)s > %(now)s THEN 'reserved'
                 WHEN %(department_visible_from)s <= %(now)s THEN 'department'
                 ELSE 'team'
            END
            """,
            **self._get_attention_columns(alias),
        )

    @api.model
    def _sql_attention_rank(self, alias):
        return SQL(
            """
            CASE WHEN %(promised_for)s > %(now)s
                      AND (%(answer_reminder_at)s > %(now)s) IS NOT FALSE
                 THEN 2
                 WHEN %(user_id)s IS NULL AND %(exclusive_until)s > %(now)s THEN 0
                 WHEN %(user_id)s IS NOT NULL AND %(answer_due_at)s <= %(now)s THEN 0
                 ELSE 1
            END
            """,
            **self._get_attention_columns(alias),
        )

    @api.model
    def _sql_attention_at(self, alias):
        return SQL(
            """
            CASE WHEN %(promised_for)s > %(now)s
                      AND (%(answer_reminder_at)s > %(now)s) IS NOT FALSE
                 THEN %(promised_for)s
                 WHEN %(user_id)s IS NULL AND %(exclusive_until)s > %(now)s
                 THEN %(exclusive_until)s
                 WHEN %(user_id)s IS NOT NULL AND %(answer_due_at)s <= %(now)s
                 THEN %(answer_due_at)s
                 ELSE %(waiting_since)s
            END
            """,
            **self._get_attention_columns(alias),
        )

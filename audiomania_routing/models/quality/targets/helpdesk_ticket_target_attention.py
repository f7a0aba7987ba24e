# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ...conversation.helpdesk_inquiry import PENDING
from ...queue.helpdesk_ticket_attention import CALM, LATE, REST, SOON, URGENT, WAITING
from .aims import ANSWER, WORKED_OUT


class HelpdeskTicket(models.Model):
    """A target that is missed, or nearly so, stands out in the queue: two columns are
    compared with the clock, in the query too, and nothing is asked beside it."""

    _inherit = "helpdesk.ticket"

    target_text = fields.Char(
        string="Target",
        compute="_compute_target_text",
        compute_sudo=True,
        groups="base.group_user",
        help="The next target of what waits here, and by when it is to be kept.",
    )

    @api.depends("target_at", "target_kind", "inquiry_state")
    @api.depends_context("lang", "tz")
    def _compute_target_text(self):
        now = fields.Datetime.now()
        for ticket in self:
            ticket.target_text = ticket._describe_target(now)

    def _describe_target(self, now):
        """In the words of the reader."""
        if not self.target_at or self.inquiry_state != PENDING:
            return False
        _ = self.env._
        time = self._format_moment(self.target_at)
        if self.target_at <= now:
            sentences = {
                ANSWER: _("The target of the first answer is missed since %(time)s"),
                WORKED_OUT: _("The target of working out is missed since %(time)s"),
            }
        else:
            sentences = {
                ANSWER: _("Target: a first answer by %(time)s"),
                WORKED_OUT: _("Target: worked out by %(time)s"),
            }
        return sentences[self.target_kind] % {"time": time}

    # Attention

    @api.depends("target_at")
    def _compute_attention_order(self):
        return super()._compute_attention_order()

    @api.depends("target_at", "target_near_at")
    def _compute_attention_level(self):
        return super()._compute_attention_level()

    def _get_missed_target(self, now):
        """Since when a target is missed of what waits; nothing where it rests."""
        at = self.inquiry_state == PENDING and self.target_at
        return at and at <= now and at

    def _get_attention_rank(self, now):
        rank = super()._get_attention_rank(now)
        return URGENT if rank == WAITING and self._get_missed_target(now) else rank

    def _get_attention_at(self, now):
        rank = super()._get_attention_rank(now)
        missed = rank == WAITING and self._get_missed_target(now)
        return missed or super()._get_attention_at(now)

    def _get_attention_level(self, now):
        level = super()._get_attention_level(now)
        if level in (False, LATE, REST):
            return level
        if self._get_missed_target(now):
            return LATE
        near = self.target_near_at
        return SOON if level == CALM and near and near <= now else level

    # In the query

    @api.model
    def _get_attention_columns(self, alias):
        column = SQL.identifier(alias, "target_at", to_flush=self._fields["target_at"])
        return {**super()._get_attention_columns(alias), "target_at": column}

    @api.model
    def _sql_is_missed(self, alias):
        """SQL: what only waits by all else, and has missed a target."""
        return SQL(
            "(%s = %s AND %s)",
            super()._sql_attention_rank(alias),
            WAITING,
            SQL(
                "%(target_at)s <= %(now)s AND %(inquiry_state)s = 'pending'",
                **self._get_attention_columns(alias),
            ),
        )

    @api.model
    def _sql_attention_rank(self, alias):
        return SQL(
            "CASE WHEN %s THEN %s ELSE %s END",
            self._sql_is_missed(alias),
            URGENT,
            super()._sql_attention_rank(alias),
        )

    @api.model
    def _sql_attention_at(self, alias):
        return SQL(
            "CASE WHEN %s THEN %s ELSE %s END",
            self._sql_is_missed(alias),
            self._get_attention_columns(alias)["target_at"],
            super()._sql_attention_at(alias),
        )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ....names import PENDING
from ...queue.helpdesk_ticket_attention import CALM, LATE, SOON, URGENT, WAITING
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
        """Since when a target is missed of what waits; nothing where it rests, or what
        runs out puts it first anyway."""
        at = self.inquiry_state == PENDING and self.target_at
        if not at or at > now or self._is_resting(now):
            return False
        first = self._has_running_window(now) or self._get_missed_term(now)
        return not first and at

    def _get_attention_rank(self, now):
        missed = self._get_missed_target(now)
        return URGENT if missed else super()._get_attention_rank(now)

    def _get_attention_at(self, now):
        return self._get_missed_target(now) or super()._get_attention_at(now)

    def _get_attention_level(self, now):
        level = super()._get_attention_level(now)
        if level not in (CALM, SOON):
            return level
        if self.target_at and self.target_at <= now:
            return LATE
        near = self.target_near_at
        return SOON if near and near <= now else level

    # In the query

    @api.model
    def _get_attention_columns(self, alias):
        column = SQL.identifier(alias, "target_at", to_flush=self._fields["target_at"])
        return {**super()._get_attention_columns(alias), "target_at": column}

    @api.model
    def _sql_misses_target(self, alias):
        return SQL(
            "(%(target_at)s <= %(now)s AND %(inquiry_state)s = 'pending')",
            **self._get_attention_columns(alias),
        )

    @api.model
    def _sql_attention_rank(self, alias):
        return SQL(
            "(CASE WHEN %(rank)s = %(waiting)s AND %(missed)s THEN %(urgent)s"
            " ELSE %(rank)s END)",
            rank=super()._sql_attention_rank(alias),
            missed=self._sql_misses_target(alias),
            waiting=WAITING,
            urgent=URGENT,
        )

    @api.model
    def _sql_attention_at(self, alias):
        """What waits has the moment since when it waits; that of the target instead."""
        columns = self._get_attention_columns(alias)
        return SQL(
            "(CASE WHEN %(at)s = %(waiting_since)s AND %(missed)s THEN %(target_at)s"
            " ELSE %(at)s END)",
            at=super()._sql_attention_at(alias),
            missed=self._sql_misses_target(alias),
            waiting_since=columns["waiting_since"],
            target_at=columns["target_at"],
        )

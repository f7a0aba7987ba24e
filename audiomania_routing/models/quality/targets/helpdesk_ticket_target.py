# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ....names import SUPERVISORS, TEAM, UNANSWERED
from ...conversation.helpdesk_ticket_clock import BATCH
from .aims import ANSWER, WORKED_OUT
from .helpdesk_inquiry_target import MOMENTS, TARGETS, TOLD
from .helpdesk_inquiry_target_clock import ALERT_MISSED, ALERT_NEAR, CODES

COLUMNS = {
    "target_at": "timestamp",
    "target_near_at": "timestamp",
    "target_kind": "varchar",
    "target_told": "bool",
}

WATCHED = (
    "state",
    "first_answered_at",
    *(TARGETS[kind] for kind in MOMENTS),
    *MOMENTS.values(),
    *TOLD.values(),
)
"""Of its inquiries: what says which target comes next."""


class HelpdeskTicket(models.Model):
    """The target that is missed first of what waits in a conversation, and whom that
    concerns."""

    _inherit = "helpdesk.ticket"

    target_at = fields.Datetime(
        string="Target until",
        compute="_compute_target",
        store=True,
        copy=False,
        groups="base.group_user",
        help="When a target of what waits here is missed: the first of them.",
    )
    target_near_at = fields.Datetime(
        compute="_compute_target",
        store=True,
        copy=False,
        groups="base.group_user",
        help="From then on little of that time is left.",
    )
    target_kind = fields.Selection(
        selection=[(ANSWER, "First answer"), (WORKED_OUT, "Worked out")],
        string="Next target",
        compute="_compute_target",
        store=True,
        copy=False,
        groups="base.group_user",
    )
    target_told = fields.Boolean(
        compute="_compute_target",
        store=True,
        copy=False,
        groups="base.group_user",
        help="Whether somebody was warned of a target of what waits here.",
    )

    def _auto_init(self):
        """Conversations of before have no target yet: nothing is computed for them
        while the addon is updated, however many they are."""
        for name, kind in COLUMNS.items():
            if not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, kind)
        return super()._auto_init()

    @api.depends(*(f"inquiry_ids.{name}" for name in WATCHED))
    def _compute_target(self):
        for ticket in self:
            found = [
                (inquiry[MOMENTS[kind]], inquiry.id, kind, aim, inquiry)
                for inquiry in ticket.inquiry_ids
                for kind, aim in inquiry._list_open_aims()
            ]
            at, _id, kind, aim, inquiry = min(found, default=(False,) * 5)
            ticket.target_at = at
            ticket.target_kind = kind
            ticket.target_near_at = inquiry and inquiry._find_near_at(kind, aim)
            ticket.target_told = any(each[-1]._get_told() for each in found)

    # The clock

    @api.model
    def _cron_tell(self):
        """The same job tells of targets."""
        result = super()._cron_tell()
        outbox = self.env["alert.outbox"]
        outbox._drain(lambda env: env["helpdesk.inquiry"]._tell_targets(BATCH))
        return result

    def _get_users_to_answer(self):
        """Who is to answer: the assignee, else the addressee, else the team to which
        it is shown, else whoever sees it."""
        if self.user_id:
            return self._filter_able(self.user_id)
        users = self._get_users_to_alert()
        if not self._is_reserved():
            users = self._get_rung_users(TEAM) & users or users
        return self._filter_able(users)

    def _tell(self, now):
        """Supervisors who are told now that it waits have not to be told of its
        targets, too."""
        result = super()._tell(now)
        last = UNANSWERED if self._is_taken() else SUPERVISORS
        if self.target_told and self._get_reached(now) == last:
            self.env["alert.type"]._withdraw(ALERT_MISSED, self)
        return result

    # Taking back

    def _get_target_key(self, kind):
        """By this an alert is one, however often it is told."""
        return f"{self._name},{self.id},{kind}"

    def _withdraw_target(self, code, kind):
        self.env["alert.type"]._withdraw(code, self, key=self._get_target_key(kind))

    def _withdraw_targets(self):
        for code in CODES:
            self.env["alert.type"]._withdraw(code, self)

    def _withdraw_alerts(self):
        """Who has it no more is not warned any more; its time goes on for whoever has
        it, and what the supervisors know is true until it is answered."""
        # sudo: helpdesk.ticket: who gives it away may not read it any more
        for ticket in self.sudo().filtered("target_told"):
            self.env["alert.type"]._withdraw(ALERT_NEAR, ticket)
        return super()._withdraw_alerts()

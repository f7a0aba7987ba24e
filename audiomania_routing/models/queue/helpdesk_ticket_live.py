# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ...names import PENDING

QUEUE = "routing_queue"
SUPERVISORS = "routing_queue_supervisors"
CHANGED = "routing_queue/changed"
TOLD = "routing_queue.told"

SEES = {
    "active",
    "addressee_id",
    "addressee_team_id",
    "answer_due_at",
    "company_id",
    "department_visible_from",
    "exclusive_until",
    "excluded_user_ids",
    "team_id",
    "team_visible_from",
    "user_id",
}
"""What says who sees a conversation, and where in the queue it stands."""

SHOWN = {
    "audience_id",
    "channel_id",
    "name",
    "partner_email",
    "partner_id",
    "partner_name",
    "stage_id",
}
"""What its row shows, beside what follows from its inquiries."""


class HelpdeskTicket(models.Model):
    """Open lists fetch again when something of what they show has changed.

    Those are told who saw it before or see it now, and they are told nothing but that
    something has changed: neither what, nor in which conversation.
    """

    _inherit = "helpdesk.ticket"

    def write(self, vals):
        moved, shown = vals.keys() & SEES, vals.keys() & SHOWN
        if moved:
            self._wake_lists()
        result = super().write(vals)
        if moved or shown:
            self._wake_lists()
        return result

    def unlink(self):
        self._wake_lists()
        return super().unlink()

    def _wake_lists(self):
        """Each of those who see it is told once in a transaction."""
        now = fields.Datetime.now()
        # sudo: helpdesk.ticket: who sees it; whoever changes it may not read it
        tickets = self.sudo().filtered("ladder_active")
        listeners = {place for one in tickets for place in one._list_listeners(now)}
        told = self.env.cr.precommit.data.setdefault(TOLD, set())
        for place in sorted(listeners - told, key=lambda each: (each[1], str(each[0]))):
            self.env["bus.bus"]._sendone(place, CHANGED, {})
        told |= listeners

    def _list_listeners(self, now):
        """The channels of those who see it at this moment, as (record, name)."""
        teams = self.team_id | self.addressee_team_id
        if self._is_late():
            teams |= self.user_id.helpdesk_team_ids
        everybody = self.department_id or self.company_id
        yield from ((place, SUPERVISORS) for place in [*teams, *self.company_id])
        yield from ((user, QUEUE) for user in self.addressee_id | self.user_id)
        if self._is_seen_by_team(now):
            yield from ((team, QUEUE) for team in teams)
        if self._is_seen_by_everybody(now):
            yield everybody, QUEUE

    def _is_seen_by_team(self, now):
        moment = self.team_visible_from
        waits = self.inquiry_state == PENDING and not self.user_id
        return not waits or bool(moment and moment <= now)

    def _is_seen_by_everybody(self, now):
        moment = self.department_visible_from
        waits = self.inquiry_state == PENDING and not self.user_id
        return bool(waits and moment and moment <= now)

    @api.model
    def _is_live(self, vals):
        """Whether these values of an inquiry change a row of the queue."""
        return bool(
            vals.keys() & {"excerpt", "is_public", "promised_for", "state", "ticket_id"}
        )

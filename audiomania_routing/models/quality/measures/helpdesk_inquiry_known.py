# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ....names import ANSWERED, TAKEN_AWAY, TRANSFERRED
from ....names import TAKEN as TAKEN_LINE
from ...reply.helpdesk_ticket_transition import PROMISED
from .helpdesk_inquiry_steps import (
    ANSWER,
    DONE,
    TAKEN,
    list_hours,
    prepare_step,
    prepare_window,
)

BATCH = 500


class HelpdeskInquiry(models.Model):
    """Inquiries of the time before anything was measured: what can be known of them,
    from their own columns and the history of their conversation."""

    _inherit = "helpdesk.inquiry"

    @api.model
    def _cron_measure_known(self):
        """In batches beside the work, the newest first: no upgrade waits for it."""
        outbox = self.env["alert.outbox"]
        outbox._drain(lambda env: env["helpdesk.inquiry"]._measure_known(BATCH))

    @api.model
    def _measure_known(self, limit):
        """Measure some that have not been measured; return how many they were."""
        self.flush_model()
        self.env.cr.execute(
            "SELECT id FROM helpdesk_inquiry WHERE transfer_count IS NULL "
            "ORDER BY id DESC LIMIT %s FOR NO KEY UPDATE SKIP LOCKED",
            [limit],
        )
        inquiries = self.browse(id_ for (id_,) in self.env.cr.fetchall())
        lines = self.env["helpdesk.ticket.transition"].search(
            [("ticket_id", "in", inquiries.ticket_id.ids)], order="at, id"
        )
        history = lines.grouped("ticket_id")
        for inquiry in inquiries:
            known = history.get(inquiry.ticket_id, lines.browse())
            inquiry.write(inquiry._prepare_known(known))
        return len(inquiries)

    def _prepare_known(self, lines):
        """:param lines: the history of its conversation, the earliest first"""
        end = self.worked_out_at
        lines = lines.filtered(
            lambda line: line.at >= self.received_at and (not end or line.at <= end)
        )
        if not self.team_id:
            self.team_id = self.ticket_id.team_id
        values = {"transfer_count": len(_filter_kind(lines, TRANSFERRED))}
        taken = _filter_kind(lines, TAKEN_LINE, TAKEN_AWAY)[:1]
        if taken and not self.taken_at:
            values.update(self._prepare_known_step(TAKEN, taken.at, taken.to_user_id))
        if end:
            hours = self._get_hours_until(end)
            values.update(zip(list_hours(DONE), hours, strict=True))
        return {**values, **self._prepare_known_answer(_filter_kind(lines, PROMISED))}

    def _prepare_known_answer(self, promises):
        """The first promise, else the answer; what needed no answer has none."""
        if self.first_answered_at:
            return {}
        at, user = promises[:1].at, promises[:1].user_id
        if not at and self.state == ANSWERED:
            at, user = self.worked_out_at, self.worked_out_by_id
        if not at:
            return {}
        return {
            **self._prepare_known_step(ANSWER, at, user),
            **prepare_window(user, at, self.addressee_id, self.asked_until),
        }

    def _prepare_known_step(self, step, at, user):
        return prepare_step(step, at, user.id, *self._get_hours_until(at))


def _filter_kind(lines, *kinds):
    return lines.filtered(lambda line: line.kind in kinds)

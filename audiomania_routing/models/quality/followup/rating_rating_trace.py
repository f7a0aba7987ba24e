# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import models

from odoo.addons.audiomania_alerts.inside import get_inside

from .helpdesk_mark_change import COMMENT, COUNTS, DELETED, EMPLOYEE, QUALITY, SPEED

REASON = "routing_mark_reason"
"""In the context, by our own code: why a mark is changed."""


class RatingRating(models.Model):
    """Changing or deleting a mark leaves a trace."""

    _inherit = "rating.rating"

    def write(self, vals):
        before = self._describe_marks()
        result = super().write(vals)
        if before:
            self._note_changes(before)
        return result

    def unlink(self):
        # Who may not delete them leaves no trace of it.
        self.check_access("unlink")
        before = self._describe_marks()
        rows = [
            self.browse(key)._prepare_change(DELETED, _keep(values), None)
            for key, values in before.items()
        ]
        result = super().unlink()
        if rows:
            # sudo: helpdesk.mark.change: a trace is left, whoever deletes
            trace = self.env["helpdesk.mark.change"].sudo()
            trace.create([{**row, "rating_id": False} for row in rows])
        return result

    def _describe_marks(self):
        """{id: {what: its value}} of those that were given."""
        # sudo: rating.rating: for the trace, whoever changes them
        return {
            mark.id: mark._describe_mark()
            for mark in self.sudo()
            if mark.consumed and mark._is_of_customer_service()
        }

    def _describe_mark(self):
        return {
            QUALITY: f"{self.rating:g}" if self.rating else "",
            SPEED: f"{self.speed}" if self.speed else "",
            COMMENT: self.feedback or "",
            COUNTS: self.counts or "",
            EMPLOYEE: self.rated_partner_id.name or "",
        }

    def _note_changes(self, before):
        rows = []
        # sudo: rating.rating: a trace is left, whoever changes
        for mark in self.sudo().browse(before):
            old, new = before[mark.id], mark._describe_mark()
            rows += [
                mark._prepare_change(what, old[what], new[what])
                for what in old
                if old[what] != new[what]
            ]
        if rows:
            # sudo: helpdesk.mark.change: a trace is left, whoever changes
            self.env["helpdesk.mark.change"].sudo().create(rows)

    def _prepare_change(self, what, old, new):
        # sudo: rating.rating: whose mark it is, for the trace
        mark = self.sudo()
        ticket = mark._get_rated_conversation()
        user = self.env.user
        return {
            "what": what,
            "old": old,
            "new": new,
            "user_id": user.id if user._is_internal() else False,
            "by_customer": not user._is_internal(),
            "reason": get_inside(self.env, REASON) or False,
            "rating_id": mark.id,
            "followup_id": mark.followup_ids.filtered(lambda one: one._is_open())[:1].id
            or mark.followup_ids[:1].id,
            "employee_id": mark._get_rated_user().id,
            "partner_id": mark.partner_id.id,
            "team_id": ticket.team_id.id,
            "company_id": (ticket or mark.mark_id).company_id.id,
        }


def _keep(values):
    """All that a mark was, for the trace."""
    given = {what: one for what, one in values.items() if one}
    return json.dumps(given, ensure_ascii=False)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo import api, fields, models

from ...engine.decision import decide_again
from ...engine.facts import Away
from ...engine.ladder import Ladder
from .routing_facts import Batch


class RoutingFacts(models.AbstractModel):
    """What employees have said of a conversation by transferring or releasing it."""

    _inherit = "routing.facts"

    @api.model
    def _inquiry_facts_transfer(self, batch):
        """To whom or to which team it was transferred, which says more than the
        letter (rule 10)."""
        return {
            inquiry.id: {
                "transferred_to": inquiry.transferred_to_id.id or None,
                "transferred_team": inquiry.transferred_team_id.id or None,
            }
            for inquiry in batch.inquiries
            if inquiry.transferred_to_id or inquiry.transferred_team_id
        }

    @api.model
    def _customer_facts_transfer(self, batch):
        """What he writes about, as who transferred it has corrected it; else what was
        corrected in an earlier letter of his, while his orders say nothing."""
        found = {}
        for inquiry in batch.inquiries:
            partner = inquiry.partner_id
            taught = partner.audience_taught_id if not partner.audience_id else None
            audience = inquiry.corrected_audience_id or taught
            company = audience and audience.company_id or inquiry.company_id
            if audience and audience.active and company == inquiry.company_id:
                team = audience.team_id.filtered("active")
                found[inquiry.id] = {
                    "audience_id": audience.id,
                    "audience_team_id": team.id or None,
                }
        return found

    @api.model
    def _decide_released(self, inquiries, now=None):
        """{inquiry id: Decision} for what nobody has any more.

        Nobody gets an exclusive window. The first rung sees it at once; moments that
        were earlier stay (never backwards).
        """
        now = now or fields.Datetime.now()
        cases = self._gather(inquiries, now)
        known = inquiries.filtered(lambda one: one._get_decision())
        decisions = self._decide(inquiries - known, now)
        for inquiry in known:
            before = self._open_to_first_rung(inquiry, now)
            case = cases[inquiry.id]
            policy = self._get_case_policy(inquiry, case)
            decisions[inquiry.id] = decide_again(
                before, case.inquiry, case.customer, case.staff, policy, now
            )
        return decisions

    @api.model
    def _open_to_first_rung(self, inquiry, now):
        """The decision that holds, without its addressee and his window.

        The moments are those of the conversation, which others may have moved.
        """
        decision, ticket = inquiry._get_decision(), inquiry.ticket_id
        team = ticket.team_visible_from
        last = ticket.department_visible_from
        last = last or decision.ladder.department_visible_from
        alerted = ticket.supervisors_alerted_from
        ladder = Ladder(
            exclusive_until=None,
            team_visible_from=min(team, now) if team else None,
            department_visible_from=last if team else min(last, now),
            supervisors_alerted_from=alerted
            or decision.ladder.supervisors_alerted_from,
        )
        return replace(decision, addressee_id=None, ladder=ladder)

    @api.model
    def _get_absence(self, user, now=None):
        """Why an employee cannot act, and from when on he can again if it is known;
        nothing where he is at work or back on the same day."""
        now = now or fields.Datetime.now()
        batch = Batch(self.env["helpdesk.inquiry"], now, {0: (user.id,)})
        # sudo: routing.facts: whether a colleague is here, whoever asks
        presence = self.sudo()._employee_facts_presence(batch)[user.id]
        away, back_at = presence.get("away"), presence.get("back_at")
        if away in (Away.STEPPED_OUT, Away.OFFLINE):
            return None, None
        if away and back_at and _is_same_day(self, back_at, now):
            return None, None
        return away, back_at


def _is_same_day(record, one, other):
    zoned = fields.Datetime.context_timestamp
    return zoned(record, one).date() == zoned(record, other).date()

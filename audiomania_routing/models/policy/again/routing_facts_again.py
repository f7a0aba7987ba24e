# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo import api, fields, models

from ....engine.decision import decide_again


class RoutingFacts(models.AbstractModel):
    """Facts of an inquiry that is decided again."""

    _inherit = "routing.facts"

    @api.model
    def _decide_again(self, inquiries, before, now=None):
        """{inquiry id: Decision of the engine}, never backwards

        The policy is the one of now. Whose conversation it continued is remembered:
        that does not change while it waits.

        :param before: {inquiry id: the Decision that holds now}
        """
        now = now or fields.Datetime.now()
        cases = self._gather(inquiries, now)
        decisions = {}
        for inquiry in inquiries:
            case, old = cases[inquiry.id], before[inquiry.id]
            asked = case.inquiry
            if asked.continues is None:
                asked = replace(asked, continues=old.facts.inquiry.continues)
            policy = self._get_case_policy(inquiry, case)
            decisions[inquiry.id] = decide_again(
                old, asked, case.customer, case.staff, policy, now
            )
        return decisions

    @api.model
    def _get_staff(self, batch, made):
        """Who works in other companies only could not read it.

        Whoever is named stays, so that it can be said why he was passed over.
        """
        staff = super()._get_staff(batch, made)
        for inquiry in batch.inquiries:
            desk = inquiry.env["helpdesk.ticket.team"]._get_desk(inquiry.company_id.id)
            strangers = desk.strangers.difference(made[inquiry.id][0].addressed)
            if not strangers.isdisjoint(staff[inquiry.id]):
                kept = set(staff[inquiry.id]) - strangers
                staff[inquiry.id] = tuple(sorted(kept))
        return staff

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ...engine.answer import answer_times
from ...engine.worktime import since, subtract
from .routing_facts import Batch


class RoutingFacts(models.AbstractModel):
    """Until when who takes a conversation answers."""

    _inherit = "routing.facts"

    @api.model
    def _get_answer_times(self, user, policy, now=None):
        """The engine's ``AnswerTimes`` of an employee who takes something now."""
        now = now or fields.Datetime.now()
        return answer_times(now, self._get_working_time(user, now), policy)

    @api.model
    def _get_working_time(self, user, now):
        """When he works from now on, his leaves and public holidays left out."""
        # sudo: routing.facts: when a colleague works, whoever asks
        facts = self.sudo()
        batch = Batch(self.env["helpdesk.inquiry"], now, {0: (user.id,)})
        schedules = facts._get_schedules(facts._get_people(batch), now)
        attendances, leaves, absences = schedules[user.id]
        return since(subtract(attendances, [*leaves, *absences]), now)

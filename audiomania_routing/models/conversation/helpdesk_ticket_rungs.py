# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    """The ladder as a line: who sees the conversation, each from his moment."""

    _inherit = "helpdesk.ticket"

    ladder_rungs = fields.Json(
        compute="_compute_ladder_rungs",
        groups="base.group_user",
        help="The steps of the ladder in their order, for the line on the form.",
    )

    @api.depends("next_moment", "inquiry_state", "user_id", "addressee_id", "team_id")
    @api.depends_context("lang", "tz")
    def _compute_ladder_rungs(self):
        for ticket in self:
            ticket.ladder_rungs = ticket._list_rungs() if ticket.ladder_active else []

    def _list_rungs(self):
        """The steps, each with ``who``, ``at`` (empty: from the beginning), and what is
        said of it ``before`` that moment and ``after`` it. Nothing moves, or a promise
        is to be told instead: no step."""
        if self._is_waiting():
            rungs = [self._get_window_rung(), *self._list_waiting_rungs()]
        elif self._is_taken() and not self.promised_for:
            rungs = self._list_taken_rungs()
        else:
            rungs = []
        return [rung for rung in rungs if rung]

    def _get_window_rung(self):
        """The addressee, who sees it alone at first."""
        if not (self.addressee_id and self.exclusive_until):
            return None
        until = self.env._(
            "alone until %(time)s", time=self._format_moment(self.exclusive_until)
        )
        return {
            "who": self.addressee_id.name,
            "at": False,
            "before": until,
            "after": until,
        }

    def _list_waiting_rungs(self):
        """The team, the department, and the alert of the supervisors (rule 7)."""
        _ = self.env._
        teams = (self.team_id | self.addressee_team_id).mapped("name")
        everybody = self.department_id.name or _("Everybody")
        rungs = [
            self._get_rung(", ".join(teams), self.team_visible_from),
            self._get_rung(everybody, self.department_visible_from),
        ]
        if rungs[0] and rungs[1] and rungs[0]["at"] == rungs[1]["at"]:
            # Both at once: the larger circle tells it all.
            rungs.pop(0)
        return [*rungs, self._get_alert_rung(self.supervisors_alerted_from)]

    def _list_taken_rungs(self):
        """Who has it, then his team again, then the supervisors (rule 11)."""
        holder = {
            "who": self.user_id.name,
            "at": False,
            "after": self.env._(
                "has been working on it since %(time)s",
                time=self._format_moment(self.assigned_date),
            ),
        }
        holder["before"] = holder["after"]
        team = self.team_id.name or self.env._("His team")
        return [
            holder,
            self._get_rung(team, self.answer_due_at),
            self._get_alert_rung(self.answer_supervisors_at),
        ]

    def _get_rung(self, who, moment):
        if not who or not moment:
            return None
        time = self._format_moment(moment)
        return {
            "who": who,
            "at": fields.Datetime.to_string(moment),
            "before": self.env._("from %(time)s", time=time),
            "after": self.env._("since %(time)s", time=time),
        }

    def _get_alert_rung(self, moment):
        if not moment:
            return None
        time = self._format_moment(moment)
        return {
            "who": self.env._("Supervisors"),
            "at": fields.Datetime.to_string(moment),
            "before": self.env._("are told at %(time)s", time=time),
            "after": self.env._("were told at %(time)s", time=time),
        }

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from math import ceil

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

LATELY = timedelta(days=30)
LONGEST = timedelta(days=60)
"""Letters that were older than this when they were answered say nothing of now."""

ENOUGH = 20
"""With fewer answers no time is named."""

AT_MOST = 500
SHARE = 0.9
DAY = 8
"""Working hours of a day, in words."""


class HelpdeskTicketTeam(models.Model):
    """The receipt that a customer gets, and the time that is named in it: only one that
    was really kept lately."""

    _inherit = "helpdesk.ticket.team"

    send_receipt = fields.Boolean(
        string="Receipt",
        help="Whoever begins a conversation by a letter is told at once, and once, "
        "that it came in and under which number. A time is named only when the team "
        "has kept it in the last 30 days.",
    )
    answered_within = fields.Float(
        string="Answered within",
        readonly=True,
        copy=False,
        digits=(6, 1),
        help="In so many working hours nine of ten letters of the last 30 days were "
        "answered; counted every day. 0: there were too few.",
    )

    @api.model
    @ormcache()
    def _get_receipt_team_ids(self):
        """Asked for each letter: kept in memory."""
        # sudo: helpdesk.ticket.team: ids, whoever's letter it is
        return frozenset(self.sudo().search([("send_receipt", "=", True)]).ids)

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        self.env.registry.clear_cache()
        return teams

    def write(self, vals):
        result = super().write(vals)
        if {"send_receipt", "active"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    # The time that is kept

    @api.model
    def _cron_measure_answers(self):
        self.search([])._measure_answers()

    def _measure_answers(self):
        """How long nine of ten letters waited lately, in working hours of the team."""
        now = fields.Datetime.now()
        for team in self:
            times = team._get_answer_times(now)
            if len(times) < ENOUGH:
                team.answered_within = 0
                continue
            worked = team._get_working_hours(times)
            hours = sorted(worked[one] for one in times)
            team.answered_within = hours[ceil(SHARE * len(hours)) - 1]

    def _get_answer_times(self, now):
        """[(when it came in, when it was answered)] of the letters of the last days.

        Calls and visits, which are answered while they are written down, say nothing
        of how long a letter waits.
        """
        self.env["helpdesk.inquiry"].flush_model()
        self.env["helpdesk.ticket"].flush_model(["team_id"])
        query = SQL(
            """
            SELECT inquiry.received_at, inquiry.worked_out_at
              FROM helpdesk_inquiry AS inquiry
              JOIN helpdesk_ticket AS ticket ON ticket.id = inquiry.ticket_id
             WHERE ticket.team_id = %s
               AND inquiry.state = 'answered'
               AND COALESCE(inquiry.channel_id, 0) <> ALL(%s)
               AND inquiry.worked_out_at BETWEEN %s AND %s
               AND inquiry.received_at > inquiry.worked_out_at - %s
             ORDER BY inquiry.worked_out_at DESC, inquiry.id DESC
             LIMIT %s
            """,
            self.id,
            self.env["helpdesk.ticket"]._get_call_channel_ids(),
            now - LATELY,
            now,
            LONGEST,
            AT_MOST,
        )
        return self.env.execute_query(query)

    def _describe_answer_time(self):
        """The time that a receipt names, in the language of its reader; or nothing."""
        self.ensure_one()
        hours = ceil(self.answered_within)
        if not hours:
            return ""
        if hours <= DAY:
            return self.env._(
                "Lately nine of ten letters were answered within %(hours)s working "
                "hours.",
                hours=hours,
            )
        return self.env._(
            "Lately nine of ten letters were answered within %(days)s working days.",
            days=ceil(hours / DAY),
        )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ....names import NO_ACTION, PENDING
from .measured import Measured

STEPS = {
    "seen": "first_seen_at",
    "taken": "taken_at",
    "answered": "first_answered_at",
    "worked_out": "worked_out_at",
}
"""What is timed, and the moment without which it has not happened."""

BANDS = (2, 8, 24, 48)
"""Hours of plain time, each with its share of what was worked out by then."""

SUMS = ("transfer_count", "open_question_count")


class HelpdeskInquiryReport(models.Model):
    """The measures, each with its formula in its help: who is judged by a figure reads
    how it is made (rule 26). Averages and shares leave out what has not happened."""

    _inherit = "helpdesk.inquiry.report"
    _depends = {
        "helpdesk.inquiry": [
            *(f"hours_to_{step}" for step in STEPS),
            *(f"working_hours_to_{step}" for step in STEPS),
            *SUMS,
            "promised_for",
            "ticket_id",
        ],
        "helpdesk.ticket": [
            "answer_due_at",
            "inquiry_state",
            "supervisors_alerted_from",
            "user_id",
            "target_at",
        ],
    }

    hours_to_seen = Measured(
        string="Hours to first sight",
        readonly=True,
        aggregator="avg",
        help="Plain time from the letter until an employee first opened it: the sum "
        "of it, divided by the number of inquiries that were opened.",
    )
    hours_to_taken = Measured(
        string="Hours to taking",
        readonly=True,
        aggregator="avg",
        help="Plain time from the letter until somebody took it: the sum of it, "
        "divided by the number of inquiries that were taken.",
    )
    hours_to_answered = Measured(
        string="Hours to first answer",
        readonly=True,
        aggregator="avg",
        help="Plain time from the letter to the first answer, one with a promise too: "
        "the sum of it, divided by the number of inquiries that were answered.",
    )
    hours_to_worked_out = Measured(
        string="Hours to worked out",
        readonly=True,
        aggregator="avg",
        help="Plain time from the letter until it was answered or needed no action: "
        "the sum of it, divided by the number of inquiries that are worked out.",
    )
    working_hours_to_seen = Measured(
        string="Working hours to first sight",
        readonly=True,
        aggregator="avg",
        help="As 'Hours to first sight', in the working time of the team: without "
        "nights, weekends and public holidays.",
    )
    working_hours_to_taken = Measured(
        string="Working hours to taking",
        readonly=True,
        aggregator="avg",
        help="As 'Hours to taking', in the working time of the team: without nights, "
        "weekends and public holidays.",
    )
    working_hours_to_answered = Measured(
        string="Working hours to first answer",
        readonly=True,
        aggregator="avg",
        help="As 'Hours to first answer', in the working time of the team: without "
        "nights, weekends and public holidays.",
    )
    working_hours_to_worked_out = Measured(
        string="Working hours to worked out",
        readonly=True,
        aggregator="avg",
        help="As 'Hours to worked out', in the working time of the team: without "
        "nights, weekends and public holidays.",
    )
    inside_share = Measured(
        string="Inside the window, %",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Answered within the exclusive window, as a percentage of all that were "
        "answered and had a window.",
    )
    reserved_share = Measured(
        string="Answered by whom it was reserved for, %",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Answered by the employee it was reserved for, as a percentage of all "
        "that were answered and had been reserved for somebody.",
    )
    within_2_share = Measured(
        string="Worked out within 2 hours, %",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Worked out within 2 hours of plain time, as a percentage of all "
        "that came in 2 hours ago or earlier.",
    )
    within_8_share = Measured(
        string="Worked out within 8 hours, %",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Worked out within 8 hours of plain time, as a percentage of all "
        "that came in 8 hours ago or earlier.",
    )
    within_24_share = Measured(
        string="Worked out within a day, %",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Worked out within 24 hours of plain time, as a percentage of all "
        "that came in 24 hours ago or earlier.",
    )
    within_48_share = Measured(
        string="Worked out within 2 days, %",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Worked out within 48 hours of plain time, as a percentage of all "
        "that came in 48 hours ago or earlier.",
    )
    answered_count = fields.Integer(
        string="Answered",
        readonly=True,
        help="The number of inquiries to which a first answer has left.",
    )
    no_action_count = fields.Integer(
        string="No action required",
        readonly=True,
        help="The number of inquiries that were worked out without an answer.",
    )
    pending_count = fields.Integer(
        string="Pending now",
        readonly=True,
        help="The number of inquiries that are not worked out at this moment.",
    )
    overdue_count = fields.Integer(
        string="Late now",
        readonly=True,
        help="The number of pending inquiries that the queue calls late at this "
        "moment: not taken, the supervisors were told; taken, the time to answer has "
        "passed; promised, the promise was missed; a target is missed, and nothing is "
        "promised for later.",
    )
    transfer_count = fields.Integer(
        string="Transfers",
        readonly=True,
        help="How many times these inquiries were transferred, added up.",
    )
    reopening_count = fields.Integer(
        string="Re-opened",
        readonly=True,
        help="The number of inquiries by which a customer came back to what was "
        "closed.",
    )
    open_question_count = fields.Integer(
        string="Questions left open",
        readonly=True,
        help="Questions of the letters that were not ticked off when they were worked "
        "out, added up.",
    )

    @api.model
    def _get_columns(self):
        return {
            **super()._get_columns(),
            **self._get_time_columns(),
            **self._get_share_columns(),
            **self._get_count_columns(),
        }

    @api.model
    def _get_time_columns(self):
        """Hours until each step; empty where the step has not been made."""
        return {
            f"{kind}_to_{step}": SQL(
                "CASE WHEN %s IS NOT NULL THEN %s END",
                SQL.identifier("inquiry", moment),
                SQL.identifier("inquiry", f"{kind}_to_{step}"),
            )
            for step, moment in STEPS.items()
            for kind in ("hours", "working_hours")
        }

    @api.model
    def _get_share_columns(self):
        """100 or 0 for each inquiry that counts: their average is the percentage."""
        answered = "inquiry.first_answered_at IS NOT NULL AND "
        shares = {f"within_{hours}_share": self._sql_within(hours) for hours in BANDS}
        return {
            **shares,
            "inside_share": percent(
                SQL(answered + "inquiry.window_result IN ('inside', 'after')"),
                SQL("inquiry.window_result = 'inside'"),
            ),
            "reserved_share": percent(
                SQL(answered + "inquiry.answered_by_kind IN ('reserved', 'other')"),
                SQL("inquiry.answered_by_kind = 'reserved'"),
            ),
        }

    @api.model
    def _sql_within(self, hours):
        """What is younger than that has not had its time, and is left out."""
        return percent(
            SQL(
                "inquiry.received_at + %s * interval '1 hour' <= %s",
                hours,
                fields.Datetime.now(),
            ),
            SQL(
                "inquiry.worked_out_at IS NOT NULL"
                " AND inquiry.hours_to_worked_out <= %s",
                hours,
            ),
        )

    @api.model
    def _get_count_columns(self):
        sums = {
            name: SQL("COALESCE(%s, 0)", SQL.identifier("inquiry", name))
            for name in SUMS
        }
        pending = SQL("inquiry.state = %s", PENDING)
        return {
            **sums,
            "answered_count": one(SQL("inquiry.first_answered_at IS NOT NULL")),
            "no_action_count": one(SQL("inquiry.state = %s", NO_ACTION)),
            "reopening_count": one(SQL("inquiry.is_reopening")),
            "pending_count": one(pending),
            "overdue_count": one(SQL("%s AND %s", pending, self._sql_late())),
        }

    @api.model
    def _sql_late(self):
        """As the queue calls it late. Only asked of what is pending: looked up one by
        one, so that a year of inquiries is not joined with its conversations."""
        return SQL(
            """
            (SELECT CASE WHEN ticket.user_id IS NULL
                         THEN ticket.supervisors_alerted_from
                         ELSE ticket.answer_due_at
                    END <= %(now)s
                    OR ticket.target_at <= %(now)s
                       AND (inquiry.promised_for > %(now)s) IS NOT TRUE
               FROM helpdesk_ticket AS ticket
              WHERE ticket.id = inquiry.ticket_id)
            """,
            now=fields.Datetime.now(),
        )


def percent(counts, holds):
    """SQL: 100 where it holds and 0 where not, of what counts."""
    share = "CASE WHEN %s THEN CASE WHEN %s THEN 100::float8 ELSE 0 END END"
    return SQL(share, counts, holds)


def one(holds):
    """SQL: 1 where it holds."""
    return SQL("CASE WHEN %s THEN 1 ELSE 0 END", holds)

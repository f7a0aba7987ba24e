# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ....names import ANSWERED, NO_ACTION, PENDING

DIMENSIONS = (
    "id",
    "received_at",
    "received_on",
    "team_id",
    "audience_id",
    "channel_id",
    "partner_id",
    "type_id",
    "company_id",
    "state",
    "is_public",
    "is_reopening",
    "addressee_id",
    "taken_at",
    "taken_by_id",
    "first_seen_at",
    "first_answered_at",
    "first_answered_by_id",
    "worked_out_at",
    "worked_out_by_id",
    "window_result",
    "answered_by_kind",
)
"""Columns of the inquiry that stand in the report as they are."""

OPEN = "open"
LATER = "later"

LOCAL = SQL(
    "(inquiry.received_at AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(calendar.tz, 'UTC'))"
)
"""When it came in, by the clock of its company."""


class HelpdeskInquiryReport(models.Model):
    """Inquiries, one a row, to be counted by whom and what and when (rule 26).

    A row holds no word of the conversation, and does not name it: who supervises a team
    counts what it has worked out for years, also what he may not read any more.
    """

    _name = "helpdesk.inquiry.report"
    _description = "Inquiries analysis"
    _auto = False
    _order = "received_at desc, id desc"
    _rec_name = "id"
    _depends = {
        "helpdesk.inquiry": [*DIMENSIONS[1:], "hours_to_worked_out"],
        "res.company": ["resource_calendar_id"],
        "resource.calendar": ["tz"],
    }

    received_at = fields.Datetime(string="Received at", readonly=True)
    received_on = fields.Date(
        string="Received",
        readonly=True,
        help="The day on which it came in, by the clock of its company.",
    )
    received_year = fields.Char(
        string="Year",
        readonly=True,
        help="By the clock of its company. With 'Month of the year' it puts the same "
        "month of several years side by side.",
    )
    received_month = fields.Selection(
        selection="_list_months",
        string="Month of the year",
        readonly=True,
        help="The month without its year, by the clock of its company.",
    )
    received_weekday = fields.Selection(
        selection="_list_weekdays",
        string="Day of the week",
        readonly=True,
        help="By the clock of its company.",
    )
    received_hour = fields.Selection(
        selection="_list_hours",
        string="Hour of the day",
        readonly=True,
        help="By the clock of its company: 09:00 is from nine to ten.",
    )
    team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        readonly=True,
        help="The team of the conversation. Once worked out, the team it had then.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Employee",
        readonly=True,
        help="Who answered first, or else who worked it out, or else who took it.",
    )
    first_answered_by_id = fields.Many2one(
        comodel_name="res.users", string="First answered by", readonly=True
    )
    worked_out_by_id = fields.Many2one(
        comodel_name="res.users", string="Worked out by", readonly=True
    )
    taken_by_id = fields.Many2one(
        comodel_name="res.users", string="Taken by", readonly=True
    )
    addressee_id = fields.Many2one(
        comodel_name="res.users",
        string="Reserved for",
        readonly=True,
        help="Who saw it first, alone with the supervisors.",
    )
    audience_id = fields.Many2one(comodel_name="customer.audience", readonly=True)
    channel_id = fields.Many2one(
        comodel_name="helpdesk.ticket.channel",
        readonly=True,
        help="By which way the customer asked.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    type_id = fields.Many2one(comodel_name="helpdesk.inquiry.type", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    state = fields.Selection(
        selection=[
            (PENDING, "Pending"),
            (ANSWERED, "Answered"),
            (NO_ACTION, "No action required"),
        ],
        readonly=True,
    )
    is_public = fields.Boolean(
        string="Public", readonly=True, help="Other people read the answer, too."
    )
    is_reopening = fields.Boolean(
        string="Re-opens",
        readonly=True,
        help="The customer came back to what was closed.",
    )
    first_seen_at = fields.Datetime(string="First seen at", readonly=True)
    taken_at = fields.Datetime(string="Taken at", readonly=True)
    first_answered_at = fields.Datetime(string="First answered at", readonly=True)
    worked_out_at = fields.Datetime(string="Worked out at", readonly=True)
    window_result = fields.Selection(
        selection=[
            ("inside", "Inside the window"),
            ("after", "After the window"),
            ("none", "Without a window"),
        ],
        string="Exclusive window",
        readonly=True,
        help="Whether the first answer left within the exclusive window.",
    )
    answered_by_kind = fields.Selection(
        selection=[
            ("reserved", "Whom it was reserved for"),
            ("other", "Another"),
            ("none", "Reserved for nobody"),
        ],
        string="Answered by",
        readonly=True,
    )
    worked_out_within = fields.Selection(
        selection=[
            ("002", "2 hours"),
            ("008", "2 to 8 hours"),
            ("024", "8 hours to a day"),
            ("048", "1 to 2 days"),
            (LATER, "Later"),
            (OPEN, "Not yet"),
        ],
        string="Worked out within",
        readonly=True,
        help="Plain time from the letter until it was worked out.",
    )

    @api.model
    def _list_months(self):
        _ = self.env._
        names = (
            _("January"),
            _("February"),
            _("March"),
            _("April"),
            _("May"),
            _("June"),
            _("July"),
            _("August"),
            _("September"),
            _("October"),
            _("November"),
            _("December"),
        )
        return [(f"{number:02}", name) for number, name in enumerate(names, 1)]

    @api.model
    def _list_weekdays(self):
        _ = self.env._
        names = (
            _("Monday"),
            _("Tuesday"),
            _("Wednesday"),
            _("Thursday"),
            _("Friday"),
            _("Saturday"),
            _("Sunday"),
        )
        return [(str(number), name) for number, name in enumerate(names, 1)]

    @api.model
    def _list_hours(self):
        return [(f"{hour:02}", f"{hour:02}:00") for hour in range(24)]

    @property
    def _table_query(self):
        """One row for each inquiry; what is not asked for is not worked out."""
        columns = SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name))
            for name, expression in self._get_columns().items()
        )
        return SQL(
            """
            SELECT %s
              FROM helpdesk_inquiry AS inquiry
              LEFT JOIN res_company AS company ON company.id = inquiry.company_id
              LEFT JOIN resource_calendar AS calendar
                ON calendar.id = company.resource_calendar_id
             WHERE %s
            """,
            columns,
            self._sql_shown(),
        )

    @api.model
    def _sql_shown(self):
        """What was written to the manager about the reader himself is in no figure of
        his (rule 23), whatever reads for him: looked up before, so that a year is not
        joined with it."""
        # sudo: helpdesk.ticket: what is about the reader, to leave it out
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        about = tickets.search([("about_user_id", "=", self.env.uid)])
        if not about:
            return SQL("TRUE")
        return SQL("inquiry.ticket_id != ALL(%s)", about.ids)

    @api.model
    def _get_columns(self):
        """{field: SQL over one inquiry}; measures join it in their own file."""
        columns = {name: SQL.identifier("inquiry", name) for name in DIMENSIONS}
        return {
            **columns,
            "user_id": SQL(
                "COALESCE(inquiry.first_answered_by_id, inquiry.worked_out_by_id,"
                " inquiry.taken_by_id)"
            ),
            "received_year": SQL("to_char(inquiry.received_on, 'YYYY')"),
            "received_month": SQL("to_char(inquiry.received_on, 'MM')"),
            "received_weekday": SQL("to_char(inquiry.received_on, 'ID')"),
            "received_hour": SQL("to_char(%s, 'HH24')", LOCAL),
            "worked_out_within": self._sql_band(),
        }

    @api.model
    def _sql_band(self):
        return SQL(
            """
            CASE WHEN inquiry.worked_out_at IS NULL THEN %s
                 WHEN inquiry.hours_to_worked_out <= 2 THEN '002'
                 WHEN inquiry.hours_to_worked_out <= 8 THEN '008'
                 WHEN inquiry.hours_to_worked_out <= 24 THEN '024'
                 WHEN inquiry.hours_to_worked_out <= 48 THEN '048'
                 ELSE %s
            END
            """,
            OPEN,
            LATER,
        )

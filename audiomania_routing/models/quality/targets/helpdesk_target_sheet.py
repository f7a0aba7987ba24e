# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .aims import GREEN, RED, YELLOW
from .helpdesk_target import KIND_LABELS

MONTHS = 36
"""So many months are shown, this one with them: enough for the same one of the two
years before."""

MONTH = "month"
QUARTER = "quarter"
OF_TEAM = "team"
OF_EMPLOYEE = "employee"
DAY = timedelta(days=1)
"""A month begins so much earlier elsewhere, at most."""

ID_BITS = 4503599627370495
"""Numbers of lines stay exact in a browser: 52 bits."""

BANDS = [(GREEN, "Green"), (YELLOW, "Yellow"), (RED, "Red")]
MEASURES = {"share", "reached", "mark_average"}


class HelpdeskTargetSheet(models.Model):
    """To how many percent a team or an employee has reached a target in a month or a
    quarter, how many of how many stand behind it, and how it was before.

    Counted anew whenever it is looked at: a mark that is voided later changes the month
    in which its inquiry came in. Which target held is kept with each inquiry.
    """

    _name = "helpdesk.target.sheet"
    _description = "Sheet of targets"
    _auto = False
    _order = "period_start desc, team_id, user_id, target_id, id"
    _rec_name = "target_id"
    _depends = {
        "helpdesk.target.result": [],
        "helpdesk.target": [
            "channel_id",
            "green",
            "kind",
            "percent",
            "type_id",
            "yellow",
        ],
    }

    period_type = fields.Selection(
        selection=[(MONTH, "Months"), (QUARTER, "Quarters")],
        string="By",
        readonly=True,
    )
    period_start = fields.Date(
        string="Period", readonly=True, help="Its first day: it counts what came in."
    )
    period_name = fields.Char(string="Month or quarter", compute="_compute_period_name")
    scope = fields.Selection(
        selection=[(OF_TEAM, "Team"), (OF_EMPLOYEE, "Employee")],
        string="Of",
        readonly=True,
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    team_id = fields.Many2one(comodel_name="helpdesk.ticket.team", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Employee", readonly=True
    )
    target_id = fields.Many2one(comodel_name="helpdesk.target", readonly=True)
    kind = fields.Selection(selection=KIND_LABELS, string="What", readonly=True)
    percent = fields.Float(
        string="Required",
        readonly=True,
        digits=(5, 1),
        aggregator=None,
        help="Of so many percent it is asked.",
    )
    counted = fields.Integer(readonly=True, help="How many inquiries or marks.")
    kept = fields.Integer(readonly=True, help="How many of them kept the target.")
    missed = fields.Integer(readonly=True, help="How many of them did not.")
    share = fields.Float(
        readonly=True,
        digits=(5, 1),
        aggregator="avg",
        help="Percent: kept / counted x 100.",
    )
    reached = fields.Float(
        readonly=True,
        digits=(5, 1),
        aggregator="avg",
        help="Percent: share / what is asked x 100, 100 at most.",
    )
    mark_average = fields.Float(
        string="Average mark",
        readonly=True,
        digits=(3, 2),
        aggregator="avg",
        help="The plain mean of the marks that were counted; nothing is added.",
    )
    band = fields.Selection(selection=BANDS, readonly=True)
    previous_reached = fields.Float(
        string="Before",
        readonly=True,
        digits=(5, 1),
        aggregator=None,
        help="To how many percent it was reached in the period before in which "
        "something was counted.",
    )
    change = fields.Float(
        readonly=True,
        digits=(5, 1),
        aggregator=None,
        help="Points of percent more than in the period before.",
    )
    trend = fields.Selection(
        selection=[
            ("up", "Better"),
            ("same", "As before"),
            ("down", "Worse"),
            ("new", "For the first time"),
        ],
        readonly=True,
        help="Better or worse by one point of percent at least.",
    )
    under_green = fields.Integer(
        string="In a row under green",
        readonly=True,
        aggregator="max",
        help="For so many months or quarters in a row, this one with them. Those in "
        "which nothing was counted do not break the row.",
    )
    under_yellow = fields.Integer(
        string="In a row red",
        readonly=True,
        aggregator="max",
        help="The same of those under yellow.",
    )
    formula = fields.Text(related="target_id.formula")
    figures = fields.Char(compute="_compute_figures", help="How many of how many.")

    @api.depends("kept", "counted")
    @api.depends_context("lang")
    def _compute_figures(self):
        for sheet in self:
            sheet.figures = self.env._(
                "%(kept)s of %(counted)s", kept=sheet.kept, counted=sheet.counted
            )

    @api.depends("period_type", "period_start")
    @api.depends_context("lang")
    def _compute_period_name(self):
        patterns = {MONTH: "LLLL y", QUARTER: "QQQ y"}
        for sheet in self:
            sheet.period_name = sheet.period_start and format_date(
                self.env, sheet.period_start, date_format=patterns[sheet.period_type]
            )

    @api.depends("target_id", "team_id", "user_id", "period_start")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self:
            who = sheet.user_id.name or sheet.team_id.name
            parts = [who, sheet.period_name, sheet.target_id.display_name]
            sheet.display_name = ", ".join(filter(None, parts))

    # What is added up

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """A share of several lines is that of all that was counted in them, and no mean
        of shares."""
        name, _colon, aggregate = aggregate_spec.partition(":")
        if aggregate != "avg" or name not in MEASURES:
            return super()._read_group_select(aggregate_spec, query)
        names = ("kept", "counted", "percent", "mark_sum")
        columns = {each: SQL.identifier(self._table, each) for each in names}
        self._check_field_access(self._fields[name], "read")
        return SQL(
            {
                "share": "SUM(%(kept)s) * 100.0 / NULLIF(SUM(%(counted)s), 0)",
                "reached": "LEAST(100, SUM(%(kept)s) * 10000.0"
                " / NULLIF(SUM(%(counted)s * %(percent)s), 0))",
                "mark_average": "SUM(%(mark_sum)s) * 1.0"
                " / NULLIF(SUM(%(counted)s)"
                " FILTER (WHERE %(mark_sum)s IS NOT NULL), 0)",
            }[name],
            **columns,
        )

    # The query

    @property
    def _table_query(self):
        return SQL(
            """
            WITH results AS (%(results)s), months AS (
                SELECT company_id, month, target_id, team_id, user_id,
                       COUNT(*) AS counted, SUM(kept_count) AS kept,
                       SUM(mark) AS mark_sum
                  FROM results
                 WHERE month >= %(first)s
                 GROUP BY company_id, month, target_id, team_id, user_id
            ), lines AS (
                SELECT period.type AS period_type, period.start AS period_start,
                       who.scope, months.company_id, who.team_id, who.user_id,
                       months.target_id, SUM(months.counted)::int AS counted,
                       SUM(months.kept)::int AS kept, SUM(months.mark_sum) AS mark_sum
                  FROM months
                 CROSS JOIN LATERAL (VALUES
                       ('month', months.month),
                       ('quarter', DATE_TRUNC('quarter', months.month)::date)
                       ) AS period (type, start)
                 CROSS JOIN LATERAL (VALUES
                       ('team', months.team_id, NULL::int),
                       ('employee', NULL::int, months.user_id)
                       ) AS who (scope, team_id, user_id)
                 WHERE COALESCE(who.team_id, who.user_id) IS NOT NULL
                 GROUP BY 1, 2, 3, 4, 5, 6, 7
            ), figures AS (
                SELECT lines.*, target.kind, target.percent, target.green,
                       target.yellow, target.type_id, target.channel_id,
                       CASE lines.scope WHEN 'employee' THEN target.team_id END
                           AS asking_team_id,
                       lines.kept * 100.0 / lines.counted AS share,
                       LEAST(100, lines.kept * 10000.0 / lines.counted
                                  / target.percent) AS reached
                  FROM lines
                  JOIN helpdesk_target AS target ON target.id = lines.target_id
            ), numbered AS (
                SELECT figures.*,
                       DENSE_RANK() OVER series AS number,
                       AVG(reached) OVER (
                           series GROUPS BETWEEN 1 PRECEDING AND 1 PRECEDING
                       ) AS previous_reached
                  FROM figures
                WINDOW series AS (
                       PARTITION BY period_type, scope, company_id, team_id, user_id,
                                    kind, type_id, channel_id, asking_team_id
                       ORDER BY period_start)
            )
            SELECT HASHTEXTEXTENDED(CONCAT_WS('/', period_type, period_start, scope,
                       COALESCE(company_id, 0), COALESCE(team_id, 0),
                       COALESCE(user_id, 0), target_id), 0) & %(bits)s AS id,
                   period_type, period_start, scope, company_id, team_id, user_id,
                   target_id, kind, percent, counted, kept, counted - kept AS missed,
                   share, reached, mark_sum,
                   mark_sum * 1.0 / counted AS mark_average,
                   CASE WHEN reached >= green THEN 'green'
                        WHEN reached >= yellow THEN 'yellow' ELSE 'red' END AS band,
                   previous_reached, reached - previous_reached AS change,
                   CASE WHEN previous_reached IS NULL THEN 'new'
                        WHEN reached - previous_reached >= 1 THEN 'up'
                        WHEN reached - previous_reached <= -1 THEN 'down'
                        ELSE 'same' END AS trend,
                   (number - COALESCE(MAX(number) FILTER (WHERE reached >= green)
                       OVER series, 0))::int AS under_green,
                   (number - COALESCE(MAX(number) FILTER (WHERE reached >= yellow)
                       OVER series, 0))::int AS under_yellow
              FROM numbered
            WINDOW series AS (
                   PARTITION BY period_type, scope, company_id, team_id, user_id, kind,
                                type_id, channel_id, asking_team_id
                   ORDER BY number)
            """,
            results=self.env["helpdesk.target.result"]._get_results_query(
                since=self._get_since() - DAY
            ),
            first=self._get_since().date(),
            bits=ID_BITS,
        )

    @api.model
    def _get_since(self):
        """From when on things are counted: the first day of a quarter."""
        start = fields.Datetime.now() - relativedelta(months=MONTHS)
        quarter = start.month - (start.month - 1) % 3
        return start.replace(month=quarter, day=1, hour=0, minute=0, second=0)

    # The list behind it

    def action_open_results(self):
        """What was counted, one by one."""
        self.ensure_one()
        self.check_access("read")
        months = 3 if self.period_type == QUARTER else 1
        until = self.period_start + relativedelta(months=months)
        who = "team_id" if self.scope == OF_TEAM else "user_id"
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.helpdesk_target_result_action"
        )
        return {
            **action,
            "name": self.display_name,
            "domain": [
                ("target_id", "=", self.target_id.id),
                (who, "=", self[who].id),
                ("company_id", "=", self.company_id.id),
                ("month", ">=", fields.Date.to_string(self.period_start)),
                ("month", "<", fields.Date.to_string(until)),
            ],
        }

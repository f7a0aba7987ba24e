# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .helpdesk_target_sheet import BANDS, ID_BITS, MONTH, OF_EMPLOYEE


class HelpdeskTargetMonth(models.Model):
    """The monthly sheet of an employee: all his targets of a month, to be read by him
    and by who leads him, and to be printed."""

    _name = "helpdesk.target.month"
    _description = "Monthly sheet of an employee"
    _auto = False
    _order = "month desc, user_id, id"
    _rec_name = "user_id"
    _depends = {"helpdesk.target.sheet": []}

    user_id = fields.Many2one(
        comodel_name="res.users", string="Employee", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    month = fields.Date(readonly=True, help="Its first day.")
    month_name = fields.Char(string="Month in words", compute="_compute_month_name")
    target_count = fields.Integer(string="Targets", readonly=True)
    green_count = fields.Integer(string="Green ones", readonly=True)
    counted = fields.Integer(
        readonly=True, help="How many inquiries and marks stand behind it."
    )
    reached = fields.Float(
        readonly=True,
        digits=(5, 1),
        aggregator="avg",
        help="Percent: the mean of what is reached of each target; each of them counts "
        "the same.",
    )
    band = fields.Selection(
        selection=BANDS, readonly=True, help="The worst of his targets."
    )
    sheet_ids = fields.Many2many(
        comodel_name="helpdesk.target.sheet",
        string="By target",
        compute="_compute_sheet_ids",
    )

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_month_name(self):
        for month in self:
            month.month_name = month._get_month_name()

    def _get_month_name(self):
        if not self.month:
            return False
        return format_date(self.env, self.month, date_format="LLLL y")

    @api.depends("user_id", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for month in self:
            month.display_name = f"{month.user_id.name}, {month.month_name}"

    @api.depends("user_id", "company_id", "month")
    def _compute_sheet_ids(self):
        """One query for all: who may read the sheet may read its lines."""
        sheets = self.env["helpdesk.target.sheet"].search(
            [
                ("scope", "=", OF_EMPLOYEE),
                ("period_type", "=", MONTH),
                ("user_id", "in", self.user_id.ids),
                ("period_start", "in", [one.month for one in self if one.month]),
            ]
        )
        found = sheets.grouped(
            lambda one: (one.user_id, one.company_id, one.period_start)
        )
        for month in self:
            key = (month.user_id, month.company_id, month.month)
            month.sheet_ids = found.get(key, sheets.browse()).sorted(
                lambda one: (one.target_id.id, one.id)
            )

    @property
    def _table_query(self):
        sheets = self.env["helpdesk.target.sheet"]
        return SQL(
            """
            SELECT HASHTEXTEXTENDED(CONCAT_WS('/', user_id, company_id, period_start),
                       0) & %(bits)s AS id,
                   user_id, company_id, period_start AS month,
                   COUNT(*)::int AS target_count,
                   (COUNT(*) FILTER (WHERE band = 'green'))::int AS green_count,
                   SUM(counted)::int AS counted,
                   AVG(reached) AS reached,
                   CASE WHEN BOOL_OR(band = 'red') THEN 'red'
                        WHEN BOOL_OR(band = 'yellow') THEN 'yellow'
                        ELSE 'green' END AS band
              FROM (%(sheets)s) AS sheet
             WHERE scope = 'employee' AND period_type = 'month'
             GROUP BY user_id, company_id, period_start
            """,
            sheets=sheets._table_query,
            bits=ID_BITS,
        )

    def _get_marks(self):
        """The lines of marks: their mean is shown with their number."""
        return self.sheet_ids.filtered(lambda one: one.mark_average)

    def action_print(self):
        self.check_access("read")
        return self.env.ref(
            "audiomania_routing.helpdesk_target_month_report"
        ).report_action(self)

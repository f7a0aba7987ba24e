# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from .helpdesk_inquiry_report_measures import one
from .measured import Measured

WITH_PRIOR = {
    "quality_average:avg": ("quality_mark", "quality"),
    "speed_average:avg": ("speed_mark", "speed"),
}
"""{aggregate: column of the mark, what is asked of the usual one}"""

MARKED = SQL(
    "COALESCE(inquiry.marked_user_id, inquiry.first_answered_by_id,"
    " inquiry.worked_out_by_id)"
)
"""Who wrote the answer that was marked: of a promise and an answer, the one of which
the mark counts. Before it was written down, who answered first."""


class HelpdeskInquiryReport(models.Model):
    """The marks of customers: plain, with their number, and with the prior of rule 25.

    Managers see all, leaders those of their people; an employee his own where the
    policy shows them. Of a mark that is not for the reader the row is as without one.
    """

    _inherit = "helpdesk.inquiry.report"
    _depends = {"helpdesk.inquiry": ["marked_user_id", "quality_mark", "speed_mark"]}

    marked_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Marked employee",
        readonly=True,
        help="Who wrote the answer that the customer marked.",
    )
    quality_mark = Measured(
        string="Quality mark",
        readonly=True,
        aggregator="avg",
        digits=(16, 2),
        help="The sum of the marks for quality, from 1 to 5, divided by their number. "
        "A mark given by accident or found not justified is left out.",
    )
    quality_mark_count = fields.Integer(
        string="Quality marks",
        readonly=True,
        help="How many marks for quality stand behind the average.",
    )
    quality_average = Measured(
        string="Quality, few marks weighed",
        readonly=True,
        aggregator="avg",
        digits=(16, 2),
        help="As if everybody had got some usual marks before, so that one mark does "
        "not decide: (sum of the marks for quality + usual mark × strength) divided by "
        "(their number + strength). The usual mark is the mean of all marks of "
        "everybody, the strength is set in the routing policy of the company.",
    )
    speed_mark = Measured(
        string="Speed mark",
        readonly=True,
        aggregator="avg",
        digits=(16, 2),
        help="The sum of the marks for speed, from 1 to 5, divided by their number. "
        "A mark given by accident or found not justified is left out.",
    )
    speed_mark_count = fields.Integer(
        string="Speed marks",
        readonly=True,
        help="How many marks for speed stand behind the average.",
    )
    speed_average = Measured(
        string="Speed, few marks weighed",
        readonly=True,
        aggregator="avg",
        digits=(16, 2),
        help="As if everybody had got some usual marks before, so that one mark does "
        "not decide: (sum of the marks for speed + usual mark × strength) divided by "
        "(their number + strength). The usual mark is the mean of all marks of "
        "everybody, the strength is set in the routing policy of the company.",
    )

    @api.model
    def _get_columns(self):
        """0 in a column stands for no mark that counts."""
        columns, shown = super()._get_columns(), self._sql_mark_shown()
        columns["marked_user_id"] = SQL(
            "CASE WHEN %s AND COALESCE(NULLIF(inquiry.quality_mark, 0),"
            " NULLIF(inquiry.speed_mark, 0)) IS NOT NULL THEN %s END",
            shown,
            MARKED,
        )
        for kind in ("quality", "speed"):
            mark = SQL(
                "CASE WHEN %s THEN NULLIF(%s, 0)::float8 END",
                shown,
                SQL.identifier("inquiry", f"{kind}_mark"),
            )
            columns[f"{kind}_mark"] = columns[f"{kind}_average"] = mark
            columns[f"{kind}_mark_count"] = one(SQL("%s IS NOT NULL", mark))
        return columns

    @api.model
    def _sql_mark_shown(self):
        """SQL: whether the reader may know what was given for this inquiry; also where
        rights are checked for him, so that nothing else stays in memory."""
        user = self.env.user
        if user.id == SUPERUSER_ID or user._is_routing_manager():
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", MARKED, user._get_readable_mark_people())

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """The prior is added to each group, and not to each mark."""
        if aggregate_spec not in WITH_PRIOR:
            return super()._read_group_select(aggregate_spec, query)
        name, kind = WITH_PRIOR[aggregate_spec]
        mark = self._field_to_sql(self._table, name, query)
        # sudo: rating.rating: the mean of all marks, no one of them
        usual = self.env["rating.rating"].sudo()._get_usual_mark(of=kind)
        if usual is None:
            return SQL("AVG(%s)", mark)
        rules = self.env["routing.policy"]._get_rules(
            self.env.company, self.env["helpdesk.ticket.team"]
        )
        strength = rules.engine.prior_strength
        return SQL(
            "(SUM(%s) + %s::float8) / (COUNT(%s) + %s::float8)",
            mark,
            usual * strength,
            mark,
            strength,
        )

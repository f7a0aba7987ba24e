# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .aims import ANSWER, KINDS, QUALITY, SPEED, WORKED_OUT
from .helpdesk_target import KIND_LABELS

ANSWERED_AT = SQL(
    """
    COALESCE(inquiry.first_answered_at,
             CASE WHEN inquiry.state = 'answered' THEN inquiry.worked_out_at END)
    """
)
ANSWERED_BY = SQL("COALESCE(inquiry.first_answered_by_id, inquiry.worked_out_by_id)")
HOLDER = SQL("COALESCE(ticket.user_id, inquiry.addressee_id)")
MARKED = SQL(
    """
    CASE WHEN inquiry.state = 'answered' THEN inquiry.worked_out_by_id
         ELSE inquiry.first_answered_by_id END
    """
)


class HelpdeskTargetResult(models.Model):
    """One inquiry judged by one of its targets: what stands behind each figure.

    Of an inquiry and its conversation nothing is told here but when it came in and what
    became of it in time: to read it, one has to be one of those who may.

    Judged is who answered first, who worked it out, or whose answer got the mark; of
    what is missed and still open, who has it, or for whom it was reserved; where there
    is none of these, the team only.
    """

    _name = "helpdesk.target.result"
    _description = "Inquiry judged by a target"
    _auto = False
    _order = "received_at desc, id desc"
    _rec_name = "target_id"
    _depends = {
        "helpdesk.inquiry": [
            "addressee_id",
            "company_id",
            "first_answered_at",
            "first_answered_by_id",
            "quality_mark",
            "received_at",
            "speed_mark",
            "state",
            "team_id",
            "ticket_id",
            "type_id",
            "worked_out_at",
            "worked_out_by_id",
            *(f"{kind}_target_id" for kind in KINDS),
            "answer_target_at",
            "worked_out_target_at",
        ],
        "helpdesk.target": ["mark"],
        "helpdesk.ticket": ["user_id"],
        "res.company": ["resource_calendar_id"],
        "resource.calendar": ["tz"],
    }

    target_id = fields.Many2one(comodel_name="helpdesk.target", readonly=True)
    kind = fields.Selection(selection=KIND_LABELS, string="What", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    team_id = fields.Many2one(comodel_name="helpdesk.ticket.team", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Employee",
        readonly=True,
        help="Who is judged: who answered, worked it out or got the mark; of what is "
        "missed and open, who has it or for whom it was reserved.",
    )
    type_id = fields.Many2one(
        comodel_name="helpdesk.inquiry.type", string="Type of inquiry", readonly=True
    )
    received_at = fields.Datetime(string="Received at", readonly=True)
    month = fields.Date(
        readonly=True, help="The first day of the month in which it came in."
    )
    due_at = fields.Datetime(
        string="By", readonly=True, help="Until then the target was kept."
    )
    done_at = fields.Datetime(
        string="Done at", readonly=True, help="Empty: it waits still."
    )
    mark = fields.Integer(readonly=True, aggregator="avg")
    is_kept = fields.Boolean(string="Kept", readonly=True)
    kept_count = fields.Integer(string="Number kept", readonly=True)

    @property
    def _table_query(self):
        return self._get_results_query()

    @api.model
    def _get_results_query(self, since=None):
        """SQL: a row for each inquiry and target that is kept or missed by now.

        :param since: only what came in from this moment on
        """
        bound = SQL("inquiry.received_at >= %s", since) if since else SQL("TRUE")
        return SQL(
            """
            SELECT inquiry.id * 4 + judged.number AS id,
                   judged.target_id,
                   judged.kind,
                   inquiry.company_id,
                   inquiry.team_id,
                   judged.user_id,
                   inquiry.type_id,
                   inquiry.received_at,
                   DATE_TRUNC('month', inquiry.received_at AT TIME ZONE 'UTC'
                              AT TIME ZONE COALESCE(calendar.tz, 'UTC'))::date
                       AS month,
                   judged.due_at,
                   judged.done_at,
                   judged.mark,
                   judged.is_kept,
                   judged.is_kept::int AS kept_count
              FROM helpdesk_inquiry AS inquiry
              LEFT JOIN helpdesk_ticket AS ticket
                ON ticket.id = inquiry.ticket_id AND inquiry.state = 'pending'
              LEFT JOIN res_company AS company ON company.id = inquiry.company_id
              LEFT JOIN resource_calendar AS calendar
                ON calendar.id = company.resource_calendar_id
              LEFT JOIN helpdesk_target AS quality
                ON quality.id = inquiry.quality_target_id
              LEFT JOIN helpdesk_target AS speed ON speed.id = inquiry.speed_target_id
             CROSS JOIN LATERAL (VALUES %(judged)s) AS judged (
                   number, kind, target_id, user_id, due_at, done_at, mark, is_kept)
             WHERE judged.target_id IS NOT NULL
               AND judged.is_kept IS NOT NULL
               AND %(bound)s
            """,
            judged=SQL(", ").join(self._list_judged()),
            bound=bound,
        )

    @api.model
    def _list_judged(self):
        """SQL: how each kind is judged; is_kept is NULL as long as it is open, and
        where nothing is asked."""
        now = fields.Datetime.now()
        parts = {
            ANSWER: SQL(
                """
                inquiry.answer_target_id,
                CASE WHEN %(at)s IS NULL THEN %(holder)s ELSE %(by)s END,
                inquiry.answer_target_at, %(at)s, NULL::int,
                CASE WHEN %(at)s IS NOT NULL THEN %(at)s <= inquiry.answer_target_at
                     WHEN inquiry.state = 'pending'
                          AND inquiry.answer_target_at <= %(now)s THEN FALSE END
                """,
                at=ANSWERED_AT,
                by=ANSWERED_BY,
                holder=HOLDER,
                now=now,
            ),
            WORKED_OUT: SQL(
                """
                inquiry.worked_out_target_id,
                CASE WHEN inquiry.state = 'pending' THEN %(holder)s
                     ELSE inquiry.worked_out_by_id END,
                inquiry.worked_out_target_at, inquiry.worked_out_at, NULL::int,
                CASE WHEN inquiry.state <> 'pending'
                     THEN inquiry.worked_out_at <= inquiry.worked_out_target_at
                     WHEN inquiry.worked_out_target_at <= %(now)s THEN FALSE END
                """,
                holder=HOLDER,
                now=now,
            ),
            QUALITY: self._sql_mark(QUALITY),
            SPEED: self._sql_mark(SPEED),
        }
        return [
            SQL("(%s, %s, %s)", number, kind, parts[kind])
            for number, kind in enumerate(KINDS)
        ]

    @api.model
    def _sql_mark(self, kind):
        mark = SQL.identifier("inquiry", f"{kind}_mark")
        return SQL(
            """
            %(target)s, %(by)s, NULL::timestamp, NULL::timestamp, NULLIF(%(mark)s, 0),
            NULLIF(%(mark)s, 0) >= %(least)s
            """,
            target=SQL.identifier("inquiry", f"{kind}_target_id"),
            by=MARKED,
            mark=mark,
            least=SQL.identifier(kind, "mark"),
        )

    def action_open_conversation(self):
        """Open the conversation for who may read it; to others say so."""
        self.ensure_one()
        self.check_access("read")
        # sudo: helpdesk.inquiry: which conversation it is; whether it opens, by rules
        inquiry = self.env["helpdesk.inquiry"].sudo().browse(self.id // len(KINDS))
        ticket = inquiry.ticket_id.with_env(self.env)
        if not ticket.has_access("read"):
            raise UserError(
                self.env._("You may not read this conversation: others have it now.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "res_id": ticket.id,
            "views": [(False, "form")],
            "target": "current",
        }

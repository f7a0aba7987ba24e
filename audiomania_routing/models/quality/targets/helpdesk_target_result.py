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
    COALESCE(inquiry.marked_user_id,
             CASE WHEN inquiry.state = 'answered' THEN inquiry.worked_out_by_id
                  ELSE inquiry.first_answered_by_id END)
    """
)
"""Whose answer got the mark that stands with the inquiry, the latest that counts: not
who worked it out later."""


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
            "marked_user_id",
            "quality_mark",
            "received_at",
            "received_on",
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
        numbers = SQL(", ").join(
            SQL("(%s, %s)", number, kind) for number, kind in enumerate(KINDS)
        )
        return SQL(
            """
            SELECT judged.*, judged.is_kept::int AS kept_count
              FROM (
            SELECT inquiry.id * 4 + kinds.number AS id,
                   kinds.kind,
                   inquiry.company_id,
                   inquiry.team_id,
                   inquiry.type_id,
                   inquiry.received_at,
                   DATE_TRUNC('month', inquiry.received_on)::date AS month,
                   %(judged)s
              FROM helpdesk_inquiry AS inquiry
              LEFT JOIN helpdesk_ticket AS ticket
                ON ticket.id = inquiry.ticket_id AND inquiry.state = 'pending'
              LEFT JOIN helpdesk_target AS quality
                ON quality.id = inquiry.quality_target_id
              LEFT JOIN helpdesk_target AS speed ON speed.id = inquiry.speed_target_id
             CROSS JOIN (VALUES %(numbers)s) AS kinds (number, kind)
             WHERE %(bound)s
                   ) AS judged
             WHERE judged.target_id IS NOT NULL
               AND judged.is_kept IS NOT NULL
            """,
            judged=SQL(", ").join(self._list_judged()),
            numbers=numbers,
            bound=bound,
        )

    @api.model
    def _list_judged(self):
        """SQL: the columns that each kind has in its own way."""
        parts = {
            ANSWER: self._get_answer_columns(),
            WORKED_OUT: self._get_worked_out_columns(),
            QUALITY: self._get_mark_columns(QUALITY),
            SPEED: self._get_mark_columns(SPEED),
        }
        return [
            SQL(
                "CASE kinds.kind %s END AS %s",
                SQL(" ").join(
                    SQL("WHEN %s THEN %s", kind, columns[name])
                    for kind, columns in parts.items()
                    if name in columns
                ),
                SQL.identifier(name),
            )
            for name in ("target_id", "user_id", "due_at", "done_at", "mark", "is_kept")
        ]

    # is_kept is NULL as long as it is open, and where nothing is asked.

    @api.model
    def _get_answer_columns(self):
        return {
            "target_id": SQL("inquiry.answer_target_id"),
            "user_id": SQL(
                "CASE WHEN %s IS NULL THEN %s ELSE %s END",
                ANSWERED_AT,
                HOLDER,
                ANSWERED_BY,
            ),
            "due_at": SQL("inquiry.answer_target_at"),
            "done_at": ANSWERED_AT,
            "is_kept": SQL(
                """
                CASE WHEN %(at)s IS NOT NULL THEN %(at)s <= inquiry.answer_target_at
                     WHEN inquiry.state = 'pending'
                          AND inquiry.answer_target_at <= %(now)s THEN FALSE END
                """,
                at=ANSWERED_AT,
                now=fields.Datetime.now(),
            ),
        }

    @api.model
    def _get_worked_out_columns(self):
        return {
            "target_id": SQL("inquiry.worked_out_target_id"),
            "user_id": SQL(
                "CASE WHEN inquiry.state = 'pending' THEN %s"
                " ELSE inquiry.worked_out_by_id END",
                HOLDER,
            ),
            "due_at": SQL("inquiry.worked_out_target_at"),
            "done_at": SQL("inquiry.worked_out_at"),
            "is_kept": SQL(
                """
                CASE WHEN inquiry.state <> 'pending'
                     THEN inquiry.worked_out_at <= inquiry.worked_out_target_at
                     WHEN inquiry.worked_out_target_at <= %s THEN FALSE END
                """,
                fields.Datetime.now(),
            ),
        }

    @api.model
    def _get_mark_columns(self, kind):
        mark = SQL("NULLIF(%s, 0)", SQL.identifier("inquiry", f"{kind}_mark"))
        return {
            "target_id": SQL.identifier("inquiry", f"{kind}_target_id"),
            "user_id": SQL("CASE WHEN %s IS NOT NULL THEN %s END", mark, MARKED),
            "mark": mark,
            "is_kept": SQL("%s >= %s", mark, SQL.identifier(kind, "mark")),
        }

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

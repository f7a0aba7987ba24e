# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import (
    MAX_TRIES_ON_CONCURRENCY_FAILURE,
    PG_CONCURRENCY_EXCEPTIONS_TO_RETRY,
)
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

DRAFT = "draft"
RUNNING = "running"
STOPPED = "stopped"
DONE = "done"
BATCH = 200
JOB = "audiomania_routing.ir_cron_adopt"
ALERT = "tickets_adopted"


class HelpdeskTicketAdoption(models.Model):
    """Tickets of before the installation get inquiries for what is unanswered.

    A job goes through the open tickets by their id, a batch in each transaction, and
    writes down in that transaction how far it is: stopped or killed, it goes on there.
    A ticket that has an inquiry is never touched, so doing it twice changes nothing.
    """

    _name = "helpdesk.ticket.adoption"
    _description = "Inquiries for existing tickets"
    _order = "id desc"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
        index=True,
    )
    state = fields.Selection(
        selection=[
            (DRAFT, "Not started"),
            (RUNNING, "Running"),
            (STOPPED, "Stopped"),
            (DONE, "Done"),
        ],
        default=DRAFT,
        required=True,
        readonly=True,
    )
    days = fields.Integer(
        string="Not older than, days",
        default=30,
        required=True,
        help="Tickets whose customer wrote last before so many days stay as they are: "
        "nobody is called to letters of years ago. They are found in the list of "
        "tickets, and the next letter in one of them is an inquiry as always.",
    )
    total = fields.Integer(string="Open tickets", readonly=True)
    done = fields.Integer(string="Looked at", readonly=True)
    made_count = fields.Integer(
        string="Got inquiries",
        readonly=True,
        help="Tickets in which the customer waits for an answer.",
    )
    old_count = fields.Integer(
        string="Too old",
        readonly=True,
        help="The customer waits, but has waited for longer than that.",
    )
    failed_count = fields.Integer(
        string="Failed",
        readonly=True,
        help="Tickets for which it was not possible; the log of the server says why.",
    )
    last_ticket_id = fields.Integer(readonly=True, groups="base.group_system")
    final_ticket_id = fields.Integer(readonly=True, groups="base.group_system")
    team_counts = fields.Json(readonly=True, groups="base.group_system")
    started_at = fields.Datetime(string="Started at", readonly=True)
    resumed_at = fields.Datetime(readonly=True, groups="base.group_system")
    done_before = fields.Integer(readonly=True, groups="base.group_system")
    worked_at = fields.Datetime(string="Last batch at", readonly=True)
    finished_at = fields.Datetime(string="Finished at", readonly=True)
    progress = fields.Float(
        compute="_compute_progress", help="How much of it is done, in per cent."
    )
    rate = fields.Float(
        string="Tickets a minute", compute="_compute_rate", compute_sudo=True
    )

    _one_open = models.UniqueIndex(
        "(company_id) WHERE state != 'done'",
        "It is in hand already: go on with that one.",
    )
    _days_positive = models.Constraint("CHECK (days > 0)", "At least one day.")

    @api.depends("state", "total", "done")
    def _compute_progress(self):
        for run in self:
            ended = 100.0 if run.state == DONE else 0.0
            run.progress = 100.0 * run.done / run.total if run.total else ended

    @api.depends("done", "worked_at", "resumed_at", "done_before")
    def _compute_rate(self):
        """Since it was started or continued."""
        for run in self:
            run.rate = 0.0
            if run.worked_at and run.resumed_at:
                seconds = (run.worked_at - run.resumed_at).total_seconds()
                run.rate = 60 * (run.done - run.done_before) / max(seconds, 1)

    @api.depends("create_date", "started_at")
    def _compute_display_name(self):
        for run in self:
            run.display_name = self.env._("Existing tickets")

    def write(self, vals):
        """How far it is, only the job knows."""
        if not self.env.su and set(vals) - {"days"}:
            raise AccessError(self.env._("Only the days may be changed."))
        if "days" in vals and any(run.state != DRAFT for run in self):
            raise UserError(self.env._("It has begun: the days hold until it is done."))
        return super().write(vals)

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    @api.model
    def action_open_current(self):
        """What is in hand, else what was done last, else a new one."""
        self.browse().check_access("write")
        domain = [("company_id", "=", self.env.company.id)]
        run = self.search([*domain, ("state", "!=", DONE)], limit=1)
        run = run or self.search(domain, limit=1) or self._make()
        return run._show()

    def action_start(self):
        self.ensure_one()
        run = self._lock_for_change(DRAFT)
        count, final = run._count_candidates()
        run.write(
            {
                "state": RUNNING,
                "total": count,
                "final_ticket_id": final,
                "started_at": fields.Datetime.now(),
                "resumed_at": fields.Datetime.now(),
            }
        )
        run._ask_job()
        return True

    def action_stop(self):
        """What is done stays; the batch that is running is done anew later."""
        self.ensure_one()
        self._lock_for_change(RUNNING).state = STOPPED
        return True

    def action_continue(self):
        self.ensure_one()
        run = self._lock_for_change(STOPPED)
        run.write(
            {
                "state": RUNNING,
                "resumed_at": fields.Datetime.now(),
                "done_before": run.done,
            }
        )
        run._ask_job()
        return True

    def action_again(self):
        """Once more, perhaps with more days."""
        self.ensure_one()
        self._lock_for_change(DONE)
        return self._make(self.days)._show()

    def action_open_queue(self):
        """The tickets that got inquiries and still wait."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("From before the installation"),
            "res_model": "helpdesk.ticket",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("inquiry_ids.is_from_before", "=", True),
                ("inquiry_state", "=", "pending"),
                ("company_id", "in", [False, self.company_id.id]),
            ],
        }

    @api.model
    def _make(self, days=30):
        # sudo: helpdesk.ticket.adoption: nobody makes one but by the button
        run = self.sudo().create({"company_id": self.env.company.id, "days": days})
        return run.with_env(self.env)

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Existing tickets"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _lock_for_change(self, state):
        """Of two who press at once the second one reads what the first has done."""
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        if self.state != state:
            raise UserError(
                self.env._("Somebody else was quicker: look at it once more.")
            )
        # sudo: helpdesk.ticket.adoption: how far it is, the buttons say
        return self.sudo()

    @api.model
    def _ask_job(self):
        # sudo: ir.cron: only asks for an earlier run
        self.env.ref(JOB).sudo()._trigger()

    # ------------------------------------------------------------------
    # The job
    # ------------------------------------------------------------------

    @api.model
    def _cron_adopt(self):
        """A batch after the other, as long as nobody stops it and the job has time."""
        while run := self.search([("state", "=", RUNNING)], order="id", limit=1):
            if not run._run_batch():
                return

    def _run_batch(self):
        """One batch and its commit; the seconds that the job has left.

        Whoever works with these tickets, or presses Stop, goes first: then it is tried
        again, and sees what he did.
        """
        tries = MAX_TRIES_ON_CONCURRENCY_FAILURE
        for number in range(1, tries + 1):
            try:
                seen = self._adopt_batch()
                left = max(self.total - self.done, 1) if self.state == RUNNING else 0
                seconds = self.env["ir.cron"]._commit_progress(seen, remaining=left)
                self.env.invalidate_all()
                return seconds
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if number == tries:
                    raise
                self.env.cr.rollback()
        return 0

    def _adopt_batch(self):
        """The next tickets; nothing if somebody has stopped it."""
        if self.state != RUNNING:
            return 0
        tickets = self._get_next_tickets()
        if not tickets:
            self._finish()
            return 0
        made, old, failed = self._adopt_carefully(tickets)
        self.write(
            {
                "last_ticket_id": tickets[-1].id,
                "done": self.done + len(tickets),
                "made_count": self.made_count + len(made),
                "old_count": self.old_count + old,
                "failed_count": self.failed_count + failed,
                "team_counts": self._add_teams(made),
                "worked_at": fields.Datetime.now(),
            }
        )
        return len(tickets)

    def _adopt_carefully(self, tickets):
        """One ticket that cannot be adopted keeps no other from it."""
        try:
            with self.env.cr.savepoint():
                return (*tickets._adopt(self.days), 0)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            _logger.info("Tickets are tried one by one", exc_info=True)
        made, old, failed = tickets.browse(), 0, 0
        for ticket in tickets:
            try:
                with self.env.cr.savepoint():
                    mine, mine_old = ticket._adopt(self.days)
                made, old = made | mine, old + mine_old
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception:
                _logger.warning("No inquiry for ticket %s", ticket.id, exc_info=True)
                failed += 1
        return made, old, failed

    def _get_candidates(self):
        """Open tickets without an inquiry: the others are in order, or closed."""
        return SQL(
            """
              FROM helpdesk_ticket ticket
              LEFT JOIN helpdesk_ticket_stage stage ON stage.id = ticket.stage_id
             WHERE ticket.active
               AND NOT COALESCE(stage.closed, FALSE)
               AND COALESCE(ticket.inquiry_state, 'none') = 'none'
               AND (ticket.company_id = %s OR ticket.company_id IS NULL)
            """,
            self.company_id.id,
        )

    def _count_candidates(self):
        """:return: how many, and the last one that is there now"""
        self.env["helpdesk.ticket"].flush_model()
        query = SQL(
            "SELECT COUNT(*), COALESCE(MAX(ticket.id), 0) %s", self._get_candidates()
        )
        return self.env.execute_query(query)[0]

    def _get_next_tickets(self):
        tickets = self.env["helpdesk.ticket"]
        tickets.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT ticket.id %s AND ticket.id > %s AND ticket.id <= %s"
                " ORDER BY ticket.id LIMIT %s FOR NO KEY UPDATE OF ticket",
                self._get_candidates(),
                self.last_ticket_id,
                self.final_ticket_id,
                BATCH,
            )
        )
        return tickets.browse(id_ for (id_,) in rows)

    def _add_teams(self, tickets):
        counts = dict(self.team_counts or {})
        for team, members in tickets.grouped("team_id").items():
            if team:
                counts[str(team.id)] = counts.get(str(team.id), 0) + len(members)
        return counts

    # ------------------------------------------------------------------
    # The end
    # ------------------------------------------------------------------

    def _finish(self):
        """Each team is told once how much waits for it, and not of each ticket."""
        self.write(
            {
                "state": DONE,
                "done": self.total,
                "finished_at": fields.Datetime.now(),
            }
        )
        for team_id, count in (self.team_counts or {}).items():
            team = self.env["helpdesk.ticket.team"].browse(int(team_id)).exists()
            if users := team.user_ids | team.user_id:
                self.env["alert.type"]._alert(
                    ALERT,
                    team,
                    users=users,
                    key=f"{self.id}-{team_id}",
                    count=count,
                    team=team.name,
                )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.audiomania_alerts.locking import lock_due

from ...names import ANSWERED, PENDING, WORKED_OUT
from .helpdesk_ticket_team_waiting import USUAL_DAYS

BATCH = 100


class HelpdeskTicket(models.Model):
    """After an answer a conversation waits for the customer: it closes on his word or
    after the team's number of days, and his return opens it again (rule 16)."""

    _inherit = "helpdesk.ticket"

    waiting_customer_since = fields.Datetime(
        string="Waits for the customer since",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Answered, and it is his turn. Empty: somebody has to answer, or it does "
        "not close by itself.",
    )
    closes_at = fields.Datetime(
        string="Closes by itself",
        compute="_compute_closes_at",
        groups="base.group_user",
        help="If the customer does not write before. Empty: it does not.",
    )
    reopened_count = fields.Integer(
        string="Opened again",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="How often the customer has written after it was closed.",
    )
    can_wait_for_customer = fields.Boolean(
        string="May wait for the customer",
        compute="_compute_can_wait",
        groups="base.group_user",
    )
    can_close = fields.Boolean(
        string="May be closed", compute="_compute_can_wait", groups="base.group_user"
    )

    _waiting_customer_idx = models.Index(
        "(waiting_customer_since, id) WHERE waiting_customer_since IS NOT NULL"
    )

    @api.depends("waiting_customer_since", "team_id.close_after_days")
    def _compute_closes_at(self):
        for ticket in self:
            since, days = ticket.waiting_customer_since, ticket._get_close_after_days()
            ticket.closes_at = days and since and since + timedelta(days=days)

    @api.depends("waiting_customer_since", "inquiry_state", "stage_id.closed", "active")
    def _compute_can_wait(self):
        for ticket in self:
            is_done = ticket.inquiry_state == WORKED_OUT and ticket._is_open()
            ticket.can_close = is_done
            ticket.can_wait_for_customer = is_done and not ticket.waiting_customer_since

    def _is_open(self):
        return self.active and not self.stage_id.closed

    def _get_close_after_days(self):
        # sudo: helpdesk.ticket.team: a number of days, for who reads the conversation
        team = self.team_id.sudo()
        return team.close_after_days if team else USUAL_DAYS

    @api.model
    def _get_system_fields(self):
        return super()._get_system_fields() | {
            "reopened_count",
            "waiting_customer_since",
        }

    # Beginning to wait

    def _work_out(self, state, user):
        """Each answer gives the customer the word; so does what asks no answer after
        one, as his thanks."""
        result = super()._work_out(state, user)
        # sudo: helpdesk.ticket: only the system writes since when it waits
        self.sudo().filtered(lambda one: one._is_answered())._wait_for_customer()
        return result

    def _is_answered(self):
        return self.inquiry_state == WORKED_OUT and any(
            inquiry.state == ANSWERED for inquiry in self.inquiry_ids
        )

    def _wait_for_customer(self):
        waiting = self.filtered(lambda one: one._is_open())
        waiting.write({"waiting_customer_since": fields.Datetime.now()})

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """What is written to him later gives him as much time again."""
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if self._is_reply_here(message):
            # sudo: helpdesk.ticket: only the system writes since when it waits
            ticket = self.sudo()
            if ticket.waiting_customer_since and ticket.inquiry_state != PENDING:
                ticket._wait_for_customer()
        return recipients

    def action_wait_for_customer(self):
        """It closes by itself from now on, as after an answer."""
        self.check_access("write")
        if not all(ticket.can_wait_for_customer for ticket in self):
            raise UserError(
                self.env._(
                    "A conversation waits for the customer when all that he wrote is "
                    "worked out and it is not closed."
                )
            )
        # sudo: helpdesk.ticket: only the system writes since when it waits
        self.sudo()._wait_for_customer()

    def action_keep_open(self):
        """It stays open, however long the customer is silent."""
        self.check_access("write")
        # sudo: helpdesk.ticket: only the system writes since when it waits
        self.sudo().waiting_customer_since = False

    # Closing

    def action_close(self):
        """Close it on the customer's word."""
        self.check_access("write")
        for ticket in self:
            # sudo: helpdesk.ticket.team: stages of its team
            stage = ticket.team_id.sudo()._get_closing_stage()
            if not stage:
                raise UserError(
                    self.env._("No stage of this team closes a conversation.")
                )
            ticket.stage_id = stage.id
        return True

    def write(self, vals):
        """What is closed does not wait."""
        result = super().write(vals)
        if "stage_id" in vals or vals.get("active") is False:
            # sudo: helpdesk.ticket: only the system writes since when it waits
            closed = self.sudo().filtered(
                lambda one: one.waiting_customer_since and not one._is_open()
            )
            closed.waiting_customer_since = False
        return result

    @api.model
    def _cron_close_waiting(self):
        """Close what has waited for the customer long enough, in batches."""
        self.env["alert.outbox"]._drain(
            lambda env: env["helpdesk.ticket"]._close_due(BATCH)
        )

    @api.model
    def _close_due(self, limit):
        """Close what is due; return how much was looked at."""
        now = fields.Datetime.now()
        stages = self._get_closing_stages()
        domain = Domain("inquiry_state", "=", WORKED_OUT) & Domain.OR(
            Domain("team_id", "=", team.id)
            & Domain(
                "waiting_customer_since",
                "<=",
                now - timedelta(days=team.close_after_days or USUAL_DAYS),
            )
            for team in stages
        )
        found = self.search(domain, order="waiting_customer_since, id", limit=limit)
        due = lock_due(found, lambda one: one.closes_at and one.closes_at <= now)
        for ticket in due:
            ticket._try_close(stages[ticket.team_id])
        return len(due)

    @api.model
    def _get_closing_stages(self):
        """{team: the stage by which its conversations close}, of those that close by
        themselves; the empty team is that of what has none."""
        teams = self.env["helpdesk.ticket.team"].with_context(active_test=False)
        closing = teams.search([("close_after_days", ">", 0)])
        stages = {team: team._get_closing_stage() for team in [*closing, teams]}
        return {team: stage for team, stage in stages.items() if stage}

    def _try_close(self, stage):
        """One that cannot be closed keeps no other one open; it is not tried again."""
        try:
            with self.env.cr.savepoint():
                self._close_by_itself(stage)
        except OperationalError:
            raise
        except Exception as error:
            self.env["alert.outbox"]._note_fault("close_waiting", error, self)
            self.waiting_customer_since = False

    def _close_by_itself(self, stage):
        """Nobody is told by a letter: nothing has happened."""
        days = self._get_close_after_days()
        self.with_context(mail_notrack=True).stage_id = stage
        self._message_log(
            body=self.env._(
                "Closed: the customer has not written for %(days)s days.", days=days
            )
        )

    # The customer's return

    def _prepare_start_vals(self, decision):
        """It is somebody's here to answer again."""
        values = super()._prepare_start_vals(decision)
        return {**values, "waiting_customer_since": False}

    def _reopen(self):
        """In the portal he may close it again."""
        closed = self.filtered("closed_date")
        result = super()._reopen()
        closed.filtered(lambda one: one._is_open()).write({"closed_date": False})
        return result

    def _merge(self, others):
        """Who waits for an answer is not waited for."""
        result = super()._merge(others)
        # sudo: helpdesk.ticket: only the system writes since when it waits
        ticket = self.sudo()
        if ticket.inquiry_state == PENDING and ticket.waiting_customer_since:
            ticket.waiting_customer_since = False
        return result

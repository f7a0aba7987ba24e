# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models

from .causes import Cause

_logger = logging.getLogger(__name__)

AT_ONCE = 20
"""So many are decided again in the transaction of the change, more by the job."""

LATER = timedelta(minutes=1)


class RoutingAgain(models.Model):
    """A conversation that the job decides again: many at once rest on the change, or
    somebody was just changing it. Rows are only added and removed, so that no two
    transactions ever wait for one another here."""

    _name = "routing.again"
    _description = "Conversation to decide again"
    _order = "id"
    _rec_name = "ticket_id"

    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket",
        string="Conversation",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    cause = fields.Char(required=True, readonly=True, help="What has changed.")
    about = fields.Char(readonly=True, help="Of whom or of what, by name.")

    @api.model
    def _decide_now(self, causes):
        """Decide these conversations again: few at once, many by the job.

        Nothing that happens here fails the business of who made the change.

        :param causes: {conversation: (cause, name)}
        """
        tickets = self.env["helpdesk.ticket"].browse(
            sorted(ticket.id for ticket in causes)
        )
        by_id = {ticket.id: cause for ticket, cause in causes.items()}
        done = tickets.browse()
        if len(tickets) <= AT_ONCE:
            done = self._attempt(tickets, by_id)
        else:
            self._guard(lambda: tickets._lock_free()._keep_seen())
        if left := tickets - done:
            self._leave_to_job(left, by_id)

    @api.model
    def _decide_soon(self, tickets, cause, about=""):
        """Leave these to the job, which begins at once."""
        self._leave_to_job(tickets, dict.fromkeys(tickets.ids, (cause.value, about)))

    @api.model
    def _leave_to_job(self, tickets, causes, at=None):
        self.create(
            [
                {"ticket_id": id_, "cause": causes[id_][0], "about": causes[id_][1]}
                for id_ in tickets.ids
            ]
        )
        self._trigger(at)

    @api.model
    def _trigger(self, at=None):
        job = "audiomania_routing.ir_cron_decide_again"
        if cron := self.env.ref(job, raise_if_not_found=False):
            cron._trigger(at)

    @api.model
    def _attempt(self, tickets, causes):
        """Decide them again; those that were, which are not those that somebody is
        changing now."""
        if not tickets:
            return tickets
        sentences = {id_: self._describe_cause(*causes[id_]) for id_ in tickets.ids}

        def decide():
            locked = tickets._lock_free()
            locked._decide_again(sentences)
            locked._keep_seen()
            return locked

        return self._guard(decide) or tickets.browse()

    @api.model
    def _guard(self, function):
        """Whatever fails here is undone and left to the job: a conflict with who is
        taking a conversation never breaks what somebody else was doing."""
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                result = function()
                self.env.flush_all()
                return result
        except OperationalError as error:
            _logger.info("Deciding again is left to the job: %s", error)
        except Exception:
            _logger.exception("Open inquiries could not be decided again")
        self.env.transaction.clear()
        return None

    # The job

    @api.model
    def _cron_decide(self):
        """In batches, each in a transaction of its own: interrupted, it goes on."""
        last, remaining = 0, self.search_count([])
        while rows := self.search([("id", ">", last)], limit=AT_ONCE, order="id"):
            last = rows[-1].id
            remaining = max(remaining - len(rows), 0)
            rows._decide_rows()
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining):
                return
        if self.search_count([], limit=1):
            self._trigger(fields.Datetime.now() + LATER)

    def _decide_rows(self):
        """Rows of conversations that somebody is changing stay for the next run."""
        causes = {row.ticket_id.id: (row.cause, row.about) for row in self}
        tickets = self.ticket_id._get_still_open()
        done = self._attempt(tickets, causes)
        if not done and len(tickets) > 1:
            for ticket in tickets:
                done |= self._attempt(ticket, causes)
        waiting = (tickets - done).ids
        self.filtered(lambda row: row.ticket_id.id not in waiting).unlink()

    @api.model
    def _describe_cause(self, cause, about):
        """What has changed, as the history of the conversation says it."""
        _ = self.env._
        about = about or _("an employee")
        sentences = {
            Cause.ABSENCE: _("Decided again: an absence of %(about)s has changed."),
            Cause.HOLIDAY: _("Decided again: public holidays have changed."),
            Cause.SCHEDULE: _("Decided again: working hours have changed."),
            Cause.EMPLOYEE: _(
                "Decided again: the account, the rights or the teams of %(about)s"
                " have changed."
            ),
            Cause.RIGHTS: _("Decided again: the rights of employees have changed."),
            Cause.TEAM: _("Decided again: the team %(about)s has changed."),
            Cause.AUDIENCE: _("Decided again: the audience %(about)s has changed."),
            Cause.CUSTOMER: _("Decided again: the customer has been set or changed."),
            Cause.ORDERS: _("Decided again: orders of the customer have changed."),
            Cause.NOBODY: _(
                "Decided again: nobody could answer, but somebody can again."
            ),
            Cause.UNSEEN: _("Decided again: nobody could see it."),
            Cause.ASKED: _("Decided again: %(about)s asked for it."),
        }
        return sentences[Cause(cause)] % {"about": about}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.audiomania_alerts.locking import lock_due

from ....names import ANSWERED, PENDING, WORKED_OUT

BATCH = 50
LATEST = timedelta(days=7)
"""Whoever was not invited by then is not asked about what is long over."""


class HelpdeskInquiry(models.Model):
    """After it was answered the customer may be invited to give his marks, not too
    often (rule 23)."""

    _inherit = "helpdesk.inquiry"

    invitation_checked_at = fields.Datetime(
        readonly=True,
        help="When it was decided whether the customer is invited to give his marks.",
    )
    invited_at = fields.Datetime(
        readonly=True, help="When the customer was invited to give his marks."
    )

    _invite_idx = models.Index(
        "(worked_out_at) WHERE state = 'answered' AND invitation_checked_at IS NULL"
    )
    _invited_idx = models.Index("(partner_id) WHERE invited_at IS NOT NULL")

    @api.model
    def _cron_invite(self):
        """Invite whoever's time has come, in batches."""
        self.env["alert.outbox"]._drain(
            lambda env: env["helpdesk.inquiry"]._invite_due(BATCH)
        )

    @api.model
    def _invite_due(self, limit):
        """Decide about what is due; return how much it was.

        Whoever is invited is noted in the transaction of his letter: there are both or
        none.
        """
        domains = self._get_invite_domains(fields.Datetime.now())
        if not domains:
            return 0
        found = self.search(
            Domain.OR(domains)
            & Domain("state", "=", ANSWERED)
            & Domain("invitation_checked_at", "=", False),
            order="worked_out_at, id",
            limit=limit,
        )
        due = lock_due(found, lambda one: not one.invitation_checked_at)
        for inquiry in due:
            inquiry._try_invite()
        return len(due)

    @api.model
    def _get_invite_domains(self, now):
        """For each team that invites, what was answered so many hours ago."""
        teams = self.env["helpdesk.ticket.team"].search(
            [("invites_to_rate", "=", True)]
        )
        domains = []
        for team in teams:
            latest = now - timedelta(hours=team.invite_after_hours)
            domains.append(
                Domain("ticket_id.team_id", "=", team.id)
                & Domain("worked_out_at", "<=", latest)
                & Domain("worked_out_at", ">", latest - LATEST)
            )
        return domains

    def _try_invite(self):
        """One that fails is a fault, is not tried again, and keeps nobody waiting."""
        try:
            with self.env.cr.savepoint():
                self._decide_invitation()
        except OperationalError:
            raise
        except Exception as error:
            self.env["alert.outbox"]._note_fault("invitation", error, self.ticket_id)
            self.invitation_checked_at = fields.Datetime.now()

    def _decide_invitation(self):
        now = fields.Datetime.now()
        customer = self._get_invited_customer()
        if customer:
            # Of two letters to one customer at once the second one starts again.
            self.env["helpdesk.mark"]._touch_rated(customer)
        answer = self._get_answer() if customer and self._may_invite(now) else None
        self.invitation_checked_at = now
        if answer:
            self.invited_at = now
            self.ticket_id._invite(self, answer)

    def _get_invited_customer(self):
        """A person outside of the company, with an address."""
        customer = self.partner_id
        is_his = customer.active and customer.partner_share and customer.email
        return customer.commercial_partner_id if is_his else customer.browse()

    def _may_invite(self, now):
        """Not a machine, not what others read, not who has given his mark, not while
        something of his waits, and not twice within the number of days."""
        ticket = self.ticket_id
        return (
            ticket.inquiry_state == WORKED_OUT
            and not ticket.about_user_id
            and not self.is_from_machine
            and not self.is_public
            and not self.rating_ids
            and not self._has_waiting_customer()
            and not self._was_invited_lately(now)
        )

    def _get_of_customer(self):
        return Domain(
            "partner_id", "child_of", self.partner_id.commercial_partner_id.ids
        )

    def _has_waiting_customer(self):
        waiting = self._get_of_customer() & Domain("state", "=", PENDING)
        return bool(self.search_count(waiting, limit=1))

    def _was_invited_lately(self, now):
        since = now - timedelta(days=self.company_id.invite_every_days)
        lately = self._get_of_customer() & Domain("invited_at", ">", since)
        return bool(self.search_count(lately, limit=1))

    def _get_answer(self):
        """The reply by which it was answered; nothing where it was a call."""
        author = self.worked_out_by_id.partner_id
        messages = self.env["mail.message"].search(
            [
                ("model", "=", "helpdesk.ticket"),
                ("res_id", "=", self.ticket_id.id),
                ("author_id", "=", author.id),
                ("message_type", "in", ["comment", "email"]),
                ("date", "<=", self.worked_out_at),
                ("date", ">=", self.received_at),
            ],
            order="id desc",
        )
        return messages.filtered(lambda one: one._is_answer_of_employee())[:1]

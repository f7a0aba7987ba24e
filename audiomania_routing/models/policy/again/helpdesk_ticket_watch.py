# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models
from odoo.fields import Domain

from ....names import LEFT, PENDING, RELEASED
from .causes import Cause

_logger = logging.getLogger(__name__)

BATCH = 20


class HelpdeskTicket(models.Model):
    """The net below all else: no conversation is seen by nobody, at any moment."""

    _inherit = "helpdesk.ticket"

    seen_by_nobody = fields.Boolean(
        compute="_compute_seen_by_nobody",
        search="_search_seen_by_nobody",
        groups="base.group_user",
        help="Something waits in it, and nobody who works with conversations sees it "
        "or will see it: its addressee, its teams and its department have left, and "
        "nobody leads them. Helpdesk managers, who see everything, do not count.",
    )

    @api.depends("inquiry_state", "user_id", "addressee_id", "team_id", "company_id")
    def _compute_seen_by_nobody(self):
        domain = Domain("id", "in", self.ids) & self._get_unseen_domain()
        # sudo: helpdesk.ticket: a fact about who may read it, whoever asks
        unseen = self.sudo().with_context(active_test=False).search(domain)
        for ticket in self:
            ticket.seen_by_nobody = ticket._origin in unseen

    @api.model
    def _search_seen_by_nobody(self, operator, value):
        if operator != "in":
            return NotImplemented
        unseen = self._get_unseen_domain()
        chosen = {True: unseen, False: ~unseen}
        return Domain.OR(chosen[bool(each)] for each in value)

    @api.model
    def _get_waiting_domain(self):
        """What nobody has taken."""
        return Domain("user_id", "=", False)

    @api.model
    def _get_open_domain(self):
        """What waits for an answer where a ladder decides who sees it."""
        return Domain("inquiry_state", "=", PENDING) & Domain(
            "ladder_active", "=", True
        )

    @api.model
    def _get_unseen_domain(self):
        """Pending, and nobody who works with conversations sees it, now or ever."""
        # sudo: res.company: all of them; only ids leave
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        teams = self.env["helpdesk.ticket.team"]
        return self._get_open_domain() & Domain.OR(
            Domain("company_id", "=", company.id)
            & ~teams._get_desk(company.id).get_seen_domain()
            for company in companies.search([])
        )

    # The net

    def _keep_seen(self):
        """Nothing of it waits for who left, and nobody sees nothing of it: all at
        once, whatever their number. The caller holds the lock."""
        now, left = fields.Datetime.now(), self._has_left()
        for ticket in left:
            ticket._note_transition(RELEASED, cause=LEFT)
        quiet = left.with_context(**self._get_quiet_context())
        quiet.write({"user_id": False, "exclusive_until": False})
        later = left.filtered("team_visible_from")
        later.filtered(lambda one: one.team_visible_from > now).write(
            {"team_visible_from": now}
        )
        unseen = self.filtered_domain(self._get_unseen_domain())
        unseen.write(self._prepare_everybody_vals(now))
        return left | unseen

    @api.model
    def _cron_watch(self):
        """Whatever nobody sees is decided again and opened; what nobody could answer
        is looked at again, for somebody may be back."""
        self._watch_unseen()
        self._watch_nobody()

    @api.model
    def _watch_unseen(self):
        tickets = self.with_context(active_test=False)
        unseen = tickets.search(self._get_unseen_domain(), order="id")
        if not unseen:
            return
        _logger.warning("Nobody could see these conversations: %s", unseen.ids)
        again = self.env["routing.again"]
        again._decide_soon(unseen, Cause.UNSEEN)
        again._cron_decide()

    @api.model
    def _watch_nobody(self):
        """Somebody is back: the cause of the alert ends."""
        waiting = self._get_open_domain() & self._get_waiting_domain()
        found = self.with_context(active_test=False).search(
            waiting & Domain("nobody_rung", "!=", False), order="id"
        )
        again = self.env["routing.again"]
        for start in range(0, len(found), BATCH):
            batch = self.browse(found[start : start + BATCH].ids)
            again._attempt(batch, dict.fromkeys(batch.ids, (Cause.NOBODY.value, "")))
            self.env["ir.cron"]._commit_progress(len(batch))

    def action_decide_again(self):
        """A manager has these conversations decided again at once."""
        self.check_access("write")
        # sudo: routing.again: decided by the system, from facts only
        self.env["routing.again"].sudo()._note(
            Cause.ASKED, about=self.env.user.name, tickets=self.ids
        )
        return True

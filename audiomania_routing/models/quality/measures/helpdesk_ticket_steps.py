# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from ....names import PENDING
from .helpdesk_inquiry_steps import SEEN


class HelpdeskTicket(models.Model):
    """When somebody first sees, takes or transfers what waits in a conversation."""

    _inherit = "helpdesk.ticket"

    def write(self, vals):
        """Whoever has it from now on has taken what waits in it; and what waits goes
        to the team that has it."""
        result = super().write(vals)
        if vals.get("user_id") or "team_id" in vals:
            # sudo: helpdesk.ticket: who gives it away may not read it any more
            self.sudo()._get_pending()._follow_conversation()
        return result

    def _transfer(self, user, team, cause, reason=""):
        # sudo: helpdesk.inquiry: employees change inquiries through actions only
        for inquiry in self.sudo()._get_pending():
            inquiry.transfer_count += 1
        return super()._transfer(user, team, cause, reason)

    def _merge(self, others):
        """Who has taken the one has taken what waited in the others."""
        result = super()._merge(others)
        # sudo: helpdesk.ticket: employees change inquiries through actions only
        self.sudo()._get_pending()._follow_conversation()
        return result

    def notify_presence(self, state):
        """The screen of a conversation that is opened says so: this is the sight."""
        result = super().notify_presence(state)
        if state == "looking" and self.env.user._is_internal():
            self._note_sight()
        return result

    def _note_sight(self):
        """The first who opens it and may answer it has seen what waits; not a
        supervisor who looks at what waits for others, and not who reads a list.

        Of two who open it at once the second one finds it written, by the database.
        """
        # sudo: helpdesk.inquiry: whether it was seen; his rights are asked for below
        unseen = self.env["helpdesk.inquiry"].sudo()
        unseen = unseen.search(
            [
                ("ticket_id", "=", self.id),
                ("state", "=", PENDING),
                ("first_seen_at", "=", False),
            ]
        )
        if unseen and self._waits_for_me():
            unseen._note_steps(self.env.user, SEEN)

    def _waits_for_me(self):
        """Whether it stands in this employee's queue, in whichever of his companies."""
        # sudo: res.users: in which companies he works
        companies = self.env.user.sudo().company_ids.ids
        tickets = self.with_context(allowed_company_ids=companies)
        domain = Domain("id", "=", self.id) & tickets._get_whole_queue_domain()
        return bool(tickets.search_count(domain, limit=1))

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

CHANNEL = "routing_presence"
NOTIFICATION = "routing_presence/here"
STATES = ("looking", "writing", "left")


class HelpdeskTicket(models.Model):
    """Who looks at a conversation, and who writes in it. It blocks nothing."""

    _inherit = "helpdesk.ticket"

    def notify_presence(self, state):
        """Tell those who look at it that this employee does, too.

        Nothing is stored: a sign of presence is forgotten after half a minute.

        :param state: "looking", "writing" or "left"
        """
        self.ensure_one()
        if state in STATES and self._is_presence_shown():
            self.env["bus.bus"]._sendone(
                (self, CHANNEL),
                NOTIFICATION,
                {
                    "ticket_id": self.id,
                    "user_id": self.env.uid,
                    "partner_id": self.env.user.partner_id.id,
                    "name": self.env.user.name,
                    "state": state,
                },
            )

    def _is_presence_shown(self):
        """To employees who may read it, and of them only."""
        user = self.env.user
        # sudo: res.users: in which companies he works
        companies = user.sudo().company_ids.ids
        ticket = self.with_context(allowed_company_ids=companies)
        return bool(
            user._is_internal() and ticket.exists() and ticket.has_access("read")
        )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Replies as the composer sends them."""

from datetime import timedelta

from odoo import fields

from odoo.addons.audiomania_alerts.tests.common import trap_alerts

from ..conversation.common import ConversationCase

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class ReplyCase(ConversationCase):
    """Anna of the headphones has taken a conversation on Monday at ten."""

    def setUp(self):
        super().setUp()
        with trap_alerts(self):
            self.ticket = self.make_conversation()
            self.ticket.with_user(self.anna).action_take()
        self.inquiry = self.ticket.inquiry_ids

    def make_policy(self, **vals):
        return self.env["routing.policy"].create(
            {"company_id": self.company.id, **vals}
        )

    def promise(self, until=3 * DAY, user=None, ticket=None, **promise):
        """Answer as the composer does, and promise more."""
        ticket = ticket or self.ticket
        if until is not None:
            promise["until"] = fields.Datetime.to_string(self.now + until)
        ticket = ticket.with_context(routing_promise=promise)
        return self.reply(ticket, user or self.anna)

    def tick(self):
        return self.env["helpdesk.ticket"]._tell_due(200)

    def tell(self, delta):
        """Whom the job tells what at that moment."""
        self.at(delta)
        with trap_alerts(self) as trap:
            self.tick()
            self.assertFalse(trap.get_faults())
            users = self.env["res.users"]
            return {
                (users.browse(one.user_id).name, one.code)
                for one in trap.trapped
                if one.state == "new"
            }

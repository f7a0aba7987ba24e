# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

PROMISED = "promised"
BACK = "back"


class HelpdeskTicketTransition(models.Model):
    """A promise, and what brought it back, stand in the history."""

    _inherit = "helpdesk.ticket.transition"

    kind = fields.Selection(
        selection_add=[(PROMISED, "Promised"), (BACK, "Came back")],
        ondelete={PROMISED: "cascade", BACK: "cascade"},
    )
    promised_for = fields.Datetime(readonly=True)

    def _describe(self):
        if self.kind == PROMISED:
            values = {
                "who": self.user_id.name,
                "time": self.ticket_id._format_moment(self.promised_for),
                "why": self.reason or "",
            }
            if self.reason:
                return self.env._(
                    "%(who)s has promised an answer by %(time)s, and waits: %(why)s",
                    **values,
                )
            return self.env._("%(who)s has promised an answer by %(time)s.", **values)
        if self.kind == BACK:
            return self.env._("What was promised came back: %(why)s", why=self.reason)
        return super()._describe()

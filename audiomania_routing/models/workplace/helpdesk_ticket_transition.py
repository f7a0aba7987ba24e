# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

UNDONE = "undone"


class HelpdeskTicketTransition(models.Model):
    """That "No action required" was undone stands in the history."""

    _inherit = "helpdesk.ticket.transition"

    kind = fields.Selection(
        selection_add=[(UNDONE, "'No action required' undone")],
        ondelete={UNDONE: "cascade"},
    )

    def _describe(self):
        if self.kind != UNDONE:
            return super()._describe()
        if self.reason and self.reason != self.user_id.name:
            return self.env._(
                "%(who)s has undone 'No action required' of %(name)s.",
                who=self.user_id.name,
                name=self.reason,
            )
        return self.env._(
            "%(who)s has undone 'No action required'.", who=self.user_id.name
        )

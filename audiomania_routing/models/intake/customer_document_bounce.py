# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.audiomania_alerts.inside import Inside

from .helpdesk_ticket_bounce import ANSWER


class CustomerDocumentMixin(models.AbstractModel):
    """An answer on an order that did not arrive is no answer either."""

    _inherit = "customer.document.mixin"

    def _answer_conversations(self, message, recipients):
        """Keep which answer worked out what waited in the conversations about it."""
        answering = self.with_context(**{ANSWER: Inside(message.id)})
        return super(CustomerDocumentMixin, answering)._answer_conversations(
            message, recipients
        )

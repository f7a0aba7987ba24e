# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .customer_document_mixin import NO_ANSWER


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _send_mail(self, move, mail_template, **kwargs):
        """An invoice that is sent, perhaps by a job, answers no question."""
        move = move.with_context(**{NO_ANSWER: True})
        return super()._send_mail(move, mail_template, **kwargs)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ...names import ANSWERED

WRITTEN = "written"
PHONE = "phone"
VISIT = "visit"
SPOKEN = [(PHONE, "By phone"), (VISIT, "In person")]

ANSWERED_BY = "routing_answered_by"
"""In the context: how what waits is answered, if not in writing."""


class HelpdeskInquiry(models.Model):
    """How the customer got his answer: in writing, by phone or in person (rule 17)."""

    _inherit = "helpdesk.inquiry"

    answered_by_way = fields.Selection(
        selection=[(WRITTEN, "In writing"), *SPOKEN],
        string="Answered",
        readonly=True,
        copy=False,
    )

    def _set_worked_out(self, state, user):
        result = super()._set_worked_out(state, user)
        if state == ANSWERED:
            self.answered_by_way = self.env.context.get(ANSWERED_BY) or WRITTEN
        return result

    def _set_pending(self):
        result = super()._set_pending()
        self.answered_by_way = False
        return result

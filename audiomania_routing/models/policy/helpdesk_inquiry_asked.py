# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskInquiry(models.Model):
    """Who was asked alone, and until when: kept when others see it, too."""

    _inherit = "helpdesk.inquiry"

    asked_until = fields.Datetime(
        readonly=True,
        groups="helpdesk_mgmt.group_helpdesk_manager",
        help="The end of the exclusive window that the addressee has, or had.",
    )

    _asked_idx = models.Index("(asked_until) WHERE addressee_id IS NOT NULL")

    def _keep_decision(self, decision):
        self.asked_until = decision.ladder.exclusive_until or False
        return super()._keep_decision(decision)

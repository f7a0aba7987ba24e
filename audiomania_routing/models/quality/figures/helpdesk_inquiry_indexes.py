# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class HelpdeskInquiry(models.Model):
    """Figures are of a period: of a day, a week, four weeks, in years of inquiries."""

    _inherit = "helpdesk.inquiry"

    _received_idx = models.Index("(received_at)")
    _worked_out_idx = models.Index("(worked_out_at) WHERE worked_out_at IS NOT NULL")

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL


class HelpdeskInquiryReport(models.Model):
    """What waited when the product was installed is told from what came in since."""

    _inherit = "helpdesk.inquiry.report"
    _depends = {"helpdesk.inquiry": ["is_from_before"]}

    is_from_before = fields.Boolean(
        string="From before the installation",
        readonly=True,
        help="It was unanswered when the product was installed.",
    )

    @api.model
    def _get_columns(self):
        columns = super()._get_columns()
        columns["is_from_before"] = SQL("COALESCE(inquiry.is_from_before, FALSE)")
        return columns

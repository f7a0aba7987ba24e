# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from .purchase_journal_request_alert import BUYERS


class PurchaseJournalRequest(models.Model):
    """The journal's list stands under vendors for buyers. A salesperson who opens it
    by its address is not shown vendors, so for him it is a plain list."""

    _inherit = "purchase.journal.request"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list" and not self.env.user.has_group(BUYERS):
            arch.attrib.pop("default_group_by", None)
        return arch, view

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env.user.has_group(BUYERS))

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class HelpdeskInquiry(models.Model):
    """What the text of a letter says: for routing, and of who a stranger is."""

    _inherit = "helpdesk.inquiry"

    def _get_weighed_customer(self):
        """The customer whose orders, marks and audience the engine weighs."""
        self.ensure_one()
        return self.partner_id

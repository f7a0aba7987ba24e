# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Whether the queue has to ask for the list of first use: nobody else asks."""
        result = super().session_info()
        result["routing_setup"] = self.env["routing.setup.step"]._is_offered()
        return result

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import AccessError


class SaleOrderLine(models.Model):
    """What a click on the mark of an order line opens."""

    _inherit = "sale.order.line"

    def get_purchase_history(self):
        """The requests of the line as the reader may see them, oldest first. Of what he
        may not read (he reads the order, not the journal) only the mark is shown."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._is_internal():
            raise AccessError(self.env._("What is bought is shown to employees only."))
        # sudo: purchase.journal.request: the mark is for whoever reads the line.
        requests = self.sudo()._get_live_requests().sorted("id")
        readable = requests.with_env(self.env)._filtered_access("read")
        return [
            request.with_env(self.env)._get_history()
            if request in readable
            else request._get_mark()
            for request in requests
        ]

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from odoo.addons.audiomania_alerts.inside import Inside
from odoo.addons.sale.controllers.portal import CustomerPortal

from ..models.intake.customer_document_mixin import NO_INQUIRY


class RoutingSalePortal(CustomerPortal):
    @http.route()
    def portal_quote_accept(self, *args, **kwargs):
        """'Order signed by' is no message of the customer, though in his name."""
        request.update_context(**{NO_INQUIRY: Inside(True)})
        return super().portal_quote_accept(*args, **kwargs)

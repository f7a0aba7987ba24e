# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.audiomania_purchase_journal.models.request_state import (
    CANCELLED,
    REFUSED,
)

LAST = 8
"""So many of the requests stand beside a letter; the rest is behind a click."""

TONES = {
    "question": "danger",
    "offer": "danger",
    "partially_received": "warning",
    "received": "success",
    "refused": "secondary",
    "cancelled": "secondary",
}


class HelpdeskTicket(models.Model):
    """A letter and a request to buy belong together when they concern one customer or
    one order (rule 42)."""

    _inherit = "helpdesk.ticket"

    def _customer_panel(self):
        section = self._get_requests_section()
        return [*super()._customer_panel(), *([section] if section else [])]

    def _promise_waits(self):
        """An answer may wait for what the buyer will say of a request."""
        if not self:
            return super()._promise_waits()
        requests = self._find_requests(self._get_open_requests_domain())
        return [
            *super()._promise_waits(),
            *((request, self._get_request_wait(request)) for request in requests),
        ]

    def _get_request_wait(self, request):
        return self.env._(
            "the buyer's answer on %(request)s", request=request.display_name
        )

    # What the employee may read of the customer's requests

    @api.model
    def _get_open_requests_domain(self):
        return Domain("state", "not in", ("received", REFUSED, CANCELLED))

    def _get_requests_domain(self):
        """Of the customer's orders, and of the order that the letter is about, whoever
        that was sold to."""
        customer = self._get_panel_company()
        linked = self._get_linked_orders()
        of_customer = Domain("partner_id.commercial_partner_id", "=", customer.id)
        if not customer:
            of_customer = Domain.FALSE
        return of_customer | Domain("order_id", "in", linked.ids)

    def _find_requests(self, domain):
        """The requests, those of the order that the letter is about first."""
        requests = self.env["purchase.journal.request"]
        if not requests.has_access("read"):
            return requests
        linked = self._get_linked_orders()
        found = requests.search(
            self._get_requests_domain() & domain, order="id DESC", limit=LAST + 1
        )
        return found.sorted(lambda request: request.order_id not in linked)

    # Beside the letter

    def _get_requests_section(self):
        """What is being bought for the customer, and how it stands."""
        requests = self._find_requests(self._get_open_requests_domain())
        if not requests:
            return None
        linked = self._get_linked_orders()
        return {
            "name": "requests",
            "sequence": 15,
            "title": self.env._("Being bought"),
            "summary": "",
            "lines": [
                self._get_request_line(request, request.order_id in linked)
                for request in requests[:LAST]
            ],
            "more": len(requests) > LAST
            and {
                "text": self.env._("All requests"),
                "model": self._name,
                "id": self.id,
                "method": "action_show_requests",
            },
        }

    def _get_request_line(self, request, is_linked):
        labels = dict(request._fields["state"]._description_selection(self.env))
        # sudo: res.users, sale.order, product.product, uom.uom: names in a request
        # that he reads
        named = request.sudo()
        expected = request.expected_date and self.env._(
            "expected %(day)s", day=format_date(self.env, request.expected_date)
        )
        parts = [
            f"{request.product_qty:g} {named.product_uom_id.name}",
            named.order_id.name,
            expected,
            request.last_comment,
        ]
        return {
            "text": named.product_id.display_name,
            "detail": " · ".join(filter(None, parts)),
            "badge": labels[request.state],
            "tone": "danger"
            if request.needs_decision
            else TONES.get(request.state, "info"),
            "is_strong": is_linked,
            "model": request._name,
            "id": request.id,
        }

    def action_show_requests(self):
        """All requests of the customer and of the order that one may read."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_purchase_journal.purchase_journal_request_action_sales"
        )
        return {
            **action,
            "domain": list(self._get_requests_domain()),
            "context": {},
        }

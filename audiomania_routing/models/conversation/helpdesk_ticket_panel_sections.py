# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from ...names import PENDING

LAST = 5
"""So many of the latest stand in a section; the rest is behind a click."""

ORDER_TONES = {"sale": "success", "cancel": "secondary"}


class HelpdeskTicket(models.Model):
    """What the customer has with us: orders, other conversations, marks."""

    _inherit = "helpdesk.ticket"

    def _customer_panel(self):
        sections = [
            self._get_orders_section(),
            self._get_conversations_section(),
            self._get_marks_section(),
        ]
        return [*super()._customer_panel(), *filter(None, sections)]

    # Orders

    def _get_orders_section(self):
        """The order it is about, then the latest, with who handled them."""
        orders = self.env["sale.order"]
        if not orders.has_access("read"):
            return None
        customer = self._get_panel_company()
        domain = Domain("partner_id.commercial_partner_id", "=", customer.id)
        linked = self._get_linked_orders()
        latest = orders.search(domain & Domain("id", "not in", linked.ids), limit=LAST)
        return {
            "name": "orders",
            "sequence": 10,
            "title": self.env._("Orders"),
            "summary": self._sum_up_orders(domain),
            "empty": self.env._("He has not ordered anything."),
            "lines": [
                self._get_order_line(order, order in linked)
                for order in linked + latest
            ],
            "more": len(latest) == LAST
            and {
                "text": self.env._("All orders"),
                "model": self._name,
                "id": self.id,
                "method": "action_show_customer_orders",
            },
        }

    def action_show_customer_orders(self):
        """All orders of the customer, as far as the employee may read them."""
        self.ensure_one()
        self.check_access("read")
        customer = self._get_panel_company()
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        domain = [("partner_id.commercial_partner_id", "=", customer.id)]
        return {**action, "domain": domain, "context": {}}

    def _get_linked_orders(self):
        """The order on which the customer wrote, and those of his that his letter
        names, as far as the employee may read them: hook."""
        orders = self.env["sale.order"]
        document = self._get_documents().get(self.id)
        if document is not None and document._name == orders._name:
            orders = document
        # sudo: helpdesk.inquiry: which ones; their own rules come after
        facts = self.inquiry_ids[:1].sudo().letter_facts or {}
        ids = [
            id_
            for model, id_, _number in facts.get("documents", ())
            if model == orders._name
        ]
        customer = self._get_panel_company()
        named = orders.browse(ids[:LAST]).exists()._filtered_access("read")
        named = named.filtered(
            lambda order: order.partner_id.commercial_partner_id == customer
        )
        return orders._filtered_access("read") | named

    def _sum_up_orders(self, domain):
        """How many are confirmed, and their sum in each currency."""
        groups = self.env["sale.order"]._read_group(
            domain & Domain("state", "=", "sale"),
            ["currency_id"],
            ["__count", "amount_total:sum"],
        )
        if not groups:
            return ""
        sums = [
            formatLang(self.env, amount, currency_obj=currency)
            for currency, _count, amount in groups
        ]
        return self.env._(
            "%(count)s confirmed, %(sum)s",
            count=sum(count for _currency, count, _amount in groups),
            sum=" + ".join(sums),
        )

    def _get_order_line(self, order, is_linked):
        # sudo: res.users: the name of a colleague
        name = order.user_id.sudo().name
        handled = self.env._("handled by %(name)s", name=name) if name else ""
        parts = [
            format_date(self.env, order.date_order.date()) if order.date_order else "",
            formatLang(self.env, order.amount_total, currency_obj=order.currency_id),
            handled,
            self.env._("this letter is about it") if is_linked else "",
        ]
        return {
            "text": order.name,
            "detail": " · ".join(filter(None, parts)),
            "badge": self._describe_order_state(order),
            "tone": ORDER_TONES.get(order.state, "info"),
            "is_strong": is_linked,
            "model": order._name,
            "id": order.id,
        }

    def _describe_order_state(self, order):
        """How far it is: its delivery where one is under way, else its own state."""
        name = "state"
        if order.state == "sale" and "delivery_status" in order._fields:
            name = "delivery_status" if order.delivery_status else name
        labels = dict(order._fields[name]._description_selection(self.env))
        return labels.get(order[name], "")

    # Other conversations

    def _get_conversations_section(self):
        """What may be read by its subject; of the rest one line without content."""
        customer = self._get_panel_company()
        domain = Domain("commercial_partner_id", "=", customer.id)
        domain &= Domain("ticket_id", "!=", self.id)
        lines = self.env["helpdesk.conversation.line"].search(domain, limit=LAST + 1)
        if not lines:
            return None
        return {
            "name": "conversations",
            "sequence": 20,
            "title": self.env._("Other conversations"),
            "summary": "",
            "lines": [self._get_conversation_line(line) for line in lines[:LAST]],
            "more": len(lines) > LAST
            and {
                "text": self.env._("All conversations"),
                "model": "res.partner",
                "id": customer.id,
                "method": "action_view_helpdesk_tickets",
            },
        }

    def _get_conversation_line(self, line):
        label = dict(line._fields["state"]._description_selection(self.env))
        about = {
            "badge": label[line.state],
            "tone": "warning" if line.state == PENDING else "success",
        }
        if not line.may_read:
            return {**about, "text": line.text}
        return {
            **about,
            "text": line.ticket_id.name,
            "detail": line.text,
            "model": line._name,
            "id": line.id,
            "method": "action_open",
        }

    # Marks

    def _get_marks_section(self):
        """The marks that he gave, of those whose marks the employee may read."""
        customer = self._get_panel_company()
        marks = self.env["rating.rating"].search(
            Domain("consumed", "=", True)
            & Domain("res_model", "=", self._name)
            & Domain("rating", ">=", 1)
            & Domain("partner_id.commercial_partner_id", "=", customer.id)
            & self._get_readable_marks_domain(),
            order="rated_on desc, id desc",
            limit=LAST,
        )
        if not marks:
            return None
        return {
            "name": "marks",
            "sequence": 30,
            "title": self.env._("Marks that he gave"),
            "summary": "",
            "lines": [self._get_mark_line(mark) for mark in marks],
        }

    def _get_readable_marks_domain(self):
        """Managers: all. Supervisors: of their people. Others: as the policy says."""
        user = self.env.user
        if user._is_routing_manager():
            return Domain.TRUE
        facts = self.env["routing.facts"]
        readable = facts._get_supervised(user)
        if facts._shows_own_marks(user):
            readable.add(user.id)
        return Domain("rated_partner_id.user_ids", "in", sorted(readable))

    def _get_mark_line(self, mark):
        # sudo: res.partner: the name of a colleague
        name = mark.rated_partner_id.sudo().name or ""
        at = mark.rated_on or mark.write_date
        labels = dict(mark._fields["rating_text"]._description_selection(self.env))
        tones = {"top": "success", "ok": "warning", "ko": "danger"}
        return {
            "text": mark.feedback or name,
            "detail": " · ".join(
                filter(
                    None,
                    [format_date(self.env, at.date()), name if mark.feedback else ""],
                )
            ),
            "badge": labels.get(mark.rating_text, ""),
            "tone": tones.get(mark.rating_text, "secondary"),
        }

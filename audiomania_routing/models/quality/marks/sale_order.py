# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.tools import clean_context

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

from .helpdesk_ticket_footer import SCALE, split_for_marks
from .link import Link

TEMPLATE = "audiomania_routing.mail_template_delivered"
DELIVERED = "routing_delivered_order"
"""In the context: the ``Link`` of the order after which a letter asks for marks."""


class SaleOrder(models.Model):
    """After a delivered order its customer may be asked for marks, which are those of
    its salesperson (rule 23). When it is delivered, is known by who knows deliveries.
    """

    _inherit = "sale.order"

    marks_asked_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When it was decided whether the customer is asked for marks after the "
        "delivery.",
    )

    def _ask_for_marks(self):
        """Ask once; who has no salesperson or no address is not asked."""
        for order in self.filtered(lambda one: not one.marks_asked_at):
            self.env["helpdesk.mark"]._touch_rated(order)
            order.marks_asked_at = fields.Datetime.now()
            customer = order.partner_id
            if order.user_id and customer.email and customer.partner_share:
                order._send_request_for_marks()

    def _send_request_for_marks(self):
        """It can be answered as any other letter: the answer is an inquiry."""
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not template:
            return
        body = template._render_field(
            "body_html", self.ids, compute_lang=True, options={"post_process": True}
        )[self.id]
        link = Link(0, 0, self.user_id.id, self.partner_id.id, self.id)
        order = self.with_context(
            clean_context(self.env.context),
            mail_post_autofollow=False,
            **{DELIVERED: Inside(link)},
        )
        order.message_post(
            body=body,
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.company_id.partner_id.id,
            partner_ids=self.partner_id.ids,
            notify_skip_followers=True,
        )

    def _notify_get_recipients_classify(
        self, message, recipients_data, model_description, msg_vals=False
    ):
        groups = super()._notify_get_recipients_classify(
            message, recipients_data, model_description, msg_vals=msg_vals
        )
        link = get_inside(self.env, DELIVERED)
        if not link:
            return groups
        url = self._get_mark_url(link, self.company_id.mark_link_days)
        marks = {"url": url, "scale": SCALE, "is_order": True}
        return split_for_marks(groups, marks, {link.partner}, set())

    def _get_mark_url(self, link, days):
        token = self.env["helpdesk.mark"]._make_token(link, days)
        return f"{self.get_base_url()}/mark/{token}"

    # The portal

    def _get_marks_for(self, partner):
        """What a customer gave for his delivered order, or is asked for, as
        ``helpdesk.ticket._get_answers_for`` tells it of answers."""
        self.ensure_one()
        # sudo: sale.order, helpdesk.mark: the marks are his own, the rest stays here
        order = self.sudo()
        family = order.partner_id.commercial_partner_id
        if not partner.partner_share or partner.commercial_partner_id != family:
            return []
        marks = order.env["helpdesk.mark"]
        mark = marks.search([("sale_order_id", "=", order.id)])
        if not mark and not order.user_id:
            return []
        told = order._export_mark(mark)
        return [told] if mark or told["url"] else []

    def _export_mark(self, mark):
        left = self._get_days_left_for_marks()
        salesperson = mark.user_id or self.user_id
        link = Link(0, 0, salesperson.id, self.partner_id.id, self.id)
        return {
            "at": mark.given_at or self.marks_asked_at,
            "employee": salesperson.name,
            "quality": mark.quality,
            "speed": mark.speed,
            "url": left >= 0 and self._get_mark_url(link, left),
        }

    def _get_days_left_for_marks(self):
        """How long he may still give or change them; under 0: not any more, or his
        salesperson's team does not ask. Whom no letter could reach may give them in the
        portal all the same."""
        if not self.marks_asked_at:
            return -1
        until = self.marks_asked_at + timedelta(days=self.company_id.mark_link_days)
        return (until - fields.Datetime.now()).days

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import clean_context

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

from .link import Link

INVITATION = "audiomania_routing.mail_template_invitation"
INVITED = "routing_invited_to_rate"
"""In the context: the ``Link`` of the answer for which a letter asks for marks."""


class HelpdeskTicket(models.Model):
    """The letter that invites a customer to give his marks: it can be answered as any
    other, and says that a machine wrote it."""

    _inherit = "helpdesk.ticket"

    def _invite(self, inquiry, answer):
        """Send the letter of the template, with the marks of that answer below it."""
        template = self.env.ref(INVITATION, raise_if_not_found=False)
        if not template:
            return
        body = template._render_field(
            "body_html", self.ids, compute_lang=True, options={"post_process": True}
        )[self.id]
        user, customer = inquiry.worked_out_by_id, inquiry.partner_id
        link = Link(answer.id, inquiry.id, user.id, customer.id)
        ticket = self.with_context(
            clean_context(self.env.context),
            mail_post_autofollow=False,
            **{INVITED: Inside(link)},
        )
        ticket.message_post(
            body=body,
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.company_id.partner_id.id,
            partner_ids=customer.ids,
            notify_skip_followers=True,
        )

    def _carries_marks(self, message):
        return bool(get_inside(self.env, INVITED)) or super()._carries_marks(message)

    def _get_mark_link(self, message):
        return get_inside(self.env, INVITED) or super()._get_mark_link(message)

    def _get_customers(self):
        """Whoever is invited gets the marks."""
        customers = super()._get_customers()
        link = get_inside(self.env, INVITED)
        return customers | customers.browse(link.partner) if link else customers

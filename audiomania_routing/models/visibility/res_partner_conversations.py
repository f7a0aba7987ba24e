# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

MOST_LINES = 5
"""So many lines stand on the form; the rest is behind the button."""


class ResPartner(models.Model):
    """A customer shows everybody that somebody answers him, and not what (rule 14)."""

    _inherit = "res.partner"

    conversation_notice = fields.Text(
        string="Who answers",
        compute="_compute_conversation_notice",
        groups="base.group_user",
        help="One line for each conversation with this customer that waits.",
    )

    @api.depends_context("uid", "lang", "tz", "allowed_company_ids")
    def _compute_conversation_notice(self):
        notices = self._get_conversation_notices()
        for partner in self:
            customer = partner.commercial_partner_id
            partner.conversation_notice = notices.get(customer.id, False)

    def _get_conversation_notices(self):
        """{id of a commercial partner: lines of what waits with others than oneself}"""
        # sudo: res.partner: whose customer it is
        customers = self.sudo()._origin.commercial_partner_id
        lines = self.env["helpdesk.conversation.line"].search(
            Domain("commercial_partner_id", "in", customers.ids)
            & Domain("state", "=", "pending")
            & Domain("user_id", "!=", self.env.uid)
        )
        texts = defaultdict(list)
        for line in lines:
            texts[line.commercial_partner_id.id].append(line.text)
        return {
            customer_id: "\n".join(some[:MOST_LINES])
            for customer_id, some in texts.items()
        }

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_helpdesk_ticket_count(self):
        """The button counts one line for each, whoever may read it."""
        every, opened = self._count_conversations()
        for partner in self:
            count, active = every[partner._origin.id], opened[partner._origin.id]
            partner.helpdesk_ticket_count = count
            partner.helpdesk_ticket_active_count = active
            partner.helpdesk_ticket_count_string = f"{active} / {count}"

    def _count_conversations(self):
        """Conversations of these partners and of their contacts: all, and open."""
        groups = self.env["helpdesk.conversation.line"]._read_group(
            [("partner_id", "child_of", self._origin.ids)],
            ["partner_id", "is_closed"],
            ["__count"],
        )
        every, opened = Counter(), Counter()
        for customer, is_closed, count in groups:
            # sudo: res.partner: which companies a contact belongs to
            for partner_id in customer.sudo()._get_ancestor_ids():
                every[partner_id] += count
                opened[partner_id] += 0 if is_closed else count
        return every, opened

    def _get_ancestor_ids(self):
        """Its own id and those of the companies above it."""
        ids, partner = [], self
        while partner and partner.id not in ids:
            ids.append(partner.id)
            partner = partner.parent_id
        return ids

    def action_view_helpdesk_tickets(self):
        """Who may not read all of them gets their lines, and opens what he may."""
        lines = self.env["helpdesk.conversation.line"]
        domain = Domain("partner_id", "child_of", self.ids)
        hidden = lines._get_action_if_hidden(domain)
        return hidden or super().action_view_helpdesk_tickets()

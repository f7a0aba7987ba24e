# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class HelpdeskInquiryReport(models.Model):
    """From a figure to the inquiries behind it, and to the conversations that the
    reader may see. Of others the report has numbers, and no word (rule 14)."""

    _inherit = "helpdesk.inquiry.report"

    may_read = fields.Boolean(
        string="You may read it", compute="_compute_conversation", compute_sudo=False
    )
    conversation = fields.Char(
        compute="_compute_conversation",
        compute_sudo=False,
        help="Number and subject, for who may read the conversation now.",
    )

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_conversation(self):
        names = {
            inquiry.id: inquiry.ticket_id.display_name
            for inquiry in self._get_readable()
        }
        for row in self:
            row.may_read = row.id in names
            row.conversation = names.get(row.id) or self.env._("Not open to you")

    @api.depends("received_at", "partner_id")
    def _compute_display_name(self):
        tickets = self.env["helpdesk.ticket"]
        for row in self:
            # sudo: res.partner: who asked, of a row that the reader may read
            customer = row.sudo().partner_id.name
            time = tickets._format_moment(row.received_at)
            row.display_name = f"{customer}, {time}" if customer else time

    def _get_readable(self):
        """The inquiries of these rows whose conversations the user may read."""
        inquiries = self.env["helpdesk.inquiry"].with_context(active_test=False)
        return inquiries.search([("id", "in", self.ids)])

    def action_open(self):
        """The conversation, for who may read it now; for others that he may not."""
        self.ensure_one()
        if inquiry := self._get_readable():
            return inquiry.ticket_id.get_formview_action()
        return self._tell_hidden(
            self.env._("You cannot open this conversation now."), False
        )

    def action_open_conversations(self):
        """The conversations of these inquiries; how many are left out is said."""
        inquiries = self._get_readable()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.helpdesk_ticket_action_readable"
        )
        action["domain"] = [("id", "in", inquiries.ticket_id.ids)]
        action["context"] = {"active_test": False}
        hidden = len(self) - len(inquiries)
        if not hidden:
            return action
        return self._tell_hidden(
            self.env._(
                "Inquiries of conversations that you cannot open now: %(hidden)s of"
                " %(all)s.",
                hidden=hidden,
                all=len(self),
            ),
            action if inquiries else False,
        )

    def _tell_hidden(self, message, then):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if then else "info",
                "message": message,
                "next": then,
            },
        }

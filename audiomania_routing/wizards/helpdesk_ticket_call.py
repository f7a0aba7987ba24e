# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.workplace.helpdesk_inquiry_spoken import PHONE, SPOKEN


class HelpdeskTicketCall(models.TransientModel):
    """The dialog that writes down what a customer asked by phone or in person."""

    _name = "helpdesk.ticket.call"
    _description = "Record a Call or a Visit"

    how = fields.Selection(selection=SPOKEN, required=True, default=PHONE)
    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket",
        string="Conversation",
        domain="partner_id and [('partner_id', 'child_of', commercial_partner_id)]"
        " or []",
        ondelete="cascade",
        help="What the call is about. Empty: a new one.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        compute="_compute_partner_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('partner_share', '=', True)]",
    )
    commercial_partner_id = fields.Many2one(related="partner_id.commercial_partner_id")
    caller = fields.Char(string="Name", help="Of who is no contact of ours.")
    phone = fields.Char(help="By which he is reached.")
    subject = fields.Char(help="Empty: the first words of what he asked.")
    text = fields.Text(string="What he asked", required=True)
    answer = fields.Text(
        string="What was said",
        help="Where he was answered at once. Empty: the answer is still to come.",
    )
    mine = fields.Boolean(
        string="I see to it",
        default=True,
        help="Otherwise it is shown to whom it concerns, as a letter would be.",
    )

    @api.depends("ticket_id")
    def _compute_partner_id(self):
        for wizard in self:
            wizard.partner_id = wizard.ticket_id.partner_id or wizard.partner_id

    @api.constrains("ticket_id")
    def _check_readable(self):
        """The dialog shows nobody the name of what he may not read."""
        # sudo: helpdesk.ticket: not as the superuser, as which Odoo runs checks
        self.sudo(False).ticket_id.check_access("read")

    def action_save(self):
        self.ensure_one()
        if not (self.partner_id or self.caller or self.phone or self.ticket_id):
            raise UserError(self.env._("Say who it was: a customer, or a name."))
        inquiry = self.env["helpdesk.ticket"]._record_call(
            self.how,
            self.text,
            ticket=self.ticket_id,
            partner=self.partner_id,
            caller=self.caller,
            phone=self.phone,
            subject=self.subject,
            answer=self.answer,
            mine=self.mine,
        )
        return self._get_action_after(inquiry)

    def _get_action_after(self, inquiry):
        """The conversation, for who may read it from now on; else his queue."""
        # sudo: helpdesk.inquiry: which conversation it is, his rights come after
        ticket = inquiry.sudo().ticket_id.with_env(self.env)
        if not ticket.has_access("read"):
            return ticket._get_action_after_work_out()
        return {
            "type": "ir.actions.act_window",
            "res_model": ticket._name,
            "res_id": ticket.id,
            "views": [(False, "form")],
            "target": "current",
        }

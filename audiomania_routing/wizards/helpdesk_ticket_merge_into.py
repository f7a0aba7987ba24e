# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class HelpdeskTicketMergeInto(models.TransientModel):
    """The dialog that asks which of several conversations goes on."""

    _name = "helpdesk.ticket.merge.into"
    _description = "Merge Conversations"

    ticket_ids = fields.Many2many(
        comodel_name="helpdesk.ticket",
        relation="helpdesk_ticket_merge_into_rel",
        string="Conversations",
        required=True,
        readonly=True,
    )
    survivor_id = fields.Many2one(
        comodel_name="helpdesk.ticket",
        string="Goes on as",
        compute="_compute_survivor_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('id', 'in', ticket_ids)]",
        help="The messages, inquiries and activities of the others move into it, and "
        "later letters of the customer, too.",
    )

    @api.depends("ticket_ids")
    def _compute_survivor_id(self):
        """By default the one whose customer waits longest, else the oldest."""
        for wizard in self:
            pending = wizard.ticket_ids.filtered("waiting_since")
            pending = pending.sorted(lambda one: (one.waiting_since, one.id))
            wizard.survivor_id = (pending or wizard.ticket_ids.sorted("id"))[:1]

    @api.constrains("ticket_ids", "survivor_id")
    def _check_readable(self):
        """The dialog shows nobody the name of what he may not read."""
        # sudo: helpdesk.ticket: not as the superuser, as which Odoo runs checks
        wizard = self.sudo(False)
        (wizard.ticket_ids | wizard.survivor_id).check_access("read")

    def action_confirm(self):
        self.ensure_one()
        self.survivor_id._merge(self.ticket_ids - self.survivor_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "res_id": self.survivor_id.id,
            "views": [(False, "form")],
            "target": "current",
        }

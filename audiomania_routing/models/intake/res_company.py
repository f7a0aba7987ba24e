# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    inquiry_department_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        string="Department for inquiries",
        domain="[('parent_id', '=', False), ('company_id', 'in', (id, False))]",
        help="Gets the letters that were sent to no team's address. Empty: the first "
        "team without a team above it.",
    )

    conversation_mark_in_address = fields.Boolean(
        string="Mark in the reply address",
        help="The customer answers to team+mark@domain, by which his answer finds its "
        "conversation in any mail program. The mail server has to take addresses "
        "with a plus.",
    )

    def _get_inquiry_department(self):
        """Whose it is when no address says so: the chosen or the first department."""
        self.ensure_one()
        # sudo: helpdesk.ticket.team: whoever fetched it, a letter is of the same team
        company = self.sudo()
        return company.inquiry_department_id or company.env[
            "helpdesk.ticket.team"
        ].search(
            [("parent_id", "=", False), ("company_id", "in", (company.id, False))],
            limit=1,
        )

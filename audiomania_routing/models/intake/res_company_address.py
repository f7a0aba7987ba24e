# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ResCompany(models.Model):
    """Letters that are not from customers."""

    _inherit = "res.company"

    vendor_team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        string="Letters of vendors go to",
        domain="[('company_id', 'in', (id, False))]",
        help="A vendor is somebody from whom you buy and who has confirmed no order. "
        "An employee whom he names is asked first. Empty: his letters go where those "
        "of customers go.",
    )
    inquiry_from_employees = fields.Boolean(
        string="Letters of employees are inquiries",
        help="What employees write to the addresses of the company is answered like "
        "the letter of a customer. Otherwise it stands in the list of what was set "
        "aside. A customer's letter that an employee forwards is the customer's "
        "inquiry in any case.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env["mail.address.book"]._forget()
        return companies

    def write(self, vals):
        """Whose letters come to a mail domain is known at once."""
        result = super().write(vals)
        if "alias_domain_id" in vals:
            self.env["mail.address.book"]._forget()
        return result

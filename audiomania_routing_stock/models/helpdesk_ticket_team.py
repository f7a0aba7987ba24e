# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskTicketTeam(models.Model):
    """Whether a team asks for marks after a delivered order (rule 23)."""

    _inherit = "helpdesk.ticket.team"

    asks_after_delivery = fields.Boolean(
        string="Asks after a delivery",
        help="When an order of a salesperson of this team was delivered as a whole, "
        "its customer gets one letter that asks for marks; they are the salesperson's.",
    )
    ask_delivered_days = fields.Integer(
        string="Asks so many days after it",
        default=3,
        help="In days after the last delivery of the order.",
    )

    _ask_delivered_days_check = models.Constraint(
        "CHECK (ask_delivered_days >= 0)", "A customer is asked after the delivery."
    )

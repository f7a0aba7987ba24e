# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    alert_substitute_id = fields.Many2one(
        "hr.employee",
        "Substitute for alerts",
        domain="[('id', '!=', id), ('user_id', '!=', False)]",
        groups="hr.group_hr_user",
        help="Who gets the alerts of this employee while he is absent, where the type "
        "of the alert says so. If the substitute is absent too, his substitute gets "
        "them. Two employees may stand in for each other.",
    )

    _alert_substitute_other = models.Constraint(
        "CHECK(alert_substitute_id != id)", "Nobody stands in for himself."
    )

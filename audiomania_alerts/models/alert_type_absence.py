# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..states import ABSENCES, TELL


class AlertType(models.Model):
    _inherit = "alert.type"

    when_absent = fields.Selection(
        ABSENCES,
        "Of an absent employee",
        required=True,
        default=TELL,
        help="What becomes of the alert of an employee who is absent. Who is absent "
        "and who stands in is known where the employees are managed; without a "
        "substitute who is there it waits until he is back.",
    )

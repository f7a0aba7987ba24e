# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResUsers(models.Model):
    """What the screen does after an inquiry is worked out is its user's choice."""

    _inherit = "res.users"

    opens_next_inquiry = fields.Boolean(
        string="Open the next inquiry",
        default=True,
        help="When an inquiry is worked out, the conversation that waits next is "
        "opened. Otherwise the one that was worked out stays open.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "opens_next_inquiry"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "opens_next_inquiry"]

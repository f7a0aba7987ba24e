# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..states import DIGESTS, NO_DIGEST


class AlertType(models.Model):
    """What a type offers to those whom it reaches (rule 33)."""

    _inherit = "alert.type"

    can_mute = fields.Boolean(
        "May be muted",
        default=True,
        help="Each employee may switch this type off for himself.",
    )
    default_toolbar = fields.Boolean(
        "In the toolbar",
        default=True,
        help="Who chose nothing else sees this type in the toolbar. Otherwise it is "
        "only kept in the list of all alerts.",
    )
    default_digest = fields.Selection(
        DIGESTS,
        "By e-mail",
        required=True,
        default=NO_DIGEST,
        help="Who chose nothing else gets this type by e-mail so often.",
    )
    default_push = fields.Boolean(
        "As a push message",
        help="Who chose nothing else gets this type on the devices on which he "
        "allowed the notifications of Odoo.",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("can_mute") is False:
            # sudo: alert.preference: of everybody whom the type reaches again
            self.env["alert.preference"].sudo()._unmute(self)
        return result

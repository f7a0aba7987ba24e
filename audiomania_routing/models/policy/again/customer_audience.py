# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from .causes import Cause


class CustomerAudience(models.Model):
    """Another team serves it, or it is none any more."""

    _inherit = "customer.audience"

    def write(self, vals):
        result = super().write(vals)
        if {"active", "company_id", "team_id"} & vals.keys():
            for audience in self:
                self.env["routing.again"]._note(
                    Cause.AUDIENCE, about=audience.name, audiences=audience.ids
                )
        return result

    def unlink(self):
        """Whoever belonged to it belongs to another one or to none."""
        for audience in self:
            customers = Domain("partner_id.audience_id", "=", audience.id)
            mine = Domain("audience_id", "=", audience.id)
            mine |= Domain("inquiry_ids", "any", customers)
            again = self.env["routing.again"]
            again._note_found(Cause.AUDIENCE, audience.name, mine)
        return super().unlink()

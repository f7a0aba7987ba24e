# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .causes import Cause


class ResPartner(models.Model):
    """An audience that an employee chose, a contact who joins a company: what they
    wrote and nobody has taken is of that audience from then on."""

    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if {"audience_manual_id", "parent_id"} & vals.keys():
            self.env["routing.again"]._note(
                Cause.CUSTOMER, partners=(self | self.commercial_partner_id).ids
            )
        return result

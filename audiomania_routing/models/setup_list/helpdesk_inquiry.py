# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.audiomania_alerts.inside import get_inside

from ...names import PENDING
from .helpdesk_ticket import ADOPTING


class HelpdeskInquiry(models.Model):
    _inherit = "helpdesk.inquiry"

    is_from_before = fields.Boolean(
        string="From before the installation",
        readonly=True,
        copy=False,
        help="It was unanswered when the product was installed: no target holds for "
        "it.",
    )

    def _choose_targets(self):
        """What nobody could keep is not missed."""
        return {} if self.is_from_before else super()._choose_targets()

    def _start_ladders(self):
        """A new letter is told as any other: of what waited before it nobody was."""
        result = super()._start_ladders()
        if get_inside(self.env, ADOPTING):
            return result
        pending = self.filtered(lambda one: one.state == PENDING)
        for ticket in pending.ticket_id:
            former = ticket._get_pending() - pending
            if former and all(former.mapped("is_from_before")):
                ticket._tell_anew()
        return result

    def _tell_outsiders(self, decision):
        """Of what came before the installation nobody is told one by one."""
        if get_inside(self.env, ADOPTING):
            return None
        return super()._tell_outsiders(decision)

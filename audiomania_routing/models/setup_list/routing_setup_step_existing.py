# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .helpdesk_ticket_adoption import DONE, DRAFT


class RoutingSetupStep(models.Model):
    """What customers asked before the installation is not forgotten, either."""

    _inherit = "routing.setup.step"

    def _check_existing(self):
        runs = self.env["helpdesk.ticket.adoption"]
        begun = [("company_id", "=", self.env.company.id), ("state", "!=", DRAFT)]
        run = runs.search(begun, limit=1)
        if run.state == DONE:
            return True, self.env._(
                "%(total)s open tickets were looked at, %(made)s got inquiries.",
                total=run.total,
                made=run.made_count,
            )
        if run:
            return False, self.env._(
                "%(done)s of %(total)s tickets are looked at.",
                done=run.done,
                total=run.total,
            )
        count, _last = runs.new({"company_id": self.env.company.id})._count_candidates()
        if not count:
            return True, self.env._("There are no open tickets without inquiries.")
        return False, self.env._(
            "%(count)s open tickets have not been looked at.", count=count
        )

    def _open_existing(self):
        return self.env["helpdesk.ticket.adoption"].action_open_current()

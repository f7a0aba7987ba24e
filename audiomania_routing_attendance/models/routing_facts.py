# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, models


class RoutingFacts(models.AbstractModel):
    _inherit = "routing.facts"

    @api.model
    def _get_check_outs(self, people, now):
        """Who has checked out is at home, until the next part of his schedule."""
        found = super()._get_check_outs(people, now)
        ids = [one.employee_id for one in people.values() if one.employee_id]
        if not ids:
            return found
        # sudo: hr.attendance: whether he is there is no secret of his personal file
        attendances = self.env["hr.attendance"].sudo()
        rows = attendances.search_fetch(
            [
                ("employee_id", "in", ids),
                ("check_in", "<=", now),
                ("check_in", ">", now - timedelta(days=1)),
            ],
            ["employee_id", "check_out"],
            order="check_in, id",
        )
        last = {one.employee_id.id: one.check_out for one in rows}
        left = {key: out for key, out in last.items() if out and out <= now}
        return {**found, **left}

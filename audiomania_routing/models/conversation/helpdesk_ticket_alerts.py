# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ...names import ALERT_RESERVED, ALERT_WAITING, DEPARTMENT, TEAM


class HelpdeskTicket(models.Model):
    """Whom a waiting conversation wakes up. Alerts never decide who may see it."""

    _inherit = "helpdesk.ticket"

    def _alert_waiting(self):
        """Tell those whose it is at this moment: the addressee, or the whole rung."""
        for ticket in self.filtered(lambda one: one._is_waiting()):
            code = ALERT_RESERVED if ticket._is_reserved() else ALERT_WAITING
            if users := ticket._get_users_to_alert():
                self.env["alert.type"]._alert(
                    code, ticket, users=users, customer=ticket.sender or ""
                )

    def _withdraw_alerts(self):
        """Taken, answered or without need of an answer: nobody has to look."""
        for ticket in self:
            for code in self._get_waiting_alerts():
                self.env["alert.type"]._withdraw(code, ticket)

    @api.model
    def _get_waiting_alerts(self):
        """The codes of the alerts that somebody has to take it or answer."""
        return [ALERT_RESERVED, ALERT_WAITING]

    def _get_users_to_alert(self):
        """The rung that sees it now, of those who work with conversations."""
        if self._is_reserved():
            return self.addressee_id
        now = fields.Datetime.now()
        if self.department_visible_from and self.department_visible_from <= now:
            return self._get_rung_users(DEPARTMENT)
        if self.team_visible_from and self.team_visible_from <= now:
            return self._get_rung_users(TEAM)
        return self.addressee_id

    def _get_rung_users(self, rung):
        """Those of a rung who work with conversations."""
        users = self.env["res.users"]
        if rung == DEPARTMENT:
            users = self._get_department_users()
        elif rung == TEAM:
            users = (self.team_id | self.addressee_team_id).user_ids
        return users.filtered(
            lambda user: user.has_group("helpdesk_mgmt.group_helpdesk_user_own")
        )

    def _get_department_users(self):
        """Without a department: everybody of the company."""
        if not self.department_id:
            return self.env["res.users"].search(
                [("share", "=", False), ("company_ids", "in", self.company_id.ids)]
            )
        members = self.team_id._get_members(self.department_id.ids, self.company_id.id)
        return self.env["res.users"].browse(sorted(members))

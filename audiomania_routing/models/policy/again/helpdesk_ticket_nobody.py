# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ....engine.decision import Nobody

ALERT_NOBODY = "nobody_can_answer"


class HelpdeskTicket(models.Model):
    """Nobody is an answer: the next rung sees it at once, the supervisors are told."""

    _inherit = "helpdesk.ticket"

    nobody_rung = fields.Selection(
        selection=[
            (Nobody.TEAM.value, "Nobody of the team"),
            (Nobody.DEPARTMENT.value, "Nobody of the department"),
        ],
        string="Nobody can answer",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When it was decided, nobody of this rung could act: no member, all "
        "absent, or all excluded. The next rung sees it at once, and the supervisors "
        "are told.",
    )

    # Which rung

    def _prepare_ladder_vals(self, decision):
        """What nobody would ever see is everybody's of the help desk at once."""
        vals = super()._prepare_ladder_vals(decision)
        vals["nobody_rung"] = decision.nobody.value if decision.nobody else False
        if not self._would_be_seen(vals):
            vals |= self._prepare_everybody_vals(decision.decided_at)
        return vals

    def _prepare_everybody_vals(self, now):
        """Without a team a conversation is of everybody who works with them."""
        return {
            "team_id": False,
            "addressee_team_id": False,
            "department_visible_from": now,
            "nobody_rung": Nobody.DEPARTMENT.value,
        }

    def _would_be_seen(self, vals):
        """Whether somebody who is there stands on a rung of this ladder, now or from
        a moment on: no query. Where nobody is there at all, nothing would help."""
        desk = self.team_id._get_desk(self.company_id.id)
        teams = (vals["team_id"], vals["addressee_team_id"])
        department = desk.department_of.get(vals["team_id"])
        if vals["team_id"] and not department:
            department = self.team_id.browse(vals["team_id"]).department_id.id
        return bool(
            not desk.users
            or vals["addressee_id"] in desk.users
            or (vals["team_visible_from"] and desk.sees_team(*teams))
            or (vals["department_visible_from"] and desk.sees_department(department))
            or desk.supervises(*teams)
        )

    def _is_everybodys(self):
        """It is seen by everybody who works with conversations already."""
        moment = self.department_visible_from
        now = fields.Datetime.now()
        return bool(not self.team_id and moment and moment <= now)

    # Who is told

    def _alert_waiting(self):
        """The supervisors are told of what nobody can answer, too."""
        result = super()._alert_waiting()
        self.filtered(lambda one: one.nobody_rung and one._is_waiting())._alert_nobody()
        return result

    def _get_nobody_label(self):
        labels = self._fields["nobody_rung"]._description_selection(self.env)
        return dict(labels)[self.nobody_rung]

    def _alert_nobody(self):
        types = self.env["alert.type"]
        for ticket in self:
            if users := ticket._get_supervisors_to_tell():
                types._alert(
                    ALERT_NOBODY,
                    ticket,
                    users=users,
                    customer=ticket.sender or "",
                    rung=types._tell_in_languages(
                        ticket, lambda one: one._get_nobody_label()
                    ),
                )

    def _withdraw_alerts(self):
        """Somebody has it, or nothing waits any more: nobody has to look for one."""
        result = super()._withdraw_alerts()
        # sudo: helpdesk.ticket: written by the system, whoever takes it
        flagged = self.sudo().filtered("nobody_rung")
        flagged._withdraw_nobody()
        if flagged:
            flagged.write({"nobody_rung": False})
        return result

    def _withdraw_nobody(self):
        for ticket in self:
            self.env["alert.type"]._withdraw(ALERT_NOBODY, ticket)

    def _get_supervisors_to_tell(self):
        """The leaders of its teams and of those above, else the helpdesk managers of
        the company, else the administrators; who is absent only where nobody else
        is."""
        supervisors = self._get_supervisors() or self._get_administrators()
        now = fields.Datetime.now()
        absent = self.env["alert.presence"]._get_absent_users(supervisors, now)
        absent_ids = {user.id for user in absent}
        present = supervisors.filtered(lambda user: user.id not in absent_ids)
        return present or supervisors | self._get_administrators()

    def _get_administrators(self):
        # sudo: res.groups: who administers the system is no secret
        administrators = self.env.ref("base.group_system").sudo().all_user_ids
        return administrators.filtered("active")

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.audiomania_alerts.locking import lock_due

from ...names import (
    ALERT_OVERDUE,
    ALERT_RESERVED,
    ALERT_WAITING,
    DEPARTMENT,
    MOMENTS,
    RUNGS,
    SUPERVISORS,
    TEAM,
    WINDOW,
)

JOB = "audiomania_routing.ir_cron_tell"
SOON = timedelta(seconds=1)
NEAR = timedelta(minutes=15)
"""Moments so near are sent to open screens, which ask for the others in time."""
BATCH = 200
CHANNEL = "routing_clock"
CHANGED = "routing_clock/changed"


class HelpdeskTicket(models.Model):
    """The clock: what follows when a moment of the ladder is reached.

    Who may read is compared with the clock at every query, and needs nothing of this
    (rule 8). Here are the alerts of the job, and the next moment for open screens.
    """

    _inherit = "helpdesk.ticket"

    supervisors_alerted_from = fields.Datetime(
        string="Supervisors are alerted from",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="If nobody has taken it by then, the supervisors are told.",
    )
    told_rung = fields.Selection(
        selection=[
            (WINDOW, "The addressee"),
            (TEAM, "The team"),
            (DEPARTMENT, "The department"),
            (SUPERVISORS, "The supervisors"),
        ],
        string="Told so far",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The highest rung of the ladder that has had its alert. Empty: none has.",
    )
    tell_at = fields.Datetime(
        string="Next alert at",
        compute="_compute_tell_at",
        store=True,
        copy=False,
        groups="base.group_user",
        help="When the next rung is told that the conversation waits for it. Empty: "
        "all have been told, or nothing waits.",
    )

    _tell_at_idx = models.Index("(tell_at, id) WHERE tell_at IS NOT NULL")

    @api.depends(
        "inquiry_state", "user_id", "ladder_active", "told_rung", *RUNGS.values()
    )
    def _compute_tell_at(self):
        """The moment of the first rung that has not been told."""
        for ticket in self:
            ticket.tell_at = min(ticket._get_untold().values(), default=False)

    def _get_untold(self):
        """{rung: its moment} of those above the highest that has been told."""
        if not self.ladder_active or not self._is_waiting():
            return {}
        rungs = list(RUNGS)
        if self.told_rung in RUNGS:
            rungs = rungs[rungs.index(self.told_rung) + 1 :]
        return {rung: self[RUNGS[rung]] for rung in rungs if self[RUNGS[rung]]}

    # Telling

    def write(self, vals):
        """Open screens learn of moments as soon as they are set."""
        result = super().write(vals)
        if any(vals.get(name) for name in MOMENTS):
            self._announce_moments()
        return result

    def _prepare_ladder_vals(self, decision):
        values = super()._prepare_ladder_vals(decision)
        ladder = decision.ladder
        values["supervisors_alerted_from"] = ladder.supervisors_alerted_from
        return values

    def _prepare_start_vals(self, decision):
        """The rung that is there at the beginning is told at the beginning."""
        values = super()._prepare_start_vals(decision)
        values["told_rung"] = get_open_rung(values, decision.decided_at)
        return values

    def _alert_waiting(self):
        """Whoever is told now is not told again by the clock."""
        result = super()._alert_waiting()
        now = fields.Datetime.now()
        for ticket in self.filtered(lambda one: one._is_waiting()):
            rung = get_open_rung(ticket, now)
            if ticket.told_rung not in (rung, SUPERVISORS):
                ticket.told_rung = rung
        return result

    def _withdraw_alerts(self):
        """What the supervisors were told is over, too; who hears of it again is told
        from the beginning."""
        result = super()._withdraw_alerts()
        # sudo: helpdesk.ticket: who gives it away may not read it any more
        told = self.sudo().filtered("told_rung")
        for ticket in told:
            if ticket.told_rung == SUPERVISORS:
                self.env["alert.type"]._withdraw(ALERT_OVERDUE, ticket)
        told.write({"told_rung": False})
        return result

    @api.model
    def _cron_tell(self):
        """Each minute: tell the rungs whose moment has come, in batches.

        After a downtime all that is still waiting is told once, each of the rung on
        which it stands by then. The job asks to be run whenever a worker looks next:
        workers look once a minute, and one that looks a second before the job's own
        minute is over would leave it for almost two.
        """
        outbox = self.env["alert.outbox"]
        outbox._drain(lambda env: env["helpdesk.ticket"]._tell_due(BATCH))
        if job := self.env.ref(JOB, raise_if_not_found=False):
            job._trigger(fields.Datetime.now() + SOON)

    @api.model
    def _tell_due(self, limit):
        """Tell what is due; return how much it was.

        What was told is noted in the transaction of the alert: there are both or none.
        """
        now = fields.Datetime.now()
        domain = [("tell_at", "<=", now)]
        found = self.search(domain, order="tell_at, id", limit=limit)
        due = lock_due(found, lambda one: one.tell_at and one.tell_at <= now)
        for ticket in due:
            ticket._try_tell(now)
        # What was written past Odoo may be due before its moment has come.
        self.env.add_to_compute(self._fields["tell_at"], due)
        for rung, tickets in due.grouped(lambda one: one._get_reached(now)).items():
            tickets.write({"told_rung": rung})
        return len(due)

    def _get_reached(self, now):
        """The highest rung whose moment has come."""
        return next(reversed(_list_open_rungs(self, now)), WINDOW)

    def _try_tell(self, now):
        """One that cannot be told is a fault, and keeps nobody else from his alert."""
        try:
            with self.env.cr.savepoint():
                self._tell(now)
        except OperationalError:
            raise
        except Exception as error:
            self.env["alert.outbox"]._note_fault(ALERT_WAITING, error, self)

    def _tell(self, now):
        """Tell those for whom it waits since the last alert, and nobody else again."""
        types = self.env["alert.type"]
        values = {"customer": self.sender or ""}
        if users := self._get_newly_let_in(now):
            types._alert(ALERT_WAITING, self, users=users, **values)
        if self.told_rung not in RUNGS and self.addressee_id:
            types._withdraw(ALERT_RESERVED, self)
        if SUPERVISORS in _list_open_rungs(self, now):
            users = self._get_supervisors()
            types._alert(ALERT_OVERDUE, self, users=users, **values)

    def _get_newly_let_in(self, now):
        """Those of the rung on which it stands who have not been told of it.

        The addressee whose window is over is told with his colleagues.
        """
        users = self._get_rung_users(get_open_rung(self, now))
        if self.told_rung in RUNGS:
            return users - self._get_rung_users(self.told_rung)
        return users | self.addressee_id

    def _get_supervisors(self):
        """The leaders of its teams and of those above; without one, the managers of
        the help desk; only who works in its company."""
        # sudo: helpdesk.ticket.team: who leads a team is no secret
        teams = (self.team_id | self.addressee_team_id).sudo()
        leaders = teams.search([("id", "parent_of", teams.ids)]).user_id
        # sudo: res.groups: who is a manager of the help desk is no secret
        managers = self.env.ref("helpdesk_mgmt.group_helpdesk_manager").sudo()
        return self._filter_able(leaders) or self._filter_able(managers.all_user_ids)

    def _filter_able(self, users):
        """Those who work with conversations in the company of this one."""
        company = self.company_id
        return users.filtered(
            lambda user: (
                user.active
                and (not company or company in user.company_ids)
                and user.has_group("helpdesk_mgmt.group_helpdesk_user_own")
            )
        )

    # Open screens

    @api.model
    @api.readonly
    def get_next_moment(self):
        """When something becomes visible to this employee, or moves on in what he may
        read: an open screen fetches again at that moment.

        :return: ``{"now": ..., "at": ..., "near": ...}``: the server's clock, which
            counts; the moment, or False; and within how many seconds a moment that is
            set later is sent to screens: for others they have to ask
        """
        at = self._find_next_moment(self.env.user, fields.Datetime.now())
        return {
            "now": fields.Datetime.to_string(fields.Datetime.now()),
            "at": fields.Datetime.to_string(at) if at else False,
            "near": int(NEAR.total_seconds()),
        }

    @api.model
    def _find_next_moment(self, user, now):
        """The next moment of one employee, in one query over what waits.

        Nothing but the moment is told of what is still hidden from him.
        """
        # sudo: helpdesk.ticket: only a moment leaves this method
        tickets = self.sudo().with_context(active_test=False)
        common = Domain("tell_at", "!=", False) & Domain(
            "company_id", "in", [False, *self.env.companies.ids]
        )
        parts = [
            tickets._search(
                common & domain & Domain(name, ">", now) & self._get_moving_domain(name)
            ).select(SQL("MIN(%s)", SQL.identifier("helpdesk_ticket", name)))
            for name, domain in self._get_moment_domains(user).items()
        ]
        union = SQL(" UNION ALL ").join(SQL("(%s)", part) for part in parts)
        query = SQL("SELECT MIN(at) FROM (%s) AS moments (at)", union)
        return self.env.execute_query(query)[0][0]

    @api.model
    def _get_moving_domain(self, name):
        """Those in which that moment changes anything: what nobody has taken."""
        return Domain("user_id", "=", False)

    @api.model
    def _get_moment_domains(self, user):
        """{moment: the conversations in which it changes something for him}"""
        if user._is_routing_manager():
            return dict.fromkeys(sorted(MOMENTS), Domain.TRUE)
        scope = user._get_routing_scope()
        reading = Domain("addressee_id", "=", user.id)
        reading |= user._get_supervised_domain(scope)
        team = reading | user._get_team_domain(scope)
        return {
            "exclusive_until": reading,
            "team_visible_from": team,
            "department_visible_from": team | user._get_department_domain(scope),
        }

    def _announce_moments(self):
        """Open screens of the department learn when they have to fetch again.

        A moment, and nothing of what waits, is sent to those who will see it. Of one
        that is hours away, as after most letters, no screen is woken: it asks in time.
        """
        now = fields.Datetime.now()
        found = {}
        # sudo: helpdesk.ticket: moments only; who causes them may not read it
        for ticket in self.sudo().filtered("tell_at"):
            moments = ticket._list_moments()
            to_come = [moment for moment in moments if moment > now]
            target = ticket.department_id or ticket.company_id
            if target and min(to_come, default=datetime.max) <= now + NEAR:
                found[target] = min(*to_come, found.get(target, max(to_come)))
        for target, moment in found.items():
            self.env["bus.bus"]._sendone(
                (target, CHANNEL),
                CHANGED,
                {
                    "now": fields.Datetime.to_string(now),
                    "at": fields.Datetime.to_string(moment),
                },
            )

    def _list_moments(self):
        """Those that somebody's screen waits for."""
        return [self[name] for name in MOMENTS if self[name]]


def _list_open_rungs(values, now):
    """The rungs whose moment has come, in their order.

    :param values: a conversation, or what is about to be written into one
    """
    return [
        rung for rung, name in RUNGS.items() if values[name] and values[name] <= now
    ]


def get_open_rung(values, now):
    """The rung that sees it now; the supervisors' is one of alerts only."""
    seeing = [rung for rung in _list_open_rungs(values, now) if rung != SUPERVISORS]
    return seeing[-1] if seeing else WINDOW

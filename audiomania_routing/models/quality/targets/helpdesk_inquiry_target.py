# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ....names import PENDING
from .aims import ANSWER, KINDS, TIMED, WORKED_OUT, Place, choose

TARGETS = {kind: f"{kind}_target_id" for kind in KINDS}
MOMENTS = {kind: f"{kind}_target_at" for kind in TIMED}
TOLD = {kind: f"{kind}_target_told" for kind in TIMED}

DECIDING = {
    "channel_id",
    "company_id",
    "received_at",
    "team_id",
    "ticket_id",
    "type_id",
}
"""What decides which targets hold."""

MOVING = {"first_answered_at", "promised_for", "state"}
"""What moves or ends the time of a target."""

MISSED = 3
"""Told so far: the first warning, the second one, that it is missed."""


class HelpdeskInquiry(models.Model):
    """Which targets hold for an inquiry, and the moments when they are missed.

    They are written with what is written anyway when it comes in and when it moves on.
    """

    _inherit = "helpdesk.inquiry"

    answer_target_id = fields.Many2one(
        comodel_name="helpdesk.target",
        string="Target of the first answer",
        readonly=True,
        copy=False,
    )
    worked_out_target_id = fields.Many2one(
        comodel_name="helpdesk.target",
        string="Target of working out",
        readonly=True,
        copy=False,
    )
    quality_target_id = fields.Many2one(
        comodel_name="helpdesk.target",
        string="Target of the quality",
        readonly=True,
        copy=False,
    )
    speed_target_id = fields.Many2one(
        comodel_name="helpdesk.target",
        string="Target of the speed",
        readonly=True,
        copy=False,
    )
    answer_target_at = fields.Datetime(
        string="To be answered by",
        readonly=True,
        copy=False,
        help="Later, the target of the first answer is missed.",
    )
    worked_out_target_at = fields.Datetime(
        string="To be worked out by",
        readonly=True,
        copy=False,
        help="Later, the target of working out is missed. A moment that was promised "
        "to the customer before it moves it.",
    )
    answer_target_told = fields.Integer(readonly=True, copy=False)
    worked_out_target_told = fields.Integer(readonly=True, copy=False)
    target_tell_at = fields.Datetime(
        string="Next warning at",
        readonly=True,
        copy=False,
        help="When somebody is warned of a target next, or told that it is missed.",
    )

    _target_tell_at_idx = models.Index(
        "(target_tell_at, id) WHERE target_tell_at IS NOT NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        inquiries = super().create(vals_list)
        inquiries._set_targets()
        return inquiries

    def write(self, vals):
        if not (DECIDING | MOVING) & vals.keys():
            return super().write(vals)
        # sudo: helpdesk.inquiry: what was told of targets, whoever answers
        told = self.sudo().filtered(lambda one: one._get_told())
        result = super().write(vals)
        if DECIDING & vals.keys():
            self._set_targets()
        else:
            self._move_targets()
        told._withdraw_of_targets()
        return result

    # Which ones

    def _set_targets(self):
        """Say anew which targets hold, and when they are missed."""
        # sudo: helpdesk.inquiry: columns of figures, whoever causes them
        for inquiry in self.sudo():
            values = inquiry._prepare_target_vals(inquiry._choose_targets())
            inquiry._write_changed(values)
            inquiry._write_changed({"target_tell_at": inquiry._find_target_tell_at()})

    def _move_targets(self):
        """The same targets hold; something has happened to what they ask."""
        # sudo: helpdesk.inquiry: columns of figures, whoever causes them
        for inquiry in self.sudo().filtered(lambda one: one._is_aimed()):
            values = {}
            if aim := inquiry._get_aim(WORKED_OUT):
                values = inquiry._prepare_moment_vals(WORKED_OUT, aim)
            inquiry._write_changed(values)
            inquiry._write_changed({"target_tell_at": inquiry._find_target_tell_at()})

    def _is_aimed(self):
        return any(self[name] for name in MOMENTS.values())

    def _write_changed(self, values):
        changed = {
            name: value
            for name, value in values.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }
        if changed:
            self.write(changed)

    def _choose_targets(self):
        """{kind: the target that holds}"""
        aims = self.env["helpdesk.target"]._get_aims()
        return choose(aims, self._get_place(), self.received_on) if aims else {}

    def _get_place(self):
        spoken = self.env["helpdesk.target"]._get_spoken_channel_ids()
        return Place(
            company_id=self.company_id.id or None,
            teams=self._get_target_team()._get_line(),
            type_id=self.type_id.id or None,
            channel_id=self.channel_id.id or None,
            is_spoken=self.channel_id.id in spoken,
        )

    def _get_target_team(self):
        return self.team_id or self.ticket_id.team_id

    # When

    def _prepare_target_vals(self, aims):
        values = {
            name: aims[kind].id if kind in aims else False
            for kind, name in TARGETS.items()
        }
        for kind in TIMED:
            if not self._is_judged(kind, aims.get(kind)):
                values.update(self._prepare_moment_vals(kind, aims.get(kind)))
        return values

    def _is_judged(self, kind, aim):
        """Whether it was worked out in a month that is over, by this target: it keeps
        the moment, whatever has become of schedules and holidays since."""
        return bool(
            aim
            and self.state != PENDING
            and self[MOMENTS[kind]]
            and self[TARGETS[kind]].id == aim.id
            and self.received_on < self.env["helpdesk.target"]._get_month()
        )

    def _prepare_moment_vals(self, kind, aim):
        """When it is missed; what was told of it is told again if that moment comes
        anew."""
        at = self._plan_target(kind, aim) if aim else False
        values = {MOMENTS[kind]: at}
        if self[TOLD[kind]] and at != self[MOMENTS[kind]]:
            now = fields.Datetime.now()
            if not at or at > now:
                values[TOLD[kind]] = 0
        return values

    def _plan_target(self, kind, aim):
        """The moment when it is missed. To whom an answer was promised for later, it
        is late from that moment on (rule 17); a promise does not keep what was missed
        before it."""
        at = self._plan_share(aim, 100)
        if kind != WORKED_OUT or not self.promised_for:
            return at
        known = self[MOMENTS[kind]] or at
        in_time = (self.promised_at or at) <= known
        return max(at, self.promised_for if in_time else known)

    def _plan_share(self, aim, percent):
        """When so many percent of the time are over, in working hours of the team."""
        team = self._get_target_team().with_company(self.company_id)
        return team._plan_working_hours(self.received_at, aim.hours * percent / 100)

    def _get_aim(self, kind):
        """The target of this kind, as it is kept in memory; None: there is none, or it
        does not hold any more."""
        target_id = self[TARGETS[kind]].id
        aims = self.env["helpdesk.target"]._get_aims() if target_id else ()
        return next((aim for aim in aims if aim.id == target_id), None)

    # What is open

    def _list_open_aims(self):
        """[(kind, its target)] of what is still to be kept or missed."""
        if self.state != PENDING:
            return []
        kinds = (WORKED_OUT,) if self.first_answered_at else (ANSWER, WORKED_OUT)
        aims = ((kind, self._get_aim(kind)) for kind in kinds)
        return [(kind, aim) for kind, aim in aims if aim and self[MOMENTS[kind]]]

    def _is_promised_to(self, kind):
        """Whether it is promised for that moment or a later one: of that its own
        reminders tell."""
        at, promised = self[MOMENTS[kind]], self.promised_for
        return kind == WORKED_OUT and bool(at and promised and at <= promised)

    def _list_steps(self, kind, aim):
        """[(number, when)] of the warnings and of the moment when it is missed."""
        steps = [
            (number, self._plan_share(aim, percent))
            for number, percent in enumerate(aim.warnings, start=1)
            if percent
        ]
        return [*steps, (MISSED, self[MOMENTS[kind]])]

    def _find_target_tell_at(self):
        """When the clock has something to tell of it next."""
        moments = (
            self._find_next_step(kind, aim)
            for kind, aim in self._list_open_aims()
            if not self._is_promised_to(kind)
        )
        return min(filter(None, moments), default=False)

    def _find_next_step(self, kind, aim):
        told = self[TOLD[kind]]
        if told >= MISSED:
            return None
        if told == 0 and aim.warnings and aim.warnings[0]:
            return self._plan_share(aim, aim.warnings[0])
        steps = self._list_steps(kind, aim)
        return next(at for number, at in steps if number > told)

    def _find_near_at(self, kind, aim):
        """When little of its time is left: at the last warning."""
        percent = max(aim.warnings, default=0)
        if not percent or self._is_promised_to(kind):
            return False
        return self._plan_share(aim, percent)

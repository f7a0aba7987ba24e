# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import float_repr, format_date, ormcache

from .aims import ANSWER, QUALITY, SPEED, TIMED, WORKED_OUT, Aim

KIND_LABELS = [
    (ANSWER, "First answer"),
    (WORKED_OUT, "Worked out"),
    (QUALITY, "Mark of the quality"),
    (SPEED, "Mark of the speed"),
]


class HelpdeskTarget(models.Model):
    """What a team wants to keep, as "a first answer within 4 working hours for 90 % of
    the inquiries" (rule 26).

    For each inquiry the nearest one of each kind holds: that of its team, of a team
    above it, of the company, of all companies; one for its type or its channel before
    one for all. Which one held when it came in is kept with the inquiry.
    """

    _name = "helpdesk.target"
    _description = "Target"
    _order = "company_id nulls first, team_id nulls first, kind, date_from desc, id"
    _check_company_auto = True

    kind = fields.Selection(
        selection=KIND_LABELS,
        string="What",
        required=True,
        default=ANSWER,
        help="What is counted: how fast inquiries are answered or worked out, or which "
        "marks customers give.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="cascade",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: for every company without one of its own.",
    )
    team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        ondelete="restrict",
        check_company=True,
        index="btree_not_null",
        help="For this team, and for the teams below it that have none of their own. "
        "Empty: for the whole company.",
    )
    type_id = fields.Many2one(
        comodel_name="helpdesk.inquiry.type",
        string="Type of inquiry",
        ondelete="restrict",
        help="For inquiries of this type only. Empty: for all.",
    )
    channel_id = fields.Many2one(
        comodel_name="helpdesk.ticket.channel",
        ondelete="restrict",
        help="For inquiries by this channel only. Empty: for all but calls and visits, "
        "which are answered while they are written down.",
    )
    hours = fields.Float(
        string="Within",
        default=4.0,
        help="Working hours of the team, from the moment when the inquiry came in.",
    )
    mark = fields.Integer(
        string="Not under",
        default=4,
        help="The mark, from 1 to 5, under which none should be.",
    )
    percent = fields.Float(
        string="For percent",
        required=True,
        default=90.0,
        digits=(5, 1),
        help="Of so many percent of what is counted it is asked.",
    )
    green = fields.Float(
        string="Green from",
        required=True,
        default=95.0,
        digits=(5, 1),
        help="Reached to so many percent, or more, it is green.",
    )
    yellow = fields.Float(
        string="Yellow from",
        required=True,
        default=90.0,
        digits=(5, 1),
        help="Reached to so many percent, or more, it is yellow; below, it is red.",
    )
    first_warning = fields.Float(
        string="First warning at",
        default=50.0,
        digits=(4, 1),
        help="When so many percent of the time are over, who is to answer is warned. "
        "0: not.",
    )
    second_warning = fields.Float(
        string="Second warning at",
        default=80.0,
        digits=(4, 1),
        help="The same once more; from then on it stands out in the queue. 0: not.",
    )
    date_from = fields.Date(
        string="Holds from",
        required=True,
        default=lambda self: fields.Date.today().replace(day=1),
        help="For what comes in from the first of this month on.",
    )
    date_to = fields.Date(
        string="Holds until",
        help="The last day of a month, with it. Empty: until it is changed.",
    )
    active = fields.Boolean(default=True)
    formula = fields.Text(
        compute="_compute_formula",
        help="What is asked and how it is counted, in words.",
    )

    _hours_check = models.Constraint(
        "CHECK (kind NOT IN ('answer', 'worked_out') OR (hours > 0 AND hours <= 2000))",
        "A target of time names more than 0 and at most 2000 working hours.",
    )
    _mark_check = models.Constraint(
        "CHECK (kind IN ('answer', 'worked_out') OR mark BETWEEN 2 AND 5)",
        "A target of marks names one from 2 to 5: none can be under 1.",
    )
    _percent_check = models.Constraint(
        "CHECK (percent > 0 AND percent <= 100)",
        "It is asked for more than 0 and at most 100 percent.",
    )
    _bands_check = models.Constraint(
        "CHECK (yellow > 0 AND yellow <= green AND green <= 100)",
        "Yellow begins above 0 and not above green, and green at 100 percent at most.",
    )
    _warnings_check = models.Constraint(
        "CHECK (first_warning >= 0 AND second_warning >= 0 AND first_warning < 100"
        " AND second_warning < 100"
        " AND (second_warning = 0 OR first_warning < second_warning))",
        "Warnings come from 0 to under 100 percent of the time, the first one first.",
    )
    _dates_check = models.Constraint(
        "CHECK (EXTRACT(day FROM date_from) = 1 AND (date_to IS NULL OR ("
        "date_to > date_from AND EXTRACT(day FROM date_to + 1) = 1)))",
        "A target holds for whole months: from the first day of one until the last day "
        "of the same or a later one.",
    )
    _team_check = models.Constraint(
        "CHECK (team_id IS NULL OR company_id IS NOT NULL)",
        "The target of a team is one of its company: choose the company.",
    )

    # Computes

    @api.depends("kind", "hours", "mark", "percent", "team_id", "type_id", "channel_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for target in self:
            names = [target.team_id.name, target.type_id.name, target.channel_id.name]
            names.insert(0, target._describe_aim() if target.kind else "")
            target.display_name = ", ".join(filter(None, names))

    @api.depends("kind", "hours", "mark", "percent", "green", "yellow")
    @api.depends_context("lang")
    def _compute_formula(self):
        for target in self:
            target.formula = target.kind and " ".join(target._list_formula())

    def _describe_aim(self):
        """What is asked, in a few words."""
        _ = self.env._
        values = {
            "hours": _format(self.hours),
            "mark": self.mark,
            "percent": _format(self.percent),
        }
        return {
            ANSWER: _("First answer within %(hours)s working hours, %(percent)s %%"),
            WORKED_OUT: _("Worked out within %(hours)s working hours, %(percent)s %%"),
            QUALITY: _("Quality not under %(mark)s, %(percent)s %%"),
            SPEED: _("Speed not under %(mark)s, %(percent)s %%"),
        }[self.kind] % values

    def _list_formula(self):
        """What is counted, what of it is kept, and what follows: sentences."""
        _ = self.env._
        rest = {
            "percent": _format(self.percent),
            "green": _format(self.green),
            "yellow": _format(self.yellow),
        }
        return [
            self._describe_counted(),
            _("Share = kept / counted x 100."),
            _(
                "Reached = share / %(percent)s x 100, but 100 at most: of %(percent)s "
                "percent it is asked.",
                **rest,
            ),
            _(
                "Green from %(green)s, yellow from %(yellow)s, red below.",
                **rest,
            ),
        ]

    def _describe_counted(self):
        _ = self.env._
        values = {"hours": _format(self.hours), "mark": self.mark}
        return {
            ANSWER: _(
                "Counted: inquiries that came in in that time and were answered, or "
                "wait longer than that; not those without need of an answer. Kept: "
                "whose first answer left within %(hours)s working hours of the team; "
                "an answer with a promise is one."
            ),
            WORKED_OUT: _(
                "Counted: inquiries that came in in that time and are worked out, or "
                "wait longer than that. Kept: those worked out within %(hours)s "
                "working hours of the team, or by the moment that was promised to "
                "the customer in that time, if that is later."
            ),
            QUALITY: _(
                "Counted: marks of the quality, for inquiries that came in in that "
                "time, which count for figures. Kept: those not under %(mark)s. "
                "Nothing is added to them."
            ),
            SPEED: _(
                "Counted: marks of the speed, for inquiries that came in in that "
                "time, which count for figures. Kept: those not under %(mark)s. "
                "Nothing is added to them."
            ),
        }[self.kind] % values

    def _describe_dates(self):
        """When it holds, for sentences."""
        since = format_date(self.env, self.date_from)
        if not self.date_to:
            return self.env._("from %(since)s", since=since)
        until = format_date(self.env, self.date_to)
        return self.env._("from %(since)s until %(until)s", since=since, until=until)

    # What the engine of choosing is told

    @api.model
    @ormcache()
    def _get_aims(self):
        """All targets that hold at any time: asked for each letter, kept in memory."""
        # sudo: helpdesk.target: what is asked, whoever's letter it is
        targets = self.sudo().with_context(active_test=True).search([])
        return tuple(target._get_aim() for target in targets)

    def _get_aim(self):
        timed = self.kind in TIMED
        warnings = (self.first_warning, self.second_warning) if timed else ()
        return Aim(
            id=self.id,
            kind=self.kind,
            since=self.date_from,
            until=self.date_to or None,
            company_id=self.company_id.id or None,
            team_id=self.team_id.id or None,
            type_id=self.type_id.id or None,
            channel_id=self.channel_id.id or None,
            hours=self.hours if timed else 0.0,
            warnings=warnings,
        )

    @api.model
    @ormcache()
    def _get_spoken_channel_ids(self):
        """The channels of calls and visits."""
        return frozenset(self.env["helpdesk.ticket"]._get_call_channel_ids())


def _format(number):
    """A number without zeros that say nothing."""
    text = float_repr(number, 2)
    return text.rstrip("0").rstrip(".")

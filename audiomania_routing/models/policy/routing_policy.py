# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass, replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import ormcache

from ...engine.criteria import CRITERIA
from ...engine.policy import Policy

BY_SUPERVISORS = "supervisors"
BY_TEAM = "team"

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOURS = (
    "exclusive_window",
    "team_delay",
    "department_delay",
    "answer_within",
    "remind_before",
    "supervisors_after",
)
COMMON_DAYS = ("half_life", "conversation_half_life", "recent_half_life")
"""Half-lives of sums that all companies share: only the common policy has them."""
DAYS = (*COMMON_DAYS, "marks_half_life", "activity_half_life")
NUMBERS = (
    "window_for_named",
    "stand_out",
    "threshold",
    "lead",
    "limit",
    "decisive_lead",
    "bad_mark",
    "hide_badly_rated",
    "prior_strength",
    "audience_share",
)
SWITCHES = (
    "take_away_by",
    "show_own_marks",
    "team_reads_taken",
    "promise_days",
    "promise_reminder",
)
"""What is no matter of the engine."""

USUAL = Policy()


@dataclass(frozen=True)
class Rules:
    """What is in force for a company or a team: frozen, because it is cached.

    :param policy_id: id of the ``routing.policy``; None: there is none, so what is
        usual holds
    :param engine: what the engine is told
    :param take_away_by: who may take a conversation from its assignee (rule 10):
        ``BY_SUPERVISORS`` or ``BY_TEAM``
    :param show_own_marks: an employee may read what customers gave him
    :param team_reads_taken: what an employee has taken is read by his team (rule 14)
    :param promise_days: for so many days an answer may be promised; 0: for none
    :param promise_reminder: so many of his working hours before it comes back to him
    """

    policy_id: int | None = None
    engine: Policy = USUAL
    take_away_by: str = BY_SUPERVISORS
    show_own_marks: bool = False
    team_reads_taken: bool = True
    promise_days: int = 14
    promise_reminder: float = 2.0


class RoutingPolicy(models.Model):
    """What a company, or one of its teams, wants of the engine.

    The nearest one holds, as a whole: the team's, that of a team above it, the
    company's, the common one. Where there is none the engine's own values hold.
    """

    _name = "routing.policy"
    _inherit = ["routing.memory.mixin"]
    _description = "Routing policy"
    _order = "company_id nulls first, team_id nulls first, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="cascade",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: the common policy, for every company without one of its own.",
    )
    team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        check_company=True,
        ondelete="cascade",
        index="btree_not_null",
        help="For this team and the teams below it; it takes the place of the company's"
        " policy as a whole. Empty: for the whole company.",
    )
    active = fields.Boolean(default=True)
    criterion_ids = fields.One2many(
        comodel_name="routing.policy.criterion",
        inverse_name="policy_id",
        string="Criteria",
        context={"active_test": False},
        copy=True,
    )
    change_ids = fields.One2many(
        comodel_name="routing.policy.change",
        inverse_name="policy_id",
        string="Changes",
        readonly=True,
    )
    missing_criteria = fields.Char(
        compute="_compute_missing_criteria",
        help="Criteria whose addon is not there any more: they are left out.",
    )

    exclusive_window = fields.Float(
        string="Exclusive window",
        default=USUAL.exclusive_window / HOUR,
        help="Hours of plain time in which only the addressee and the supervisors see"
        " an inquiry. It ends earlier when his working day or his presence ends.",
    )
    team_delay = fields.Float(
        string="Department after",
        default=USUAL.team_delay / HOUR,
        help="Working hours for which the team sees an inquiry before the department.",
    )
    department_delay = fields.Float(
        string="Supervisors after",
        default=USUAL.department_delay / HOUR,
        help="Working hours for which the department sees an inquiry before the"
        " supervisors get an alert.",
    )
    window_for_named = fields.Boolean(
        string="Window for who is named",
        default=USUAL.window_for_named,
        help="Whom the message is addressed to, and who is at work, sees it alone.",
    )
    stand_out = fields.Boolean(
        string="Window for who stands out",
        default=USUAL.stand_out,
        help="Where nobody is named, the best candidate sees it alone, when he clearly"
        " stands out and is at work.",
    )
    threshold = fields.Float(
        string="Points needed",
        default=USUAL.threshold,
        digits=(6, 2),
        help="So many points the best candidate needs to stand out.",
    )
    lead = fields.Float(
        string="Lead needed",
        default=USUAL.lead,
        digits=(6, 2),
        help="By so many points he has to be ahead of the second.",
    )
    limit = fields.Integer(
        string="Limit of open inquiries",
        default=USUAL.limit,
        help="Who has so many gets no more that are addressed to nobody, while another"
        " who may has room.",
    )
    decisive_lead = fields.Float(
        string="Decisive lead",
        default=USUAL.decisive_lead,
        digits=(6, 2),
        help="Who is ahead by so many points of all who have room gets it beyond his"
        " limit.",
    )
    bad_mark = fields.Float(
        string="Bad mark",
        default=USUAL.bad_mark,
        digits=(2, 1),
        help="Who got this mark or a worse one from the customer is not asked first and"
        " is ranked last. 0: no mark is bad.",
    )
    hide_badly_rated = fields.Boolean(
        string="Hide from who was rated badly",
        default=USUAL.hide_badly_rated,
        help="Whom the customer rated badly does not see it with his team, but with the"
        " department; never for a conversation that he holds.",
    )
    marks_half_life = fields.Float(
        string="Half-life of marks",
        default=USUAL.marks_half_life / DAY,
        help="Days after which a mark counts half as much, and a bad one no longer"
        " rules out.",
    )
    prior_strength = fields.Float(
        string="Usual marks added",
        default=USUAL.prior_strength,
        digits=(6, 1),
        help="So many usual marks are added to everybody's, so that one mark does not"
        " decide.",
    )
    half_life = fields.Float(
        string="Half-life of orders",
        default=USUAL.half_life / DAY,
        help="Days after which an order counts half as much. Common to all companies.",
    )
    conversation_half_life = fields.Float(
        string="Half-life of conversations",
        default=USUAL.conversation_half_life / DAY,
        help="Days after which a conversation counts half as much. Common to all"
        " companies.",
    )
    recent_half_life = fields.Float(
        string="Half-life of what is recent",
        default=USUAL.recent_half_life / DAY,
        help="The same where only what is recent counts: who answered last, who works"
        " much, who leaves unanswered. Common to all companies.",
    )
    activity_half_life = fields.Float(
        string="Half-life of activity",
        default=USUAL.activity_half_life / DAY,
        help="Where no schedule tells who is at work: days without a sign of an"
        " employee after which he counts as half gone.",
    )
    audience_share = fields.Float(
        string="Share for an audience",
        default=USUAL.audience_share,
        digits=(4, 3),
        help="An audience with a smaller share of the customer's orders, or of the"
        " products in a letter, is thin evidence: the audience is unknown.",
    )
    take_away_by = fields.Selection(
        selection=[
            (BY_SUPERVISORS, "Supervisors"),
            (BY_TEAM, "Supervisors and the colleagues of the team"),
        ],
        string="May take away",
        required=True,
        default=BY_SUPERVISORS,
        help="Who may take a conversation from its assignee while he is at work. When"
        " he is absent, colleagues of the team may in any case.",
    )
    show_own_marks = fields.Boolean(
        string="Employees see their own marks",
        help="An employee reads what customers gave him: the marks, their comments, and"
        " what they weighed in the explanation of a decision. Marks of others are read"
        " by helpdesk managers and by his supervisors.",
    )

    answer_within = fields.Float(
        string="Answer within",
        default=USUAL.answer_within / HOUR,
        help="Working hours in which who has taken a conversation answers. Then his"
        " team has it in its queue again. 0: he has as long as he likes.",
    )
    remind_before = fields.Float(
        string="Reminder before",
        default=USUAL.remind_before / HOUR,
        help="The assignee is reminded when so many working hours are left. 0, or"
        " more than he has: not before the time is over.",
    )
    supervisors_after = fields.Float(
        string="Supervisors after no answer",
        default=USUAL.supervisors_after / HOUR,
        help="Working hours after the time for the answer is over, before the"
        " supervisors get an alert.",
    )
    team_reads_taken = fields.Boolean(
        string="Team reads what is taken",
        default=Rules.team_reads_taken,
        help="Members of a team read what their colleagues have taken. Off: only the"
        " assignee and the supervisors do, until the time for the answer is over.",
    )

    _company_team_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), COALESCE(team_id, 0)) WHERE active",
        "There is such a policy already: each company and each team has one.",
    )
    _team_check = models.Constraint(
        "CHECK (team_id IS NULL OR company_id IS NOT NULL)",
        "The policy of a team is one of its company: choose the company.",
    )
    _window_check = models.Constraint(
        "CHECK (exclusive_window BETWEEN 0 AND 72)",
        "The exclusive window takes from 0 to 72 hours.",
    )
    _delays_check = models.Constraint(
        "CHECK (team_delay BETWEEN 0 AND 40 AND department_delay BETWEEN 0 AND 40)",
        "The next ones see an inquiry after 0 to 40 working hours: a working week.",
    )
    _answer_check = models.Constraint(
        "CHECK (answer_within BETWEEN 0 AND 40 AND remind_before BETWEEN 0 AND 40"
        " AND supervisors_after BETWEEN 0 AND 40)",
        "Times for an answer are 0 to 40 working hours: a working week.",
    )
    _half_lives_check = models.Constraint(
        "CHECK (half_life BETWEEN 1 AND 3650"
        " AND conversation_half_life BETWEEN 1 AND 3650"
        " AND recent_half_life BETWEEN 1 AND 3650"
        " AND marks_half_life BETWEEN 1 AND 3650"
        " AND activity_half_life BETWEEN 1 AND 3650)",
        "A half-life takes from 1 day to 3650 days.",
    )
    _points_check = models.Constraint(
        "CHECK (threshold BETWEEN 0 AND 1000 AND lead BETWEEN 0 AND 1000"
        " AND decisive_lead BETWEEN 0 AND 1000)",
        "Points that are needed are a number from 0 to 1000.",
    )
    _limit_check = models.Constraint(
        'CHECK ("limit" BETWEEN 0 AND 10000)',
        "The limit of open inquiries is a number from 0 to 10000.",
    )
    _bad_mark_check = models.Constraint(
        "CHECK (bad_mark BETWEEN 0 AND 4)",
        "A bad mark is one from 1 to 4, or 0 when none is: the best one is not bad.",
    )
    _prior_check = models.Constraint(
        "CHECK (prior_strength BETWEEN 0 AND 1000)",
        "The usual marks that are added are a number from 0 to 1000.",
    )
    _share_check = models.Constraint(
        "CHECK (audience_share BETWEEN 0 AND 1)",
        "The share for an audience lies between 0 and 100 %.",
    )

    # Computes

    @api.depends("company_id", "team_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for policy in self:
            company = policy.company_id.name or self.env._("All companies")
            names = [company, *policy.team_id.mapped("display_name")]
            policy.display_name = ": ".join(names)

    @api.depends("criterion_ids.criterion_id", "criterion_ids.active")
    @api.depends_context("lang")
    def _compute_missing_criteria(self):
        for policy in self:
            missing = policy._get_asked().filtered(lambda line: not line.is_known)
            names = missing.criterion_id.mapped("name")
            policy.missing_criteria = ", ".join(names)

    # CRUD

    @api.model
    def default_get(self, fields):
        """A new policy begins as what is in force for its company or team."""
        vals = super().default_get(fields)
        company = self.env["res.company"].browse(vals.get("company_id") or [])
        team = self.env["helpdesk.ticket.team"].browse(vals.get("team_id") or [])
        begin = self._prepare_vals_in_force(company, team)
        return {**vals, **{name: begin[name] for name in begin if name in fields}}

    @api.onchange("company_id", "team_id")
    def _onchange_place(self):
        """As long as it is not saved it begins as what is in force there."""
        if not self._origin:
            self.update(self._prepare_vals_in_force(self.company_id, self.team_id))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault("company_id", self.env.company.id)
            company = self.env["res.company"].browse(vals["company_id"] or [])
            team = self.env["helpdesk.ticket.team"].browse(vals.get("team_id") or [])
            begin = self._prepare_vals_in_force(company, team)
            vals.update({**begin, **vals})
        policies = super().create(vals_list)
        for policy in policies:
            policy._log_made()
        return policies

    def write(self, vals):
        before = {policy: policy._get_tracked_values() for policy in self}
        result = super().write(vals)
        for policy, old in before.items():
            policy._log_changes(old)
        return result

    def unlink(self):
        for policy in self:
            policy._log("policy", policy.display_name, None)
        return super().unlink()

    def copy_data(self, default=None):
        """The copy is put away: a company, or a team, has one policy."""
        return [
            {**vals, "active": False} if not (default or {}).get("team_id") else vals
            for vals in super().copy_data(default)
        ]

    # What is in force

    @api.model
    def _get_rules(self, company=None, team=None):
        """The :class:`Rules` for a team, a company, or what is common to all.

        :param company: ``res.company``; None or empty: what is common
        :param team: ``helpdesk.ticket.team``
        """
        company_id = company.id if company else False
        return self._get_cached_rules(company_id, team.id if team else False)

    @api.model
    @ormcache("company_id", "team_id")
    def _get_cached_rules(self, company_id, team_id):
        """Asked for each letter, changed a few times in a year."""
        # sudo: routing.policy: what is in force is the same for everybody
        policy = self.sudo()._find_in_force(company_id, team_id)
        if policy:
            return policy._make_rules()
        return Rules(engine=replace(USUAL, weights=self._get_usual_weights()))

    @api.model
    def _find_in_force(self, company_id, team_id):
        """The nearest: the team's, of a team above, the company's, the common one."""
        team = self.env["helpdesk.ticket.team"].browse(team_id or [])
        places = [(company_id, one) for one in reversed(_get_path(team))]
        places += [(company_id, False)] if company_id else []
        for company, one in [*places, (False, False)]:
            found = self.with_context(active_test=True).search(
                [("company_id", "=", company), ("team_id", "=", one)], limit=1
            )
            if found:
                return found
        return self.browse()

    @api.model
    def _get_usual_weights(self):
        """Of the criteria that are known, those of other addons too."""
        criteria = self.env["routing.criterion"]._get_weighed()
        return {one.code: one.weight for one in criteria if one.code in CRITERIA}

    def _make_rules(self):
        return Rules(
            policy_id=self.id,
            engine=self._make_engine_policy(),
            take_away_by=self.take_away_by,
            show_own_marks=self.show_own_marks,
            team_reads_taken=self.team_reads_taken,
        )

    def _make_engine_policy(self):
        """What the engine is told by this policy, also before it is saved."""
        hours = {name: self[name] * HOUR for name in HOURS}
        days = {name: self[name] * DAY for name in DAYS}
        plain = {name: self[name] for name in NUMBERS}
        if self.company_id:
            common = self._get_rules().engine
            days.update({name: getattr(common, name) for name in COMMON_DAYS})
        return Policy(**hours, **days, **plain, weights=self._get_weights())

    def _get_asked(self):
        """The lines that are switched on, of criteria that are not archived."""
        return self.criterion_ids.filtered(
            lambda line: line.active and line.criterion_id.active
        )

    def _get_weights(self):
        """What has no function any more is left out: no reason to lose a letter."""
        asked = self._get_asked().filtered("is_known")
        return {line.criterion_id.code: line.weight for line in asked}

    @api.model
    def _prepare_vals_in_force(self, company, team):
        """Values with which a new policy begins: those that hold there now."""
        # sudo: routing.policy: the common one begins every company's
        policy = self.sudo()._find_in_force(company.id, team.id)
        names = (*HOURS, *DAYS, *NUMBERS, *SWITCHES)
        usual = self._get_usual_values()
        vals = {name: policy[name] if policy else usual[name] for name in names}
        return {**vals, "criterion_ids": policy._prepare_criterion_commands()}

    def _prepare_criterion_commands(self):
        """Lines for all criteria, with the weights of this policy, if there is one."""
        lines = {line.criterion_id: line for line in self.criterion_ids}
        return [fields.Command.clear()] + [
            fields.Command.create(
                {
                    "criterion_id": one.id,
                    "weight": lines[one].weight if one in lines else one.weight,
                    "active": lines[one].active if one in lines else True,
                }
            )
            for one in self.env["routing.criterion"]._get_weighed()
        ]

    def _add_criteria(self, criteria):
        """New criteria come with their usual weight."""
        weighed = criteria.filtered(lambda one: not one.only_rules_out)
        self.env["routing.policy.criterion"].create(
            [
                {"policy_id": policy.id, "criterion_id": one.id, "weight": one.weight}
                for policy in self
                for one in weighed
            ]
        )

    # Every change is kept

    def _get_tracked_values(self):
        """{field: value} of everything whose change is kept."""
        names = (*HOURS, *DAYS, *NUMBERS, *SWITCHES, "active")
        return {
            **{name: self[name] for name in names},
            "company_id": self.company_id.name or None,
            "team_id": self.team_id.display_name or None,
        }

    def _log(self, subject, old, new):
        self.env["routing.policy.change"]._note(self, subject, old, new)

    def _log_changes(self, old):
        for name, value in self._get_tracked_values().items():
            if old[name] != value:
                self._log(name, old[name], value)

    def _log_made(self):
        """That it was made, and where it differs from what is usual."""
        self._log("policy", None, self.display_name)
        usual = {**self._get_tracked_values(), **self._get_usual_values()}
        self._log_changes(usual)
        for line in self.criterion_ids:
            usual = {"weight": line.criterion_id.weight, "active": True}
            line._log_changes(usual)

    @api.model
    def _get_usual_values(self):
        """What holds where there is no policy, in the units of the fields."""
        return {
            **{name: getattr(USUAL, name) / HOUR for name in HOURS},
            **{name: getattr(USUAL, name) / DAY for name in DAYS},
            **{name: getattr(USUAL, name) for name in NUMBERS},
            **{name: getattr(Rules(), name) for name in SWITCHES},
        }


def _get_path(team):
    """Ids of the teams above it and its own, the topmost first."""
    return [int(one) for one in (team.parent_path or "").split("/") if one]

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_datetime, ormcache
from odoo.tools.mail import parse_contact_from_email

from ...names import DEPARTMENT, MINE, NONE, PENDING, TEAM, WORKED_OUT
from .ready_domain import ReadyDomain

EMPLOYEES = "base.group_user"


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    inquiry_ids = fields.One2many(
        comodel_name="helpdesk.inquiry",
        inverse_name="ticket_id",
        string="Inquiries",
        groups="base.group_user",
    )
    inquiry_state = fields.Selection(
        selection=[
            (NONE, "No inquiry"),
            (PENDING, "Pending"),
            (WORKED_OUT, "Worked out"),
        ],
        string="Work state",
        compute="_compute_inquiry_state",
        store=True,
        help="Pending as long as one inquiry of the conversation is not worked out.",
    )
    waiting_since = fields.Datetime(
        string="Waiting since",
        compute="_compute_inquiry_state",
        store=True,
        groups="base.group_user",
        help="When the oldest pending inquiry came in.",
    )
    sender = fields.Char(
        string="From",
        compute="_compute_sender",
        compute_sudo=True,
        groups="base.group_user",
        help="The customer by name, else by address.",
    )
    holder_id = fields.Many2one(
        comodel_name="res.users",
        string="Who has it",
        compute="_compute_holder_id",
        compute_sudo=True,
        groups="base.group_user",
        help="Who took it, or for whom it is reserved at this moment.",
    )
    excerpt = fields.Char(
        string="First words",
        compute="_compute_excerpt",
        store=True,
        groups="base.group_user",
        help="How the latest message of the customer begins.",
    )
    audience_id = fields.Many2one(
        comodel_name="customer.audience",
        index="btree_not_null",
        copy=False,
        groups="base.group_user",
        help="What the customer cares about, as decided for the latest inquiry.",
    )
    addressee_id = fields.Many2one(
        comodel_name="res.users",
        index="btree_not_null",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The employee who sees the inquiry before his colleagues do.",
    )
    addressee_team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        string="Addressee's team",
        index="btree_not_null",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The team of the addressee, where it is not the team of the audience.",
    )
    department_id = fields.Many2one(
        related="team_id.department_id",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
        help="The topmost team above the team of the conversation.",
    )
    ladder_active = fields.Boolean(
        string="Ladder decides",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Set by the first decision. Without it only the rules of the help desk "
        "say who may read.",
    )
    exclusive_until = fields.Datetime(
        string="Exclusive until",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Until this moment only the addressee and the supervisors see it.",
    )
    team_visible_from = fields.Datetime(
        string="Team sees it from",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="From this second on the team sees it. Empty: never.",
    )
    department_visible_from = fields.Datetime(
        string="Department sees it from",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="From this second on the whole department sees it. Empty: never.",
    )
    next_moment = fields.Datetime(
        string="Next moment",
        compute="_compute_next_moment",
        compute_sudo=True,
        groups="base.group_user",
        help="When the next rung of the ladder sees the conversation.",
    )
    queue = fields.Selection(
        selection=[
            (MINE, "Mine"),
            (TEAM, "My team's"),
            (DEPARTMENT, "Everybody's"),
        ],
        compute="_compute_queue",
        search="_search_queue",
        groups="base.group_user",
        help="Why it waits for you: reserved for or taken by you, your team's, "
        "your department's.",
    )
    decision_text = fields.Text(
        string="Why",
        compute="_compute_decision_text",
        groups="base.group_user",
        help="Which facts decided who sees the conversation, in words.",
    )
    ladder_text = fields.Char(
        string="Who sees it",
        compute="_compute_ladder_text",
        groups="base.group_user",
        help="Who sees the conversation from when.",
    )
    can_take = fields.Boolean(
        string="May take",
        compute="_compute_can_take",
        compute_sudo=True,
        groups="base.group_user",
    )
    can_work_out = fields.Boolean(
        string="May work out",
        compute="_compute_allowed_actions",
        groups="base.group_user",
    )
    can_undo_no_action = fields.Boolean(
        string="May undo", compute="_compute_allowed_actions", groups="base.group_user"
    )

    _queue_idx = models.Index(
        "(exclusive_until, waiting_since, id) WHERE inquiry_state = 'pending'"
    )

    # Computes

    @api.depends("inquiry_ids.state", "inquiry_ids.received_at")
    def _compute_inquiry_state(self):
        for ticket in self:
            pending = ticket.inquiry_ids.filtered(lambda one: one.state == PENDING)
            worked_out = WORKED_OUT if ticket.inquiry_ids else NONE
            ticket.inquiry_state = PENDING if pending else worked_out
            ticket.waiting_since = min(pending.mapped("received_at"), default=False)

    @api.depends("partner_id", "partner_name", "partner_email")
    def _compute_sender(self):
        for ticket in self:
            ticket.sender = (
                ticket._get_customer_name()
                or ticket.partner_name
                or ticket._get_written_name()
            )

    def _get_written_name(self):
        """As it stands in the address, or the address itself."""
        name, email = parse_contact_from_email(self.partner_email or "")
        return name or email or self.partner_email

    def _get_customer_name(self):
        """As it is displayed; where it is stored, it is not made up for each line."""
        customer = self.partner_id
        return customer.complete_name if customer.name else customer.display_name

    @api.depends("user_id", "addressee_id", "exclusive_until", "inquiry_state")
    def _compute_holder_id(self):
        for ticket in self:
            reserved = ticket._is_waiting() and ticket._is_reserved()
            ticket.holder_id = ticket.addressee_id if reserved else ticket.user_id

    @api.depends("inquiry_ids.excerpt", "inquiry_ids.received_at")
    def _compute_excerpt(self):
        for ticket in self:
            latest = ticket.inquiry_ids.sorted(lambda one: (one.received_at, one.id))
            ticket.excerpt = latest[-1:].excerpt

    @api.depends(
        "user_id", "exclusive_until", "team_visible_from", "department_visible_from"
    )
    def _compute_next_moment(self):
        now = fields.Datetime.now()
        for ticket in self:
            moments = ticket._get_moments() if ticket._is_waiting() else []
            ticket.next_moment = min((at for at in moments if at > now), default=False)

    @api.depends("inquiry_state", "user_id")
    @api.depends_context("uid")
    def _compute_queue(self):
        self.queue = False
        for value in (DEPARTMENT, TEAM, MINE):
            self.filtered_domain(self._get_queue_domain(value)).queue = value

    @api.model
    def _search_queue(self, operator, value):
        if operator != "in":
            return NotImplemented
        if self._is_whole_queue(value):
            return self._get_whole_queue_domain()
        headings = [queue for queue in (MINE, TEAM, DEPARTMENT) if queue in value]
        return Domain.OR(self._get_queue_domain(queue) for queue in headings)

    @api.depends("inquiry_ids.decision")
    @api.depends_context("uid", "lang", "tz")
    def _compute_decision_text(self):
        for ticket in self:
            ticket.decision_text = ticket._get_decided_inquiry().decision_text

    @api.depends("next_moment", "inquiry_state", "user_id", "addressee_id", "team_id")
    @api.depends_context("lang", "tz")
    def _compute_ladder_text(self):
        for ticket in self:
            ticket.ladder_text = ticket._describe_ladder()

    @api.depends(
        "inquiry_state",
        "user_id",
        "company_id",
        "ladder_active",
        "team_id",
        "department_id",
        "addressee_id",
        "addressee_team_id",
        "team_visible_from",
        "department_visible_from",
    )
    @api.depends_context("uid")
    def _compute_can_take(self):
        """Named are all columns that the rules of reading compare, too: a page of the
        queue is then fetched by one query, with what decides about each line."""
        takable = self.filtered_domain(self._get_takable_domain())
        for ticket in self:
            ticket.can_take = ticket in takable

    @api.depends("inquiry_state", "user_id", "inquiry_ids.state")
    @api.depends_context("uid")
    def _compute_allowed_actions(self):
        workable = self.filtered_domain(self._get_workable_domain())
        for ticket in self:
            ticket.can_work_out = ticket in workable
            ticket.can_undo_no_action = bool(
                ticket.inquiry_state == WORKED_OUT and ticket._get_undoable()
            )

    @api.depends("team_id")
    def _compute_user_id(self):
        """A change of the team leaves the assignee of a conversation in place."""
        return super(
            HelpdeskTicket, self.filtered(lambda ticket: not ticket.ladder_active)
        )._compute_user_id()

    @api.depends("user_id")
    def _compute_team_id(self):
        """Taking changes the assignee only, not the team."""
        return super(
            HelpdeskTicket, self.filtered(lambda ticket: not ticket.ladder_active)
        )._compute_team_id()

    # Constraints

    @api.constrains("stage_id", "active")
    def _check_closing(self):
        """A conversation cannot be closed while an inquiry waits in it (rule 16)."""
        for ticket in self:
            closing = ticket.stage_id.closed or not ticket.active
            if closing and ticket.inquiry_state == PENDING:
                raise ValidationError(
                    self.env._(
                        "%(ticket)s cannot be closed: a message of the customer is "
                        "not worked out yet. Answer it, or press "
                        "'No action required'.",
                        ticket=ticket.display_name,
                    )
                )

    # Who may what

    @api.model
    def _has_field_access(self, field, operation):
        """Asked of each cell of a page, of which most are for every employee."""
        if field.groups == EMPLOYEES:
            return self.env.su or self.env.user._is_employee()
        return super()._has_field_access(field, operation)

    def _is_waiting(self):
        """Pending, and nobody has taken it."""
        return self.inquiry_state == PENDING and not self.user_id

    def _is_reserved(self):
        """Whether the exclusive window of an addressee is open now."""
        now = fields.Datetime.now()
        return bool(self.exclusive_until and self.exclusive_until > now)

    def _get_moments(self):
        moments = (
            self.exclusive_until,
            self.team_visible_from,
            self.department_visible_from,
        )
        return [moment for moment in moments if moment]

    def _get_decided_inquiry(self):
        """The latest inquiry for which the engine decided."""
        # sudo: helpdesk.inquiry: whether one was decided is no secret, its facts are
        decided = self.inquiry_ids.sudo().filtered("decision")
        return decided[:1].with_env(self.env)

    @api.model
    @ormcache("self.env.uid")
    def _get_takable_domain(self):
        """What this employee may take at this moment."""
        user = self.env.user
        waiting = Domain("user_id", "=", False) & user._get_may_take_domain()
        late = user._get_late_domain(user._get_routing_scope())
        pending = Domain("inquiry_state", "=", PENDING)
        return ReadyDomain(pending & (waiting | late))

    @api.model
    def _get_workable_domain(self):
        """Who sees a waiting one may work it out; a taken one is its assignee's."""
        pending = Domain("inquiry_state", "=", PENDING)
        user = self.env.user
        if user._is_routing_manager():
            return pending
        supervised = user._get_routing_scope().supervised
        return pending & (
            Domain("user_id", "in", [False, user.id])
            | Domain("team_id", "in", supervised)
        )

    @api.model
    @ormcache("self.env.uid", "queue")
    def _get_queue_domain(self, queue):
        """What waits for this employee, as one part of his queue."""
        user = self.env.user
        scope = user._get_routing_scope()
        pending = Domain("inquiry_state", "=", PENDING)
        untaken = pending & Domain("user_id", "=", False)
        reserved = Domain("addressee_id", "=", user.id)
        team = Domain("team_visible_from", "<=", "now") & user._get_team_domain(scope)
        department = Domain(
            "department_visible_from", "<=", "now"
        ) & user._get_department_domain(scope)
        late = pending & user._get_late_domain(scope)
        domains = {
            MINE: (untaken & reserved) | (pending & Domain("user_id", "=", user.id)),
            TEAM: (untaken & ~reserved & team) | late,
            DEPARTMENT: untaken & ~reserved & ~team & department,
        }
        return ReadyDomain(domains.get(queue, Domain.FALSE))

    @api.model
    @ormcache("self.env.uid")
    def _get_whole_queue_domain(self):
        """What waits for this employee, under whichever heading."""
        user = self.env.user
        scope = user._get_routing_scope()
        untaken = Domain("user_id", "=", False) & user._get_rung_domain(scope)
        mine = Domain("user_id", "=", user.id)
        return ReadyDomain(
            Domain("inquiry_state", "=", PENDING)
            & (mine | untaken | user._get_late_domain(scope))
        )

    @api.model
    def _is_whole_queue(self, headings):
        return {MINE, TEAM, DEPARTMENT} <= set(headings)

    @api.model
    def _search_panel_selection_range(self, field_name, **kwargs):
        """The headings of the queue, each with what waits under it."""
        if field_name != "queue":
            return super()._search_panel_selection_range(field_name, **kwargs)
        domain = Domain.AND(
            Domain(kwargs.get(name) or []) for name in ("model_domain", "extra_domain")
        )
        counts = self._count_queue(domain)
        return [
            {"id": queue, "display_name": label, "__count": counts[queue]}
            for queue, label in self._fields["queue"]._description_selection(self.env)
        ]

    @api.model
    def _count_queue(self, domain):
        """How much of it waits under each heading: one pass over what is pending."""
        parts = {
            queue: self._get_queue_domain(queue) for queue in (MINE, TEAM, DEPARTMENT)
        }
        domain = domain.map_conditions(self._get_beside_queue)
        query = self._search(domain & Domain("inquiry_state", "=", PENDING))
        if query.is_empty():
            return dict.fromkeys(parts, 0)
        counts = [
            SQL(
                "COUNT(*) FILTER (WHERE %s)",
                part.optimize_full(self)._to_sql(self, self._table, query),
            )
            for part in parts.values()
        ]
        [numbers] = self.env.execute_query(query.select(*counts))
        return dict(zip(parts, numbers, strict=True))

    @api.model
    def _get_beside_queue(self, condition):
        """What a condition asks of a conversation that stands under some heading: that
        it stands under one of all of them is known."""
        whole = (
            condition.field_expr == "queue"
            and condition.operator == "in"
            and self._is_whole_queue(condition.value)
        )
        return Domain.TRUE if whole else condition

    def _get_hidden_by_ladder(self):
        """Those that a ladder hides from this employee."""
        tickets = self.with_context(active_test=False)
        # sudo: helpdesk.ticket: whether a ladder decides, for the check itself
        ladders = tickets.sudo().exists().filtered("ladder_active").with_env(self.env)
        return ladders - ladders._filtered_access("read")

    # In words

    def _describe_ladder(self):
        """Who sees the conversation from when (rule 13)."""
        if not self.ladder_active:
            return False
        if self.inquiry_state == WORKED_OUT:
            return self.env._("Worked out: the department may read it.")
        if self.user_id:
            return self.env._(
                "%(name)s has been working on it since %(time)s.",
                name=self.user_id.name,
                time=self._format_moment(self.assigned_date),
            )
        return self._describe_rungs()

    def _describe_rungs(self):
        rungs = []
        if self._is_reserved():
            rungs.append(
                self.env._(
                    "%(name)s alone until %(time)s",
                    name=self.addressee_id.name,
                    time=self._format_moment(self.exclusive_until),
                )
            )
        teams = (self.team_id | self.addressee_team_id).mapped("name")
        rungs += self._describe_rung(", ".join(teams), self.team_visible_from)
        rungs += self._describe_rung(
            self.department_id.name or self.env._("Everybody"),
            self.department_visible_from,
        )
        return ", ".join(rungs)

    def _describe_rung(self, name, moment):
        if not name or not moment:
            return []
        if moment <= fields.Datetime.now():
            return [self.env._("%(name)s now", name=name)]
        time = self._format_moment(moment)
        return [self.env._("%(name)s from %(time)s", name=name, time=time)]

    def _format_moment(self, moment):
        """A moment in the reader's time zone: the hour today, else the date too."""
        if not moment:
            return ""
        local = fields.Datetime.context_timestamp(self, moment)
        today = fields.Datetime.context_timestamp(self, fields.Datetime.now()).date()
        pattern = "HH:mm" if local.date() == today else "d MMM HH:mm"
        return format_datetime(self.env, moment, dt_format=pattern)

    # The ladder

    def _prepare_ladder_vals(self, decision):
        """The columns that record rules compare with the clock."""
        return {
            "ladder_active": True,
            "user_id": False,
            "audience_id": decision.audience_id or False,
            "team_id": self._get_decided_team(decision).id,
            "addressee_id": decision.addressee_id or False,
            "addressee_team_id": decision.addressee_team_id or False,
            "exclusive_until": decision.ladder.exclusive_until or False,
            "team_visible_from": decision.ladder.team_visible_from or False,
            "department_visible_from": decision.ladder.department_visible_from,
        }

    def _get_decided_team(self, decision):
        """The team of the audience, else the one it came to, else the department."""
        if decision.team_id:
            return self.team_id.browse(decision.team_id)
        return self.team_id or self.company_id._get_inquiry_department()

    def _prepare_start_vals(self, decision):
        """What a ladder that begins anew has beside its moments: hook."""
        return self._prepare_ladder_vals(decision)

    def _start_ladder(self, decision):
        """Begin anew: whoever had it before is only whom it is addressed to (12).

        The team that it has already is not written again: Odoo would look for
        followers and for a stage anew.
        """
        values = self._prepare_start_vals(decision)
        if values["team_id"] == self.team_id.id:
            del values["team_id"]
        self.write(values)

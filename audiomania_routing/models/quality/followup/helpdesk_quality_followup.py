# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.audiomania_alerts.inside import Inside

from ...policy.rating_rating import ALL, NOWHERE, PAIR_ONLY
from .rating_rating_trace import REASON

OPEN, CLOSED = "open", "closed"
JUSTIFIED, NOT_JUSTIFIED, ACCIDENT = "justified", "not_justified", "accident"
OUTCOMES = [
    (JUSTIFIED, "Justified"),
    (NOT_JUSTIFIED, "Not justified"),
    (ACCIDENT, "Given by accident"),
]
COUNTED_AS = {JUSTIFIED: ALL, NOT_JUSTIFIED: PAIR_ONLY, ACCIDENT: NOWHERE}
"""{outcome: for what the mark counts from then on} (rule 24)"""

ALERT_BAD_MARK = "bad_mark"


class HelpdeskQualityFollowup(models.Model):
    """What is done about a bad mark (rule 24).

    It closes only when the customer has heard back, or could not be reached, and with
    an outcome. Its columns are written by what is done with it, and by nothing else.
    """

    _name = "helpdesk.quality.followup"
    _description = "Follow-up of a bad mark"
    _order = "state desc, deadline, id"

    rating_id = fields.Many2one(
        comodel_name="rating.rating",
        string="Mark",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket",
        string="Conversation",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    sale_order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Delivered order",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The mark was given after its delivery.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Employee",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Who answered, and got this mark.",
    )
    supervisor_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        readonly=True,
        index="btree_not_null",
        help="Who sees to it that the customer hears back; never the employee himself.",
    )
    supervisor_ids = fields.Many2many(
        comodel_name="res.users",
        relation="helpdesk_quality_followup_supervisor_rel",
        string="Told",
        readonly=True,
        help="Who has been told of it so far.",
    )
    team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        comodel_name="res.company", readonly=True, index="btree_not_null"
    )
    quality = fields.Integer(
        readonly=True, help="What was given for the answer when this was opened."
    )
    speed = fields.Integer(
        readonly=True, help="What was given for its speed when this was opened."
    )
    marks_text = fields.Char(string="Marks", compute="_compute_marks_text")
    comment = fields.Text(compute="_compute_comment", help="What the customer wrote.")
    opened_at = fields.Datetime(
        string="Since", required=True, default=fields.Datetime.now, readonly=True
    )
    deadline = fields.Datetime(
        readonly=True,
        help="By then the customer is to have heard back: so many working hours after"
        " the mark as his team says.",
    )
    escalate_at = fields.Datetime(
        readonly=True,
        help="If it is open by then, who is above the responsible one is told.",
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_overdue")
    is_corrected = fields.Boolean(
        string="Corrected",
        readonly=True,
        help="The mark is not bad any more. The follow-up stays open: the customer"
        " hears back all the same.",
    )
    state = fields.Selection(
        selection=[(OPEN, "Not closed"), (CLOSED, "Closed")],
        required=True,
        default=OPEN,
        readonly=True,
        index=True,
        group_expand=True,
    )
    outcome = fields.Selection(
        selection=OUTCOMES,
        readonly=True,
        help="Justified: the mark counts everywhere. Not justified: it counts for the"
        " routing of this customer to this employee only. By accident: nowhere.",
    )
    note = fields.Text(readonly=True, help="What came of it.")
    closed_by_id = fields.Many2one(
        comodel_name="res.users", string="Closed by", readonly=True
    )
    closed_at = fields.Datetime(string="Closed at", readonly=True)
    change_ids = fields.One2many(
        comodel_name="helpdesk.mark.change",
        inverse_name="followup_id",
        string="Changes of the mark",
        readonly=True,
        groups="helpdesk_mgmt.group_helpdesk_manager",
    )

    _open_uniq = models.UniqueIndex(
        "(rating_id) WHERE state = 'open' AND rating_id IS NOT NULL",
        "This mark is followed up already.",
    )
    _escalate_idx = models.Index("(escalate_at, id) WHERE state = 'open'")
    _closed_whole = models.Constraint(
        "CHECK(state != 'closed' OR (outcome IS NOT NULL AND note IS NOT NULL"
        " AND closed_at IS NOT NULL))",
        "A follow-up closes with an outcome and a note.",
    )

    @api.depends("partner_id", "quality", "speed")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            customer = one.partner_id.name or one.env._("A customer")
            one.display_name = f"{customer}: {one._describe_marks()}"

    def _describe_marks(self):
        """The marks as they were given, in words."""
        parts = []
        if self.quality:
            parts.append(self.env._("quality %(mark)s", mark=self.quality))
        if self.speed:
            parts.append(self.env._("speed %(mark)s", mark=self.speed))
        return ", ".join(parts)

    @api.depends("quality", "speed")
    @api.depends_context("lang")
    def _compute_marks_text(self):
        for one in self:
            one.marks_text = one._describe_marks()

    @api.depends("rating_id")
    def _compute_comment(self):
        for one in self:
            # sudo: rating.rating: who follows a mark up reads what was written with it
            one.comment = one.sudo().rating_id.feedback

    @api.depends("state", "deadline")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for one in self:
            one.is_overdue = bool(
                one._is_open() and one.deadline and one.deadline <= now
            )

    @api.model
    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", OPEN) & Domain(
            "deadline", "<=", fields.Datetime.now()
        )
        if set(value) == {True}:
            return late
        return ~late if set(value) == {False} else Domain.TRUE

    def _is_open(self):
        return self.state == OPEN

    # Opening

    @api.model
    def _open(self, mark):
        """The employee's supervisors are told at once.

        :param mark: a bad ``rating.rating`` of a conversation
        """
        followup = self.create(self._prepare_vals(mark))
        followup._tell()
        return followup

    def _tell(self):
        """Who is responsible from now on is told."""
        supervisors = self._find_supervisors()
        self.write(
            {
                "supervisor_id": supervisors[:1].id,
                "supervisor_ids": [fields.Command.set(supervisors.ids)],
            }
        )
        self._alert(ALERT_BAD_MARK, supervisors)

    def _hand_over(self, user):
        """It is about another employee: his supervisors are told, and those who were
        told before are not any more, of whom he may be one."""
        self.env["alert.type"]._withdraw(ALERT_BAD_MARK, self)
        self.write(
            {
                "user_id": user.id,
                "supervisor_id": False,
                "supervisor_ids": [fields.Command.clear()],
            }
        )
        self._tell()

    @api.model
    def _prepare_vals(self, mark):
        ticket, order = mark._get_rated_conversation(), mark.mark_id.sale_order_id
        now = fields.Datetime.now()
        deadline = ticket.team_id._plan_followup(now)
        return {
            "rating_id": mark.id,
            "ticket_id": ticket.id,
            "sale_order_id": order.id,
            "partner_id": (mark.partner_id or ticket.partner_id).id,
            "user_id": mark._get_rated_user().id,
            "team_id": ticket.team_id.id,
            "company_id": (ticket or mark.mark_id).company_id.id,
            "quality": round(mark.rating),
            "speed": mark.speed,
            "opened_at": now,
            "deadline": deadline,
            "escalate_at": deadline,
        }

    def _find_supervisors(self):
        """The nearest leaders above the employee who have not been told: of each of his
        teams, else of the conversation's; without one the managers of the help desk."""
        self.ensure_one()
        # sudo: helpdesk.ticket.team: who leads a team is no secret
        teams = self.env["helpdesk.ticket.team"].sudo()
        left_out = self.user_id | self.supervisor_ids
        places = teams.browse()
        if user := self.user_id:
            places = teams.search(
                ["|", ("user_ids", "in", user.ids), ("user_id", "=", user.id)]
            )
        places = (places & self.team_id) | (places or self.team_id)
        leaders = self.env["res.users"]
        for place in places:
            leaders |= place._find_leader_above(self, left_out)
        return leaders or self._find_managers(left_out)

    def _find_managers(self, left_out):
        """Other managers; where there is no other one, nobody is left out."""
        # sudo: res.groups: who is a manager of the help desk is no secret
        managers = self.env.ref("helpdesk_mgmt.group_helpdesk_manager").sudo()
        able = self._filter_able(managers.all_user_ids)
        return able - left_out or (able if not self.supervisor_ids else able.browse())

    def _filter_able(self, users):
        """Those who work with conversations in its company."""
        company = self.company_id
        return users.filtered(
            lambda user: (
                user.active
                and (not company or company in user.company_ids)
                and user.has_group("helpdesk_mgmt.group_helpdesk_user_own")
            )
        )

    def _alert(self, code, users):
        if users:
            types = self.env["alert.type"]
            marks = types._tell_in_languages(self, lambda one: one._describe_marks())
            types._alert(
                code,
                self,
                users=users,
                customer=self.partner_id.name or "",
                employee=self.user_id.name or "",
                marks=marks,
                comment=self.comment or "",
            )

    def _follow_mark(self, is_bad):
        """A mark that was changed keeps it open, with that said."""
        self.write({"is_corrected": not is_bad})

    # Closing

    def _check_may_close(self):
        """Whoever reads it: its supervisors and the managers, and never the employee
        whom it is about."""
        self.ensure_one()
        self.check_access("read")

    def _lock(self):
        """Of two who close it at once one wins, the other reads who did."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM helpdesk_quality_followup WHERE id IN %s ORDER BY id"
                " FOR NO KEY UPDATE",
                tuple(self.ids),
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(flush=False)

    def _close(self, outcome, note, message=None):
        """Close it with what came of it.

        :param outcome: ``justified``, ``not_justified`` or ``accident``
        :param note: what came of it, in words
        :param message: the ``mail.message`` in which the customer heard back; without
            it, what has been noted on the follow-up before counts
        """
        self._check_may_close()
        self._lock()
        # sudo: helpdesk.quality.followup: written by what is done with it only
        followup = self.sudo()
        followup._check_open()
        if message:
            followup._note_heard(message)
        followup._check_closing(outcome, note)
        followup.write(
            {
                "state": CLOSED,
                "outcome": outcome,
                "note": note.strip(),
                "closed_by_id": self.env.uid,
                "closed_at": fields.Datetime.now(),
                "escalate_at": False,
            }
        )
        followup._apply_outcome()

    def _check_open(self):
        if not self._is_open():
            raise UserError(
                self.env._("%(who)s has closed it.", who=self.closed_by_id.name)
            )

    def _check_closing(self, outcome, note):
        _ = self.env._
        if outcome not in COUNTED_AS or not (note or "").strip():
            raise UserError(_("Say what came of it, in words and as an outcome."))
        if not self.contact_ids:
            raise UserError(
                _(
                    "The customer has not heard back. Answer him, note a call, or note"
                    " that you could not reach him."
                )
            )

    def _apply_outcome(self):
        """From now on the mark counts as the outcome says; what the customer has
        corrected himself counts as he left it."""
        mark = self.rating_id
        if mark and not self.is_corrected and mark.counts != COUNTED_AS[self.outcome]:
            mark.with_context(**{REASON: Inside(self.note)}).write(
                {"counts": COUNTED_AS[self.outcome]}
            )

    # Screens

    def action_open_conversation(self):
        """What was answered, and what is answered now; or the delivered order."""
        self.ensure_one()
        self.check_access("read")
        record = self.ticket_id or self.sale_order_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def action_close(self):
        """Ask what came of it."""
        return self._get_dialog("helpdesk.quality.followup.close", self.env._("Close"))

    def action_note_contact(self):
        """Ask when and how the customer was spoken to, or was not reached."""
        name = self.env._("Note a call or an attempt")
        return self._get_dialog("helpdesk.quality.followup.note", name)

    def _get_dialog(self, model, name):
        self._check_may_close()
        self._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_followup_id": self.id},
        }

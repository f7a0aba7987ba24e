# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.audiomania_alerts.inside import get_inside

from ...names import ANSWERED, PENDING
from ..intake.helpdesk_ticket_bounce import ANSWER
from .helpdesk_ticket_transition import BACK, PROMISED

PROMISE = "routing_promise"
"""In the context of a reply: ``{"until": a moment or None, "waits_for": a sentence,
"waits_ref": "model,id"}``; the last two may be left out."""

ALERT_BACK = "inquiry_promise_back"
ALERT_AGAIN = "inquiry_promise_again"


class HelpdeskTicket(models.Model):
    """A reply with a promise ("I will answer on Thursday", "when the buyer knows")
    leaves the inquiry pending; ladder and reminders rest until then (rule 17)."""

    _inherit = "helpdesk.ticket"

    promised_for = fields.Datetime(
        string="Promised for",
        compute="_compute_inquiry_state",
        store=True,
        copy=False,
        groups="base.group_user",
        help="Until when the customer was promised an answer to all that is pending. "
        "Empty: something is pending of which nothing was promised.",
    )
    promised_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Promised by",
        compute="_compute_promise",
        groups="base.group_user",
        help="Who has promised the answer, and is reminded of it.",
    )
    waits_for = fields.Char(
        string="Waits for",
        compute="_compute_promise",
        groups="base.group_user",
        help="Without what the customer cannot be answered.",
    )

    _promised_idx = models.Index("(promised_for, id) WHERE promised_for IS NOT NULL")

    @api.depends("inquiry_ids.promised_for")
    def _compute_inquiry_state(self):
        """Written with the state, in one statement."""
        result = super()._compute_inquiry_state()
        for ticket in self:
            moments = ticket._get_pending().mapped("promised_for")
            ticket.promised_for = min(moments) if moments and all(moments) else False
        return result

    @api.depends("promised_for")
    def _compute_promise(self):
        for ticket in self:
            # sudo: helpdesk.inquiry: of a conversation that he may read
            inquiry = ticket._get_first_promise().sudo()
            ticket.promised_by_id = inquiry.promised_by_id
            ticket.waits_for = inquiry.waits_for

    def _get_first_promise(self):
        pending = self._get_pending() if self.promised_for else self.inquiry_ids[:0]
        return pending.sorted(lambda one: (one.promised_for, one.id))[:1]

    @api.model
    def _get_resting_domain(self):
        """What rests at this moment: promised, and not come back yet."""
        return (
            Domain("inquiry_state", "=", PENDING)
            & Domain("promised_for", ">", "now")
            & Domain("user_id", "!=", False)
            & (
                Domain("answer_reminder_at", "=", False)
                | Domain("answer_reminder_at", ">", "now")
            )
        )

    @api.model
    def _get_system_fields(self):
        return super()._get_system_fields() | {"promised_for"}

    # Promising

    def message_post(self, *, message_type="notification", **kwargs):
        """What cannot be promised is refused before anything is sent."""
        if self.env.context.get(PROMISE):
            subtype = self._get_posted_subtype(kwargs)
            is_reply = self._is_reply(message_type, subtype, None)
            if promise := is_reply and self._read_promise():
                self._find_promised_moment(promise["until"])
        return super().message_post(message_type=message_type, **kwargs)

    def _work_out(self, state, user):
        """A reply with a promise leaves pending what it answers."""
        if state != ANSWERED or not self.env.context.get(PROMISE):
            return super()._work_out(state, user)
        promise = self.with_user(user)._read_promise()
        if not promise:
            return super()._work_out(state, user)
        letter_id = get_inside(self.env, ANSWER)
        return self._promise(user=user, letter_id=letter_id, **promise)

    def _promise(
        self, until=None, waits_for=None, *, user=None, waits_ref=None, letter_id=None
    ):
        """Answers to all that is pending here are promised.

        :param until: the moment, in UTC; None: as late as the policy allows
        :param waits_for: a sentence: without what it cannot be answered
        :param user: who promises; without him, who acts
        :param waits_ref: the record it waits for, as ``model,id`` (see
            ``_find_waiting_for``)
        :param letter_id: the id of the message in which it is promised
        """
        user = user or self.env.user
        moments = {ticket: ticket._find_promised_moment(until) for ticket in self}
        self._touch()
        # sudo: helpdesk.ticket: employees change inquiries and ladder by actions only
        for ticket in self.sudo():
            at = moments[ticket.with_env(self.env)]
            ticket._get_pending()._set_promised(
                {
                    "promised_for": at,
                    "promised_by_id": user.id,
                    "waits_for": waits_for or False,
                    "waits_ref": waits_ref or False,
                    "promise_message_id": letter_id or False,
                }
            )
            ticket._rest(user)
            ticket._note_transition(
                PROMISED, user_id=user.id, promised_for=at, reason=waits_for or False
            )
        self._withdraw_alerts()

    def _find_promised_moment(self, until):
        """The moment as a datetime; a sentence where it cannot be promised."""
        now = fields.Datetime.now()
        days = self._get_rules().promise_days
        last = now + timedelta(days=days)
        at = _read_moment(until) if until else last
        if not days:
            raise UserError(self.env._("Answers are not promised here."))
        if not at or at <= now:
            raise UserError(
                self.env._("An answer is promised for a moment that is to come.")
            )
        if at > last:
            raise UserError(
                self.env._(
                    "An answer is promised for %(days)s days at most: until %(time)s.",
                    days=days,
                    time=self._format_moment(last),
                )
            )
        return at.replace(microsecond=0)

    def _rest(self, user):
        """It is his who has it, else his who promised; the ladder has ended."""
        if self.user_id:
            terms = self._prepare_term_vals(self.user_id)
            self.write({"exclusive_until": False, **terms})
        else:
            self._assign(user)

    # Coming back

    def _end_rest(self, former):
        """The customer has written again: what he asks now was not promised. The
        moment never moves back (rule 12).

        :param former: what was pending before
        """
        # sudo: helpdesk.ticket: whoever's message it is
        ticket = self.sudo()
        if not ticket._is_taken():
            return
        terms = ticket._prepare_term_vals(ticket.user_id)
        promised = min(filter(None, former.mapped("promised_for")))
        for name in ("answer_due_at", "answer_supervisors_at"):
            terms[name] = min(terms[name] or promised, promised)
        reminder, due = terms["answer_reminder_at"], terms["answer_due_at"]
        terms["answer_reminder_at"] = reminder and reminder < due and reminder
        ticket._withdraw_alerts()
        ticket.write(terms)
        self.env["alert.type"]._alert(
            ALERT_AGAIN,
            ticket,
            users=ticket.user_id | former.promised_by_id,
            customer=ticket.sender or "",
            promised=promised,
        )

    def _take_back_answer(self, letter, address, reason):
        """A promise that did not arrive is none: it waits for an answer as before."""
        # sudo: helpdesk.ticket: a report is nobody's letter, and changes the state
        ticket = self.sudo()
        lost = ticket._get_waiting_promises().filtered(
            lambda one: one.promise_message_id == letter
        )
        if lost:
            ticket._withdraw_alerts()
            lost._forget_promise()
            if ticket._is_taken():
                ticket.write(ticket._prepare_term_vals(ticket.user_id))
        return super()._take_back_answer(letter, address, reason)

    def _promise_kept_by(self, reason):
        """What a promise waited for has happened: it comes back now, and who promised
        is told why. The customer is still to be answered.

        :param reason: a sentence, as "The buyer has answered: it comes on Monday."
        """
        # sudo: helpdesk.ticket: who lets it happen may not read the conversation
        tickets = self.sudo().filtered(lambda one: one._get_waiting_promises())
        for ticket in tickets:
            promises = ticket._get_waiting_promises()
            users = promises.promised_by_id | ticket.user_id
            promises.write({"waits_ref": False})
            ticket._come_back()
            ticket._note_transition(BACK, reason=reason)
            self.env["alert.type"]._alert(
                ALERT_BACK,
                ticket,
                users=ticket._filter_able(users),
                customer=ticket.sender or "",
                reason=reason,
            )
        return tickets.with_env(self.env)

    def _get_waiting_promises(self):
        return self._get_pending().filtered("promised_for")

    @api.model
    def _find_waiting_for(self, record):
        """The conversations whose promise waits for that record.

        :param record: any record, as a request to buy
        """
        # sudo: helpdesk.inquiry: which ones wait; what is told of them is by rules
        inquiries = self.env["helpdesk.inquiry"].sudo()
        found = inquiries.search(
            [
                ("waits_ref", "in", [f"{record._name},{one}" for one in record.ids]),
                ("state", "=", PENDING),
            ]
        )
        return found.ticket_id.with_env(self.env)

    @api.model
    def _promise_waits(self):
        """For what an answer to this conversation may wait: hook of other addons.

        :return: ``[(record, sentence)]``, as
            ``[(request, "the buyer's answer on KEF LS50 Meta")]``; only what this
            employee may read
        """
        return []


def _read_moment(value):
    """A moment that comes from outside, or nothing."""
    try:
        return fields.Datetime.to_datetime(value)
    except ValueError:
        return None

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....names import ANSWERED
from ...workplace.helpdesk_inquiry_spoken import PHONE, VISIT
from .helpdesk_quality_contact import FAILED, MESSAGE

MINUTE = timedelta(minutes=1)

LOOKED_AT = 40
"""So many messages after the mark are looked at, the newest of them."""


class HelpdeskQualityFollowup(models.Model):
    """The customer has heard back, or could not be reached (rule 24)."""

    _inherit = "helpdesk.quality.followup"

    contact_ids = fields.One2many(
        comodel_name="helpdesk.quality.contact",
        inverse_name="followup_id",
        string="Heard back",
        readonly=True,
    )
    has_heard = fields.Boolean(
        string="Has heard back",
        compute="_compute_has_heard",
        store=True,
        help="A message or a call has reached the customer after his mark.",
    )
    offer_text = fields.Char(
        compute="_compute_offer_text",
        help="What has reached the customer since his mark, and is not noted yet.",
    )

    @api.depends("contact_ids.way")
    def _compute_has_heard(self):
        for one in self:
            one.has_heard = any(each.way != FAILED for each in one.contact_ids)

    @api.depends("state", "contact_ids")
    @api.depends_context("lang", "tz")
    def _compute_offer_text(self):
        for one in self:
            found = one._find_heard() if one._is_open() else None
            one.offer_text = bool(found) and one.env._(
                "%(who)s has answered the customer, %(time)s: %(text)s",
                who=found.author_id.name,
                time=one.ticket_id._format_moment(found.date),
                text=found.preview or "",
            )

    # What has reached the customer

    def _find_heard(self):
        """The latest message or recorded call in which he heard back and that is not
        noted yet, by his supervisor or by anybody."""
        self.ensure_one()
        # sudo: helpdesk.quality.followup, mail.message, helpdesk.inquiry: what reached
        # the customer is told to who follows the mark up, in a line
        followup = self.sudo()
        noted = followup.contact_ids.message_id
        found = followup._find_calls() | followup._find_replies()
        return (found - noted).sorted("date", reverse=True)[:1]

    def _find_replies(self):
        about = self.ticket_id or self.sale_order_id
        messages = self.env["mail.message"].search(
            [
                ("model", "=", about._name),
                ("res_id", "=", about.id),
                ("date", ">=", self.opened_at),
                ("message_type", "in", ("comment", "email")),
            ],
            order="id desc",
            limit=LOOKED_AT,
        )
        return messages.filtered(self._has_reached)

    def _find_calls(self):
        """What was told him by phone or in person, as an answer to what he asked."""
        answered = self.env["helpdesk.inquiry"].search(
            [
                ("ticket_id", "=", self.ticket_id.id),
                ("state", "=", ANSWERED),
                ("worked_out_at", ">=", self.opened_at),
                ("answered_by_way", "in", (PHONE, VISIT)),
            ]
        )
        return answered.answer_id

    def _has_reached(self, message):
        """Whether an employee's message left for the customer, and was not returned."""
        ticket = self.ticket_id
        if not ticket._is_reply(
            message.message_type, message.subtype_id, message.author_id.id
        ) or (not message.author_id):
            return False
        customers = self.partner_id | ticket.partner_id
        sent = message.notification_ids.filtered(
            lambda one: (
                one.notification_status not in ("bounce", "exception", "canceled")
            )
        )
        return bool(
            sent.res_partner_id & customers
            or message.outgoing_email_to
            or self._is_sent_by_channel(message)
        )

    def _is_sent_by_channel(self, message):
        answers = self.env["routing.channel.answer"].search_count(
            [("message_id", "=", message.id), ("state", "!=", "failed")], limit=1
        )
        return bool(answers)

    # Noting it

    def action_heard(self):
        """With what was offered the customer has heard back."""
        self._check_may_close()
        self._lock()
        # sudo: helpdesk.quality.followup: written by what is done with it only
        followup = self.sudo()
        followup._check_open()
        found = followup._find_heard()
        if not found:
            raise UserError(self.env._("Nothing has reached the customer since then."))
        followup._note_heard(found)
        return True

    def _note_heard(self, message):
        """The message in which he heard back: whoever wrote it."""
        if message in self.contact_ids.message_id:
            return
        author = message.author_id.user_ids[:1]
        call = message.subtype_id == self.env.ref("mail.mt_note")
        self._add_contact(
            PHONE if call else MESSAGE,
            message.preview or message.subject or self.env._("A message"),
            user=author,
            at=message.date,
            message_id=message.id,
        )

    def _note_contact(self, way, text, at=None):
        """A call, a visit, or an attempt that failed, in a line.

        :param way: ``phone``, ``visit`` or ``failed``
        :param at: when, in UTC; without it, now
        """
        self._check_may_close()
        self._lock()
        # sudo: helpdesk.quality.followup: written by what is done with it only
        followup = self.sudo()
        followup._check_open()
        if way not in (PHONE, VISIT, FAILED) or not (text or "").strip():
            raise UserError(self.env._("Say what was said, or how he was not reached."))
        followup._check_moment(at)
        followup._add_contact(way, text.strip(), user=self.env.user, at=at)

    def _check_moment(self, at):
        """What was said before the mark is no answer to it (screens show minutes)."""
        now = fields.Datetime.now()
        # the clock may have been put back since the mark
        opened_at = min(self.opened_at, now)
        if not opened_at - MINUTE <= (at or now) <= now + MINUTE:
            raise UserError(
                self.env._("Say when it was: after the mark, and not in time to come.")
            )

    def _add_contact(self, way, text, user, at=None, **values):
        self.env["helpdesk.quality.contact"].create(
            {
                "followup_id": self.id,
                "way": way,
                "text": text,
                "user_id": user.id,
                "at": at or fields.Datetime.now(),
                **values,
            }
        )

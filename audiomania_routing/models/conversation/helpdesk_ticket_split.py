# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import clean_context, html2plaintext

from ...names import PENDING, SPLIT_FROM, SPLIT_OFF
from .helpdesk_ticket_document import point_to

SAME = (
    "partner_id",
    "partner_name",
    "partner_email",
    "company_id",
    "team_id",
    "channel_id",
    "document_model",
    "document_id",
)
"""What the new conversation has in common with the one that it comes from."""

LADDER = (
    "ladder_active",
    "user_id",
    "assigned_date",
    "audience_id",
    "addressee_id",
    "addressee_team_id",
    "exclusive_until",
    "team_visible_from",
    "department_visible_from",
    "supervisors_alerted_from",
    "excluded_user_ids",
)
"""Whose it is and who has been let in: nobody is locked out of what he saw."""


class HelpdeskTicket(models.Model):
    """Two matters in one conversation become two conversations: each inquiry goes along
    with its message, and nobody is locked out of what he saw."""

    _inherit = "helpdesk.ticket"

    def action_split(self):
        """Ask which messages of the customer go into a conversation of their own."""
        self.ensure_one()
        self.check_access("read")
        self._check_may_split()
        inquiries = self.inquiry_ids.sorted(lambda one: (one.received_at, one.id))
        if len(inquiries) < 2:
            raise UserError(
                self.env._("The customer has written once: there is nothing to split.")
            )
        dialog = self.env["helpdesk.ticket.split.off"].create(
            {
                "ticket_id": self.id,
                "line_ids": [(0, 0, {"inquiry_id": one.id}) for one in inquiries],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Split off"),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _split(self, inquiries, reason, with_answers=True):
        """These messages go on in a new conversation, which is returned.

        :param with_answers: whether what was answered after them goes along
        """
        self.ensure_one()
        self._lock()
        self._check_may_split()
        self._check_split(inquiries)
        self._touch()
        # sudo: helpdesk.ticket: ladders and inquiries are changed by actions only
        ticket, inquiries = self.sudo(), inquiries.sudo()
        standing = ticket._get_standing()
        led = ticket._get_ladder_inquiry() in inquiries
        other = ticket._create_split(inquiries)
        ticket._note_transition(SPLIT_OFF, reason=f"{other.number}: {reason}")
        other._note_transition(SPLIT_FROM, reason=f"{ticket.number}: {reason}")
        ticket._move_to(other, inquiries, with_answers)
        other._settle_split(standing)
        if led:
            ticket._withdraw_alerts()
            ticket._settle_split(standing)
        return other.with_env(self.env)

    def _check_may_split(self):
        """Who may hand it on may split it."""
        self._check_transition(
            self._may_transfer, self.env._("You may not split this conversation.")
        )

    def _check_split(self, inquiries):
        """Some of its own, and something stays."""
        if not inquiries:
            raise UserError(self.env._("Choose a message."))
        # sudo: helpdesk.ticket, helpdesk.inquiry: whose they are, nothing else is told
        own, inquiries = self.sudo().inquiry_ids, inquiries.sudo()
        if inquiries - own:
            raise UserError(self.env._("A chosen message is not in this conversation."))
        if not own - inquiries:
            raise UserError(
                self.env._("At least one message of the customer has to stay.")
            )

    # The new one

    def _create_split(self, inquiries):
        """A conversation of the same customer, in the first stage, with a number of
        its own; nobody outside of the company hears of it."""
        first = inquiries.sorted(lambda one: (one.received_at, one.id))[0]
        quiet = {
            **self._get_quiet_context(),
            "mail_create_nolog": True,
            "mail_create_nosubscribe": True,
        }
        tickets = self.with_context(clean_context(self.env.context), **quiet).browse()
        other = tickets.create(self._prepare_split_vals(first))
        return other.with_env(self.env)

    def _prepare_split_vals(self, first):
        """What the new conversation is made of: hook.

        :param first: the oldest of its inquiries
        """
        values = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in (*SAME, *LADDER)
        }
        name = first.message_id.subject or first.subject or self.name
        body = first.message_id.body or first.excerpt or name
        return {**values, "name": name, "description": body}

    def _move_to(self, other, inquiries, with_answers):
        """Messages take along their inquiry, attachments and protocol of the intake;
        so answers to them find the new conversation."""
        self._keep_own_description(inquiries)
        messages = inquiries.message_id
        if with_answers:
            messages |= self._get_answers_after(inquiries)
        self._move_attachments(other, messages)
        messages.write({"res_id": other.id})
        inquiries.write({"ticket_id": other.id})
        entries = self.env["mail.intake.entry"].search(
            [("ticket_id", "=", self.id), ("mail_message_id", "in", messages.ids)]
        )
        entries.write({"ticket_id": other.id, "res_id": other.id})
        named = messages.author_id | messages.partner_ids
        other.message_subscribe((named & self.message_partner_ids).ids)

    def _keep_own_description(self, inquiries):
        """The description is the first letter: it goes with it, unless changed."""
        moved = (one.message_id.body for one in inquiries)
        if not any(_is_same_text(self.description, body) for body in moved):
            return
        staying = (self.inquiry_ids - inquiries).sorted(
            lambda one: (one.received_at, one.id)
        )
        first = staying[:1]
        self.with_context(**self._get_quiet_context()).description = (
            first.message_id.body or first.excerpt or self.name
        )

    def _get_answers_after(self, inquiries):
        """What was written after a chosen message and before the customer's next one;
        not what answered one that stays, too, and no internal note."""
        kept = (self.inquiry_ids - inquiries).answer_id
        letters, chosen = self.inquiry_ids.message_id, inquiries.message_id
        found, follows = kept.browse(), False
        for message in self._list_correspondence():
            if message in letters:
                follows = message in chosen
            elif follows and message not in kept:
                found |= message
        return found

    def _list_correspondence(self):
        """What went to the customer and came from him, the earliest first."""
        return self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "in", ["comment", "email"]),
                ("is_internal", "=", False),
                ("subtype_id.internal", "=", False),
            ],
            order="id",
        )

    def _move_attachments(self, other, messages):
        """Those of the messages; of what a message that stays shows, too, a copy."""
        own = messages.attachment_ids.filtered(
            lambda one: (one.res_model, one.res_id) == (self._name, self.id)
        )
        staying = self.env["mail.message"].search(
            [("attachment_ids", "in", own.ids), ("id", "not in", messages.ids)]
        )
        shared = own & staying.attachment_ids
        (own - shared).write({"res_id": other.id})
        copies = {one.id: one.copy({"res_id": other.id}).id for one in shared}
        for message in messages.filtered(lambda one: one.attachment_ids & shared):
            ids = [copies.get(one.id, one.id) for one in message.attachment_ids]
            body = point_to(copies, message.body)
            message.write({"attachment_ids": [(6, 0, ids)], "body": body})

    # The ladder of each

    def _get_standing(self):
        """The decision that holds now for what waits here; None where none was made."""
        if not self._is_waiting():
            return None
        _inquiries, before = self._get_decided()
        return next(iter(before.values()), None)

    def _settle_split(self, standing):
        """The oldest that waits here decides who sees it, never backwards; who has
        taken both matters has both; where nothing waits, it is worked out."""
        if self.inquiry_state != PENDING:
            self.exclusive_until = False
        elif self._is_waiting():
            if standing:
                self._decide_split(standing)
            self._alert_waiting()

    def _decide_split(self, standing):
        """As whatever is decided again: who has been let in stays let in."""
        inquiry = self._get_ladder_inquiry()
        facts = self.env["routing.facts"]
        decision = facts._decide_again(inquiry, {inquiry.id: standing})[inquiry.id]
        vals = self._prepare_ladder_vals(decision)
        if self._is_everybodys():
            vals["team_id"] = False
        if self._get_moved(vals) or not inquiry.decision:
            inquiry._store_decision(decision)
            self.with_context(**self._get_quiet_context()).write(vals)


def _is_same_text(html, other):
    """Whether two texts say the same, however they are laid out."""
    return bool(html) and html2plaintext(html).split() == (
        html2plaintext(other or "").split()
    )

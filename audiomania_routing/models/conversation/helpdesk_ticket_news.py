# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...names import NO_ACTION, SEEN

LATEST = 5
"""So many of the latest events are told."""


class StaleAnswer(UserError):
    """Something has happened since its writer looked: he is asked first.

    ``context`` holds what happened, in sentences, and what he has seen after that.
    """

    def __init__(self, message, news):
        super().__init__(message)
        self.context = news


class HelpdeskTicket(models.Model):
    """A stale answer is stopped, not the employee: he sees what has happened meanwhile,
    and confirms."""

    _inherit = "helpdesk.ticket"

    seen_token = fields.Char(
        compute="_compute_seen_token",
        groups="base.group_user",
        help="What has happened in the conversation so far. A reply that is sent with "
        "it is stopped when more has happened since.",
    )

    @api.depends_context("uid")
    def _compute_seen_token(self):
        for ticket in self:
            ticket.seen_token = json.dumps(ticket._get_seen()) if ticket.id else False

    def _get_seen(self):
        """The last message and the last transition; when it is."""
        message = self._search_messages(0)[:1]
        # sudo: helpdesk.ticket.transition: only an id
        line = self.sudo().transition_ids.sorted("id")[-1:]
        now = fields.Datetime.to_string(fields.Datetime.now())
        return {"message": message.id or 0, "transition": line.id or 0, "at": now}

    def _search_messages(self, after):
        """Messages to and from the customer since then, the latest first."""
        # sudo: mail.message: of a conversation that he may read
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("id", ">", after),
                    ("message_type", "in", ["comment", "email"]),
                    ("is_internal", "=", False),
                    ("subtype_id.internal", "=", False),
                ],
                order="id desc",
                limit=LATEST,
            )
        )

    def get_news(self, seen):
        """What colleagues and the customer have done since a token was made.

        :param seen: a ``seen_token``
        :return: ``{"lines": sentences, the earliest first, "seen": the token of now}``
        """
        self.ensure_one()
        self._check_reading_employee()
        return {
            "lines": self._describe_news(_read(seen)),
            "seen": json.dumps(self._get_seen()),
        }

    def _check_reading_employee(self):
        """What colleagues know of a conversation is not for its customer, who reads
        it in the portal."""
        self.check_access("read")
        if not (self.env.su or self.env.user._is_internal()):
            raise self.env["ir.rule"]._make_access_error("read", self)

    def _describe_news(self, seen):
        """Sentences, in the order of what happened."""
        found = [
            *self._list_new_messages(seen),
            *self._list_new_transitions(seen),
            *self._list_new_marks(seen),
        ]
        found.sort(key=lambda pair: pair[0])
        return [sentence for _at, sentence in found[-LATEST:]]

    def _list_new_messages(self, seen):
        for message in self._search_messages(seen["message"]):
            if message.author_id == self.env.user.partner_id:
                continue
            values = {
                "name": message.author_id.name or message.email_from or "",
                "time": self._format_moment(message.date),
                "words": message.preview or "",
            }
            yield message.date, self.env._("%(name)s at %(time)s: %(words)s", **values)

    def _list_new_transitions(self, seen):
        # sudo: helpdesk.ticket.transition: of a conversation that he may read
        for line in self.sudo().transition_ids:
            if line.id > seen["transition"] and line.user_id != self.env.user:
                time = self._format_moment(line.at)
                values = {"time": time, "event": line._describe()}
                yield line.at, self.env._("%(time)s: %(event)s", **values)

    def _list_new_marks(self, seen):
        at = fields.Datetime.to_datetime(seen["at"])
        # sudo: helpdesk.inquiry: of a conversation that he may read
        for inquiry in self.sudo().inquiry_ids:
            who, when = inquiry.worked_out_by_id, inquiry.worked_out_at
            if inquiry.state == NO_ACTION and when > at and who != self.env.user:
                sentence = self.env._(
                    "%(name)s has marked it 'No action required' at %(time)s.",
                    name=who.name,
                    time=self._format_moment(when),
                )
                yield when, sentence

    def message_post(self, *, message_type="notification", **kwargs):
        """Two who answer at once collide: the second one sees what the first wrote."""
        seen = self.env.context.get(SEEN)
        subtype = self._get_posted_subtype(kwargs)
        if seen and self._is_reply(message_type, subtype, None):
            self._touch()
            self._check_seen(seen)
        ticket = self.with_context(**{SEEN: None}) if seen else self
        return super(HelpdeskTicket, ticket).message_post(
            message_type=message_type, **kwargs
        )

    def _check_seen(self, seen):
        if lines := self._describe_news(_read(seen)):
            raise StaleAnswer(
                self.env._(
                    "Your answer was not sent, because meanwhile something has "
                    "happened. %(news)s",
                    news=" ".join(lines),
                ),
                {"lines": lines, "seen": json.dumps(self._get_seen())},
            )


def _read(token):
    """What a token says; what it does not say has not been seen."""
    nothing = {"message": 0, "transition": 0, "at": "1970-01-01 00:00:00"}
    try:
        found = json.loads(token)
        return {
            "message": int(found["message"]),
            "transition": int(found["transition"]),
            "at": str(fields.Datetime.to_datetime(found["at"]) or nothing["at"]),
        }
    except (ValueError, TypeError, KeyError, OverflowError):
        return nothing

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import email_normalize

from odoo.addons.audiomania_alerts.inside import Inside

from ...letter.kinds import REPORTS, Kind
from .course import AUTO_REPLY, BOUNCE, LOOP, SPAM, TICKET, Cause, Reason
from .helpdesk_ticket import LETTER

ASIDE = {
    Kind.AUTO_REPLY: AUTO_REPLY,
    Kind.CHALLENGE: AUTO_REPLY,
    Kind.BULK: SPAM,
    Kind.SPAM: SPAM,
}
"""What asks nothing when it joins nothing."""


class MailThread(models.AbstractModel):
    """Which conversation a letter belongs to: any address of ours will do (rule 1)."""

    _inherit = "mail.thread"

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        """Odoo's own routes come first: replies and aliases. Then ours: whatever else
        reaches us is a conversation, unless it is set aside."""
        found = super().message_route
        arguments = (message, message_dict, model, thread_id, custom_values)
        course = self._get_course()
        if course is None:
            return found(*arguments)
        if course.verdict.kind in {*REPORTS, Kind.READ_RECEIPT} and not course.forced:
            return self._route_report(course, message, message_dict)
        try:
            routes = found(*arguments)
        except ValueError:
            if model:
                raise
            routes = [self._prepare_ticket_route(message_dict)]
        return self._settle_routes(course, message, message_dict, routes)

    @api.model
    def _routing_reset_bounce(self, email_message, message_dict):
        """Who writes has an address that works: as in stock, but which documents count
        bounces is known without asking the database for each letter."""
        email = email_normalize(message_dict["email_from"])
        if not email:
            return
        bounced = [("message_bounce", ">", 0), ("email_normalized", "=", email)]
        for name in self._get_models_that_count_bounces():
            # sudo: mail.thread.blacklist: the gateway does it for whoever fetched it
            self.env[name].sudo().search(bounced)._message_reset_bounce(email)

    @api.model
    def _get_models_that_count_bounces(self):
        kind = self.env.registry["mail.thread.blacklist"]
        return [
            name
            for name, model in self.env.registry.items()
            if issubclass(model, kind) and not model._abstract
        ]

    @api.model
    def _route_report(self, course, message, message_dict):
        """A report joins what it is about, as a note (rule 20); or it is set aside."""
        record = self._join_report(course.verdict, message, message_dict)
        is_receipt = course.verdict.kind is Kind.READ_RECEIPT
        outcome = AUTO_REPLY if is_receipt else BOUNCE
        course.become(outcome, record, course.get_evidence())
        return []

    @api.model
    def _settle_routes(self, course, message, message_dict, routes):
        """The routes that stand, once it is known what kind of letter it is."""
        if course.outcome == LOOP and not course.forced:
            return []
        if not any(thread_id for _model, thread_id, *_rest in routes):
            routes = self._find_broken_thread(message, message_dict, routes)
        joined = self._get_joined(routes)
        if self._ends_loop(course, message, message_dict, joined):
            return []
        if joined is not None:
            return self._settle_joined(course, joined, routes)
        theirs = [route for route in routes if route[0] != TICKET]
        ours = [route for route in routes if route[0] == TICKET]
        if ours and not self._sets_aside(course, message, message_dict, bool(theirs)):
            theirs += self._choose_ticket_route(course, message, message_dict, ours)
        return theirs

    @api.model
    def _find_broken_thread(self, message, message_dict, routes):
        """Where References are lost, our own mark or number leads back."""
        ticket = self._find_conversation(message, message_dict)
        if not ticket:
            return routes
        others = [route for route in routes if route[0] != TICKET]
        return [*others, self._prepare_ticket_route(message_dict, ticket.id)]

    @api.model
    def _prepare_ticket_route(self, message_dict, thread_id=False, values=None):
        # sudo: res.users: the gateway acts for the employee who wrote, if one did
        user = self.sudo()._mail_find_user_for_gateway(message_dict["email_from"])
        return (TICKET, thread_id, values, user.id or self.env.uid, None)

    @api.model
    def _find_conversation(self, message, message_dict):
        """The conversation of a letter whose program has lost the thread; or none."""
        return self.env[TICKET]

    @api.model
    def _join_report(self, verdict, message, message_dict):
        """Add a report or receipt to what it is about; that record, or None."""
        return

    @api.model
    def _is_loop(self, message, message_dict, ticket, verdict):
        """Whether two machines answer each other without end."""
        return False

    @api.model
    def _get_joined(self, routes):
        """The record that the letter continues; None: it begins something."""
        for model, thread_id, *_rest in routes:
            if thread_id:
                return self.env[model].browse(thread_id)
        return None

    @api.model
    def _ends_loop(self, course, message, message_dict, joined):
        ticket = joined if joined is not None and joined._name == TICKET else None
        is_loop = not course.forced and self._is_loop(
            message, message_dict, ticket, course.verdict
        )
        if is_loop:
            course.become(LOOP, joined, Reason(Cause.AGAIN))
        return is_loop

    @api.model
    def _settle_joined(self, course, joined, routes):
        """What continues something is continued once; an automatic reply as a note."""
        if course.verdict.kind is Kind.AUTO_REPLY and not course.forced:
            course.become(AUTO_REPLY, joined, course.get_evidence())
        tickets = [route for route in routes if route[0] == TICKET and route[1]]
        others = [route for route in routes if route[0] != TICKET]
        return [*tickets[:1], *others]

    @api.model
    def _sets_aside(self, course, message, message_dict, is_theirs):
        """Say so where a letter that begins something asks nothing of us.

        :param is_theirs: another application takes the letter all the same
        """
        if course.forced:
            return False
        outcome, reason = self._judge(course, message, message_dict)
        if outcome and not is_theirs:
            course.become(outcome, None, reason)
        return bool(outcome)

    @api.model
    def _judge(self, course, message, message_dict):
        """(outcome, why) of a letter that is set aside, or (None, None).

        Nothing is forgotten: what is set aside stands in a list, with one click to
        make it an inquiry.
        """
        outcome = ASIDE.get(course.verdict.kind)
        return outcome, outcome and course.get_evidence()

    @api.model
    def _choose_ticket_route(self, course, message, message_dict, routes):
        """Several addresses of ours make one conversation: that of the first one."""
        emails = self._get_letter_recipients(message).split(",")

        def position(route):
            alias = route[4]
            email = alias and alias.alias_full_name
            return emails.index(email) if email in emails else len(emails)

        model, thread_id, values, user_id, alias = min(routes, key=position)
        values = self._prepare_conversation_vals(course, message, message_dict, values)
        return [(model, thread_id, values, user_id, alias)]

    @api.model
    def _prepare_conversation_vals(self, course, message, message_dict, values):
        """Values of the conversation that a letter opens; those of its alias first."""
        return dict(values or {})

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Hand over what the conversation needs to know of the letter's headers."""
        course = self._get_course()
        if course is None:
            return super()._message_route_process(message, message_dict, routes)
        letter = self._prepare_letter(course, message, message_dict)
        gateway = self.with_context(**{LETTER: Inside(letter)})
        return super(MailThread, gateway)._message_route_process(
            message, message_dict, routes
        )

    @api.model
    def _prepare_letter(self, course, message, message_dict):
        """What the conversation and its inquiry need to know of a letter."""
        return {
            "recipient_emails": self._get_letter_recipients(message),
            "joins_automatically": course.outcome == AUTO_REPLY,
            "has_sender": bool(message_dict.get("email_from")),
        }

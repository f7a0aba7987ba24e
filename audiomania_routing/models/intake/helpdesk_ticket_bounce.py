# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

from ...names import ANSWERED, PENDING

ALERT_ANSWER_BOUNCED = "answer_bounced"
ANSWER = "routing_answer_id"
"""In the context: id of the message that is an answer, if what waits is worked out."""


class HelpdeskTicket(models.Model):
    """An answer that did not arrive is no answer: what it worked out waits again."""

    _inherit = "helpdesk.ticket"

    undelivered = fields.Char(
        string="Not delivered",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Whom the last answer did not reach, and why. Empty as soon as another "
        "answer leaves.",
    )

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Another answer mends an undelivered one, also where nothing waited."""
        answering = self.with_context(**{ANSWER: Inside(message.id)})
        recipients = super(HelpdeskTicket, answering)._notify_thread(
            message, msg_vals=msg_vals, **kwargs
        )
        # sudo: helpdesk.ticket: an answer counts whoever of the employees wrote it
        ticket = self.sudo()
        if ticket.undelivered and ticket._is_sent_outside(message, recipients):
            ticket._forget_undelivered()
        return recipients

    def _work_out(self, state, user):
        """Keep which answer worked out what."""
        # sudo: helpdesk.inquiry: employees change inquiries through actions only
        inquiries = self.env["helpdesk.inquiry"].sudo()
        answer = state == ANSWERED and get_inside(self.env, ANSWER)
        if answer:
            inquiries = inquiries.search(
                [("ticket_id", "in", self.ids), ("state", "=", PENDING)]
            )
        result = super()._work_out(state, user)
        if answer:
            inquiries.answer_id = answer
            self._forget_undelivered()
        return result

    def _forget_undelivered(self):
        for ticket in self.filtered("undelivered"):
            ticket.undelivered = False
            self.env["alert.type"]._withdraw(ALERT_ANSWER_BOUNCED, ticket)

    def _is_sent_outside(self, message, recipients):
        """Whether an employee's answer leaves to somebody outside of the company."""
        # sudo: mail.message: who answers may not read all that the check needs
        message = message.sudo()
        subtype, author = message.subtype_id, message.author_id.id
        return self._is_reply(message.message_type, subtype, author) and any(
            one["share"] or not one["id"] for one in recipients
        )

    def _tell_of_failure(self, letter, address, report):
        """Only what an employee wrote was an answer that somebody waits for."""
        if letter._is_answer_of_employee():
            self._take_back_answer(letter, address, self._describe_failure(report))

    def _take_back_answer(self, letter, address, reason):
        """Re-open what an answer worked out that came back, and tell who wrote it.

        :param letter: our answer, a message of this conversation
        :param address: whom it did not reach
        :param reason: why not, in words
        """
        # sudo: helpdesk.ticket: a report is nobody's letter, and changes the state
        ticket = self.sudo()
        ticket._touch()
        ticket._reopen()
        ticket._give_back_if_holder_left()
        ticket.env["helpdesk.inquiry"].search(
            [
                ("ticket_id", "=", ticket.id),
                ("answer_id", "=", letter.id),
                ("state", "=", ANSWERED),
            ]
        )._set_pending()
        ticket.undelivered = self.env._(
            "%(address)s did not get the answer: %(reason)s",
            address=address,
            reason=reason,
        )
        self.env["alert.type"]._alert(
            ALERT_ANSWER_BOUNCED,
            ticket,
            users=ticket._get_users_of_answer(letter),
            customer=ticket.sender or address,
            address=address,
            reason=reason,
        )
        ticket._alert_waiting()

    def _give_back_if_holder_left(self):
        """What a former employee holds is his team's again, at once."""
        if not self.user_id or self.user_id.active:
            return
        self.write(
            {
                "user_id": False,
                "exclusive_until": False,
                "team_visible_from": fields.Datetime.now(),
            }
        )

    def _get_users_of_answer(self, letter):
        """Who wrote it and who holds the conversation, else their supervisors, else
        those who see it."""
        authors = letter.author_id.user_ids.filtered(lambda user: not user.share)
        users = (authors | self.user_id).filtered("active")
        teams = self.team_id | self.department_id
        return users or teams.user_id.filtered("active") or self._get_users_to_alert()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL, email_normalize, html2plaintext, is_html_empty

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

from ..intake.mail_intake_sender import ASIDE

ADOPTING = "routing_adopting"
"""In the context: these inquiries come from before the installation."""

SILENT = "silent"
WORDS = 200
EVER = 36500
"""Days of a hundred years: who says more means all; the calendar has a beginning."""


class HelpdeskTicket(models.Model):
    """Tickets of before the installation become conversations.

    They stand in the queue as any other, and open screens follow their moments. Nobody
    is told of each of them: neither when it comes into the queue, nor when its moments
    pass; a new letter, and whoever takes it, starts the usual alerts.
    """

    _inherit = "helpdesk.ticket"

    told_rung = fields.Selection(
        selection_add=[(SILENT, "Nobody: from before the installation")]
    )

    # ------------------------------------------------------------------
    # What is unanswered
    # ------------------------------------------------------------------

    def _adopt(self, days):
        """Make inquiries of what customers wrote since the last answer.

        :param days: where the last of it is older, the ticket stays as it is
        :return: the tickets that got some, and how many were too old
        """
        before = fields.Datetime.now() - timedelta(days=min(days, EVER))
        values, old = [], 0
        for asked in self._find_unanswered().values():
            if asked[-1]["received_at"] < before:
                old += 1
            else:
                values += asked
        inquiries = self.env["helpdesk.inquiry"].with_context(
            mail_notrack=True, **{ADOPTING: Inside(True)}
        )
        made = inquiries.create(values)
        # Another stage, too, is written while nobody is told: no letter leaves.
        made.env.flush_all()
        return made.ticket_id.with_env(self.env), old

    def _find_unanswered(self):
        """{ticket: values of inquiries, the earliest first}, where there are any"""
        asked, silent = self._sort_messages()
        spam = self._get_set_aside_senders()
        messages = self.env["mail.message"].browse(
            [id_ for ids in asked.values() for id_ in ids]
        )
        found = {}
        for ticket in self:
            mine = messages.browse(asked.get(ticket.id, ()))
            mine = mine.with_prefetch(messages.ids)
            values = [ticket._prepare_adopted_vals(one) for one in mine]
            if ticket.id in silent and ticket._asks_by_its_description():
                values = [ticket._prepare_described_vals()]
            if values and not ticket._is_of_sender(spam):
                found[ticket] = values
        return found

    def _sort_messages(self):
        """:return: {ticket: ids of the customer's messages since the last answer}, and
        the tickets in which nobody has written anything to the other side"""
        asked, silent = defaultdict(list), set(self.ids)
        for message_id, ticket_id, is_answer in self._select_messages():
            silent.discard(ticket_id)
            if is_answer:
                asked.pop(ticket_id, None)
            else:
                asked[ticket_id].append(message_id)
        return asked, silent

    def _select_messages(self):
        """What customers and employees wrote to each other, in its order.

        An employee who has left is one all the same; what Odoo itself wrote is neither.
        """
        self.env["mail.message"].flush_model()
        robot = self.env["res.users"].browse(SUPERUSER_ID).partner_id.id
        return self.env.execute_query(
            SQL(
                """
                SELECT message.id, message.res_id, staff.is_staff
                  FROM mail_message message
                  LEFT JOIN mail_message_subtype subtype
                         ON subtype.id = message.subtype_id
                 CROSS JOIN LATERAL (
                       SELECT EXISTS (
                              SELECT 1 FROM res_users users
                               WHERE users.partner_id = message.author_id
                                 AND NOT users.share
                              ) AS is_staff
                       ) AS staff
                 WHERE message.model = 'helpdesk.ticket'
                   AND message.res_id = ANY(%s)
                   AND message.message_type IN ('email', 'comment')
                   AND message.author_id IS DISTINCT FROM %s
                   AND (
                        (message.message_type = 'email' AND NOT staff.is_staff)
                        OR NOT (
                            COALESCE(message.is_internal, FALSE)
                            OR COALESCE(subtype.internal, message.subtype_id IS NULL)
                        )
                   )
                 ORDER BY message.date, message.id
                """,
                self.ids,
                robot,
            )
        )

    def _prepare_adopted_vals(self, message):
        """Its date is what the sender's computer said, which may be one to come."""
        now = fields.Datetime.now()
        values = self._prepare_inquiry_vals(message)
        named = {"recipient_emails": self._list_named(message)}
        outsiders = self._find_outsiders(named, {"email_from": message.email_from})
        return {
            **values,
            **named,
            "outsiders": ", ".join(outsiders) or False,
            "is_public": bool(outsiders) or values["is_public"],
            "received_at": min(message.date or now, now),
            "is_from_before": True,
        }

    @api.model
    def _list_named(self, message):
        """The addresses of a letter, To before Cc, as the host has kept them."""
        emails = [
            *(message.incoming_email_to or "").split(","),
            *(message.incoming_email_cc or "").split(","),
        ]
        named = dict.fromkeys(filter(None, map(email_normalize, emails)))
        return ",".join(named) or False

    # A ticket that nobody wrote as a message

    def _asks_by_its_description(self):
        """The portal's form and employees write what the customer asks there."""
        asks = self.partner_id.partner_share or not self.partner_id
        return asks and not is_html_empty(self.description)

    def _prepare_described_vals(self):
        return {
            **self._prepare_inquiry_vals(self.env["mail.message"]),
            "excerpt": html2plaintext(self.description)[:WORDS].strip(),
            "received_at": self.create_date,
            "is_from_before": True,
        }

    # Spam

    @api.model
    def _get_set_aside_senders(self):
        """Addresses and @domains of which somebody has said that they are set aside."""
        senders = self.env["mail.intake.sender"].search([("treatment", "=", ASIDE)])
        return {(one.address, one.company_id.id) for one in senders}

    def _is_of_sender(self, senders):
        email = email_normalize(self.partner_email or self.partner_id.email or "")
        if not email or not senders:
            return False
        names = (email, f"@{email.partition('@')[2]}")
        return any(
            (name, company) in senders
            for name in names
            for company in (False, self.company_id.id)
        )

    # ------------------------------------------------------------------
    # Their ladder
    # ------------------------------------------------------------------

    def _prepare_start_vals(self, decision):
        """Who has it keeps it, if he can still answer; and nobody is told."""
        values = super()._prepare_start_vals(decision)
        if not get_inside(self.env, ADOPTING):
            return values
        values["told_rung"] = SILENT
        if holder := self._filter_able(self.user_id):
            values.update(
                self._prepare_term_vals(holder),
                user_id=holder.id,
                exclusive_until=False,
            )
        return values

    def _tell_anew(self):
        """Who sees it now, and then the clock from there; no moment moves (rule 12)."""
        self.told_rung = False
        self._alert_waiting()

    def _alert_waiting(self):
        if get_inside(self.env, ADOPTING):
            return None
        return super()._alert_waiting()

    # The clock goes through its moments, for open screens, and tells nobody

    def _get_untold(self):
        """What is over already changes no screen."""
        untold = super()._get_untold()
        if self.told_rung != SILENT:
            return untold
        now = fields.Datetime.now()
        return {rung: moment for rung, moment in untold.items() if moment > now}

    def _tell(self, now):
        return None if self.told_rung == SILENT else super()._tell(now)

    def _get_reached(self, now):
        return SILENT if self.told_rung == SILENT else super()._get_reached(now)

    # Decided again, it stays as silent as it was

    def _is_told_to_the_end(self):
        return self.told_rung == SILENT or super()._is_told_to_the_end()

    def _alert_again(self, told, reserved, nobody):
        if self.told_rung == SILENT:
            return self._alert_of_nobody(nobody)
        return super()._alert_again(told, reserved, nobody)

    def _merge(self, others):
        """What comes to it from a conversation of today is told as any other."""
        result = super()._merge(others)
        # sudo: helpdesk.ticket: ladders are changed by actions only
        survivor = self.sudo()
        if survivor.told_rung == SILENT and survivor._has_news():
            survivor._tell_anew()
        return result

    def _has_news(self):
        return not all(self._get_pending().mapped("is_from_before"))

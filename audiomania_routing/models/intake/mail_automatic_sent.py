# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

from ...addresses import get_domain
from ...budget import OUR_OWN_FACTOR, Budget
from .course import TICKET

_logger = logging.getLogger(__name__)

ALERT_STOPPED = "automatic_mails_stopped"
LIMIT = "audiomania_routing.automatic_mail_limit"
HOURS = "audiomania_routing.automatic_mail_hours"
DEFAULT_LIMIT = 10
DEFAULT_HOURS = 3
KEPT = timedelta(days=14)
AT_ONCE = 10_000


class MailAutomaticSent(models.Model):
    """What the system itself sent, to whom: the budget that ends every loop."""

    _name = "mail.automatic.sent"
    _description = "Automatic mail"
    _order = "sent_at desc, id desc"
    _rec_name = "email"
    _log_access = False

    email = fields.Char(
        string="Sent to", required=True, readonly=True, help="Normalized address."
    )
    sent_at = fields.Datetime(string="Sent at", required=True, readonly=True)
    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket",
        string="Conversation",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    mail_id = fields.Many2one(
        comodel_name="mail.mail",
        string="E-mail",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    message_id = fields.Char(
        string="Message-ID",
        index="btree_not_null",
        readonly=True,
        help="By which an answer to it is known.",
    )
    subject = fields.Char(readonly=True)
    stopped = fields.Boolean(
        readonly=True,
        help="It was not sent: too many automatic mails had gone there before.",
    )

    _email_idx = models.Index("(email, sent_at)")
    _sent_at_idx = models.Index("(sent_at)")

    # Limits

    @api.model
    def _get_limit(self):
        """So many automatic mails go to one address, or in one conversation."""
        return self._get_number(LIMIT, DEFAULT_LIMIT)

    @api.model
    def _get_hours(self):
        """Within so many hours."""
        return self._get_number(HOURS, DEFAULT_HOURS)

    @api.model
    def _get_number(self, key, default):
        # sudo: ir.config_parameter: whoever's letter it is, the limits are the same
        text = self.env["ir.config_parameter"].sudo().get_param(key)
        return max(int(text), 1) if text and text.isdecimal() else default

    @api.model
    def _get_since(self):
        return fields.Datetime.now() - timedelta(hours=self._get_hours())

    # The budget

    @api.model
    def _open_budget(self, receivers):
        """What may still be sent to the receivers of these mails.

        A constant number of queries, however many the mails are.

        :param receivers: the normalized addresses of each mail
        """
        emails = Counter(email for some in receivers.values() for email in some)
        tickets = Counter(mail.res_id for mail in receivers if mail.model == TICKET)
        budget = Budget(
            limit=self._get_limit(),
            by_email=self._count("email", emails),
            by_ticket=self._count("ticket_id", tickets),
            own=self._find_employees(receivers),
        )
        if budget.may_stop(emails, tickets):
            budget.own |= self._find_own(emails)
            budget.unlimited = self._find_unlimited(emails)
        if budget.by_email:
            budget.counted = self._find_counted(receivers)
        return budget

    @api.model
    def _find_employees(self, receivers):
        """The addresses of the receivers who work for us."""
        partners = self.env["res.partner"].concat(
            *(mail.recipient_ids for mail in receivers)
        )
        employees = partners.filtered(lambda one: not one.partner_share)
        return set(employees.mapped("email_normalized"))

    @api.model
    def _find_counted(self, mails):
        """Which of these mails went out before, to which addresses."""
        rows = self.search(
            [("mail_id", "in", [mail.id for mail in mails]), ("stopped", "=", False)]
        )
        return {(row.mail_id.id, row.email) for row in rows}

    @api.model
    def _note(self, budget):
        """Keep what goes out and what was stopped; tell the administrators once."""
        mails = self.env["mail.mail"].browse({taken.mail_id for taken in budget.taken})
        known = self._find_stopped({one.email for one in budget.taken if one.stopped})
        rows = self.create(
            [self._prepare_row(mails.browse(one.mail_id), one) for one in budget.taken]
        )
        stopped = rows.filtered(lambda row: row.stopped and row.email not in known)
        for email, some in stopped.grouped("email").items():
            some[0]._tell_administrators(email)

    @api.model
    def _prepare_row(self, mail, taken):
        return {
            "email": taken.email,
            "sent_at": fields.Datetime.now(),
            "ticket_id": taken.ticket_id,
            "mail_id": mail.id,
            "message_id": mail.message_id,
            "subject": mail.subject,
            "stopped": taken.stopped,
        }

    def _tell_administrators(self, email):
        _logger.info(
            "Automatic mails to %s are stopped: more than %s in %s hours",
            email,
            self._get_limit(),
            self._get_hours(),
        )
        self.env["alert.type"]._alert(
            ALERT_STOPPED,
            self.mail_id,
            users=self.env.ref("base.group_system").user_ids,
            key=email,
            address=email,
            limit=self._get_limit(),
            hours=self._get_hours(),
        )

    # Counting

    @api.model
    def _count(self, field, values):
        """How many automatic mails went out lately, by address or by conversation.

        A letter to several people is one in its conversation.

        :param field: ``email`` or ``ticket_id``
        :return: a counter of its values, as they are stored
        """
        if not values:
            return Counter()
        groups = self._read_group(
            [
                (field, "in", list(values)),
                ("sent_at", ">", self._get_since()),
                ("stopped", "=", False),
            ],
            [field],
            ["message_id:count_distinct"],
        )
        return Counter({getattr(value, "id", value): count for value, count in groups})

    @api.model
    def _is_spent(self, email, ticket=None):
        """Whether no automatic mail goes to this address, or in this conversation, any
        more for now."""
        limit = self._get_limit()
        own = self._find_own([email])
        by_email = self._count("email", [email])[email]
        by_ticket = self._count("ticket_id", ticket.ids if ticket else [])
        return by_email >= limit * (OUR_OWN_FACTOR if own else 1) or any(
            count >= limit for count in by_ticket.values()
        )

    @api.model
    def _is_known(self, message_ids):
        """Whether one of these letters is an automatic mail of ours."""
        domain = [("message_id", "in", list(message_ids)), ("stopped", "=", False)]
        return bool(message_ids and self.search_count(domain, limit=1))

    @api.model
    def _find_stopped(self, emails):
        """Those to which something was stopped lately."""
        if not emails:
            return set()
        rows = self.search(
            [
                ("email", "in", list(emails)),
                ("sent_at", ">", self._get_since()),
                ("stopped", "=", True),
            ]
        )
        return set(rows.mapped("email"))

    @api.model
    def _find_own(self, emails):
        """Those that are addresses of employees, or in a mail domain of ours."""
        # sudo: res.users, mail.alias.domain: for whoever's letter it is
        env = self.sudo().env
        users = env["res.users"].search(
            [("share", "=", False), ("email_normalized", "in", list(emails))]
        )
        domains = [get_domain(email) for email in emails]
        ours = env["mail.alias.domain"].search([("name", "in", domains)])
        names = set(ours.mapped("name"))
        by_domain = {email for email in emails if get_domain(email) in names}
        return by_domain | set(users.mapped("email_normalized"))

    @api.model
    def _find_unlimited(self, emails):
        """Those that an administrator allows as many letters as they like."""
        # sudo: mail.gateway.allowed: for whoever's letter it is
        allowed = self.env["mail.gateway.allowed"].sudo()
        found = allowed.search([("email_normalized", "in", list(emails))])
        return set(found.mapped("email_normalized"))

    @api.autovacuum
    def _gc_automatic_sent(self):
        """What is long past counts for nothing."""
        kept = max(KEPT, timedelta(hours=self._get_hours()))
        domain = [("sent_at", "<", fields.Datetime.now() - kept)]
        old = self.search(domain, limit=AT_ONCE)
        old.unlink()
        return len(old), len(old) == AT_ONCE

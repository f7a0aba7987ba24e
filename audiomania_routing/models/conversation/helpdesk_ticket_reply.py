# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import email_normalize, email_normalize_all

from ...names import ANSWERED, PENDING


class HelpdeskTicket(models.Model):
    """What leaves: replies to the customer, and who is told of a message."""

    _inherit = "helpdesk.ticket"

    def message_post(self, *, message_type="notification", partner_ids=None, **kwargs):
        """A reply goes to the customer without the employee having to add him."""
        subtype = self._get_posted_subtype(kwargs)
        if (
            not partner_ids
            and not kwargs.get("outgoing_email_to")
            and self._is_reply(message_type, subtype, kwargs.get("author_id"))
        ):
            partner_ids, kwargs["outgoing_email_to"] = self._get_customer_recipient(
                _normalize(
                    kwargs.get("incoming_email_to"), kwargs.get("incoming_email_cc")
                )
            )
        return super().message_post(
            message_type=message_type, partner_ids=partner_ids, **kwargs
        )

    def _get_posted_subtype(self, values):
        if xmlid := values.get("subtype_xmlid"):
            return self.env.ref(xmlid)
        return self.env["mail.message.subtype"].browse(values.get("subtype_id") or [])

    def _is_reply(self, message_type, subtype, author_id):
        """Whether an employee writes for readers outside of the company."""
        if message_type not in ("comment", "email"):
            return False
        # sudo: mail.message.subtype: a technical flag that employees may not read
        outside = subtype and not subtype.sudo().internal
        return bool(outside and self._get_employee(author_id))

    def _get_employee(self, author_id):
        """The user of an author inside the company; without an author, who acts."""
        # sudo: res.partner: whether an author is an employee is no secret
        author = (
            self.env["res.partner"]
            .sudo()
            .browse(author_id or self.env.user.partner_id.id)
        )
        return author.user_ids.filtered(lambda user: not user.share)[:1]

    def _get_customer_recipient(self, written=()):
        """Whoever wrote last: his contact, else his bare address.

        :param written: normalized addresses that have the letter already
        """
        # sudo: helpdesk.inquiry: who writes a reply may not be shown the inquiries
        last = self.sudo().inquiry_ids[:1]
        partner = last.partner_id or self.partner_id
        known = _normalize(partner.email)
        bare = self._get_bare_address(last.message_id, partner)
        if bare and email_normalize(bare) not in known:
            return [], bare if email_normalize(bare) not in written else False
        return partner.ids, False

    def _get_bare_address(self, message, partner):
        """The address of who has no contact: never a letter to somebody else."""
        if message.email_from and not message.author_id:
            return message.email_from
        return False if partner else self.partner_email

    def _get_pending(self):
        return self.inquiry_ids.filtered(lambda one: one.state == PENDING)

    def _get_customers(self):
        """The contacts of who waits for an answer, with an address or without."""
        return self.partner_id | self._get_pending().partner_id

    def _get_customer_addresses(self):
        """Normalized addresses by which the customer of what waits is known."""
        emails = [self.partner_email, *self._get_customers().mapped("email")]
        emails += self._get_pending().message_id.mapped("email_from")
        return _normalize(*emails)

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """A reply that reaches the customer works out what waits (rule 17)."""
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        # sudo: helpdesk.ticket: an answer counts whoever of the employees wrote it
        ticket, message = self.sudo(), message.sudo()
        if ticket._is_answer(message, recipients):
            ticket._work_out(ANSWERED, self._get_employee(message.author_id.id))
        return recipients

    def _is_answer(self, message, recipients):
        if self.inquiry_state != PENDING or not message.author_id:
            return False
        subtype, author = message.subtype_id, message.author_id.id
        if not self._is_reply(message.message_type, subtype, author):
            return False
        reached = {one["email_normalized"] for one in recipients}
        reached |= _normalize(message.incoming_email_to, message.incoming_email_cc)
        contacts = {one["id"] for one in recipients} & set(self._get_customers().ids)
        return bool(contacts or reached & self._get_customer_addresses())

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """No message of a conversation goes to an employee who may not read it."""
        recipients = super()._notify_get_recipients(
            message, msg_vals=msg_vals, **kwargs
        )
        return [one for one in recipients if self._may_be_notified(one)]

    def _may_be_notified(self, recipient):
        # sudo: helpdesk.ticket: whether a ladder decides, for the check itself
        if not recipient["uid"] or recipient["share"] or not self.sudo().ladder_active:
            return True
        return self._is_readable_by(self.env["res.users"].browse(recipient["uid"]))

    def _is_readable_by(self, user):
        """Whether a colleague may read it, in whichever of his companies."""
        # sudo: res.users: in which companies he works
        companies = user.sudo().company_ids.ids
        ticket = self.with_user(user).with_context(allowed_company_ids=companies)
        return ticket.has_access("read")

    def _message_get_suggested_recipients_batch(self, *args, **kwargs):
        """A reply is offered to the customer, not to colleagues who were in copy."""
        suggested = super()._message_get_suggested_recipients_batch(*args, **kwargs)
        ids = [one["partner_id"] for some in suggested.values() for one in some]
        # sudo: res.partner: whether a recipient is an employee is no secret
        partners = self.env["res.partner"].sudo().browse(filter(None, ids))
        employees = set(partners.filtered(lambda one: not one.partner_share).ids)
        return {
            ticket_id: [one for one in some if one["partner_id"] not in employees]
            for ticket_id, some in suggested.items()
        }


def _normalize(*texts):
    """The normalized addresses in all of these."""
    return set(email_normalize_all(", ".join(filter(None, texts))))

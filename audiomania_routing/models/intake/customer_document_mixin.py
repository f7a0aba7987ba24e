# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, clean_context

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

from ...names import ANSWERED, PENDING
from .helpdesk_ticket import get_letter

NO_INQUIRY = "routing_no_inquiry"
"""In the context: what is posted in a customer's name is nothing that he wrote."""

NO_ANSWER = "routing_no_answer"
"""In the context: what is posted for an employee is no reply to what was asked."""


class CustomerDocumentMixin(models.AbstractModel):
    """A document on which a customer writes: his message there is an inquiry (rule 1).

    In stock Odoo a reply to the e-mail of an order, and a message in the portal, end in
    the document's chatter and are nobody's work. They stay there, and the conversation
    of the document gets a copy that has to be worked out.

    A model becomes such a document by inheriting this one *before* itself, and may say
    more by ``_is_customer_document``, ``_get_document_salesperson`` and
    ``_get_document_customer``::

        class RepairOrder(models.Model):
            _name = "repair.order"
            _inherit = ["customer.document.mixin", "repair.order"]
    """

    _name = "customer.document.mixin"
    _inherit = ["mail.thread"]
    _description = "Document on which a customer writes"

    conversation_count = fields.Integer(
        string="Conversations",
        compute="_compute_conversation_count",
        groups="helpdesk_mgmt.group_helpdesk_user_own",
        help="Conversations about this document, also those that you may not read.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_conversation_count(self):
        """One line for each, without content for who may not read it (rule 14)."""
        groups = self.env["helpdesk.conversation.line"]._read_group(
            self._origin._get_conversations_domain(), ["document_id"], ["__count"]
        )
        counts = dict(groups)
        for document in self:
            document.conversation_count = counts.get(document._origin.id, 0)

    def action_view_conversations(self):
        """A single one is opened at once; who may not read all of them gets lines."""
        self.ensure_one()
        lines = self.env["helpdesk.conversation.line"]
        if hidden := lines._get_action_if_hidden(self._get_conversations_domain()):
            return hidden
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.helpdesk_ticket_action_of_document"
        )
        domain = self._get_conversations_domain()
        action["domain"] = list(domain)
        conversations = self.env["helpdesk.ticket"].search(domain, limit=2)
        if len(conversations) == 1:
            action["views"] = [(False, "form")]
            action["res_id"] = conversations.id
        return action

    # What a model says of its documents

    def _is_customer_document(self):
        """Whether it is meant for a customer; vendors' documents are not."""
        return True

    def _get_document_salesperson(self):
        """The employee (``res.users``) to whom a message on it is addressed."""
        return self.user_id if "user_id" in self else self.env["res.users"]

    def _get_document_customer(self):
        """The customer, where the author of a message is not known."""
        return self._mail_get_partners()[self.id][:1]

    def _get_document_title(self, message):
        """How the conversation is called: the number, then the subject."""
        number, subject = self.display_name, message.subject
        if not subject or number in subject:
            return subject or number
        return f"{number}: {subject}"

    # Questions

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A letter of which an address of this application makes a document stays
        its own: it asks nothing of us."""
        document = super().message_new(msg_dict, custom_values=custom_values)
        return document.with_context(**{NO_INQUIRY: Inside(True)})

    def _message_post_after_hook(self, message, msg_values):
        """What a customer writes here has to be worked out."""
        result = super()._message_post_after_hook(message, msg_values)
        if self._is_question(message):
            self._pass_on(message)
        return result

    def _is_question(self, message):
        """Not what Odoo writes in his name, and not his vacation reply (rule 20)."""
        letter = get_letter(self.env)
        return (
            not letter.get("joins_automatically")
            and not get_inside(self.env, NO_INQUIRY)
            and self.env["helpdesk.ticket"]._is_inquiry(message)
            # sudo: mail.thread: the customer may not read what the document says
            and self.sudo()._is_customer_document()
        )

    def _pass_on(self, message):
        """The conversation of this document gets a copy of the message."""
        # The customer may neither read nor make what follows.
        document = self.with_user(SUPERUSER_ID).with_context(
            clean_context(self.env.context),
            mail_create_nosubscribe=True,
            mail_create_nolog=True,
        )
        message = message.with_env(document.env)
        customer = message.author_id or document._get_document_customer()
        conversation = document._find_conversation_with(customer)
        if conversation:
            document._note_continued(conversation)
        else:
            document._touch_document()
            conversation = conversation.create(
                document._prepare_document_conversation_vals(message, customer)
            )
        conversation._add_question(message)

    def _note_continued(self, conversation):
        """The letter has opened none: its entry says so (rule 18)."""
        if course := self._get_course():
            course.joined.add((conversation._name, conversation.id))

    def _get_conversations_domain(self):
        return Domain(
            [("document_model", "=", self._name), ("document_id", "in", self.ids)]
        )

    def _find_conversation_with(self, customer):
        """The open one about this document with this customer or his company.

        Who else writes on the document has a conversation of his own: in the portal a
        customer reads the whole of his.
        """
        company = customer.commercial_partner_id
        closed = Domain("stage_id", "any", [("closed", "=", True)])
        return self.env["helpdesk.ticket"].search(
            self._get_conversations_domain()
            & Domain("commercial_partner_id", "=", company.id)
            & ~closed,
            order="id desc",
            limit=1,
        )

    def _touch_document(self):
        """Of two first messages at once the second one starts again, and joins."""
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET id = id WHERE id = %s",
                SQL.identifier(self._table),
                self.id,
            ),
            log_exceptions=False,
        )

    def _prepare_document_conversation_vals(self, message, customer):
        """The conversation that a message on this document opens."""
        company = self._mail_get_companies(default=self.env.company)[self.id]
        by_letter = message.message_type == "email"
        channel = self.env.ref(
            f"helpdesk_mgmt.helpdesk_ticket_channel_{'email' if by_letter else 'web'}",
            raise_if_not_found=False,
        )
        title = self._get_document_title(message)
        return {
            "name": title,
            "description": message.body or title,
            "company_id": company.id,
            "team_id": company._get_inquiry_department().id,
            "user_id": False,
            "channel_id": channel.id if channel else False,
            "partner_id": customer.id,
            "partner_name": customer.name,
            "partner_email": customer.email or message.email_from,
            "document_model": self._name,
            "document_id": self.id,
        }

    def _message_update_content(self, message, /, *, body, **kwargs):
        """A customer who corrects his message corrects what he asks."""
        result = super()._message_update_content(message, body=body, **kwargs)
        if body:
            # sudo: helpdesk.inquiry: customers correct inquiries, and read none
            inquiries = self.env["helpdesk.inquiry"].sudo()
            inquiries.search([("source_message_id", "=", message.id)])._correct()
        return result

    # Answers

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """A reply to the customer here works out what he asked here (rule 17)."""
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if len(self) == 1 and not self.env.context.get(NO_ANSWER):
            self._answer_conversations(message, recipients)
        return recipients

    def _answer_conversations(self, message, recipients):
        # sudo: helpdesk.ticket, mail.message: whoever of the employees wrote it
        tickets, message = self.env["helpdesk.ticket"].sudo(), message.sudo()
        tickets = tickets.with_context(clean_context(self.env.context))
        author = message.author_id
        if not author or not tickets._is_reply(
            message.message_type, message.subtype_id, author.id
        ):
            return
        waiting = self._get_conversations_domain() & Domain(
            "inquiry_state", "=", PENDING
        )
        for ticket in tickets.search(waiting):
            if ticket._is_answer(message, recipients):
                ticket._log_answer_on(self, message)
                ticket._work_out(ANSWERED, ticket._get_employee(author.id))

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.audiomania_alerts.inside import Inside

from ...names import ONLY_COLLEAGUES, SOURCE

LINK = re.compile(r"(/web/(?:image|content)/)(\d+)\b")


class HelpdeskTicket(models.Model):
    """The document of a conversation: the order, invoice or delivery it is about."""

    _inherit = "helpdesk.ticket"

    document_model = fields.Char(
        string="Kind of document",
        readonly=True,
        groups="base.group_user",
        help="Technical name of the model of the document.",
    )
    document_id = fields.Many2oneReference(
        model_field="document_model",
        readonly=True,
        groups="base.group_user",
        help="The order, invoice or delivery on which the customer wrote.",
    )
    document_name = fields.Char(
        string="Number of the document",
        compute="_compute_document_name",
        groups="base.group_user",
        help="Empty where you may not read the document.",
    )
    document_type = fields.Char(
        string="Type of the document",
        compute="_compute_document_name",
        groups="base.group_user",
    )

    _document_idx = models.Index(
        "(document_model, document_id) WHERE document_id IS NOT NULL"
    )

    @api.depends("document_model", "document_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_document_name(self):
        """What the reader may read himself, by its own rules."""
        documents = self._get_documents()
        readable = {
            document
            for some in _group_by_model(self.env, documents.values())
            for document in some._filtered_access("read")
        }
        for ticket in self:
            document = documents.get(ticket.id)
            shown = document is not None and document in readable
            ticket.document_name = document.display_name if shown else False
            ticket.document_type = shown and ticket._describe_model(document)

    @api.model
    def _describe_model(self, document):
        # sudo: ir.model: what people call this kind of record
        return self.env["ir.model"].sudo()._get(document._name).name

    def _get_documents(self):
        """{id of the conversation: its document}, of those that still exist."""
        ids = defaultdict(set)
        # sudo: helpdesk.ticket: which document it is; its own rules come after
        tickets = self.sudo().filtered("document_id")
        for ticket in tickets:
            ids[ticket.document_model].add(ticket.document_id)
        existing = {
            (model, document.id): document
            for model in ids.keys() & set(self.env.registry)
            for document in self.env[model].browse(sorted(ids[model])).exists()
        }
        keys = {one.id: (one.document_model, one.document_id) for one in tickets}
        return {id_: existing[key] for id_, key in keys.items() if key in existing}

    def _get_document_salespersons(self):
        """{id of the conversation: the employee whose document it is about}"""
        return {
            ticket_id: document._get_document_salesperson()
            for ticket_id, document in self._get_documents().items()
            if hasattr(document, "_get_document_salesperson")
        }

    def action_open_document(self):
        """The document itself, for who may read it."""
        self.ensure_one()
        document = self._get_documents()[self.id]
        document.check_access("read")
        return document.get_formview_action()

    # Questions and answers on the document

    def _add_question(self, message):
        """A copy of a customer's message on the document, which makes an inquiry.

        Its attachments are copied: who may read the conversation may read them, too.
        """
        copies = {
            one.id: one.copy({"res_model": self._name, "res_id": self.id}).id
            for one in message.attachment_ids
        }
        source = {ONLY_COLLEAGUES: True, SOURCE: Inside(message.id)}
        ticket = self.with_context(**source)
        return ticket.message_post(
            body=point_to(copies, message.body),
            subject=message.subject,
            message_type=message.message_type,
            subtype_xmlid="mail.mt_comment",
            author_id=message.author_id.id,
            email_from=message.email_from,
            incoming_email_to=message.incoming_email_to,
            incoming_email_cc=message.incoming_email_cc,
            attachment_ids=list(copies.values()),
        )

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """The copy of a message goes to no customer: he wrote it, or was no party."""
        recipients = super()._notify_get_recipients(
            message, msg_vals=msg_vals, **kwargs
        )
        if self.env.context.get(ONLY_COLLEAGUES):
            return [one for one in recipients if not one["share"]]
        return recipients

    def _log_answer_on(self, document, message):
        """Whoever opens the conversation sees that it was answered elsewhere."""
        self._message_log(
            body=self.env._(
                "%(name)s answered on %(document)s: %(words)s",
                name=message.author_id.name,
                document=document._get_html_link(),
                words=message.preview or "",
            ),
            author_id=message.author_id.id,
        )


def _group_by_model(env, documents):
    """Recordsets of one model each."""
    ids = defaultdict(list)
    for document in documents:
        ids[document._name].append(document.id)
    return [env[model].browse(some) for model, some in ids.items()]


def point_to(copies, body):
    """The body with the pictures of the copies in it.

    :param copies: {id of an attachment: id of its copy}
    """
    if not body:
        return ""
    return Markup(
        LINK.sub(lambda link: f"{link[1]}{copies.get(int(link[2]), link[2])}", body)
    )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

from ...letter.defects import Code
from .course import (
    AUTO_REPLY,
    BOUNCE,
    CALL,
    CONTINUED,
    DUPLICATE,
    FAILED,
    IMAP,
    LOOP,
    NEW,
    PIPE,
    POP,
    REFUSED,
    SPAM,
)
from .defect_words import SENTENCES

KEPT_ASIDE = (AUTO_REPLY, BOUNCE, LOOP, SPAM, REFUSED)
"""Outcomes of letters that stand in the list of what was set aside, when they belong
to nothing."""


class MailIntakeEntry(models.Model):
    """What became of one raw e-mail that reached the gateway (rule 18)."""

    _name = "mail.intake.entry"
    _description = "Incoming e-mail"
    _order = "id desc"
    _rec_name = "subject"

    message_id = fields.Char(
        string="Message-ID",
        readonly=True,
        index="btree_not_null",
        help="As the header says it; empty when the letter has none.",
    )
    sender = fields.Char(string="From", readonly=True)
    sender_email = fields.Char(
        string="Sender's address",
        readonly=True,
        index="btree_not_null",
        help="The address alone, in lower case.",
    )
    recipients = fields.Char(
        string="To",
        readonly=True,
        help="All addresses of the letter, To before Cc, then where it was delivered.",
    )
    subject = fields.Char(readonly=True)
    date = fields.Char(string="Dated", readonly=True, help="As the letter says it.")
    size = fields.Integer(string="Size in bytes", readonly=True)
    source = fields.Selection(
        selection=[
            (IMAP, "Mailbox (IMAP)"),
            (POP, "Mailbox (POP3)"),
            (PIPE, "Mail server's pipe"),
            (CALL, "Call of another program"),
        ],
        string="Came by",
        required=True,
        readonly=True,
    )
    server_id = fields.Many2one(
        comodel_name="fetchmail.server",
        string="Mailbox",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    delivery_key = fields.Char(
        readonly=True,
        groups="base.group_system",
        help="What the mail server calls this delivery: a delivery that is tried again "
        "is the same one.",
    )
    received_at = fields.Datetime(
        string="Received at", required=True, readonly=True, index=True
    )
    content_hash = fields.Char(
        readonly=True,
        groups="base.group_system",
        help="Of the letter without what mail servers write on its way.",
    )
    identity = fields.Char(
        readonly=True,
        groups="base.group_system",
        help="Message-ID and content: the same is the same letter.",
    )
    duplicate_of_id = fields.Many2one(
        comodel_name="mail.intake.entry",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The delivery of this letter that came first.",
    )
    outcome = fields.Selection(
        selection=[
            (NEW, "New conversation"),
            (CONTINUED, "Continued"),
            (DUPLICATE, "Duplicate"),
            (BOUNCE, "Delivery report"),
            (AUTO_REPLY, "Automatic reply"),
            (LOOP, "Loop"),
            (SPAM, "Spam or mailing"),
            (REFUSED, "Not for customer service"),
            (FAILED, "Failed"),
        ],
        readonly=True,
        index=True,
        help="Empty only as long as the letter is being read.",
    )
    reason = fields.Char(
        string="Evidence",
        readonly=True,
        help="The header or phrase of the letter that decided the outcome, or the "
        "sender of whom it was decided once.",
    )
    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket",
        string="Conversation",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    mail_message_id = fields.Many2one(
        comodel_name="mail.message",
        string="Message",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The message that the letter became.",
    )
    res_model = fields.Char(string="Document type", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field="res_model", readonly=True
    )
    set_aside = fields.Boolean(
        compute="_compute_set_aside",
        search="_search_set_aside",
        help="It became nothing: no conversation and no part of a document.",
    )
    error = fields.Text(readonly=True, help="Why it failed, in words.")
    defects_found = fields.Json(readonly=True, groups="base.group_system")
    defects = fields.Text(
        compute="_compute_defects",
        compute_sudo=True,
        help="What was wrong with the letter and has been mended.",
    )
    is_mended = fields.Boolean(
        string="Mended",
        readonly=True,
        help="It could not be read as it came; what was read is named.",
    )
    attempts = fields.Integer(
        readonly=True, default=1, help="How often its reading was begun."
    )
    original = fields.Binary(
        attachment=False,
        readonly=True,
        prefetch=False,
        groups="base.group_system",
        help="The letter, byte for byte. Kept for failed ones, for others for the time "
        "that the settings say.",
    )
    original_name = fields.Char(
        compute="_compute_original_name", groups="base.group_system"
    )
    options = fields.Json(
        readonly=True,
        groups="base.group_system",
        help="What its mailbox or caller asked the gateway for.",
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)

    _delivery_key_uniq = models.UniqueIndex(
        "(delivery_key) WHERE delivery_key IS NOT NULL",
        "A delivery is one entry, however often it is tried.",
    )
    _identity_uniq = models.UniqueIndex(
        "(identity) WHERE identity IS NOT NULL AND duplicate_of_id IS NULL",
        "A letter is worked on once; its other deliveries are duplicates.",
    )
    _unfinished_idx = models.Index("(received_at) WHERE outcome IS NULL")
    _aside_idx = models.Index(
        "(id) WHERE (res_id = 0 OR res_id IS NULL) AND outcome IN"
        " ('auto_reply', 'bounce', 'loop', 'spam', 'refused')"
    )

    @api.depends("outcome", "res_id")
    def _compute_set_aside(self):
        aside = self.filtered_domain(self._get_set_aside_domain())
        for entry in self:
            entry.set_aside = entry in aside

    @api.model
    def _search_set_aside(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_set_aside_domain()
        parts = [domain if wanted else ~domain for wanted in value]
        return Domain.OR(parts)

    @api.model
    def _get_set_aside_domain(self):
        return Domain(
            [
                ("outcome", "in", list(KEPT_ASIDE)),
                ("res_id", "=", False),
            ]
        )

    @api.depends("defects_found")
    @api.depends_context("lang")
    def _compute_defects(self):
        lang = self.env.lang or ""
        for entry in self:
            sentences = [
                f"{SENTENCES[Code(code)]._translate(lang)} {detail}".strip()
                for code, detail in entry.defects_found or []
            ]
            entry.defects = "\n".join(sentences)

    def _compute_original_name(self):
        for entry in self:
            entry.original_name = f"letter-{entry.id}.eml"

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ...letter.charset import one_line
from .course import Cause

CAUSES = [
    (Cause.LETTER.value, "The letter says so itself."),
    (Cause.SENDER.value, "Letters of this sender are set aside."),
    (Cause.COLLEAGUE.value, "A colleague wrote it."),
    (Cause.ADDRESS.value, "The address takes no letters from him."),
    (Cause.KNOWN.value, "The message is there already."),
    (
        Cause.FORWARDED.value,
        "A colleague has forwarded a letter that is here already.",
    ),
    (Cause.NOTICE.value, "It answers our own notice of a loop."),
    (Cause.MACHINES.value, "Two machines write to each other."),
    (Cause.AGAIN.value, "It answers automatic mails of ours, again and again."),
    (Cause.PROBE.value, "Our own probe."),
    (
        Cause.UNREADABLE.value,
        "Made from the raw text, because it could not be read.",
    ),
]


class MailIntakeEntry(models.Model):
    """Why a letter was set aside, in the language of who reads it (rule 18)."""

    _inherit = "mail.intake.entry"

    cause = fields.Selection(
        CAUSES,
        string="Reason",
        readonly=True,
        help="What decided the outcome. Empty where nothing had to be decided.",
    )
    reason_words = fields.Char(
        string="Why",
        compute="_compute_reason_words",
        help="What decided the outcome, in words.",
    )

    @api.depends("cause", "reason")
    @api.depends_context("lang")
    def _compute_reason_words(self):
        sentences = dict(self._fields["cause"]._description_selection(self.env))
        for entry in self:
            entry.reason_words = entry._describe_reason(sentences)

    @api.model
    def _prepare_reason_vals(self, reason):
        if not reason:
            return {"cause": False, "reason": False}
        return {"cause": reason.cause.value, "reason": one_line(reason.detail) or False}

    def _describe_reason(self, sentences):
        if self.cause == Cause.SENDER:
            return self.env._(
                "Letters of %(sender)s are set aside.", sender=self.reason
            )
        return self.reason or sentences.get(self.cause, "")

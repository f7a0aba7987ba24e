# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, models
from odoo.tools.mail import html2plaintext

from ...letter.kinds import Kind

QUOTED = 2000
"""So much of the report's own text is kept in the note, in characters."""

CAUSES = {
    "1.2": "domain",
    "1.10": "domain",
    "4.4": "domain",
    "2.1": "disabled",
    "2.2": "full",
    "2.3": "large",
    "3.4": "large",
    "1": "address",
    "4": "unreachable",
    "7": "refused",
}
"""What the second and third number of a status of RFC 3463 mean."""


class MailThread(models.AbstractModel):
    """What a mail server reports of a letter of ours, in plain words."""

    _inherit = "mail.thread"

    def _note_report(self, letter, verdict, failed, message_dict):
        """The note with what the report says, of nobody and to nobody."""
        text = html2plaintext(message_dict.get("body") or "").strip()[:QUOTED]
        lines = Markup("<br>").join(text.splitlines())
        note = self._message_log(
            body=Markup("<p>%s</p><blockquote>%s</blockquote>")
            % (self._describe_report(verdict, failed), lines),
            message_type="email",
            subject=message_dict.get("subject") or False,
            author_id=False,
            email_from=message_dict.get("email_from") or False,
        )
        note.write(
            {"parent_id": letter.id, "message_id": message_dict.get("message_id")}
        )
        return note

    @api.model
    def _describe_report(self, verdict, failed):
        address = ", ".join(failed) or self.env._("The receiver")
        reason = self._describe_failure(verdict.report)
        if verdict.kind == Kind.DELIVERY_FAILURE:
            return self.env._(
                "Not delivered to %(address)s: %(reason)s",
                address=address,
                reason=reason,
            )
        if verdict.kind == Kind.DELIVERY_DELAY:
            return self.env._(
                "Not delivered to %(address)s yet, it is tried again: %(reason)s",
                address=address,
                reason=reason,
            )
        if verdict.kind == Kind.DELIVERY_SUCCESS:
            return self.env._("The letter was delivered.")
        return self.env._("The letter was opened.")

    @api.model
    def _describe_failure(self, report):
        """The reason in plain words, and what the other side says of it."""
        words = self._get_reasons().get(_get_cause(report.status))
        said = report.diagnostic or report.status
        if words and said:
            return f"{words} ({said})"
        return words or said or self.env._("no reason was given.")

    @api.model
    def _get_reasons(self):
        """What the codes of RFC 3463 mean."""
        return {
            "address": self.env._("there is no such address."),
            "domain": self.env._("there is no such mail domain."),
            "disabled": self.env._("the mailbox takes no letters."),
            "full": self.env._("the mailbox is full."),
            "large": self.env._("the letter is too large."),
            "unreachable": self.env._("the other mail server could not be reached."),
            "refused": self.env._("the other side refused the letter."),
        }


def _get_cause(status):
    """The cause that a status such as 5.1.1 stands for, or None."""
    subject, _dot, detail = status.partition(".")[2].partition(".")
    return CAUSES.get(f"{subject}.{detail}") or CAUSES.get(subject)

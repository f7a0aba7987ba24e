# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ...letter.verdict import Kind
from .course import REFUSED, Cause, Reason
from .mail_intake_probe import BOUNCED, HEADER, RETURNED


class MailThread(models.AbstractModel):
    """Our own probe comes back: it is nobody's question.

    It is known by a token that only we and who receives it have seen: whoever copies it
    into a letter of his own hides nothing but his own letter.
    """

    _inherit = "mail.thread"

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        course = self._get_course()
        if course and not course.forced and (probe := self._find_probe(message)):
            probe._come_back()
            course.become(REFUSED, probe, Reason(Cause.PROBE))
            return []
        return super().message_route(
            message, message_dict, model, thread_id, custom_values
        )

    @api.model
    def _find_probe(self, message):
        """By its header or its name: servers on the way may change one of them."""
        token = (message.get(HEADER) or "").strip()
        marked = token and f"<probe-{token}@"
        return self.env["mail.intake.probe"]._find(marked, message.get("Message-ID"))

    @api.model
    def _join_report(self, verdict, message, message_dict):
        """A report that names a probe says that the address takes no letters."""
        ids = verdict.report.original_ids if verdict.report else ()
        probe = self.env["mail.intake.probe"]._find(*ids)
        if not probe:
            return super()._join_report(verdict, message, message_dict)
        if verdict.kind == Kind.DELIVERY_FAILURE and probe.state != RETURNED:
            report = verdict.report
            probe._fail(BOUNCED, report.diagnostic or report.status)
        return probe

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import email_normalize

from .course import SPAM, Cause, Reason
from .mail_intake_sender import ASIDE


class MailThread(models.AbstractModel):
    """What was said of a sender once counts for all that he begins (rule 18)."""

    _inherit = "mail.thread"

    @api.model
    def _judge(self, course, message, message_dict):
        sender = email_normalize(message_dict.get("email_from") or "")
        company = self._get_letter_company(message_dict)
        rules = self.env["mail.intake.sender"]
        rule = rules._find(sender, company) or rules._find(course.sent_by, company)
        if not rule:
            return super()._judge(course, message, message_dict)
        if rule.treatment == ASIDE:
            return SPAM, Reason(Cause.SENDER, rule.address)
        course.forced = True
        return None, None

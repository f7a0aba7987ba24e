# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class HelpdeskTicket(models.Model):
    """The questions of the letters that wait, beside the reply (rule 22)."""

    _inherit = "helpdesk.ticket"

    def _get_questions(self):
        """Those of what is pending, read out of the letters when somebody looks."""
        pending = self._get_pending()
        pending._read_questions()
        # sudo: helpdesk.inquiry.question: of a conversation that he may read
        return pending.sudo().question_ids.sorted(
            lambda one: (one.inquiry_id.received_at, one.inquiry_id.id, one.sequence)
        )

    def _get_open_questions(self):
        """Those that a reply might forget: where one thing alone is asked the reply
        answers it, and nobody has to tick anything."""
        questions = self._get_questions()
        several = questions if len(questions) > 1 else questions[:0]
        return several.filtered(lambda one: not one.done)

    def _export_questions(self):
        return [
            {
                "id": question.id,
                "text": question.text,
                "done": question.done,
                "by": question.done_by_id.name or "",
            }
            for question in self._get_questions()
        ]

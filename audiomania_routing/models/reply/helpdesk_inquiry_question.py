# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from ...letter.questions import questions_of


class HelpdeskInquiryQuestion(models.Model):
    """What one letter asks: ticked off by hand, so that a letter with three questions
    does not get two answers (rule 22)."""

    _name = "helpdesk.inquiry.question"
    _description = "Question in a Letter"
    _order = "inquiry_id, sequence, id"
    _rec_name = "text"

    inquiry_id = fields.Many2one(
        comodel_name="helpdesk.inquiry",
        required=True,
        ondelete="cascade",
        readonly=True,
    )
    ticket_id = fields.Many2one(
        related="inquiry_id.ticket_id", store=True, index=True, string="Conversation"
    )
    sequence = fields.Integer(readonly=True)
    text = fields.Char(string="Question", required=True, readonly=True)
    done = fields.Boolean(readonly=True, help="The answer says something on it.")
    done_by_id = fields.Many2one(
        comodel_name="res.users", string="Ticked by", readonly=True
    )
    done_at = fields.Datetime(string="Ticked at", readonly=True)

    _inquiry_sequence_uniq = models.UniqueIndex(
        "(inquiry_id, sequence)", "A question of a letter is listed once."
    )

    def action_tick(self, done=True):
        """Whoever works on the conversation ticks off what he has answered."""
        # sudo: helpdesk.inquiry.question: employees change them by this only
        questions = self.sudo()
        questions.ticket_id.with_env(self.env).check_access("write")
        questions.write(
            {
                "done": bool(done),
                "done_by_id": self.env.uid if done else False,
                "done_at": fields.Datetime.now() if done else False,
            }
        )
        return True


class HelpdeskInquiry(models.Model):
    _inherit = "helpdesk.inquiry"

    question_ids = fields.One2many(
        comodel_name="helpdesk.inquiry.question",
        inverse_name="inquiry_id",
        string="Questions",
        readonly=True,
        groups="helpdesk_mgmt.group_helpdesk_manager",
        help="Read out of the letter when somebody opens it for the first time.",
    )

    def _read_questions(self):
        """Find what these letters ask, once; of two who open one at once both do, and
        one list is kept."""
        # sudo: helpdesk.inquiry: of a conversation that he may read
        inquiries = self.sudo()
        rows = [
            SQL(
                "(%s, %s, %s, %s, FALSE, %s, now() AT TIME ZONE 'UTC')",
                inquiry.id,
                inquiry.ticket_id.id,
                sequence,
                text,
                self.env.uid,
            )
            for inquiry in inquiries
            if not inquiry.question_ids
            for sequence, text in enumerate(questions_of(inquiry._get_letter_text()))
        ]
        if not rows:
            return
        inquiries.flush_recordset()
        self.env.cr.execute(
            SQL(
                "INSERT INTO helpdesk_inquiry_question"
                " (inquiry_id, ticket_id, sequence, text, done, create_uid,"
                " create_date)"
                " VALUES %s ON CONFLICT DO NOTHING",
                SQL(", ").join(rows),
            )
        )
        inquiries.invalidate_recordset(["question_ids"])

    def _correct(self):
        """What the customer has corrected is read anew."""
        result = super()._correct()
        # sudo: helpdesk.inquiry.question: of the former words
        self.sudo().question_ids.unlink()
        return result

    def _get_letter_text(self):
        """The customer's message as it came; of what has none its first words."""
        return self.message_id.body or self.excerpt or ""

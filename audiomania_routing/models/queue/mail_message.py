# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

WORDS = "to_tsvector('russian', left(body, 100000))"
"""The words of a message without its tags, Russian and English ones by their stems. A
longer text than this has more words than PostgreSQL keeps of one message."""


class MailMessage(models.Model):
    """The texts of conversations are found by their words, over an index."""

    _inherit = "mail.message"

    _conversation_words_idx = models.Index(
        f"USING gin ({WORDS}) WHERE model = 'helpdesk.ticket'"
    )

    @api.model
    def _sql_conversations_with(self, words):
        """SQL: ids of the conversations with a message that has all these words.

        Which of them somebody may read is for the rules of conversations to say.

        :param words: a query as PostgreSQL's `to_tsquery` reads it
        """
        body = SQL.identifier("mail_message", "body", to_flush=self._fields["body"])
        return SQL(
            """
            SELECT res_id
              FROM mail_message
             WHERE model = 'helpdesk.ticket'
               AND message_type != 'user_notification'
               AND to_tsvector('russian', left(%s, 100000))
                   @@ to_tsquery('russian', %s)
            """,
            body,
            words,
        )

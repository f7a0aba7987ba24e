# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ...letter.own import own_words
from ...letter.thanks import may_thank, only_thanks


class HelpdeskInquiry(models.Model):
    """A letter that only thanks is suggested for "No action required" (rule 17)."""

    _inherit = "helpdesk.inquiry"

    only_thanks = fields.Boolean(
        readonly=True,
        help="It seems to be nothing but thanks. Only a suggestion.",
    )

    @api.model
    def _read_new_letters(self, vals_list):
        """No query for who does not thank."""
        named = super()._read_new_letters(vals_list)
        languages = self.env["helpdesk.thanks.word"]._get_words()
        letters = self._make_letters(vals_list)
        for vals, letter, facts in zip(vals_list, letters, named, strict=True):
            facts["only_thanks"] = bool(
                may_thank(letter.body, languages)
                and only_thanks(own_words(letter.body).body, languages)
                and self._is_mere_reply(vals, letter, languages)
            )
        return named

    @api.model
    def _is_mere_reply(self, vals, letter, languages):
        """Nothing is attached; and it continues something, or its subject is no more
        than the same words."""
        # sudo: mail.message: whoever's message it is
        message = self.env["mail.message"].sudo().browse(vals.get("message_id"))
        if message.attachment_ids:
            return False
        if only_thanks(letter.subject, languages):
            return True
        # sudo: helpdesk.inquiry: whether there are any
        inquiries = self.sudo()
        earlier = [("ticket_id", "=", vals["ticket_id"])]
        return bool(inquiries.search_count(earlier, limit=1))

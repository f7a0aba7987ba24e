# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import fields, models

from ...letter.mending import plain_text

_logger = logging.getLogger(__name__)

LONGEST_PREVIEW = 20_000


class MailIntakeEntry(models.Model):
    """What a letter says, for those who decide what becomes of it."""

    _inherit = "mail.intake.entry"

    preview = fields.Text(
        compute="_compute_preview",
        help="The text of the letter, without pictures, links and attachments: nothing "
        "in it is fetched or run. Empty when the original is no longer kept.",
    )

    def _compute_preview(self):
        """Text only, of the kept bytes, for who may act on the letter."""
        self._check_may_act()
        # sudo: mail.intake.entry: the text, not the bytes
        for entry in self.sudo():
            entry.preview = entry.is_kept and entry._read_text()

    def _read_text(self):
        """Never raises: what cannot be read is shown to be so."""
        try:
            text = plain_text(self._get_letter())
        except Exception:
            _logger.info("Letter %s has no readable text", self.id, exc_info=True)
            return self.env._("The text cannot be shown: download the original.")
        return text[:LONGEST_PREVIEW].replace("\x00", "")

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import fields, models

from ...letter.mending import plain_text
from .course import FAILED

_logger = logging.getLogger(__name__)

LONGEST_PREVIEW = 20_000


class MailIntakeEntry(models.Model):
    """What a letter says, for those who decide what becomes of it."""

    _inherit = "mail.intake.entry"

    preview = fields.Text(
        compute="_compute_preview",
        help="The text of the letter, without pictures, links and attachments: nothing "
        "in it is fetched or run. Empty when the original is no longer kept, and for "
        "letters of other applications and of conversations that you may not read.",
    )

    def _compute_preview(self):
        """Text only, of the kept bytes, for who may act on the letter."""
        self._check_may_act()
        # sudo: mail.intake.entry: the text, not the bytes
        for entry in self.sudo():
            shown = entry.is_kept and entry.with_env(self.env)._may_be_shown()
            entry.preview = shown and entry._read_text()

    def _may_be_shown(self):
        """What waits for a decision, and what he may read where it went.

        A job application or a vendor's bill is another application's.
        """
        # sudo: mail.intake.entry: what became of it, for the check itself
        entry = self.sudo()
        waits = entry.set_aside or entry.outcome in (False, FAILED)
        ticket = entry.ticket_id.with_env(self.env)
        return bool(
            waits
            or self.env.user._is_system()
            or (ticket and ticket.has_access("read"))
        )

    def _read_text(self):
        """Never raises: what cannot be read is shown to be so."""
        try:
            text = plain_text(self._get_letter())
        except Exception:
            _logger.info("Letter %s has no readable text", self.id, exc_info=True)
            return self.env._("The text cannot be shown: download the original.")
        return text[:LONGEST_PREVIEW].replace("\x00", "")

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from functools import partial

from odoo import models

from .fetching import attend


class FetchmailServer(models.Model):
    """A mailbox from which no letter is lost, and that no letter can block."""

    _inherit = "fetchmail.server"

    def _connect__(self, allow_archived=False):
        connection = super()._connect__(allow_archived=allow_archived)
        note = partial(self.env["mail.intake.entry"]._note_unreadable, self.id)
        return attend(connection, self.id, note)

    def _get_mailbox_address(self):
        """The address of its letters: the user's name, if need be with the server."""
        user = (self.user or self.name or "").strip().lower()
        return user if "@" in user else f"{user}@{(self.server or '').lower()}"

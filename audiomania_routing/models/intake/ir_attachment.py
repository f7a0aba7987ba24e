# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import suppress
from pathlib import Path

from odoo import api, models


class IrAttachment(models.Model):
    """A disk that is full spoils no file of a letter that is tried again."""

    _inherit = "ir.attachment"

    @api.model
    def _file_write(self, bin_value, checksum):
        """What could be written of a file goes away with the failure: the next try
        would take it for the whole file."""
        _name, path = self._get_path(bin_value, checksum)
        was_there = Path(path).exists()
        try:
            return super()._file_write(bin_value, checksum)
        except OSError:
            if not was_there:
                with suppress(OSError):
                    Path(path).unlink(missing_ok=True)
            raise

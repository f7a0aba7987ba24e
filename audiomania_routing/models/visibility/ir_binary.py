# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import MissingError

from .conversation_part import CONVERSATION


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _find_record(self, *args, **kwargs):
        """A link with a token opens an attachment of a conversation to its customer;
        an employee must be allowed to read the conversation."""
        record = super()._find_record(*args, **kwargs)
        if record._name == "ir.attachment" and self._is_closed_to_employee(record):
            raise MissingError(self.env._("This file does not exist."))
        return record

    def _is_closed_to_employee(self, attachment):
        # sudo: ir.attachment: what it belongs to, for the check itself
        attachment = attachment.sudo()
        return (
            attachment.res_model == CONVERSATION
            and bool(attachment.res_id)
            and self.env[CONVERSATION]._is_closed_to_employee(attachment.res_id)
        )

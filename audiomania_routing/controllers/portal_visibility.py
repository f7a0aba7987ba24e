# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.visibility.conversation_part import CONVERSATION


class VisibilityPortal(CustomerPortal):
    def _document_check_access(self, model_name, document_id, access_token=None):
        """The link in a customer's letter opens his conversation to him, and not to
        an employee who is signed in and may not read it (rule 14)."""
        document = super()._document_check_access(
            model_name, document_id, access_token=access_token
        )
        if model_name == CONVERSATION:
            tickets = request.env[CONVERSATION]
            if tickets._is_closed_to_employee(document_id):
                raise AccessError(
                    request.env._("This conversation is not yours to read now.")
                )
        return document

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .conversation_part import CONVERSATION


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    @api.model
    def _create_tracking_values(self, initial_value, new_value, *args, **kwargs):
        """The history of one conversation tells no reader the subject of another."""
        return super()._create_tracking_values(
            _get_number(initial_value), _get_number(new_value), *args, **kwargs
        )


def _get_number(value):
    """A conversation as its history names it."""
    if getattr(value, "_name", None) == CONVERSATION and value:
        # sudo: helpdesk.ticket: a number is no content
        return (value.id, value.sudo().number)
    return value

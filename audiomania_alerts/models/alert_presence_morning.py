# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ..clock import find_tomorrow
from .res_users_settings import MORNING


class AlertPresence(models.AbstractModel):
    _inherit = "alert.presence"

    @api.model
    def _find_morning(self, user, now):
        """When "tomorrow morning" is for this user, in UTC; an addon that knows his
        schedule answers with the start of his next working day.

        :param now: UTC.
        """
        return find_tomorrow(now, user.tz, MORNING)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskInquiry(models.Model):
    """What was given to a colleague is not read off his inquiries, which the whole
    department reads: figures have their own rights."""

    _inherit = "helpdesk.inquiry"

    quality_mark = fields.Integer(groups="helpdesk_mgmt.group_helpdesk_manager")
    speed_mark = fields.Integer(groups="helpdesk_mgmt.group_helpdesk_manager")

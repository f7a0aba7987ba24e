# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HrEmployee(models.Model):
    """A manager sees beside an employee what customers gave him."""

    _inherit = "hr.employee"

    mark_text = fields.Char(
        related="user_id.mark_text", groups="helpdesk_mgmt.group_helpdesk_manager"
    )

    def action_show_marks(self):
        """The marks of this employee, for who may read them."""
        self.ensure_one()
        self.check_access("read")
        return self.user_id.action_show_marks()

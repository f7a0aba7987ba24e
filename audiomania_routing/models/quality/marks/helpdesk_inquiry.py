# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskInquiry(models.Model):
    """What the customer gave for the answer."""

    _inherit = "helpdesk.inquiry"

    rating_ids = fields.One2many(
        comodel_name="rating.rating",
        inverse_name="inquiry_id",
        string="Marks",
        groups="helpdesk_mgmt.group_helpdesk_manager",
    )

    marked_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Marked employee",
        readonly=True,
        groups="helpdesk_mgmt.group_helpdesk_manager",
        help="Who wrote the answer that the customer marked.",
    )

    is_from_machine = fields.Boolean(
        string="Of a machine",
        readonly=True,
        help="A program wrote it for itself: it is asked for no marks.",
    )

    def _write_marks(self):
        """The latest marks that count; 0 where none does."""
        for inquiry in self:
            counted = inquiry.rating_ids.filtered(lambda one: one._is_in_figures())
            latest = counted.sorted(lambda one: (one.rated_on, one.id))
            values = {
                "quality_mark": int(latest[-1:].rating),
                "speed_mark": latest[-1:].speed,
            }
            marked = latest[-1:]._get_rated_user()
            changed = any(inquiry[name] != value for name, value in values.items())
            if changed or inquiry.marked_user_id != marked:
                inquiry.write({**values, "marked_user_id": marked.id})

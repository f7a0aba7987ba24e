# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskInquiry(models.Model):
    _inherit = "helpdesk.inquiry"

    answer_id = fields.Many2one(
        comodel_name="mail.message",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The answer that worked it out. If it comes back undelivered, the inquiry "
        "waits again.",
    )

    def _set_pending(self):
        """What waits again has no answer."""
        self.write({"answer_id": False})
        return super()._set_pending()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskInquiry(models.Model):
    """By which channel it came, and who else will read the answer (rule 15)."""

    _inherit = "helpdesk.inquiry"

    channel_id = fields.Many2one(
        comodel_name="helpdesk.ticket.channel",
        readonly=True,
        index="btree_not_null",
        help="By which way the customer asked.",
    )
    is_public = fields.Boolean(
        readonly=True,
        help="Other people will read the answer, too: its channel is public, or the "
        "letter has somebody from outside in copy.",
    )
    outsiders = fields.Char(
        string="Also reads it",
        readonly=True,
        help="Addresses in the letter that are neither ours nor the sender's.",
    )

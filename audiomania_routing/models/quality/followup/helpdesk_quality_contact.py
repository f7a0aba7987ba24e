# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ...workplace.helpdesk_inquiry_spoken import PHONE, VISIT

MESSAGE, FAILED = "message", "failed"


class HelpdeskQualityContact(models.Model):
    """How the customer heard back, or that he could not be reached: one line each."""

    _name = "helpdesk.quality.contact"
    _description = "Contact with a customer after a bad mark"
    _order = "at, id"
    _rec_name = "text"

    followup_id = fields.Many2one(
        comodel_name="helpdesk.quality.followup",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    at = fields.Datetime(
        string="When", required=True, default=fields.Datetime.now, readonly=True
    )
    user_id = fields.Many2one(comodel_name="res.users", string="Who", readonly=True)
    way = fields.Selection(
        selection=[
            (MESSAGE, "By a message"),
            (PHONE, "By phone"),
            (VISIT, "In person"),
            (FAILED, "Not reached"),
        ],
        string="How",
        required=True,
        readonly=True,
    )
    text = fields.Char(string="What was said", required=True, readonly=True)
    message_id = fields.Many2one(
        comodel_name="mail.message",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

QUALITY, SPEED, COMMENT = "quality", "speed", "comment"
COUNTS, EMPLOYEE, DELETED = "counts", "employee", "deleted"


class HelpdeskMarkChange(models.Model):
    """What became of a mark after it was given: who changed it, when and why.

    Nobody changes or deletes this, and it stays when the mark or the conversation is
    deleted.
    """

    _name = "helpdesk.mark.change"
    _description = "Change of a mark"
    _order = "at desc, id desc"
    _rec_name = "what"

    at = fields.Datetime(
        string="When", required=True, default=fields.Datetime.now, readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Who",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: the customer himself.",
    )
    by_customer = fields.Boolean(string="By the customer", readonly=True)
    what = fields.Selection(
        selection=[
            (QUALITY, "Quality"),
            (SPEED, "Speed"),
            (COMMENT, "Comment"),
            (COUNTS, "What it counts for"),
            (EMPLOYEE, "Whose mark it is"),
            (DELETED, "Deleted"),
        ],
        required=True,
        readonly=True,
    )
    old = fields.Char(string="Before", readonly=True)
    new = fields.Char(string="After", readonly=True)
    reason = fields.Char(readonly=True)
    rating_id = fields.Many2one(
        comodel_name="rating.rating",
        string="Mark",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    followup_id = fields.Many2one(
        comodel_name="helpdesk.quality.followup",
        string="Follow-up",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    employee_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Whose mark it is.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    team_id = fields.Many2one(comodel_name="helpdesk.ticket.team", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """By what is done with marks only: nobody writes down what did not happen."""
        if not self.env.su:
            raise UserError(self.env._("A trace is left by the change itself."))
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise UserError(self.env._("What became of a mark is kept as it was."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("What became of a mark is kept: nobody deletes it."))

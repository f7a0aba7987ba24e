# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

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
    old = fields.Char(
        string="Old value",
        readonly=True,
        help="As it is stored: a code where there is one; of a deleted mark all of it.",
    )
    new = fields.Char(string="New value", readonly=True)
    old_words = fields.Char(string="Before", compute="_compute_words")
    new_words = fields.Char(string="After", compute="_compute_words")
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

    @api.depends("what", "old", "new")
    @api.depends_context("lang")
    def _compute_words(self):
        """In the language of who reads it, whoever changed the mark."""
        for change in self:
            change.old_words = change._describe_value(change.old)
            change.new_words = change._describe_value(change.new)

    def _describe_value(self, value):
        if self.what == DELETED and value:
            told = self._read_deleted(value)
            words = [self._describe_one(what, one) for what, one in told.items()]
            return ", ".join(filter(None, words))
        return self._describe_one(self.what, value)

    def _read_deleted(self, value):
        """{what: its value} of a deleted mark."""
        try:
            told = json.loads(value)
        except ValueError:
            told = None
        return told if isinstance(told, dict) else {COMMENT: value}

    def _describe_one(self, what, value):
        if what != COUNTS:
            return value or ""
        counts = self.env["rating.rating"]._fields["counts"]
        return dict(counts._description_selection(self.env)).get(value, value or "")

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

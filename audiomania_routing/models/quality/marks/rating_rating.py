# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

FIGURES = {"consumed", "inquiry_id", "rated_partner_id", "rating", "speed"}


class RatingRating(models.Model):
    """The rating of a mark: what of it counts in figures (rules 23 and 25)."""

    _inherit = "rating.rating"

    speed = fields.Integer(
        aggregator="avg",
        readonly=True,
        help="What the customer gave for the speed, from 1 to 5. 0: none.",
    )
    inquiry_id = fields.Many2one(
        comodel_name="helpdesk.inquiry",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        help="What was answered.",
    )
    mark_id = fields.Many2one(
        comodel_name="helpdesk.mark",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        help="What the customer gave, and for which answer.",
    )

    _speed_range = models.Constraint(
        "CHECK (speed BETWEEN 0 AND 5)", "A mark is from 1 to 5."
    )

    def write(self, vals):
        """A mark that a manager changes changes the figures."""
        before = self.inquiry_id
        result = super().write(vals)
        if FIGURES & vals.keys():
            self._set_figures()
            (before - self.inquiry_id)._write_marks()
        return result

    def unlink(self):
        """With the rating goes the mark, and what it was in the figures."""
        # sudo: helpdesk.mark, helpdesk.inquiry: whoever may delete the rating
        marks, inquiries = self.sudo().mark_id, self.sudo().inquiry_id
        result = super().unlink()
        marks.unlink()
        inquiries.exists()._write_marks()
        return result

    def _get_marks_of_conversations(self):
        """Marks of orders, too, are changed by managers only."""
        # sudo: rating.rating: what they belong to, for the check itself
        marks = self.sudo().filtered("mark_id").with_env(self.env)
        return super()._get_marks_of_conversations() | marks

    def _set_figures(self):
        """Write what counts of these ratings onto their inquiries."""
        # sudo: helpdesk.inquiry: employees change them by actions only
        self.sudo().inquiry_id._write_marks()

    def _is_in_figures(self):
        """Whether it counts in the figures of who is rated: hook."""
        self.ensure_one()
        return self.consumed

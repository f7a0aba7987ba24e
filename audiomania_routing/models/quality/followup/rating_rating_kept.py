# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError

KEPT = frozenset(
    {
        "consumed",
        "inquiry_id",
        "mark_id",
        "message_id",
        "partner_id",
        "rated_on",
        "res_id",
        "res_model",
        "res_model_id",
    }
)
"""That it was given, by whom, when and for what: nobody's to change."""


class RatingRating(models.Model):
    """Marks are given by customers; nobody gives himself one, moves one onto what it
    was not given for, or makes one vanish but by deleting it (rules 23 and 24)."""

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        if ratings._is_by_employee() and ratings._get_marks_to_follow():
            raise AccessError(self.env._("Marks are given by customers only."))
        return ratings

    def write(self, vals):
        is_kept = not self.env.su and KEPT & vals.keys()
        if is_kept:
            self._check_kept()
        moments = self._get_moments(vals)
        result = super().write(vals)
        if is_kept:
            self._check_kept()
        # What a manager changes stays in its month, and fades as it did before.
        for mark, moment in moments.items():
            if mark._is_moved(moment):
                super(RatingRating, mark).write({"rated_on": moment})
                mark._set_figures()
        return result

    def _is_by_employee(self):
        """Also where the system's rights were borrowed for it."""
        return self.env.uid != SUPERUSER_ID and self.env.user._is_internal()

    def _check_kept(self):
        if marks := self._get_marks_of_conversations():
            raise marks._make_access_error("write")

    def _get_marks_of_conversations(self):
        # sudo: rating.rating: what they belong to, for the check itself
        marks = self.sudo().filtered("inquiry_id").with_env(self.env)
        return super()._get_marks_of_conversations() | marks

    def _is_in_figures(self):
        return self._is_of_customer_service() and super()._is_in_figures()

    # When it was given

    def _get_moments(self, vals):
        """{mark: when it was given}, where an employee changes what was given."""
        if "rated_on" in vals or not {"rating", "feedback"} & vals.keys():
            return {}
        if not self.env.user._is_internal():
            return {}
        return {mark: mark.rated_on for mark in self._get_marks_to_follow()}

    def _is_moved(self, moment):
        return bool(moment) and self.rated_on != moment

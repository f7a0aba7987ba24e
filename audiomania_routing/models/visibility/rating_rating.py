# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .conversation_part import CONVERSATION, get_untold


class RatingRating(models.Model):
    """Marks of a conversation are read by its readers and changed by managers.

    The host gives every employee all of them, to read and to write; the token with
    which a customer gives his mark is for the system.
    """

    _name = "rating.rating"
    _inherit = ["rating.rating", "conversation.part"]

    access_token = fields.Char(groups="base.group_system")

    @api.model
    def _get_marked_models(self):
        """Whose customers give marks: their tokens are for the system."""
        return {"helpdesk.ticket", "sale.order"}

    def _has_field_access(self, field, operation):
        """The token of a rating of anything else is the host's matter."""
        if super()._has_field_access(field, operation):
            return True
        return field.name == "access_token" and bool(self) and not self._has_marks()

    def _has_marks(self):
        # sudo: rating.rating: what they belong to, for the check itself
        models = set(self.sudo().mapped("res_model"))
        return bool(models & self._get_marked_models())

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Without the subject of a conversation that the reader may not read."""
        result = super()._compute_display_name()
        for mark in get_untold(
            self.filtered(lambda one: one.res_model == CONVERSATION)
        ):
            mark.display_name = f"{mark._name},{mark.id}"
        return result

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if operation == "read" or not self._is_limited_by_ladder():
            return result
        allowed = self - result[0] if result else self
        marks = allowed._get_marks_of_conversations()
        if not marks or self.env.user._is_routing_manager():
            return result
        if result:
            return result[0] + marks, result[1]
        return marks, lambda: marks._make_access_error(operation)

    def write(self, vals):
        """No mark is moved onto a conversation by who may not change its marks."""
        result = super().write(vals)
        if vals.keys() & {"res_model_id", "res_id"}:
            self.check_access("write")
        return result

    def _get_marks_of_conversations(self):
        # sudo: rating.rating: what they belong to, for the check itself
        marks = self.sudo().filtered(lambda mark: mark._is_of_customer_service())
        return marks.with_env(self.env)

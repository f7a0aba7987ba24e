# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, models

from .link import withhold


class MailThread(models.AbstractModel):
    """What letters have to do with marks."""

    _inherit = "mail.thread"

    @api.model
    def message_parse(self, message, save_original=False):
        """Customers quote the answer with its marks: no employee finds there the
        address by which a mark is given or changed."""
        values = super().message_parse(message, save_original=save_original)
        body = values.get("body") or ""
        if "mark" in body:
            shown = withhold(body)
            values["body"] = Markup(shown) if isinstance(body, Markup) else shown
        return values

    @api.model
    def _prepare_letter(self, course, message, message_dict):
        """Whether a machine wrote it for itself: nobody there gives marks."""
        letter = super()._prepare_letter(course, message, message_dict)
        is_machine = not course.sent_by and self._is_from_machine(message)
        return {**letter, "is_from_machine": is_machine}

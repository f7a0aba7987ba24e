# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class RoutingAgainSource(models.AbstractModel):
    """What open inquiries rest on: a change is noted as it was before and as it is.

    A model names this one *before* itself, so that all of its own is done by then::

        class HrAttendance(models.Model):
            _name = "hr.attendance"
            _inherit = ["routing.again.source", "hr.attendance"]
            _again_fields = frozenset(["check_out"])
    """

    _name = "routing.again.source"
    _description = "What open inquiries rest on"

    _again_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._note_again()
        return records

    def write(self, vals):
        if not self._again_fields & vals.keys():
            return super().write(vals)
        self._note_again()
        result = super().write(vals)
        self._note_again()
        return result

    def unlink(self):
        self._note_again()
        return super().unlink()

    def _note_again(self):
        """Note who and what is concerned (:meth:`routing.again._note`)."""
        raise NotImplementedError

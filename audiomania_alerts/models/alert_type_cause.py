# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..domains import check_domain, parse_domain
from ..placeholders import AlertFault
from ..states import PLAIN_UNITS, UNITS

# What changes which models are watched.
WATCHED = {"standing_domain", "model_id", "active"}


class AlertType(models.Model):
    """What withdraws an alert: its cause is gone, its time is over, a colleague did
    what it is about."""

    _inherit = "alert.type"

    model_name = fields.Char(related="model_id.model", string="Model name")
    standing_domain = fields.Char(
        "Stands while",
        help="The alert stands as long as its record fits these conditions, and is "
        "withdrawn from everybody when it does not, is deleted or is archived.",
    )
    done_by_one = fields.Boolean(
        "One does it for all",
        help="When one employee does it, it is taken back from the others.",
    )
    expire_after = fields.Integer(
        "Expires after",
        help="So long after it was last reported it is taken back. 0: never.",
    )
    expire_unit = fields.Selection(
        [unit for unit in UNITS if unit[0] in PLAIN_UNITS],
        string="Unit of expiry",
        required=True,
        default="days",
        help="The unit of the time after which an alert takes itself back.",
    )

    _expire_after_positive = models.Constraint(
        "CHECK(expire_after >= 0)", "An alert cannot expire before it is sent."
    )

    @api.model_create_multi
    def create(self, vals_list):
        types = super().create(vals_list)
        if any(types.mapped("standing_domain")):
            self.env.registry.clear_cache()
        return types

    def write(self, vals):
        result = super().write(vals)
        if WATCHED & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.constrains("standing_domain", "model_id")
    def _check_standing_domain(self):
        for type_ in self.filtered("standing_domain"):
            try:
                # sudo: alert.type: not as the superuser, as which Odoo runs checks:
                # what counts is what the writer may ask
                check_domain(type_.sudo(False)._get_model(), type_.standing_domain)
            except AlertFault as fault:
                raise ValidationError(str(fault)) from fault

    @api.constrains("standing_domain", "expire_after")
    def _check_expiry(self):
        """Nothing is withdrawn while its cause stands."""
        for type_ in self:
            if type_.expire_after and type_._has_cause():
                raise ValidationError(
                    self.env._(
                        "An alert that stands while its record fits conditions does "
                        "not expire: choose one of the two."
                    )
                )

    def _get_model(self):
        """The model of the type's records, as the current user reads it."""
        # sudo: ir.model: its name; an alert administrator need not read models
        model = self.env.get(self.sudo().model_id.model)
        if model is None:
            raise AlertFault(self.env._("Choose the model first."))
        return model

    def _has_cause(self):
        return bool(self.standing_domain and self.standing_domain.strip() != "[]")

    def _find_standing(self, ids):
        """Those of these records whose alerts of this type have a cause still."""
        if not self._has_cause():
            return set(ids)
        domain = parse_domain(self.env, self.standing_domain) & Domain("id", "in", ids)
        model = self._get_model().with_context(active_test=False)
        return set(model.search(domain).ids)

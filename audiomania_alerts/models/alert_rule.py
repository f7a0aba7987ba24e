# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from uuid import uuid4

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..domains import check_domain, parse_domain
from ..placeholders import AlertFault
from ..states import CREATED, TRIGGERS

# Alerts about alerts would call each other.
OWN_MODELS = "alert."
# What changes the answer of ``_get_watched``.
WATCHED = {"model_id", "trigger", "field_id", "field_values", "active"}
# What rules note of themselves.
INTERNAL = {"watched_values", "valid_from", "checked_until"}


class AlertRule(models.Model):
    """Rule 32: "a functional user defines a new alert without code: on which record,
    when, to whom, with what text".

    How it reads, whom it tells, whether it must be done and how it repeats are those
    of an alert type of its own, so that employees choose how they get it.
    """

    _name = "alert.rule"
    _description = "Alert rule"
    _inherits = {"alert.type": "type_id"}
    _order = "id"
    _rec_name = "name"

    type_id = fields.Many2one(
        "alert.type", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company", help="Only records of this company. Empty: of any company."
    )
    record_domain = fields.Char(
        "Which records", default="[]", help="Only records that fit these conditions."
    )
    trigger = fields.Selection(
        TRIGGERS,
        "When",
        required=True,
        default=CREATED,
        help="What has to happen to a record for the alert to come.",
    )

    # -- saving --------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault("code", f"rule_{uuid4().hex[:12]}")
        rules = super().create(vals_list)
        # sudo: alert.type: the author is written here only
        rules.sudo().type_id.write({"author_id": self.env.uid})
        rules._check()
        self.env.registry.clear_cache()
        return rules

    def write(self, vals):
        """Whoever changes a rule is its author from then on."""
        result = super().write(vals)
        if vals.keys() <= INTERNAL:
            return result
        self.type_id._take_authorship()
        self._check()
        if WATCHED & vals.keys():
            self.env.registry.clear_cache()
        return result

    # -- what is checked when it, or its type, is saved ----------------------

    def _check(self):
        """Refuse, with a sentence, what its author may not ask or nobody could
        answer."""
        for rule in self:
            try:
                rule._check_rule(rule.type_id._get_model())
            except AlertFault as fault:
                raise ValidationError(str(fault)) from fault

    def _check_rule(self, model):
        """
        :param model: of the rule, as the current user reads it.
        :raise AlertFault: what is wrong.
        """
        self._check_model(model)
        self._check_domain(model)
        if not (
            self.recipient_paths or self.recipient_group_ids or self.recipient_user_ids
        ):
            raise AlertFault(self.env._("Say who shall be told."))

    @api.model
    def _check_model(self, model):
        if (
            model._abstract
            or model._transient
            or not model._auto
            or model._name.startswith(OWN_MODELS)
        ):
            raise AlertFault(
                self.env._("No rule can be made on %(model)s.", model=model._name)
            )
        model.check_access("read")

    def _check_domain(self, model):
        check_domain(model, self.record_domain)
        if self.company_id and "company_id" not in model._fields:
            raise AlertFault(self.env._("Records of this model belong to no company."))

    def unlink(self):
        """The alerts that were sent stay, and so does their type, archived."""
        types = self.type_id
        result = super().unlink()
        self.env.registry.clear_cache()
        # sudo: alert.alert: whether any is left
        alerts = self.env["alert.alert"].sudo()
        used = alerts.search([("type_id", "in", types.ids)]).type_id
        used.write({"active": False})
        (types - types.browse(used.ids)).unlink()
        return result

    # -- which records it is about -------------------------------------------

    def _get_record_domain(self):
        domain = parse_domain(self.env, self.record_domain)
        if self.company_id:
            domain &= Domain("company_id", "=", self.company_id.id)
        return domain

    def _get_author_model(self):
        """The model of the rule as its author reads it."""
        type_ = self.type_id
        return type_._as_author(self.env[type_.model_name])

    def _find_matching(self, ids):
        """Those of these records that the rule is about and its author may read."""
        model = self._get_author_model().with_context(active_test=False)
        found = model.search(self._get_record_domain() & Domain("id", "in", ids))
        return set(found.ids)

    # -- what is watched -----------------------------------------------------

    @api.model
    @tools.ormcache()
    def _get_watched(self):
        """What happens to which models matters: {model: {event: [...]}}. Models that
        are not in it cost nothing but this look-up."""
        watched = {}
        # sudo: alert.rule, alert.type: everybody's changes are watched
        for rule in self.sudo().search([("active", "=", True)]):
            rule._add_watched(watched.setdefault(rule.model_name, {}))
        # sudo: alert.type: likewise
        types = self.env["alert.type"].sudo()
        for type_ in types.search(
            [("standing_domain", "!=", False), ("active", "=", True)]
        ):
            if type_._has_cause() and type_.model_name:
                watched.setdefault(type_.model_name, {})["cause"] = True
        return watched

    def _add_watched(self, watched):
        if self.trigger == CREATED:
            watched.setdefault(CREATED, []).append((self.id, self.code))

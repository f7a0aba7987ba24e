# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..placeholders import AlertFault
from ..states import CHANGED

YES = {"yes", "true", "1"}
NO = {"no", "false", "0"}
WATCHABLE = {
    "boolean",
    "char",
    "date",
    "datetime",
    "float",
    "integer",
    "many2many",
    "many2one",
    "monetary",
    "selection",
    "text",
}


class AlertRule(models.Model):
    """A rule that speaks when a field changes, to any or to certain values."""

    _inherit = "alert.rule"

    field_id = fields.Many2one(
        "ir.model.fields",
        "Which field",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('store', '=', True)]",
        help="The field that is watched: the alert comes when it is changed.",
    )
    field_values = fields.Char(
        "Changed to",
        help="Values with commas between them, as the screen shows them: Confirmed, "
        "Cancelled. Empty: any change.",
    )
    watched_values = fields.Json(groups=fields.NO_ACCESS, copy=False)

    def _check_rule(self, model):
        result = super()._check_rule(model)
        if self.trigger == CHANGED:
            values = self._parse_values(self._get_watched_field())
            # sudo: alert.rule: values as the database holds them, written here only
            self.sudo().watched_values = values
        return result

    def _get_watched_field(self):
        model = self.type_id._get_model()
        # sudo: ir.model.fields: its name; an administrator need not read fields
        field = model._fields.get(self.sudo().field_id.name)
        if field is None or not field.store or field.type not in WATCHABLE:
            raise AlertFault(self.env._("Choose a stored field of the model."))
        return self.env["alert.type"]._find_field(model, field.name)

    # -- values as the screen shows them -------------------------------------

    def _parse_values(self, field):
        words = [word.strip() for word in (self.field_values or "").split(",")]
        return [self._parse_value(field, word) for word in words if word]

    def _parse_value(self, field, word):
        parse = getattr(self, f"_parse_{field.type}", None)
        value = parse(field, word) if parse else None
        if value is None:
            raise AlertFault(
                self.env._(
                    "%(value)s is no value of %(field)s.",
                    value=word,
                    field=field.string,
                )
            )
        return value

    def _parse_char(self, field, word):
        return word

    _parse_text = _parse_char

    def _parse_boolean(self, field, word):
        word = word.lower()
        if word in YES or word == self.env._("yes"):
            return True
        return False if word in NO or word == self.env._("no") else None

    def _parse_integer(self, field, word):
        return int(word) if word.lstrip("-").isdigit() else None

    def _parse_float(self, field, word):
        try:
            return float(word)
        except ValueError:
            return None

    _parse_monetary = _parse_float

    def _parse_selection(self, field, word):
        for value, label in field._description_selection(self.env):
            if word.lower() in (str(value).lower(), str(label).lower()):
                return value
        return None

    def _parse_many2one(self, field, word):
        found = self.env[field.comodel_name].name_search(word, operator="=", limit=1)
        return found[0][0] if found else None

    # -- what is watched -----------------------------------------------------

    def _add_watched(self, watched):
        result = super()._add_watched(watched)
        if self.trigger == CHANGED and self.field_id:
            wanted = watched.setdefault(CHANGED, {}).setdefault(self.field_id.name, [])
            wanted.append((self.id, self.code, self.watched_values or []))
        return result

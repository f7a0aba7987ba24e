# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_amount, format_date, format_datetime, formatLang
from odoo.tools.mail import html2plaintext

from ..placeholders import PATH, AlertFault, fill, find_paths
from ..states import FAILED, INFO, PENDING, REPORT, SEVERITIES, WITHDRAW
from .alert_outbox import KEY_LENGTH

TITLE_LENGTH = 200
BODY_LENGTH = 2000
EVERY_EMPLOYEE = "base.group_user"
UNREADABLE = {"binary", "json", "properties", "properties_definition", "reference"}


class AlertType(models.Model):
    _name = "alert.type"
    _description = "Alert type"
    _order = "category, name, id"

    code = fields.Char(
        required=True, copy=False, help="The name by which code sends this alert."
    )
    name = fields.Char(required=True, translate=True)
    category = fields.Char(
        translate=True, help="What this alert is about: types are grouped by it."
    )
    severity = fields.Selection(
        SEVERITIES,
        required=True,
        default=INFO,
        help="Sorts the toolbar: danger stands first.",
    )
    model_id = fields.Many2one(
        "ir.model",
        # Alerts that were sent keep their type when the model is uninstalled.
        ondelete="set null",
        help="The records that this alert is about. If it is set, the field paths of "
        "the templates are checked when they are saved.",
    )
    title_template = fields.Char(
        "Title",
        required=True,
        translate=True,
        help="One line of text. {name} or {partner_id.name} is replaced by that field "
        "of the record, or by a value which the sender passes under that name. "
        "Two braces stand for one.",
    )
    body_template = fields.Text(
        "Text",
        translate=True,
        help="A second line, with the same placeholders as the title.",
    )
    must_do = fields.Boolean(
        "Must be done",
        help="If set, the alert stays until it is done. Otherwise it is enough to "
        "see it.",
    )
    active = fields.Boolean(
        default=True, help="An archived type is not delivered to anybody."
    )

    _code_unique = models.Constraint(
        "UNIQUE(code)", "There is an alert type with this code already."
    )

    @api.constrains("title_template", "body_template", "model_id")
    def _check_templates(self):
        """A path that starts with a field of the model leads to a readable field;
        anything else is a name of a passed value."""
        # sudo: alert.type: not as the superuser, as which Odoo runs checks: what
        # counts is what the writer may read
        for type_ in self.sudo(False):
            for template in type_._get_templates():
                for path in find_paths(template):
                    type_._check_path(path)

    def _get_templates(self):
        """The texts whose placeholders are checked when the type is saved."""
        return [self.title_template, self.body_template]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        """What was sent stays on record; it goes with the addon of its type."""
        # sudo: alert.alert: whether one exists; nobody may read them
        if self.env["alert.alert"].sudo().search_count([("type_id", "in", self.ids)]):
            raise UserError(
                self.env._("Alerts of this type were sent: archive it instead.")
            )

    def _check_path(self, path):
        # sudo: ir.model: its name; an alert administrator need not read models
        model = self.env.get(self.sudo().model_id.model)
        try:
            self._check_syntax(path)
            if model is not None and path.split(".")[0] in model._fields:
                self._find_field(model, path)
            elif model is not None and "." in path:
                raise AlertFault(self._no_field(model, path))
        except AlertFault as fault:
            raise ValidationError(str(fault)) from fault

    # -- what other addons call ----------------------------------------------

    @api.model
    def _alert(
        self,
        code,
        record=None,
        *,
        users=None,
        key=None,
        title=None,
        body=None,
        **values,
    ):
        """Tell ``users`` that something happened to ``record``.

        Costs one INSERT in the caller's transaction and needs no rights. What is
        wrong with the alert (unknown code, failing template, nobody to tell) never
        raises here: it becomes a fault that an alert administrator sees.

        :param code: the code of an alert type.
        :param record: the one record that it is about; None if about none.
        :param users: res.users, the recipients, instead of those of the type;
            inactive and portal users are left out.
        :param key: what makes two events of this type one alert while it is open
            (text or number); by default what the type says, else the record.
        :param title: a text instead of the title of the type, shown as it is.
        :param body: likewise for the second line.
        :param values: what the placeholders of the templates may name: texts, numbers,
            moments, records, or what ``_tell_in_languages`` gives for a sentence.
        """
        texts = {"title": title, "body": body}
        self._report(REPORT, code, record, key, users=users, values=values, **texts)

    @api.model
    def _withdraw(self, code, record=None, key=None):
        """Take the open alert back from everybody: its cause is gone.

        :param key: of the alert; without it every open alert of this type about the
            record is withdrawn.
        """
        self._report(WITHDRAW, code, record, key)

    @api.model
    def _report(self, kind, code, record, key, **payload):
        values = {"kind": kind, "code": str(code)}
        payload["has_key"] = key is not None
        try:
            values |= self._prepare_subject(kind, record, key)
            values["payload"] = self._prepare_payload(**payload)
        except AlertFault as fault:
            values |= {"state": FAILED, "error": str(fault)}
        self.env["alert.outbox"]._report(values)

    @api.model
    def _prepare_subject(self, kind, record, key):
        values = {"state": PENDING, "key": None if key is None else str(key)}
        if record is not None and record is not False:
            values |= self._prepare_record(record)
        if not values["key"] and not values.get("res_id"):
            raise AlertFault(self.env._("Neither a record nor a key was named."))
        if kind == REPORT and not values["key"]:
            values["key"] = f"{values['res_model']},{values['res_id']}"
        if len(values["key"] or "") > KEY_LENGTH:
            raise AlertFault(self.env._("The key is too long."))
        return values

    @api.model
    def _prepare_record(self, record):
        if not isinstance(record, models.BaseModel) or len(record._origin.ids) != 1:
            raise AlertFault(
                self.env._(
                    "An alert is about one stored record, not about %(record)s.",
                    record=record,
                )
            )
        return {"res_model": record._name, "res_id": record._origin.id}

    @api.model
    def _prepare_payload(self, has_key=False, users=None, values=None, **texts):
        """Everything as JSON: rendering happens later, in another transaction."""
        if users is not None and getattr(users, "_name", None) != "res.users":
            raise AlertFault(
                self.env._("Recipients are users, not %(users)s.", users=users)
            )
        return {
            "has_key": has_key,
            "users": users.ids if users is not None else None,
            "values": {name: _dump(value) for name, value in (values or {}).items()},
            **{name: str(text) for name, text in texts.items() if text},
        }

    # -- texts ---------------------------------------------------------------

    @api.model
    def _get_languages(self):
        installed = self.env["res.lang"].get_installed()
        return sorted({"en_US", *(code for code, _name in installed)})

    @api.model
    def _tell_in_languages(self, records, tell):
        """A sentence as a value of an alert, of which each reader gets his own.

        :param tell: a function of the records that gives the text in their language
        :return: ``{language: text}``
        """
        return {
            lang: tell(records.with_context(lang=lang))
            for lang in self._get_languages()
        }

    def _render_texts(self, record, payload, recipients):
        """Title and body as ``{language: text}``, in every installed language.

        :param record: what the field paths start at, or None.
        :param payload: of the outbox row.
        :param recipients: users; times are shown in their time zone if they all
            live in one, else in UTC; who has none set lives where the others do.
        """
        tz = self._get_common_zone(recipients)
        texts = {"title": {}, "body": {}}
        for lang in self._get_languages():
            renderer = self.with_context(lang=lang, tz=tz)
            texts["title"][lang] = renderer._render("title", record, payload)
            texts["body"][lang] = renderer._render("body", record, payload)
        return texts

    @api.model
    def _get_common_zone(self, users):
        """The time zone in which all of them live who have one, else UTC; one
        statement, however many they are."""
        domain = [("user_ids", "in", [user.id for user in users])]
        groups = self.env["res.partner"]._read_group(domain, ["tz"])
        zones = {tz for (tz,) in groups if tz}
        return zones.pop() if len(zones) == 1 else "UTC"

    def _render(self, name, record, payload):
        if name in payload:
            text = payload[name]
        else:
            text = self._render_template(f"{name}_template", record, payload)
        if name == "title":
            return " ".join(text.split())[:TITLE_LENGTH] or self.name
        return text.strip()[:BODY_LENGTH]

    def _render_template(self, name, record, payload):
        values = payload["values"]
        return fill(self[name], lambda path: self._resolve(path, record, values))

    def _resolve(self, path, record, values):
        """The text of a placeholder: a passed value or a field of the record."""
        self._check_syntax(path)
        head, _dot, rest = path.partition(".")
        if head not in values:
            return self._read_path(record, path)
        value = _load(self.env, values[head])
        return self._read_path(value, rest) if rest else self._format_value(value)

    @api.model
    def _check_syntax(self, path):
        if not PATH.fullmatch(path):
            raise AlertFault(
                self.env._(
                    "{%(path)s} is not a placeholder: a placeholder is a name or a "
                    "path of fields, as in {partner_id.name}.",
                    path=path,
                )
            )

    @api.model
    def _read_path(self, records, path):
        if not isinstance(records, models.BaseModel):
            raise AlertFault(
                self.env._(
                    "%(path)s is neither a field of the record nor a passed value.",
                    path=path,
                )
            )
        self._find_field(records, path)
        records = records.with_env(self.env)
        *hops, name = path.split(".")
        # What is in the cache is not checked by itself.
        records.check_access("read")
        for hop in hops:
            records = records[hop]
            records.check_access("read")
        field = records._fields[name]
        texts = (self._format_field(record, field) for record in records)
        return ", ".join(filter(None, texts))

    @api.model
    def _find_field(self, model, path):
        """The field at the end of a path, or a fault: fields that are reserved to
        some group, those that are no text, and records that the user (the author,
        when a text is saved) may not read, are not for alerts."""
        *hops, name = path.split(".")
        for hop in hops:
            field = model._fields.get(hop)
            if field is None or not field.comodel_name or not self._is_allowed(field):
                raise AlertFault(self._no_field(model, hop))
            model = self.env[field.comodel_name]
        field = model._fields.get(name)
        if field is None or not self._is_allowed(field):
            raise AlertFault(self._no_field(model, name))
        return field

    @api.model
    def _is_allowed(self, field):
        groups = field.groups or EVERY_EMPLOYEE
        linked = self.env.get(field.comodel_name)
        return (
            groups == EVERY_EMPLOYEE
            and field.type not in UNREADABLE
            and (linked is None or linked.has_access("read"))
        )

    @api.model
    def _no_field(self, model, name):
        return self.env._(
            "%(name)s is no field of %(model)s that an alert may show.",
            name=name,
            model=model._description or model._name,
        )

    def _format_field(self, record, field):
        """A field of one record as its reader would see it."""
        value = record[field.name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "monetary":
            currency = record[field.get_currency_field(record)]
            return format_amount(self.env, value, currency) if currency else str(value)
        if field.type == "float":
            digits = field.get_digits(self.env)
            return formatLang(self.env, value, digits[1] if digits else 2)
        if field.type == "html":
            return html2plaintext(value or "")
        return self._format_value(value, field.type)

    def _format_value(self, value, kind=None):
        if isinstance(value, models.BaseModel):
            value = value.with_env(self.env)
            value.check_access("read")
            return ", ".join(value.mapped("display_name"))
        if isinstance(value, datetime):
            return self._format_datetime(value)
        if isinstance(value, date):
            return format_date(self.env, value)
        if isinstance(value, bool):
            return self._format_bool(value, kind)
        return "" if value is None else str(value)

    def _format_bool(self, value, kind):
        """False is also how Odoo writes an empty field of another kind."""
        if value:
            return self.env._("yes")
        return self.env._("no") if kind in (None, "boolean") else ""

    def _format_datetime(self, value):
        tz = self.env.context.get("tz") or "UTC"
        text = format_datetime(self.env, value, tz=tz, dt_format="short")
        return f"{text} UTC" if tz == "UTC" else text


def _dump(value):
    """A value as JSON that :func:`_load` reads back."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, models.BaseModel):
        return {"model": value._name, "ids": value._origin.ids}
    if isinstance(value, dict):
        return {"texts": {lang: str(text) for lang, text in value.items()}}
    if isinstance(value, datetime):
        return {"datetime": fields.Datetime.to_string(value)}
    if isinstance(value, date):
        return {"date": fields.Date.to_string(value)}
    return str(value)


def _load(env, value):
    if not isinstance(value, dict):
        return value
    if "model" in value:
        return env[value["model"]].browse(value["ids"]).exists()
    if "texts" in value:
        return value["texts"].get(env.lang, value["texts"].get("en_US"))
    if "datetime" in value:
        return fields.Datetime.to_datetime(value["datetime"])
    return fields.Date.to_date(value["date"])

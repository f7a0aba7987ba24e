# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, time, timedelta

import pytz
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..placeholders import AlertFault
from ..states import DATE, PLAIN_UNITS, UNITS
from .alert_outbox import BATCH

BEFORE, AFTER = "before", "after"
# A record that gets its date late is told of for so long after the moment.
LATE = timedelta(hours=1)
# After a downtime everything is told that was missed since.
CATCH_UP = timedelta(days=7)
MOMENT = {"trigger", "date_field_id", "date_offset", "date_unit", "date_side", "active"}


class AlertRule(models.Model):
    """A rule that speaks so long before or after a date, exact to two minutes."""

    _inherit = "alert.rule"

    date_field_id = fields.Many2one(
        "ir.model.fields",
        "Which date",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('store', '=', True),"
        " ('ttype', 'in', ('date', 'datetime'))]",
        help="A day without a time begins at midnight of the author's time zone.",
    )
    date_offset = fields.Integer(
        "How long",
        help="So many units before or after the date it is told. 0: at the date.",
    )
    date_unit = fields.Selection(
        [unit for unit in UNITS if unit[0] in PLAIN_UNITS],
        "Unit",
        default="hours",
        help="The unit of the time before or after the date.",
    )
    date_side = fields.Selection(
        [(BEFORE, "before"), (AFTER, "after")],
        "Before or after",
        default=BEFORE,
        help="On which side of the date the alert comes.",
    )
    valid_from = fields.Datetime(
        readonly=True, copy=False, help="Moments before this are not spoken of."
    )
    checked_until = fields.Datetime(readonly=True, copy=False)

    _date_offset_positive = models.Constraint(
        "CHECK(date_offset >= 0)", "Choose before or after instead of a minus."
    )

    def _check_rule(self, model):
        result = super()._check_rule(model)
        if self.trigger == DATE:
            self._get_date_field()
            if not (self.date_unit and self.date_side):
                raise AlertFault(self.env._("Say how long before or after."))
        return result

    def _get_date_field(self):
        model = self.type_id._get_model()
        # sudo: ir.model.fields: its name; an administrator need not read fields
        field = model._fields.get(self.sudo().date_field_id.name)
        if field is None or not field.store or field.type not in ("date", "datetime"):
            raise AlertFault(self.env._("Choose a stored date of the model."))
        return self.env["alert.type"]._find_field(model, field.name)

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._begin()
        return rules

    def write(self, vals):
        """A rule that is changed or switched on does not speak of the past."""
        result = super().write(vals)
        if MOMENT & vals.keys():
            self._begin()
        return result

    def _begin(self):
        now = fields.Datetime.now()
        # sudo: alert.rule: fields that only this writes
        self.sudo().write({"valid_from": now, "checked_until": now})

    # -- which records are due -----------------------------------------------

    def _get_offset(self):
        sign = -1 if self.date_side == BEFORE else 1
        return sign * timedelta(**{self.date_unit: self.date_offset})

    def _get_zone(self):
        return pytz.timezone(self.author_id.tz or "UTC")

    def _get_moment(self, value):
        """The moment (UTC) of a date of a record."""
        if not isinstance(value, datetime):
            local = self._get_zone().localize(datetime.combine(value, time()))
            value = local.astimezone(pytz.utc).replace(tzinfo=None)
        return value + self._get_offset()

    def _get_due_domain(self, since, until, field):
        """The records whose moment may lie in the window."""
        low, high = since - self._get_offset(), until - self._get_offset()
        if field.type == "date":
            day = timedelta(days=1)
            low, high = (low - day).date(), (high + day).date()
        return Domain(field.name, ">=", low) & Domain(field.name, "<=", high)

    def _find_due(self, now):
        """The moments by record id that have come and were not spoken of, the
        earliest first."""
        field = self._get_date_field()
        since = max(self.valid_from, now - CATCH_UP, self.checked_until - LATE)
        domain = self._get_record_domain() & self._get_due_domain(since, now, field)
        records = self._get_author_model().search(domain)
        remembered = self.env["alert.rule.moment"]._get_remembered(self, records.ids)
        moments = [
            (self._get_moment(record[field.name]), record.id) for record in records
        ]
        return {
            id_: moment
            for moment, id_ in sorted(moments)
            if since < moment <= now and (id_, moment) not in remembered
        }

    # -- speaking ------------------------------------------------------------

    def _fire(self, now, limit):
        """Report up to that many records whose moment has come; return how many."""
        self._forget_the_future(now)
        due = dict(list(self._find_due(now).items())[:limit])
        new = self.env["alert.rule.moment"]._remember(self, due)
        rule = (self.id, self.code)
        self._report_events(self.model_name, [(rule, id_) for id_ in new])
        if not due:
            self._note_checked(now)
        return len(due)

    def _forget_the_future(self, now):
        """What a clock noted that was ahead, before it was set right: the moments until
        then are to come once more, and whatever has its own then is to be told."""
        noted = {"valid_from": self.valid_from, "checked_until": self.checked_until}
        ahead = {name: now for name, moment in noted.items() if moment > now}
        if ahead:
            # sudo: alert.rule: fields that only this writes
            self.sudo().write(ahead)

    def _note_checked(self, now):
        """Not at each run: an administrator may be saving the rule."""
        if now - self.checked_until >= LATE:
            self.env.cr.execute(
                SQL(
                    "UPDATE alert_rule SET checked_until = %s WHERE id = %s",
                    now,
                    self.id,
                )
            )
            self.invalidate_recordset(["checked_until"])

    def _fire_safely(self, limit):
        """A rule that fails is a fault, and keeps no other rule from speaking."""
        try:
            with self.env.cr.savepoint():
                return self._fire(fields.Datetime.now(), limit)
        except OperationalError:
            raise
        except Exception as error:
            self.env["alert.outbox"]._note_fault(self.code, error)
            return 0

    @api.model
    def _cron_fire(self):
        """Speak of every moment that has come, each batch in a transaction of its
        own."""
        for id_ in self._get_dated().ids:
            self.env["alert.outbox"]._drain(
                lambda env, id_=id_: env["alert.rule"].browse(id_)._fire_safely(BATCH)
            )

    @api.model
    def _get_dated(self):
        return self.search([("trigger", "=", DATE), ("active", "=", True)])

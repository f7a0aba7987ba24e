# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from psycopg2 import OperationalError

from odoo import api, models

from ..states import CHANGED, CREATED, FAILED, PENDING

_logger = logging.getLogger(__name__)


class AlertRule(models.Model):
    """From a change of a record to a report in the transaction that changes it.

    Nothing of the rule is asked there: whether the record is one of those that the
    rule is about is asked after the commit, as its author. So a rule costs the
    business one INSERT, and cannot break it.
    """

    _inherit = "alert.rule"

    @api.model
    def _report_created(self, watch, records):
        self._report_events(
            records._name,
            [(rule, id_) for rule in watch[CREATED] for id_ in records.ids],
        )

    @api.model
    def _read_watched(self, watch, records, names):
        """The watched fields of records before or after a change."""
        try:
            # sudo: any model: what is compared is not shown to anybody
            records = records.sudo()
            return {
                (name, record.id): self._to_comparable(record, name)
                for name in watch.get(CHANGED, {}).keys() & names
                for record in records
            }
        except OperationalError:
            raise
        except Exception as error:
            self._blame_watch(watch, records._name, error)
            return {}

    @api.model
    def _to_comparable(self, record, name):
        value = record[name]
        if isinstance(value, models.BaseModel):
            field = record._fields[name]
            return value.id if field.type == "many2one" else frozenset(value.ids)
        return value

    @api.model
    def _report_changed(self, watch, model, before, after):
        changed = watch.get(CHANGED, {})
        events = [
            ((rule_id, code), id_)
            for (name, id_), value in after.items()
            if before.get((name, id_), value) != value
            for rule_id, code, values in changed[name]
            if not values or value in values
        ]
        self._report_events(model, events)

    @api.model
    def _report_events(self, model, events):
        """One INSERT for all of them.

        :param events: pairs ((rule id, code), record id).
        """
        if not events:
            return
        # sudo: alert.outbox: any transaction may report, whoever runs it
        outbox = self.env["alert.outbox"].sudo()
        rows = [
            self._prepare_event_vals(model, rule, id_)
            for rule, id_ in dict.fromkeys(events)
        ]
        outbox.create(rows)._merge_after_commit()

    @api.model
    def _prepare_event_vals(self, model, rule, id_):
        rule_id, code = rule
        return {
            "code": code,
            "state": PENDING,
            "key": f"{model},{id_}",
            "res_model": model,
            "res_id": id_,
            "payload": {"rule": rule_id, "has_key": False, "users": None, "values": {}},
        }

    @api.model
    def _blame_watch(self, watch, model, error):
        """A field that cannot be read is a fault of the rules that watch it, not of
        the business."""
        _logger.info("Rules on %s failed", model, exc_info=error)
        codes = {
            code for rules in watch[CHANGED].values() for _id, code, _values in rules
        }
        # sudo: alert.outbox: any transaction may report, whoever runs it
        self.env["alert.outbox"].sudo().create(
            [
                {
                    "code": code,
                    "state": FAILED,
                    "res_model": model,
                    "error": f"{type(error).__name__}: {error}",
                }
                for code in sorted(codes)
            ]
        )

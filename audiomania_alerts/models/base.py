# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ..states import CHANGED, CREATED


class Base(models.AbstractModel):
    """What rules and causes of alerts watch.

    A look-up in a cached dictionary for models that nobody watches. No patching of
    the registry, which other addons patch and restore.
    """

    _inherit = "base"

    def _get_alert_watch(self):
        if not self.pool.ready:
            return None
        return self.env["alert.rule"]._get_watched().get(self._name)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        watch = self._get_alert_watch()
        if watch and "cause" in watch:
            self.env["alert.alert"]._note_born(records)
        if watch and CREATED in watch:
            self.env["alert.rule"]._report_created(watch, records)
        return records

    def write(self, vals):
        watch = self._get_alert_watch()
        if not watch or not self:
            return super().write(vals)
        rules = self.env["alert.rule"]
        before = rules._read_watched(watch, self, vals.keys())
        result = super().write(vals)
        self._report_alert_changes(watch, before, vals.keys())
        return result

    def _report_alert_changes(self, watch, before, names):
        rules = self.env["alert.rule"]
        if before:
            after = rules._read_watched(watch, self, names)
            rules._report_changed(watch, self._name, before, after)
        if "cause" in watch:
            self.env["alert.alert"]._watch_after_commit(self)

    def unlink(self):
        watch = self._get_alert_watch()
        if watch and "cause" in watch:
            self.env["alert.alert"]._watch_after_commit(self)
        return super().unlink()

    def _compute_field_value(self, field):
        watch = field.store and self._get_alert_watch()
        names = self._get_watched_computed(watch, field) if watch else ()
        records = self.filtered("id") if names else self.browse()
        if not records:
            return super()._compute_field_value(field)
        rules = self.env["alert.rule"]
        before = rules._read_watched(watch, records, names)
        result = super()._compute_field_value(field)
        before = records._leave_out_first_values(before)
        records._report_alert_changes(watch, before, names)
        return result

    def _get_watched_computed(self, watch, field):
        watched = watch.get(CHANGED, {})
        computed = {one.name for one in self.pool.field_computed[field] if one.store}
        return computed & watched.keys()

    def _leave_out_first_values(self, before):
        """The first value of a record that this transaction creates is no change."""
        if "create_date" not in self._fields:
            return before
        now = self.env.cr.now()
        born = {record.id for record in self if record.create_date == now}
        return {
            (name, id_): value
            for (name, id_), value in before.items()
            if value or id_ not in born
        }

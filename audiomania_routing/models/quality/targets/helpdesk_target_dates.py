# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

MEASURING = {
    "active",
    "channel_id",
    "company_id",
    "date_from",
    "green",
    "hours",
    "kind",
    "mark",
    "percent",
    "team_id",
    "type_id",
    "yellow",
}
"""What changes a figure. Warnings do not: they are changed at any time."""

PLACING = MEASURING - {"green", "hours", "mark", "percent", "yellow"} | {"date_to"}
"""What says for which inquiries it is one."""

CHOSEN_BY = MEASURING | {"date_to", "first_warning", "second_warning"}
"""What is kept in memory."""

DAY = timedelta(days=1)


class HelpdeskTarget(models.Model):
    """A target is changed for the time to come: a month that is over keeps the target
    that held in it, and nobody is judged by what was not asked of him then."""

    _inherit = "helpdesk.target"

    former_id = fields.Many2one(
        comodel_name="helpdesk.target",
        string="In place of",
        ondelete="set null",
        copy=False,
        readonly=True,
        help="The target that this one ends: it holds until this one begins.",
    )
    can_be_changed = fields.Boolean(
        compute="_compute_can_be_changed",
        help="Whether no month that is over was judged by it.",
    )

    @api.depends("date_from")
    def _compute_can_be_changed(self):
        month = self._get_month()
        for target in self:
            since = target._origin.date_from
            target.can_be_changed = not since or since >= month

    @api.model
    def _get_month(self):
        """The first day of this month."""
        return fields.Date.context_today(self).replace(day=1)

    # Constraints

    @api.constrains(*sorted(PLACING))
    def _check_overlap(self):
        """One target of a kind for the same inquiries at a time."""
        for target in self.filtered("active"):
            if other := self.search(target._get_overlap_domain(), limit=1):
                raise ValidationError(
                    self.env._(
                        "There is one of this kind for the same inquiries already: "
                        "%(target)s, %(dates)s. Change that one.",
                        target=other.display_name,
                        dates=other._describe_dates(),
                    )
                )

    def _get_overlap_domain(self):
        """The others of its kind for the same inquiries, at the same time."""
        same = Domain.AND(
            Domain(name, "=", self[name].id)
            for name in ("company_id", "team_id", "type_id", "channel_id")
        )
        begun = Domain.TRUE
        if self.date_to:
            begun = Domain("date_from", "<=", self.date_to)
        going_on = Domain("date_to", "=", False) | Domain(
            "date_to", ">=", self.date_from
        )
        other = Domain("id", "!=", self.id) & Domain("kind", "=", self.kind)
        return other & same & begun & going_on

    # Changes

    @api.model_create_multi
    def create(self, vals_list):
        """What takes the place of another ends it."""
        usual = self.default_get(["date_from", "former_id"])
        for vals in vals_list:
            values = {**usual, **vals}
            former = self.browse(values.get("former_id") or [])
            since = fields.Date.to_date(values.get("date_from"))
            if since and former.exists() and not former.date_to:
                former.date_to = since - DAY
        targets = super().create(vals_list)
        targets._check_future()
        self.env.registry.clear_cache()
        return targets

    def write(self, vals):
        changed = self._filter_changed(vals)
        changed._check_changeable()
        if "date_to" in vals:
            self._check_ended(fields.Date.to_date(vals["date_to"]))
        result = super().write(vals)
        if "date_to" in vals:
            self._check_end()
        if changed and "date_from" in vals:
            changed._check_future()
        if CHOSEN_BY & vals.keys():
            self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_judged(self):
        if self.env.su:
            return
        for target in self.filtered(lambda one: not one.can_be_changed):
            raise UserError(
                self.env._(
                    "Months that are over were judged by %(target)s. Say until when "
                    "it holds instead.",
                    target=target.display_name,
                )
            )

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _filter_changed(self, vals):
        """Those that would judge otherwise with these values."""
        names = MEASURING & vals.keys()
        return self.filtered(
            lambda one: any(
                one._fields[name].convert_to_write(one[name], one)
                != one._fields[name].convert_to_write(
                    one._fields[name].convert_to_record(
                        one._fields[name].convert_to_cache(vals[name], one), one
                    ),
                    one,
                )
                for name in names
            )
        )

    def _check_changeable(self):
        """The system itself may say what held before, as when it is installed."""
        if self.env.su:
            return
        for target in self.filtered(lambda one: not one.can_be_changed):
            raise UserError(
                self.env._(
                    "%(target)s has held since %(since)s, and months that are over "
                    "keep it. Press 'Change from a month on', or say until when it "
                    "holds.",
                    target=target.display_name,
                    since=format_date(self.env, target.date_from),
                )
            )

    def _check_future(self):
        month = self._get_month()
        if self.env.su:
            return
        for target in self.filtered(lambda one: one.date_from < month):
            raise UserError(
                self.env._(
                    "%(target)s would judge months that are over. It can hold from "
                    "%(month)s on.",
                    target=target.display_name,
                    month=format_date(self.env, month),
                )
            )

    def _check_ended(self, until):
        """What has ended does not judge the months since then after all."""
        last = self._get_month() - DAY
        if self.env.su:
            return
        for target in self.filtered(lambda one: one.date_to and one.date_to < last):
            if target.date_to == until:
                continue
            raise UserError(
                self.env._(
                    "%(target)s has ended, and months that are over would be judged "
                    "anew. Set a new one.",
                    target=target.display_name,
                )
            )

    def _check_end(self):
        """A month that is over keeps it, also when it ends."""
        last = self._get_month() - DAY
        if self.env.su:
            return
        for target in self.filtered(lambda one: one.date_to and one.date_to < last):
            raise UserError(
                self.env._(
                    "%(target)s cannot end before %(last)s: it has judged the months "
                    "until then.",
                    target=target.display_name,
                    last=format_date(self.env, last),
                )
            )

    def action_change(self):
        """Open what takes its place from the next month on, to be changed and saved."""
        self.ensure_one()
        self.check_access("write")
        since = max(self._get_month(), self.date_from) + relativedelta(months=1)
        values = {**self.copy_data()[0], "former_id": self.id, "date_to": False}
        values["date_from"] = fields.Date.to_string(since)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change from a month on"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "current",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .periods import day_until, start_of_days

OWN, TEAMS, ALL = "own", "teams", "all"
EMPLOYEES = "helpdesk_mgmt.group_helpdesk_user_own"


class View(NamedTuple):
    """Whose figures are shown, and at which moment.

    :param scope: ``OWN``, ``TEAMS`` (those that he supervises) or ``ALL``
    :param now: naive, UTC
    :param zone: the time zone of the office, in which its days begin
    """

    scope: str
    now: datetime
    zone: str

    def since(self, days):
        """When the last so many days of the office began, today among them."""
        return start_of_days(self.now, self.zone, days)

    def until_now(self, days_ago=0):
        """(start, end) of that day until the time that the clock shows now."""
        return day_until(self.now, self.zone, days_ago)


class HelpdeskDashboard(models.AbstractModel):
    """The figures of one screen (rule 26): one method for each block.

    An employee sees his own figures, a leader those of the teams that he supervises, a
    manager all of the companies that are switched on. A block asks a constant number of
    queries, and says with each figure how it is computed and what lies behind it.

    A block is ``{figures, columns, rows, note}``. A figure has ``key``, ``label``,
    ``value``, ``formula`` and, where there are, ``note``, ``level`` and the ``action``
    that shows what is behind it. A row has ``key``, ``level`` and ``cells``, of
    ``text``, ``action`` and ``title``.
    """

    _name = "helpdesk.dashboard"
    _description = "Dashboard of inquiries"

    @api.model
    @api.readonly
    def get_scopes(self):
        """What this reader may choose between: [scope, label], the widest first."""
        labels = self._get_scope_labels()
        return [[scope, labels[scope]] for scope in self._list_scopes()]

    @api.model
    def _get_scope_labels(self):
        return {
            ALL: self.env._("All teams"),
            TEAMS: self.env._("My teams"),
            OWN: self.env._("My figures"),
        }

    @api.model
    def _list_scopes(self):
        user = self.env.user
        if not user.has_group(EMPLOYEES):
            raise AccessError(
                self.env._("Figures are for those who work with conversations.")
            )
        if user._is_routing_manager():
            return [ALL, OWN]
        return [TEAMS, OWN] if self._is_leader() else [OWN]

    @api.model
    def _is_leader(self):
        """Whether he sees figures of others, without being a manager."""
        user = self.env.user
        return bool(user.has_group(EMPLOYEES) and user._get_routing_scope().supervised)

    @api.model
    def _get_scope_view(self, scope=None):
        """What the reader asked for; the widest that he may see where he may not."""
        scopes = self._list_scopes()
        return View(
            scope if scope in scopes else scopes[0],
            fields.Datetime.now(),
            self._get_zone(),
        )

    @api.model
    def _get_zone(self):
        return self.env.company._get_figures_zone()

    # Whose

    @api.model
    def _get_figures_domain(self, view):
        """The inquiries that count, within those whose figures the reader may see."""
        user = self.env.user
        if view.scope == ALL:
            return Domain.TRUE
        if view.scope == TEAMS:
            return Domain("team_id", "in", user._get_routing_scope().supervised)
        return Domain.OR(
            Domain(name, "=", user.id)
            for name in ("worked_out_by_id", "first_answered_by_id", "taken_by_id")
        )

    @api.model
    def _get_rules_of(self, user_id, company):
        """What the policy says of an employee: that of his first team."""
        teams = self.env["helpdesk.ticket.team"]
        own = [one.id for one in teams._get_places() if user_id in one.user_ids]
        return self.env["routing.policy"]._get_rules(company, teams.browse(own[:1]))

    # What a block is made of

    @api.model
    def _make_figure(self, key, label, value, formula, **values):
        """:param values: ``note``, ``level`` and ``action``, where there are"""
        return {
            "key": key,
            "label": label,
            "value": value,
            "formula": formula,
            **{name: value for name, value in values.items() if value},
        }

    @api.model
    def _make_row(self, key, level, *cells):
        return {"key": key, "level": level, "cells": cells}

    @api.model
    def _make_cell(self, text, action=None, title=None):
        return {"text": text, "action": action or False, "title": title or ""}

    @api.model
    def _open_conversations(self, name, domain):
        """The list of those conversations that the reader may see."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.helpdesk_ticket_action_readable"
        )
        return self._narrow(action, name, domain)

    @api.model
    def _open_analysis(self, name, domain):
        """The inquiries behind a figure, and from there their conversations."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.helpdesk_inquiry_report_action"
        )
        listed = [view for view in action["views"] if view[1] == "list"]
        others = [view for view in action["views"] if view[1] != "list"]
        action["views"] = [*(listed or [(False, "list")]), *others]
        return self._narrow(action, name, domain)

    @api.model
    def _narrow(self, action, name, domain):
        return {**action, "name": name, "domain": list(Domain(domain)), "context": {}}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from odoo import api, models
from odoo.fields import Domain

from ....names import PENDING
from ...queue.helpdesk_ticket_attention import CALM, LATE, PROMISED, REST, SOON
from .helpdesk_dashboard import ALL, OWN

SOON_WITHIN = timedelta(hours=1)
ROWS = 8
LEVELS = (LATE, SOON, CALM, REST)
"""What needs attention first stands first."""


class HelpdeskDashboard(models.AbstractModel):
    """What waits now, by team, and the oldest of it."""

    _inherit = "helpdesk.dashboard"

    @api.model
    @api.readonly
    def get_waiting(self, scope=None):
        """Conversations that wait, what is late, the oldest: by team; one's own by
        their state."""
        view = self._get_scope_view(scope)
        domain = self._get_waiting_domain(view)
        by = "attention_state" if view.scope == OWN else "team_id"
        groups = self._group_waiting(view, domain, by)
        rows = [
            self._make_waiting_row(view, domain, by, key, group)
            for key, group in groups.items()
        ]
        return {
            "figures": [
                *self._list_waiting_figures(view, domain, groups.values()),
                self._make_missed_figure(view, domain),
            ],
            "columns": self._list_waiting_columns(by),
            "rows": _sort_rows(rows)[:ROWS],
            "note": "" if groups else self.env._("Nobody waits for an answer."),
        }

    @api.model
    def _get_waiting_domain(self, view):
        """Pending conversations of whom it is about, within what the reader may see."""
        pending = Domain("inquiry_state", "=", PENDING)
        user = self.env.user
        if view.scope == ALL:
            return pending
        if view.scope == OWN:
            return pending & self._get_held_domain(user.id, view.now)
        return pending & user._get_supervised_domain(user._get_routing_scope())

    @api.model
    def _get_held_domain(self, user_id, now):
        """Taken by him, or reserved for him now: what counts against his limit."""
        reserved = (
            Domain("user_id", "=", False)
            & Domain("addressee_id", "=", user_id)
            & Domain("exclusive_until", ">", now)
        )
        return Domain("user_id", "=", user_id) | reserved

    @api.model
    def _get_due_domain(self, until, after=None):
        """Whose time ends then, as the queue has it: the time to answer what is taken;
        when the supervisors are told of what nobody has taken."""
        names = {"answer_due_at": "!=", "supervisors_alerted_from": "="}
        domain = Domain.OR(
            Domain("user_id", operator, False)
            & Domain(name, "<=", until)
            & (Domain(name, ">", after) if after else Domain.TRUE)
            for name, operator in names.items()
        )
        return Domain("inquiry_state", "=", PENDING) & domain

    @api.model
    def _get_missed_domain(self, now):
        """Targets that are missed of what waits; what is promised for later rests."""
        missed = Domain("inquiry_state", "=", PENDING) & Domain("target_at", "<=", now)
        return missed & Domain("attention_state", "!=", PROMISED)

    @api.model
    def _get_late_domain(self, now):
        """What the queue calls late."""
        return self._get_due_domain(now) | self._get_missed_domain(now)

    @api.model
    def _group_waiting(self, view, domain, by):
        """{key: {"waits", "promised", "oldest", "late", "soon"}} in three queries: what
        is promised for later is pending, but does not wait."""
        tickets = self.env["helpdesk.ticket"]
        states = [by] if by == "attention_state" else [by, "attention_state"]
        groups = {}
        for *keys, count, oldest in tickets._read_group(
            domain, states, ["__count", "waiting_since:min"]
        ):
            group = groups.setdefault(keys[0], _make_group())
            if keys[-1] == PROMISED:
                group["promised"] += count
            else:
                group["waits"] += count
                group["oldest"] = min(group["oldest"], oldest)
        late = self._get_late_domain(view.now)
        soon = self._get_due_domain(view.now + SOON_WITHIN, view.now)
        for level, due in ((LATE, late), (SOON, soon)):
            for key, count in tickets._read_group(domain & due, [by], ["__count"]):
                groups[key][level] = count
        return groups

    @api.model
    def _list_waiting_figures(self, view, domain, groups):
        _ = self.env._
        waits, promised, late = (
            sum(group[name] for group in groups) for name in ("waits", "promised", LATE)
        )
        oldest = min((group["oldest"] for group in groups), default=datetime.max)
        waiting = domain & Domain("attention_state", "!=", PROMISED)
        due = domain & self._get_late_domain(view.now)
        return [
            self._make_figure(
                "waits",
                _("Waiting now"),
                str(waits),
                _(
                    "Conversations with an inquiry that is not worked out, and of which"
                    " nothing is promised for later."
                ),
                note=promised and _("and promised: %(number)s", number=promised),
                action=self._open_conversations(_("Waiting now"), waiting),
            ),
            self._make_figure(
                "oldest",
                _("The oldest"),
                self._tell_since(view, oldest),
                _("Since when the oldest of them waits, in plain time."),
                level=self._get_level(groups),
                action=waits
                and self._open_conversations(
                    _("The oldest"), waiting & Domain("waiting_since", "<=", oldest)
                ),
            ),
            self._make_figure(
                "late",
                _("Late"),
                str(late),
                _(
                    "The time for an answer is over, or a target is missed; or nobody"
                    " has taken it, and the supervisors were told."
                ),
                level=LATE if late else CALM,
                action=self._open_conversations(_("Late"), due),
            ),
        ]

    @api.model
    def _make_missed_figure(self, view, domain):
        missed = domain & self._get_missed_domain(view.now)
        number = self.env["helpdesk.ticket"].search_count(missed)
        return self._make_figure(
            "missed",
            self.env._("Missed targets"),
            str(number),
            self.env._("Conversations that wait, and of which a target is missed."),
            level=LATE if number else CALM,
            action=self._open_conversations(self.env._("Missed targets"), missed),
        )

    @api.model
    def _list_waiting_columns(self, by):
        _ = self.env._
        first = _("Team") if by == "team_id" else _("State")
        return [first, _("Waiting"), _("The oldest"), _("Late")]

    @api.model
    def _make_waiting_row(self, view, domain, by, key, group):
        name, value = self._name_group(by, key)
        title = key.display_name if by == "team_id" else None
        mine = domain & Domain(by, "=", value)
        due = mine & self._get_late_domain(view.now)
        return self._make_row(
            str(value),
            self._get_level([group]),
            self._make_cell(name, self._open_conversations(name, mine), title),
            self._make_cell(str(group["promised" if value == PROMISED else "waits"])),
            self._make_cell(self._tell_since(view, group["oldest"])),
            self._make_cell(
                str(group[LATE]), group[LATE] and self._open_conversations(name, due)
            ),
        )

    @api.model
    def _name_group(self, by, key):
        """(what it is called, what it is searched by)"""
        if by == "team_id":
            return key.name or self.env._("No team"), key.id
        return dict(self.env["helpdesk.ticket"]._get_attention_states())[key], key

    @api.model
    def _get_level(self, groups):
        """The worst of them: late, less than an hour left, in time, at rest."""
        for level in (LATE, SOON):
            if any(group[level] for group in groups):
                return level
        return CALM if any(group["waits"] for group in groups) else REST

    @api.model
    def _tell_since(self, view, moment):
        if moment == datetime.max:
            return self._tell_nothing()
        return self._tell_time(view.now - moment)


def _make_group():
    return {"waits": 0, "promised": 0, "oldest": datetime.max, LATE: 0, SOON: 0}


def _sort_rows(rows):
    """By attention; within one level as they came."""
    return sorted(rows, key=lambda row: LEVELS.index(row["level"]))

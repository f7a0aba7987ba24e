# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import OrderedSet

from ...names import IN_FORM, PENDING
from ..intake.helpdesk_ticket_by_hand import HANDED_ON

MOVED = ("user_id", "team_id")
KEPT = {"assigned_date", "audience_id", "company_id", "number"}
"""What nobody changes in a conversation with a ladder."""


class HelpdeskTicket(models.Model):
    """Who sees a conversation is decided, not written: by no form, import or call.

    A plain write of the assignee or of the team is a transfer with the reason "changed
    in the form", where it is allowed.
    """

    _inherit = "helpdesk.ticket"

    @api.model
    def _get_system_fields(self):
        """What only the system writes: the ladder, and what follows from inquiries."""
        return {
            "addressee_id",
            "addressee_team_id",
            "answer_due_at",
            "answer_reminder_at",
            "answer_supervisors_at",
            "department_id",
            "department_visible_from",
            "document_id",
            "document_model",
            "excerpt",
            "exclusive_until",
            "inquiry_ids",
            "inquiry_state",
            "ladder_active",
            "nobody_rung",
            "supervisors_alerted_from",
            "team_visible_from",
            "tell_at",
            "told_rung",
            "transition_ids",
            "waiting_since",
        }

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_system_fields(vals)
        return super().create(vals_list)

    @api.model
    def default_get(self, fields):
        """No default from outside stands in what only the system writes."""
        return super().default_get(
            [name for name in fields if name not in self._get_system_fields()]
        )

    def write(self, vals):
        if self.env.su or not self._is_guarded(vals):
            return super().write(vals)
        self.check_access("write")
        # sudo: helpdesk.ticket: what is in the columns, to see what changes
        tickets = self.sudo().filtered("ladder_active").with_env(self.env)
        if others := self - tickets:
            rest = dict(vals)
            others._check_system_fields(rest)
            super(HelpdeskTicket, others).write(rest)
        for ticket in tickets:
            ticket._write_guarded(dict(vals))
        return True

    @api.model
    def _is_guarded(self, vals):
        return bool(vals.keys() & {*MOVED, *KEPT, *self._get_system_fields()})

    def _write_guarded(self, vals):
        """First what is plain: who gives it away may not see it afterwards."""
        moved = {name: vals.pop(name) for name in MOVED if name in vals}
        self._check_system_fields(vals, *KEPT)
        if vals:
            self.write(vals)
        moved = {
            name: value
            for name, value in moved.items()
            if (self[name].id or False) != (value or False)
        }
        if moved:
            self._move_by_form(**moved)

    def _check_system_fields(self, vals, *more):
        """Refuse what differs from what is there."""
        for name in OrderedSet(vals) & {*self._get_system_fields(), *more}:
            if not self._is_same_value(name, vals.pop(name)):
                self._refuse_field(name)

    def _is_same_value(self, name, value):
        """Whether a value changes nothing, as in a file that was exported before."""
        # sudo: helpdesk.ticket: what is in the columns
        field, tickets = self._fields[name], self.sudo()
        if not self or not value or field.type == "one2many":
            return not value and not tickets.filtered(name)
        new = field.convert_to_cache(value, tickets)
        return all(field.convert_to_cache(one[name], one) == new for one in tickets)

    def _refuse_field(self, name):
        raise AccessError(
            self.env._(
                "'%(field)s' is decided by the system. Take the conversation, or "
                "transfer it to change who sees it.",
                field=self._fields[name]._description_string(self.env),
            )
        )

    def _move_by_form(self, user_id=None, team_id=None):
        """What the buttons do, for who has changed the assignee or the team."""
        users, teams = self.env["res.users"], self.env["helpdesk.ticket.team"]
        team = teams.browse(team_id or [])
        if user_id is None:
            # sudo: helpdesk.ticket: whose it stays when nothing waits in it
            keeps = self.sudo().inquiry_state != PENDING
            user = self.sudo().user_id if keeps else users
        else:
            user = users.browse(user_id or [])
        if user or team:
            self.action_transfer(user=user, team=team, cause=IN_FORM)
        elif user_id is False:
            self.action_release(cause=IN_FORM)
        else:
            raise AccessError(self.env._("A conversation needs a team."))

    # Forms and lists whose reader may not read it any more

    def web_save(self, vals, specification, next_id=None):
        """Who gives it away in a form is shown for the last time what he has saved."""
        if not self or next_id or not vals.keys() & set(MOVED):
            return super().web_save(vals, specification, next_id=next_id)
        self.write(vals)
        return self._web_read_last(specification)

    def web_save_multi(self, vals_list, specification):
        if not any(vals.keys() & set(MOVED) for vals in vals_list):
            return super().web_save_multi(vals_list, specification)
        for ticket, vals in zip(self, vals_list, strict=True):
            ticket.write(vals)
        return [line for one in self for line in one._web_read_last(specification)]

    def _web_read_last(self, specification):
        ticket = self.with_context(bin_size=True)
        if not ticket.has_access("read"):
            specification = self._get_own_part(specification)
            # sudo: helpdesk.ticket: he has just had it himself
            ticket = ticket.sudo().with_context(**{HANDED_ON: True})
        return ticket.web_read(specification)

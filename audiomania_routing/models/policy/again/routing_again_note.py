# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api, models

from .causes import Scope

NOTED = "audiomania_routing.noted_changes"


class RoutingAgain(models.Model):
    """What was changed in this transaction, until its end: then one query finds the
    conversations that rest on any of it. A letter notes nothing."""

    _inherit = "routing.again"

    @api.model
    def _note(self, cause, about="", everything=False, **ids):
        """Remember a change until the end of the transaction.

        :param about: the name of who or what was changed
        :param ids: of the fields of :class:`causes.Scope`
        """
        data = self.env.cr.precommit.data
        if NOTED not in data:
            data[NOTED] = {}
            system = self.with_env(self.env(user=SUPERUSER_ID, su=True, context={}))
            self.env.cr.precommit.add(system._decide_noted)
        scope = data[NOTED].setdefault((cause.value, about or ""), Scope())
        scope.add(
            Scope(everything=everything, **{name: set(ids[name]) for name in ids})
        )

    @api.model
    def _decide_noted(self):
        """Decide again what rests on the changes of this transaction."""
        noted = self.env.cr.precommit.data.pop(NOTED, {})
        tickets = self._find_resting(noted.values())
        if tickets:
            self._decide_now(self._get_causes(tickets, noted))

    @api.model
    def _find_resting(self, scopes):
        """Those that nobody has taken, and those of employees who left: one query."""
        union = Scope()
        for scope in scopes:
            union.add(scope)
        tickets = self.env["helpdesk.ticket"].with_context(active_test=False)
        waiting = union.get_waiting_domain() & tickets._get_waiting_domain()
        found = tickets.search(
            tickets._get_open_domain() & (waiting | union.get_taken_domain()),
            order="id",
        )
        return found._get_still_open()

    @api.model
    def _get_causes(self, tickets, noted):
        """{conversation: (cause, name)}: the first change that it rests on."""
        causes = {}
        for ticket in tickets:
            found = (key for key, scope in noted.items() if scope.concerns(ticket))
            causes[ticket] = next(found, next(iter(noted)))
        return causes

    # What several hooks note

    @api.model
    def _note_staff(self, users, cause):
        """Something about these employees, who are members or may be named."""
        # sudo: res.users: who is an employee, whoever changes it
        employees = users.sudo().filtered(lambda user: user.id and not user.share)
        places = self.env["helpdesk.ticket.team"]._get_places() if employees else ()
        for user in employees:
            mine = [place for place in places if user.id in place.user_ids]
            departments = {place.department_id for place in mine}
            self._note(
                cause,
                # a user has no name of his own yet while he is being made
                about=user.partner_id.name,
                users=user.ids,
                teams={place.id for place in mine},
                departments=departments | {False},
            )

    @api.model
    def _note_found(self, cause, about, domain):
        """The conversations themselves, where what they rest on is deleted."""
        tickets = self.env["helpdesk.ticket"].with_context(active_test=False)
        # sudo: helpdesk.ticket: all of them, whoever deletes it
        found = tickets.sudo().search(tickets._get_open_domain() & domain)
        if found:
            self._note(cause, about=about, tickets=found.ids)

    @api.model
    def _note_teams(self, teams, cause, about):
        """Their conversations, and those of their departments."""
        self._note(
            cause,
            about=about,
            teams=teams.ids,
            departments={*teams.department_id.ids, False},
        )

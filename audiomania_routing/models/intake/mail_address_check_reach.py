# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ast import literal_eval
from dataclasses import dataclass, field
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, email_normalize

from ...addresses import can_be_answered, get_domain
from .course import TICKET
from .mail_address_check import NOBODY, OK, STATES, WARNING
from .mail_intake_probe import PLAIN, RETURNED

PENDING_DAYS = "audiomania_routing.pending_working_days"
DEFAULT_PENDING_DAYS = 2
ARRIVED_WITHIN = timedelta(days=30)

HELPDESK_USER = "helpdesk_mgmt.group_helpdesk_user_own"


@dataclass
class Reach:
    """Whom the letters to an address reach, and what is wrong with that."""

    reaches: str = ""
    state: str = OK
    sentences: list = field(default_factory=list)

    def add(self, state, sentence):
        self.state = max(self.state, state, key=STATES.index)
        self.sentences.append(sentence)


@dataclass
class Directory:
    """What has to be known of all addresses, asked once."""

    aliases: dict
    team_of_alias: dict
    workers: set
    people: dict
    mailboxes: dict
    domains: dict
    arrivals: dict
    probes: dict
    departments: dict
    company: object
    gone: set
    members: dict
    waiting: dict
    heard: set
    system_addresses: set
    own_addresses: set

    def company_of(self, address):
        """Whose address it is: the company of its domain."""
        return self.domains.get(get_domain(address)) or self.company


class MailAddressCheck(models.Model):
    """Whom a letter to an address reaches. Called as the superuser."""

    _inherit = "mail.address.check"

    # ------------------------------------------------------------------
    # What is known
    # ------------------------------------------------------------------

    @api.model
    def _make_directory(self, addresses):
        aliases = self._get_aliases()
        domains = self.env["mail.alias.domain"].search([])
        return Directory(
            aliases=aliases,
            team_of_alias=self._get_teams_of(aliases),
            workers=self._get_workers(),
            people=self._get_people(),
            mailboxes=self._get_mailboxes(),
            domains={one.name: one.company_ids[:1] for one in domains},
            arrivals=self._get_arrivals(list(addresses)),
            probes=self.env["mail.intake.probe"]._get_last(list(addresses)),
            departments=self._get_departments(),
            company=self.env.company,
            gone=self._find_gone(aliases),
            members=self._get_members(),
            waiting=self._count_waiting(),
            heard=self._find_heard_mailboxes(),
            system_addresses={one.bounce_email for one in domains},
            own_addresses={
                email
                for one in domains
                for email in (one.catchall_email, one.default_from_email)
            },
        )

    @api.model
    def _get_aliases(self):
        aliases = self.env["mail.alias"].search([("alias_name", "!=", False)])
        return {alias.alias_full_name.lower(): alias for alias in aliases}

    @api.model
    def _get_teams_of(self, aliases):
        """{address: team} of the aliases whose letters become conversations."""
        teams = self.env["helpdesk.ticket.team"].with_context(active_test=False)
        ours = {
            address: alias
            for address, alias in aliases.items()
            if alias.alias_model_id.model == TICKET
        }
        named = {
            address: literal_eval(alias.alias_defaults or "{}").get("team_id") or 0
            for address, alias in ours.items()
        }
        there = set(teams.search([("id", "in", list(named.values()))]).ids)
        return {
            address: teams.browse(team_id if team_id in there else [])
            for address, team_id in named.items()
        }

    @api.model
    def _get_workers(self):
        """Ids of the employees who may work with conversations."""
        group = self.env.ref(HELPDESK_USER)
        users = self.env["res.users"].search(
            [("share", "=", False), ("all_group_ids", "in", group.ids)]
        )
        return set(users.ids)

    @api.model
    def _get_people(self):
        """{address: employee or user}, present ones before former ones."""
        people = {}
        for active in (True, False):
            domain = [("active", "=", active)]
            users = self.env["res.users"].search([("share", "=", False), *domain])
            employees = self.env["hr.employee"].search(
                [("work_email", "!=", False), *domain]
            )
            for user in users:
                for email in (user.email, user.login):
                    people.setdefault(email_normalize(email or ""), user)
            for employee in employees:
                people.setdefault(email_normalize(employee.work_email), employee)
        people.pop(False, None)
        return people

    @api.model
    def _get_mailboxes(self):
        servers = self.env["fetchmail.server"].with_context(active_test=False)
        found = {}
        for server in servers.search([("server_type", "!=", "local")], order="active"):
            # Of several of one name those that are fetched say what is true.
            found[server._get_mailbox_address()] = server
        return found

    @api.model
    def _get_departments(self):
        companies = self.env["res.company"].search([])
        return {one.id: one._get_inquiry_department() for one in companies}

    @api.model
    def _find_gone(self, aliases):
        """Addresses of aliases that lead to a document which is there no more."""
        led = {}
        for address, alias in aliases.items():
            if alias.alias_force_thread_id:
                led.setdefault(alias.alias_model_id.model, []).append(
                    (address, alias.alias_force_thread_id)
                )
        gone = set()
        for model, pairs in led.items():
            ids = [res_id for _address, res_id in pairs]
            there = set(self.env[model].browse(ids).exists().ids)
            gone.update(address for address, res_id in pairs if res_id not in there)
        return gone

    @api.model
    def _get_members(self):
        """{id of a team: ids of its members}; a department's are its teams' too."""
        teams = self.env["helpdesk.ticket.team"].with_context(active_test=False)
        members = {team: set(team.user_ids.ids) for team in teams.search([])}
        found = {team.id: set(ids) for team, ids in members.items()}
        for team, ids in members.items():
            if team.active and team.department_id:
                found[team.department_id.id] |= ids
        return found

    @api.model
    def _get_arrivals(self, addresses):
        """{address: when the last letter came that named it}"""
        self.env["mail.intake.entry"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT address, max(entry.received_at)
                  FROM mail_intake_entry AS entry,
                       unnest(string_to_array(lower(entry.recipients), ', '))
                       AS address
                 WHERE entry.received_at >= %s
                   AND COALESCE(entry.res_model, '') != 'mail.intake.probe'
                   AND address = ANY(%s)
                 GROUP BY address
                """,
                fields.Datetime.now() - ARRIVED_WITHIN,
                addresses,
            )
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def _count_waiting(self):
        """{("team" or "server", id): letters that nobody has worked out for days}

        What was promised for later does not count.
        """
        self.env["helpdesk.inquiry"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                  WITH late AS (
                       SELECT inquiry.id, inquiry.message_id, ticket.team_id
                         FROM helpdesk_inquiry AS inquiry
                         JOIN helpdesk_ticket AS ticket
                           ON ticket.id = inquiry.ticket_id
                        WHERE inquiry.state = 'pending'
                          AND inquiry.received_at < %(before)s
                          AND COALESCE(inquiry.promised_for, %(now)s) <= %(now)s)
                SELECT 'team', late.team_id, count(*) FROM late
                 GROUP BY late.team_id
                 UNION ALL
                SELECT 'server', entry.server_id, count(*)
                  FROM late
                  JOIN mail_intake_entry AS entry
                    ON entry.mail_message_id = late.message_id
                 WHERE entry.server_id IS NOT NULL
                 GROUP BY entry.server_id
                """,
                before=self._get_late_moment(),
                now=fields.Datetime.now(),
            )
        )
        return {(kind, key): count for kind, key, count in self.env.cr.fetchall()}

    @api.model
    def _get_pending_days(self):
        entries = self.env["mail.intake.entry"]
        return entries._get_days(PENDING_DAYS, DEFAULT_PENDING_DAYS)

    @api.model
    def _get_late_moment(self):
        """Whole working days ago; what came before should have been worked out."""
        days = self._get_pending_days()
        now = fields.Datetime.now()
        calendar = self.env.company.resource_calendar_id
        moment = calendar and calendar.plan_days(-days - 1, now, compute_leaves=True)
        moment = moment or now - timedelta(days=days)
        return moment.replace(hour=0, minute=0, second=0, microsecond=0)

    # ------------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------------

    @api.model
    def _find_reach(self, address, directory):
        """Whom the letters to this address reach."""
        verdict = Reach()
        if address in directory.mailboxes:
            self._add_mailbox(verdict, directory.mailboxes[address], directory)
        if address in directory.team_of_alias:
            self._add_team(verdict, address, directory)
        elif address in directory.aliases:
            self._add_other_alias(verdict, address, directory)
        elif address in directory.people:
            self._add_person(verdict, address, directory)
        elif address in directory.system_addresses:
            verdict.reaches = self.env._("Odoo, which reads delivery reports")
        else:
            self._add_other(verdict, address, directory)
        return verdict

    # Teams

    @api.model
    def _add_team(self, verdict, address, directory):
        team = directory.team_of_alias[address]
        if "@" not in address:
            verdict.add(
                NOBODY,
                self.env._(
                    "The alias has no e-mail domain, so that nobody can write to it: "
                    "choose one."
                ),
            )
        if not team:
            verdict.add(
                WARNING,
                self.env._(
                    "The alias belongs to no team: choose the team that gets its "
                    "letters."
                ),
            )
            self._add_department(verdict, address, directory)
            return
        verdict.reaches = self.env._("Team %(team)s", team=team.complete_name)
        self._add_team_members(verdict, team, directory)
        self._add_contact(verdict, directory.aliases[address])
        self._add_waiting(verdict, directory.waiting.get(("team", team.id)))

    @api.model
    def _add_team_members(self, verdict, team, directory):
        """The members of a team; a department's are those of its teams too."""
        values = {"team": team.complete_name}
        if not team.active:
            text = self.env._(
                "The team %(team)s is archived: restore it, or give its address to "
                "another team.",
                **values,
            )
            return verdict.add(NOBODY, text)
        members = directory.members.get(team.id)
        if not members:
            text = self.env._(
                "The team %(team)s has no members: add the employees who answer its "
                "letters.",
                **values,
            )
            return verdict.add(NOBODY, text)
        if not members & directory.workers:
            text = self.env._(
                "No member of the team %(team)s may work with conversations: give them "
                "the right Helpdesk / User, or add somebody who has it.",
                **values,
            )
            return verdict.add(NOBODY, text)
        return None

    @api.model
    def _add_contact(self, verdict, alias):
        if alias.alias_contact != "everyone":
            verdict.add(
                WARNING,
                self.env._(
                    "The address takes letters of known contacts or followers only: "
                    "strangers get theirs back. Open it to everyone."
                ),
            )

    @api.model
    def _add_waiting(self, verdict, count):
        if count:
            verdict.add(
                WARNING,
                self.env._(
                    "%(count)s letters have waited for more than %(days)s working "
                    "days: see who is to answer them.",
                    count=count,
                    days=self._get_pending_days(),
                ),
            )

    # Others

    @api.model
    def _add_other_alias(self, verdict, address, directory):
        """The letters of another application are its own."""
        verdict.reaches = directory.aliases[address].alias_model_id.name
        if address in directory.gone:
            verdict.add(
                NOBODY,
                self.env._(
                    "The alias leads to a document that is gone: delete it, or give it "
                    "to a team."
                ),
            )

    @api.model
    def _add_person(self, verdict, address, directory):
        """An employee sees his letters first; after him, or without him, others do."""
        person = directory.people[address]
        user = person if person._name == "res.users" else person.user_id
        if person.active and user.id in directory.workers:
            verdict.reaches = person.name
            return
        self._add_department(verdict, address, directory)
        if not person.active:
            verdict.add(
                WARNING,
                self.env._(
                    "%(name)s works here no more: the department gets the letters. "
                    "Name another address where this one stands.",
                    name=person.name,
                ),
            )

    @api.model
    def _add_department(self, verdict, address, directory):
        company = directory.company_of(address)
        team = directory.departments.get(company.id)
        if not team:
            verdict.reaches = self.env._("Everybody in the help desk")
            if not directory.workers:
                text = self.env._(
                    "Nobody may work with conversations: give employees the right "
                    "Helpdesk / User."
                )
                verdict.add(NOBODY, text)
            return
        verdict.reaches = self.env._("Department %(team)s", team=team.complete_name)
        self._add_team_members(verdict, team, directory)

    @api.model
    def _add_other(self, verdict, address, directory):
        """Nobody's address: the department gets what arrives, if it arrives."""
        is_ours = get_domain(address) in directory.domains
        arrives = (
            address in directory.arrivals
            or address in directory.mailboxes
            or self._has_returned(address, directory)
        )
        self._add_department(verdict, address, directory)
        if not can_be_answered(address):
            verdict.add(
                WARNING,
                self.env._(
                    "Its name says that nobody reads it: customers do not answer to "
                    "such an address. Name another one."
                ),
            )
        if arrives or address in directory.own_addresses:
            return
        if is_ours:
            text = self.env._(
                "It is no alias, no employee's and no mailbox, and no letter to it has "
                "arrived within a month. Make it the alias of a team, or send a probe "
                "to see whether its letters arrive."
            )
        else:
            text = self.env._(
                "It is not in a domain of ours: whether its letters come here only a "
                "probe can tell."
            )
        verdict.add(WARNING, text)

    @api.model
    def _has_returned(self, address, directory):
        probe = directory.probes.get((address, PLAIN))
        return bool(probe and probe.state == RETURNED)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ast import literal_eval
from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, ormcache

from ...addresses import get_domain
from ...letter.address import near
from .course import TICKET

OWNERS = ("mail.alias", "res.users", "res.partner", "hr.employee")


class Places(NamedTuple):
    """Addresses that are no person's."""

    aliases: dict  # {address: the id of the team that has it, or None}
    local_parts: frozenset  # of aliases that serve every domain
    own: frozenset  # at which Odoo itself receives, and from which it sends


class MailAddressBook(models.AbstractModel):
    """The addresses of the company, as one needs them for an address of nobody.

    It is kept in memory, and read anew after a change of domains, aliases, users or
    employees: no letter asks the database for all of it.
    """

    _name = "mail.address.book"
    _description = "Addresses of the company"

    @api.model
    def _forget(self):
        """What is kept in memory is not true any more."""
        self.env.registry.clear_cache()

    @api.model
    @ormcache()
    def _get_domains(self):
        """{mail domain of ours: ids of the companies that use it}"""
        # sudo: mail.alias.domain: whoever fetched the letter
        domains = self.env["mail.alias.domain"].sudo().search([])
        found = defaultdict(list)
        for domain in domains:
            found[domain.name.lower()] += domain.company_ids.ids
        return {name: tuple(ids) for name, ids in found.items()}

    @api.model
    def _is_ours(self, email):
        """Whether an address is in a mail domain of ours, whoever has it."""
        return get_domain(email) in self._get_domains()

    @api.model
    def _is_place(self, email):
        """Whether a normalized address is an alias or Odoo's own."""
        places = self._get_places()
        if email in places.aliases or email in places.own:
            return True
        local_part, _at, domain = email.partition("@")
        return local_part in places.local_parts and self._serves_local_parts(domain)

    @api.model
    def _serves_local_parts(self, domain):
        """Whether an alias without a domain is meant in this one (Odoo's setting)."""
        # sudo: ir.config_parameter: whoever fetched the letter
        parameters = self.env["ir.config_parameter"].sudo()
        allowed = parameters.get_param("mail.catchall.domain.allowed") or ""
        allowed = set(filter(None, allowed.split(",")))
        return not allowed or domain in allowed or domain in self._get_domains()

    @api.model
    @ormcache()
    def _get_places(self):
        """What :meth:`mail.alias.domain._find_aliases` asks for at each letter."""
        # sudo: mail.alias: whoever fetched the letter
        aliases = self.env["mail.alias"].sudo().search([("alias_name", "!=", False)])
        local = aliases.filtered("alias_incoming_local")
        return Places(
            {alias.alias_full_name: _get_team_id(alias) for alias in aliases - local},
            frozenset(local.mapped("alias_name")),
            frozenset(self._read_places()),
        )

    @api.model
    def _find_meant(self, email):
        """The address that was meant by one that nobody has; None: nobody can say.

        It is the team's or employee's whose address is nearest. In a domain of ours
        that is no company's, such as an old name of the shop, that of another domain
        is meant.
        """
        names = self._get_names(get_domain(email))
        found = email if email in names else near(email, names)
        meant = names.get(found)
        return meant if meant != email else None

    @api.model
    @ormcache("domain")
    def _get_names(self, domain):
        """{address in this domain: the address that is meant by it}

        None is meant where a letter goes to something else than a team or an employee,
        and where two could be meant.
        """
        kept = defaultdict(set)
        for email, can_be_meant in self._read_addresses():
            if self._is_related(get_domain(email), domain):
                written = f"{email.rpartition('@')[0]}@{domain}"
                kept[written].add((email, can_be_meant))
        return {written: _choose(written, some) for written, some in kept.items()}

    @api.model
    def _is_related(self, one, other):
        """Whether an address of one domain may be meant in the other."""
        domains = self._get_domains()
        return one == other or (
            one in domains and not (domains[one] and domains[other])
        )

    @api.model
    def _read_addresses(self):
        """[(address, whether it is a team's or an employee's)], each once"""
        for model in OWNERS:
            self.env[model].flush_model()
        self.env["mail.former.address"].flush_model()
        found = dict(self.env.execute_query(self._sql_addresses()))
        found.update(dict.fromkeys(self._read_places(), False))
        return sorted(found.items())

    @api.model
    def _read_places(self):
        """The addresses at which Odoo itself receives, and from which it sends."""
        # sudo: mail.alias.domain: whoever fetched the letter
        domains = self.env["mail.alias.domain"].sudo().search([])
        names = ("bounce_email", "catchall_email", "default_from_email")
        return [domain[name] for domain in domains for name in names if domain[name]]

    @api.model
    def _sql_addresses(self):
        """Aliases, and the addresses of employees, present and former.

        An alias of another application is a place, whoever has the same address.
        """
        return SQL(
            """
            SELECT email, BOOL_AND(can_be_meant)
              FROM (
                SELECT LOWER(alias.alias_full_name) AS email,
                       model.model = %(ticket)s AS can_be_meant
                  FROM mail_alias alias
                  JOIN ir_model model ON model.id = alias.alias_model_id
                 UNION
                SELECT LOWER(login), TRUE FROM res_users WHERE NOT share
                 UNION
                SELECT partner.email_normalized, TRUE
                  FROM res_users users
                  JOIN res_partner partner ON partner.id = users.partner_id
                 WHERE NOT users.share
                 UNION
                SELECT LOWER(work_email), TRUE FROM hr_employee
                 UNION
                SELECT email, TRUE FROM mail_former_address
              ) AS known
             WHERE email LIKE %(address)s
             GROUP BY email
            """,
            ticket=TICKET,
            address="_%@_%",
        )


def _choose(written, some):
    """The only one that can be meant; the address itself goes before all others."""
    itself = [one for one in some if one[0] == written]
    chosen = itself or list(some)
    if len(chosen) > 1 or not chosen[0][1]:
        return None
    return chosen[0][0]


def _get_team_id(alias):
    if alias.alias_model_id.model != TICKET:
        return None
    team_id = literal_eval(alias.alias_defaults).get("team_id") or []
    return alias.env["helpdesk.ticket.team"].browse(team_id).exists().id or None

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from odoo import api, models
from odoo import fields as odoo_fields
from odoo.tools import SQL

from ...engine.criteria import Question
from ...engine.decision import decide
from ...engine.facts import Case, Customer, Employee, Inquiry

INQUIRY = "_inquiry_facts_"
CUSTOMER = "_customer_facts_"
EMPLOYEE = "_employee_facts_"
PAIR = "_pair_facts_"
FACTS = "_facts_"

OWNERS = ("res.users", "res.partner", "hr.employee", "mail.former.address")
"""The models that know whose an address is."""


@dataclass
class Batch:
    """What a fact is asked about: some inquiries, at one moment.

    :param staff: employees of the engine (see ``_get_employee_key``) by inquiry id;
        known to facts of employees and of pairs only
    :param made: (Inquiry, Customer) of the engine by inquiry id; known to the same
    :param known: Employee of the engine by employee, without what concerns one
        inquiry; known to facts of pairs only
    :param links: who stands in for whom: see ``_invite_substitutes``
    :param people: what is kept of employees with an account, read once: see
        ``_get_people``
    :param methods: the names of all facts, in their order
    """

    inquiries: models.BaseModel
    now: datetime
    staff: dict[int, tuple[int, ...]] = field(default_factory=dict)
    made: dict[int, tuple[Inquiry, Customer]] = field(default_factory=dict)
    known: dict[int, Employee] = field(default_factory=dict)
    links: dict[int, int | None] = field(default_factory=dict)
    people: dict | None = None
    methods: list[str] = field(default_factory=list)

    @property
    def employees(self):
        """Everybody who may be asked, sorted, each once."""
        return sorted({key for keys in self.staff.values() for key in keys})

    @property
    def user_ids(self):
        """Those of the employees who have an account."""
        return [key for key in self.employees if key > 0]


class RoutingFacts(models.AbstractModel):
    """Gathers facts for the engine, in bulk, and asks it.

    A fact is a method whose name begins with one of four prefixes; an addon adds one by
    inheriting this model. It is given the :class:`Batch` and returns ``{key: {name:
    value}}``. Names that the engine knows fill its facts, others come to criteria as
    ``extra[name]``.

    ==================== ================================
    prefix               key
    ==================== ================================
    ``_inquiry_facts_``  id of the inquiry
    ``_customer_facts_`` id of the inquiry
    ``_employee_facts_`` employee of the engine
    ``_pair_facts_``     (id of the inquiry, employee)
    ==================== ================================
    """

    _name = "routing.facts"
    _description = "Facts for the routing engine"

    # ------------------------------------------------------------------
    # What others call
    # ------------------------------------------------------------------

    @api.model
    def _decide(self, inquiries, now=None):
        """{inquiry id: Decision of the engine}

        :param now: the moment of deciding, naive in UTC; None: the present
        """
        now = now or odoo_fields.Datetime.now()
        cases = self._gather(inquiries, now)
        decisions = {}
        for inquiry in inquiries:
            case = cases[inquiry.id]
            policy = self._get_case_policy(inquiry, case)
            decisions[inquiry.id] = decide(
                case.inquiry, case.customer, case.staff, policy, now
            )
        return decisions

    @api.model
    def _gather(self, inquiries, now=None):
        """{inquiry id: Case of the engine}, in a constant number of queries."""
        # sudo: routing.facts: the engine weighs what whoever wrote or decides this may
        # not read; only ids and numbers leave
        facts = self.sudo()
        batch = Batch(inquiries.sudo(), now or odoo_fields.Datetime.now())
        about_inquiries = facts._collect(INQUIRY, batch)
        about_customers = facts._collect(CUSTOMER, batch)
        batch.made = {
            inquiry_id: (
                _make(Inquiry, about_inquiries[inquiry_id], id=inquiry_id),
                _make(Customer, about_customers[inquiry_id]),
            )
            for inquiry_id in inquiries.ids
        }
        batch.staff = facts._get_staff(batch, batch.made)
        batch.known = facts._describe_employees(batch)
        facts._invite_substitutes(batch)
        return facts._complete(batch)

    # ------------------------------------------------------------------
    # How it works
    # ------------------------------------------------------------------

    @api.model
    def _collect(self, prefix, batch):
        """{key: {name: value}} of every fact with this prefix."""
        if not batch.methods:
            batch.methods = [each for each in dir(type(self)) if FACTS in each]
        found = defaultdict(dict)
        for name in batch.methods:
            if name.startswith(prefix):
                for key, values in getattr(self, name)(batch).items():
                    found[key].update(values)
        return found

    @api.model
    def _describe_employees(self, batch):
        """{employee: Employee of the engine}, without what concerns one inquiry."""
        about = self._collect(EMPLOYEE, batch)
        return {key: _make(Employee, about[key], id=key) for key in batch.employees}

    @api.model
    def _complete(self, batch):
        """Add the staff to each inquiry, each with the facts of the pair."""
        about_pairs = self._collect(PAIR, batch)
        return {
            inquiry_id: Case(
                *batch.made[inquiry_id],
                tuple(
                    _add(batch.known[key], about_pairs.get((inquiry_id, key), {}))
                    for key in keys
                ),
            )
            for inquiry_id, keys in batch.staff.items()
        }

    @api.model
    def _flush_others(self, records, names):
        """SQL is to read what the ORM still holds back of other records.

        What it holds back of these stays back: they are what is decided, and are
        written in one statement with the decision.
        """
        for name in names:
            field = records._fields[name]
            held = self.env._field_dirty.get(field, ())
            late = self.env.records_to_compute(field)._ids
            if {*held, *late}.difference(records._ids):
                records.flush_model(names)
                return

    @api.model
    def _get_customers(self, batch):
        """{inquiry id: the company of the customer whom the engine weighs}"""
        return {
            inquiry.id: inquiry._get_weighed_customer().commercial_partner_id
            for inquiry in batch.inquiries
        }

    @api.model
    def _get_employee_key(self, user_id, employee_id):
        """How the engine calls an employee: his user, or minus the employee's id.

        Who never had an account can be named in a letter, but never be asked.
        """
        return user_id or -employee_id

    @api.model
    def _get_staff(self, batch, made):
        """Who may be asked: the department, or else all teams of the company, and
        whoever is named, with his team where it is a rung (rule 7).

        :param made: {inquiry id: (Inquiry, Customer)}
        """
        teams = self.env["helpdesk.ticket.team"]
        staff = {}
        for inquiry in batch.inquiries:
            asked = made[inquiry.id][0]
            serving = teams.browse(self._get_serving_team_ids(batch, inquiry))
            roots = (inquiry.ticket_id.team_id | serving).department_id
            members = teams._get_members(roots.ids, inquiry.company_id.id)
            others = self._get_colleagues(asked.addressed) if serving else ()
            staff[inquiry.id] = tuple(sorted({*members, *asked.addressed, *others}))
        return staff

    @api.model
    def _get_serving_team_ids(self, batch, inquiry):
        """The team that serves the customer's audience, or what he writes about."""
        asked, customer = batch.made[inquiry.id]
        policy = self._get_case_policy(inquiry, Case(asked, customer, ()))
        team_id = Question(asked, customer, policy, batch.now).team_id
        return list({team_id, customer.audience_team_id} - {None})

    @api.model
    def _get_colleagues(self, employees):
        """Ids of the members of the team that speaks for each of them first."""
        first = {}
        for place in self.env["helpdesk.ticket.team"]._get_places():
            for key in set(employees).intersection(place.user_ids):
                first.setdefault(key, place)
        return {user_id for place in first.values() for user_id in place.user_ids}

    # ------------------------------------------------------------------
    # Facts of the inquiry and of the customer
    # ------------------------------------------------------------------

    @api.model
    def _inquiry_facts_addresses(self, batch):
        """Whom its addresses name, in their order; also who left years ago.

        Whoever was meant by a misspelt address comes after those who are named. Who
        works in other companies only is not named: he could not read it.
        """
        addresses = {
            inquiry.id: [
                *_split_emails(inquiry.recipient_emails),
                *_split_emails(inquiry.hinted_emails),
            ]
            for inquiry in batch.inquiries
        }
        wanted = {email for emails in addresses.values() for email in emails}
        owners = self._get_owners(wanted)
        companies = self._get_companies(owners)
        found = {}
        for inquiry in batch.inquiries:
            company = inquiry.company_id
            keys = (key for email in addresses[inquiry.id] for key in owners[email])
            named = (key for key in keys if company in companies.get(key, company))
            found[inquiry.id] = {"named": tuple(dict.fromkeys(named))}
        return found

    @api.model
    def _inquiry_facts_assignee(self, batch):
        """Whose conversation it continues."""
        return {
            inquiry.id: {"continues": inquiry.ticket_id.user_id.id or None}
            for inquiry in batch.inquiries
        }

    @api.model
    def _customer_facts_audience(self, batch):
        """The audience of his and his company's orders, and who serves it.

        An audience of another company, or an archived one, is none here.
        """
        found = {}
        for inquiry in batch.inquiries:
            customer = inquiry._get_weighed_customer()
            if audience := customer._get_audience(inquiry.company_id):
                team = audience.team_id.filtered("active")
                found[inquiry.id] = {
                    "audience_id": audience.id,
                    "audience_team_id": team.id or None,
                }
        return found

    @api.model
    def _get_companies(self, owners):
        """{employee of the engine: his companies} of those who have an account"""
        ids = {key for keys in owners.values() for key in keys if key > 0}
        users = self.env["res.users"].browse(sorted(ids))
        return {user.id: user.company_ids for user in users}

    @api.model
    def _get_owners(self, emails):
        """{address: employees of the engine whose it is}, the users first

        Who has it now goes before who left with it, and before who had it earlier.
        An alias of ours is a place, not a person, whoever has the same address.
        """
        owners = defaultdict(list)
        emails = emails - self.env["mail.address.book"]._get_places().aliases.keys()
        if not emails:
            return owners
        rows = self.env.execute_query(self._sql_owners(list(emails)))
        nearest = {}
        for email, user_id, employee_id, place in rows:
            key = self._get_employee_key(user_id, employee_id)
            if nearest.setdefault(email, place) == place and key not in owners[email]:
                owners[email].append(key)
        return owners

    @api.model
    def _sql_owners(self, emails):
        """(address, user, employee, place): who has an address, who had it.

        Accounts by login or e-mail and employees by work e-mail, in the first place;
        archived ones in the second. Who gave the address up comes after them, the
        last one first, each in a place of his own.
        """
        for model in OWNERS:
            self.env[model].flush_model()
        return SQL(
            """
            SELECT wanted.email, users.id AS user_id, NULL::integer AS employee_id,
                   CASE WHEN users.active THEN 0 ELSE 1 END AS place
              FROM UNNEST(%(emails)s) AS wanted (email)
              JOIN res_users users ON NOT users.share
              JOIN res_partner partner ON partner.id = users.partner_id
             WHERE LOWER(users.login) = wanted.email
                OR partner.email_normalized = wanted.email
             UNION
            SELECT wanted.email, employee.user_id, employee.id,
                   CASE WHEN employee.active AND COALESCE(account.active, TRUE)
                        THEN 0 ELSE 1 END
              FROM UNNEST(%(emails)s) AS wanted (email)
              JOIN hr_employee employee ON LOWER(employee.work_email) = wanted.email
              LEFT JOIN res_users account ON account.id = employee.user_id
             UNION
            SELECT wanted.email, former.user_id, former.employee_id,
                   1 + ROW_NUMBER() OVER (
                       PARTITION BY wanted.email
                       ORDER BY former.since DESC, former.id DESC
                   )
              FROM UNNEST(%(emails)s) AS wanted (email)
              JOIN mail_former_address former ON former.email = wanted.email
             WHERE former.user_id IS NOT NULL OR former.employee_id IS NOT NULL
             ORDER BY place, user_id NULLS LAST, employee_id
            """,
            emails=emails,
        )

    @api.model
    def _get_company_of(self, key):
        """The company in which an employee of the engine works."""
        if key > 0:
            return self.env["res.users"].browse(key).company_id
        return self.env["hr.employee"].browse(-key).company_id

    # ------------------------------------------------------------------
    # Facts of employees and of pairs
    # ------------------------------------------------------------------

    @api.model
    def _employee_facts_teams(self, batch):
        """His teams, in the order in which the company lists them."""
        wanted = set(batch.user_ids)
        found = defaultdict(list)
        for team in self.env["helpdesk.ticket.team"]._get_places():
            for user_id in wanted.intersection(team.user_ids):
                found[user_id].append(team.id)
        return {key: {"team_ids": tuple(ids)} for key, ids in found.items()}

    @api.model
    def _pair_facts_handled(self, batch):
        """His share of this customer's orders; recent and large ones weigh more."""
        customers = self._get_customers(batch)
        partners = self.env["res.partner"].union(*customers.values())
        parts = self.env["customer.affinity"]._get_shares(partners, "user_id")
        return {
            (inquiry_id, user_id): {"handled": share}
            for inquiry_id, customer in customers.items()
            for user_id, share in parts.get(customer.id, {}).items()
        }


def _split_emails(text):
    return [email.strip().lower() for email in (text or "").split(",") if email.strip()]


def _make(kind, values, **given):
    """A fact of the engine; names that it does not know go to ``extra``."""
    known = {each.name for each in fields(kind)}
    extra = {name: value for name, value in values.items() if name not in known}
    named = {name: value for name, value in values.items() if name in known}
    return kind(**given, **named, extra=extra)


def _add(employee, values):
    """The employee with what concerns one inquiry."""
    if not values:
        return employee
    known = {each.name for each in fields(Employee)}
    extra = {name: value for name, value in values.items() if name not in known}
    named = {name: value for name, value in values.items() if name in known}
    return replace(employee, **named, extra={**employee.extra, **extra})

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

READ = {
    "hr.employee": ["active", "company_id", "resource_id", "user_id"],
    "hr.version": ["active", "date_version", "employee_id", "resource_calendar_id"],
    "mail.presence": ["last_poll", "last_presence", "user_id"],
    "res.company": ["resource_calendar_id"],
    "res.lang": ["iso_code"],
    "res.partner": ["lang", "tz"],
    "res.users": [
        "active",
        "company_id",
        "inquiry_limit",
        "manual_im_status",
        "partner_id",
        "spoken_lang_ids",
    ],
    "resource.calendar": ["flexible_hours", "tz"],
    "resource.resource": ["company_id", "tz"],
}
"""What the query on employees reads: what the ORM holds back of it is written first."""


class Person(NamedTuple):
    """What is kept of one employee with an account.

    :param status: what he says of himself: "away", "busy", "offline" or None
    :param last_poll: when his browser was last there
    :param last_presence: when he last touched it
    :param limit: 0: as the policy says
    :param lang: in which he uses the program
    :param spoken: what else he speaks
    :param employee_id: his employee, a present one before an archived one
    :param employed: whether that one is present; None: there is none
    :param company_id: whose public holidays are his
    :param calendar_id: his schedule; of who has none, or a flexible one, his company's;
        None where that is flexible, too
    :param zone: the name of the time zone in which he works
    """

    id: int
    active: bool
    status: str | None
    last_poll: datetime | None
    last_presence: datetime | None
    limit: int
    lang: str | None
    spoken: list[str]
    employee_id: int | None
    employed: bool | None
    resource_id: int | None
    company_id: int
    calendar_id: int | None
    zone: str


class RoutingFacts(models.AbstractModel):
    """What is kept of employees: one query for all of them and for all these facts."""

    _inherit = "routing.facts"

    @api.model
    def _get_people(self, batch):
        """{user id: Person}, read once for a batch."""
        if batch.people is None:
            for name, fields in READ.items():
                self.env[name].flush_model(fields)
            query = self._sql_people(batch.user_ids, batch.now)
            rows = self.env.execute_query(query) if batch.user_ids else []
            batch.people = {row[0]: Person(*row) for row in rows}
        return batch.people

    @api.model
    def _employee_facts_languages(self, batch):
        """The languages that he speaks: those that he says, and his own.

        Where the program speaks one language only, using it says nothing.
        """
        installed = len(self.env["res.lang"].get_installed()) > 1
        return {
            key: {
                "languages": tuple(
                    dict.fromkeys(
                        _shorten(code) for code in (*person.spoken, person.lang) if code
                    )
                )
            }
            for key, person in self._get_people(batch).items()
            if person.spoken or installed
        }

    @api.model
    def _employee_facts_limit(self, batch):
        """How many open inquiries he may have, where the policy does not say it."""
        return {
            key: {"limit": person.limit}
            for key, person in self._get_people(batch).items()
            if person.limit
        }

    @api.model
    def _sql_people(self, user_ids, now):
        """The columns of :class:`Person`."""
        return SQL(
            """
            SELECT users.id, users.active, users.manual_im_status,
                   presence.last_poll, presence.last_presence,
                   COALESCE(users.inquiry_limit, 0), partner.lang,
                   ARRAY(
                       SELECT lang.iso_code
                         FROM res_users_spoken_lang_rel rel
                         JOIN res_lang lang ON lang.id = rel.lang_id
                        WHERE rel.user_id = users.id
                        ORDER BY lang.id
                   ),
                   employee.id, employee.active, resource.id, company.id, calendar.id,
                   COALESCE(resource.tz, partner.tz, calendar.tz, 'UTC')
              FROM res_users users
              JOIN res_partner partner ON partner.id = users.partner_id
              LEFT JOIN mail_presence presence ON presence.user_id = users.id
              LEFT JOIN LATERAL (
                  SELECT id, active, resource_id
                    FROM hr_employee
                   WHERE user_id = users.id
                   ORDER BY active DESC, company_id = users.company_id DESC, id
                   LIMIT 1
              ) employee ON TRUE
              LEFT JOIN resource_resource resource
                     ON resource.id = employee.resource_id
              LEFT JOIN LATERAL (%(version)s) version ON TRUE
              LEFT JOIN resource_calendar own
                     ON own.id = version.resource_calendar_id
                    AND own.flexible_hours IS NOT TRUE
              JOIN res_company company
                ON company.id = COALESCE(resource.company_id, users.company_id)
              LEFT JOIN resource_calendar calendar
                     ON calendar.id = COALESCE(own.id, company.resource_calendar_id)
                    AND (own.id IS NOT NULL OR calendar.flexible_hours IS NOT TRUE)
             WHERE users.id = ANY(%(user_ids)s)
            """,
            version=self._sql_version(now),
            user_ids=user_ids,
        )

    @api.model
    def _sql_version(self, now):
        """The schedule that is agreed with the employee for this day; before the first
        agreement, the first."""
        return SQL(
            """
            SELECT resource_calendar_id
              FROM hr_version
             WHERE employee_id = employee.id AND active
             ORDER BY date_version <= %(day)s DESC,
                      ABS(date_version - %(day)s)
             LIMIT 1
            """,
            day=now.date(),
        )


def _shorten(code):
    """The language without the country: "pt" of "pt_BR"."""
    return code.split("_")[0]

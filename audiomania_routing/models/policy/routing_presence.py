# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from datetime import timedelta

from odoo import api, models

from ...engine.facts import Away
from ...engine.worktime import since, subtract, working_day
from .resource_calendar import HORIZON

OFFLINE_AFTER = timedelta(minutes=15)
"""So long nothing is to be seen of him; a page that is loaded again is no absence."""


class RoutingFacts(models.AbstractModel):
    """Who is at work, until when, and when he works from now on.

    The schedule is that of the employee; who has none, or a flexible one, has the
    company's. Leaves, public holidays, checking out and archiving take it away.
    """

    _inherit = "routing.facts"

    @api.model
    def _employee_facts_presence(self, batch):
        """At work now and until when, or why not; his hours of the coming weeks."""
        people = self._get_people(batch)
        able = self._get_users_with_access(people)
        schedules = self._get_schedules(people, batch.now)
        holders = self._get_window_holders(batch)
        described = {}
        found = {key: {"away": Away.ARCHIVED} for key in batch.employees}
        for key, person in people.items():
            if not person.active or person.employed is False:
                continue
            if key not in able:
                found[key] = {"away": Away.NO_ACCESS}
                continue
            schedule = schedules[key]
            if schedule not in described:
                described[schedule] = self._describe_presence(schedule, batch.now)
            values, began = described[schedule]
            away = began and self._describe_desk(person, began, batch.now)
            if away is Away.OFFLINE and key in holders:
                away = None
            hours = values["hours"]
            found[key] = {"away": away, "hours": hours} if away else values
        return found

    @api.model
    def _get_users_with_access(self, user_ids):
        """Ids of those who may work with conversations at all."""
        users = self.env["res.users"].browse(user_ids)
        return {
            user.id
            for user in users
            if user._has_group("helpdesk_mgmt.group_helpdesk_user_own")
        }

    @api.model
    def _get_window_holders(self, batch):
        """Who is asked alone now: being offline does not end a window that is open."""
        return {
            ticket.addressee_id.id
            for ticket in batch.inquiries.ticket_id
            if ticket.exclusive_until and ticket.exclusive_until > batch.now
        }

    @api.model
    def _describe_presence(self, schedule, now):
        """The facts that follow from a schedule, his leaves and public holidays, and
        when the part of his working day around now began.

        Of whom no hours are known nobody knows that he returns by himself.
        """
        attendances, leaves, holidays = schedule
        hours = since(subtract(attendances, [*leaves, *holidays]), now)
        day = working_day(attendances, [*leaves, *holidays], now)
        if day:
            return {"at_work_until": day[1], "hours": hours}, day[0]
        expected = since(subtract(attendances, holidays), now)
        back_at = hours[0][0] if hours else None
        returns = back_at and hours[:1] == expected[:1]
        away = Away.OFF_HOURS if returns else Away.LEAVE
        return {"away": away, "back_at": back_at, "hours": hours}, None

    @api.model
    def _describe_desk(self, person, began, now):
        """Whether he is at his desk during his working day; None: nothing says no.

        Who has not been seen since the day began may work without this program open:
        of him presence tells nothing.
        """
        if person.status == "away":
            return Away.STEPPED_OUT
        seen = person.last_poll
        gone = seen and began <= seen < now - OFFLINE_AFTER
        return Away.OFFLINE if gone else None

    @api.model
    def _employee_facts_activity(self, batch):
        """When he was last there, where no schedule tells whether he is at work."""
        keys = [
            key
            for key, person in self._get_people(batch).items()
            if not person.calendar_id
        ]
        if not keys:
            return {}
        # What browsers report is forgotten within hours, the last log-in is kept.
        logins = self.env["res.users.log"]._read_group(
            [("create_uid", "in", keys)], ["create_uid"], ["create_date:max"]
        )
        seen = {user.id: at for user, at in logins}
        for key in keys:
            moments = (seen.get(key), batch.people[key].last_presence)
            seen[key] = max(filter(None, moments), default=None)
        return {key: {"last_active_at": at} for key, at in seen.items() if at}

    @api.model
    def _get_schedules(self, people, now):
        """{user id: (attendances, leaves, absences that are no leave)} as intervals of
        the engine, equal for those of whom the same is known."""
        calendars = self.env["resource.calendar"]
        kinds = {(one.calendar_id, one.zone) for one in people.values()}
        always = ((now - timedelta(days=1), now + HORIZON),)
        attendances = {
            (calendar_id, zone): calendars.browse(calendar_id)._get_hours_from(
                now.date(), zone
            )
            if calendar_id
            else always
            for calendar_id, zone in kinds
        }
        leaves, holidays = self._get_leaves(people, now)
        checked_out = self._get_check_outs(people, now)
        schedules = {}
        for key, one in people.items():
            hours = attendances[one.calendar_id, one.zone]
            schedules[key] = (
                hours,
                tuple(leaves[one.resource_id]),
                (
                    *_filter_holidays(holidays, one),
                    *_go_home(hours, checked_out.get(one.employee_id)),
                ),
            )
        return schedules

    @api.model
    def _get_leaves(self, people, now):
        """Leaves by resource, and public holidays with their calendar and company."""
        resource_ids = [one.resource_id for one in people.values() if one.resource_id]
        found = self.env["resource.calendar.leaves"].search_fetch(
            [
                ("time_type", "=", "leave"),
                ("resource_id", "in", [False, *resource_ids]),
                ("date_from", "<=", now + HORIZON),
                ("date_to", ">=", now - timedelta(days=1)),
            ],
            ["calendar_id", "company_id", "date_from", "date_to", "resource_id"],
        )
        leaves, holidays = defaultdict(list), []
        for leave in found:
            interval = (leave.date_from, leave.date_to)
            if leave.resource_id:
                leaves[leave.resource_id.id].append(interval)
            else:
                calendar_id, company_id = leave.calendar_id.id, leave.company_id.id
                holidays.append((calendar_id, company_id, interval))
        return leaves, holidays

    @api.model
    def _get_check_outs(self, people, now):
        """{employee id: when he checked out}, of who has not checked in since.

        Nobody knows here; ``audiomania_routing_attendance`` does.
        """
        return {}


def _filter_holidays(holidays, person):
    """Those of this calendar, and those that his company has on every calendar."""
    return [
        interval
        for calendar_id, company_id, interval in holidays
        if calendar_id in (False, person.calendar_id)
        and company_id in (False, person.company_id)
    ]


def _go_home(hours, checked_out):
    """Who checks out is away until the next part of his schedule begins: at noon for
    lunch, later until the next day."""
    if not checked_out:
        return []
    later = (start for start, _end in hours if start >= checked_out)
    return [(checked_out, next(later, checked_out + HORIZON))]

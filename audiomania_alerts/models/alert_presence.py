# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, models

from ..states import PLAIN_UNITS


class AlertPresence(models.AbstractModel):
    """Who is absent, who stands in, and when somebody works: asked here, answered
    where that is known (``audiomania_alerts_hr``)."""

    _name = "alert.presence"
    _description = "Presence, as alerts ask for it"

    # -- what other addons answer

    @api.model
    def _get_absent_users(self, users, now):
        """Those of these users who are absent at ``now`` (UTC).

        :return: dict of users, each with the moment of his return (UTC).
        """
        return {}

    @api.model
    def _get_substitutes(self, users):
        """Who stands in for each of these users.

        :return: dict of users, each with one user.
        """
        return {}

    @api.model
    def _plan_working(self, user, start, number, unit):
        """The moment when ``user`` has had that much working time since ``start``.
        Where no working schedule is known all time is working time.

        :param unit: "minutes", "hours" or "days".
        """
        return start + timedelta(**{unit: number})

    # -- what alerts ask

    @api.model
    def _plan(self, users, start, number, unit):
        """The moment for each user after ``number`` of plain or working time.

        :param unit: one of ``states.UNITS``.
        """
        if unit in PLAIN_UNITS:
            moment = start + timedelta(**{unit: number})
            return dict.fromkeys(users, moment)
        plain = unit.removeprefix("working_")
        return {user: self._plan_working(user, start, number, plain) for user in users}

    @api.model
    def _get_stand_ins(self, absent, now):
        """Who is there instead of each absent user: his substitute or, if that one is
        absent too, the substitute's, and so on. A circle leads to nobody.

        :param absent: as :meth:`_get_absent_users` answers.
        :return: dict of users; who has nobody is not in it.
        """
        absent, links, seen = dict(absent), {}, set(absent)
        wanted = set(absent)
        while wanted:
            found = self._get_substitutes(self._union(wanted))
            links |= found
            new = set(found.values()) - seen
            seen |= new
            away = self._get_absent_users(self._union(new), now) if new else {}
            absent |= away
            wanted = set(away)
        stand_ins = {user: self._follow(user, links, absent) for user in absent}
        return {user: instead for user, instead in stand_ins.items() if instead}

    @api.model
    def _follow(self, user, links, absent):
        seen = set()
        while user in absent and user not in seen:
            seen.add(user)
            user = links.get(user)
        return None if user in seen else user

    @api.model
    def _union(self, users):
        return self.env["res.users"].union(*users)

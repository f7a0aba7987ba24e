# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from dataclasses import replace

from odoo import api, models


class RoutingFacts(models.AbstractModel):
    """Who stands in for an absent employee, through absent substitutes too, and never
    in a circle.

    It is asked only where a letter is addressed to somebody who is away: the engine
    weighs nothing else of it.
    """

    _inherit = "routing.facts"

    @api.model
    def _invite_substitutes(self, batch):
        """Whoever stands in for one to whom a letter is addressed may be asked, also
        from outside of the department.

        Fills ``batch.links``: {absent employee: who stands in for him, or None}.
        """
        asked = (inquiry for inquiry, _customer in batch.made.values())
        wanted = {key for inquiry in asked for key in inquiry.addressed}
        while away := self._filter_away(batch, wanted):
            batch.links.update(dict.fromkeys(away))
            batch.links.update(self._get_links(away))
            wanted = {batch.links[key] for key in away} - {None}
            self._meet(batch, wanted.difference(batch.known))
        for inquiry in batch.inquiries if batch.links else ():
            addressed = batch.made[inquiry.id][0].addressed
            ends = {self._follow_links(batch, key)[-1] for key in addressed}
            ends = self._filter_company(ends, inquiry.company_id)
            staff = {*batch.staff[inquiry.id], *ends}
            batch.staff[inquiry.id] = tuple(sorted(staff))

    @api.model
    def _pair_facts_substitutes(self, batch):
        """In whose absence he stands in, whose directly first."""
        found = {}
        for inquiry_id, keys in batch.staff.items():
            distances = defaultdict(dict)
            for key in batch.made[inquiry_id][0].addressed if batch.links else ():
                *absent, end = self._follow_links(batch, key)
                for distance, each in enumerate(reversed(absent)):
                    distances[end].setdefault(each, distance)
            for end, absent in distances.items():
                if end in keys and batch.known[end].at_work:
                    order = sorted(absent, key=lambda each: (absent[each], each))
                    found[inquiry_id, end] = {"substitute_for": tuple(order)}
        return found

    @api.model
    def _filter_away(self, batch, keys):
        """Those who are away, and of whom it has not been asked who stands in."""
        return {
            key
            for key in keys
            if key in batch.known
            and not batch.known[key].at_work
            and key not in batch.links
        }

    @api.model
    def _get_links(self, keys):
        """{employee: who stands in for him}, as the alerts know it."""
        users = self.env["res.users"].browse(sorted(key for key in keys if key > 0))
        found = self.env["alert.presence"]._get_substitutes(users) if users else {}
        return {user.id: substitute.id for user, substitute in found.items()}

    @api.model
    def _meet(self, batch, keys):
        """Learn of employees who have not been described yet."""
        if keys:
            strangers = replace(batch, staff={None: tuple(keys)}, people=None)
            batch.known.update(self._describe_employees(strangers))

    @api.model
    def _follow_links(self, batch, key):
        """He, who stands in for him if he is away, and so on; the last one is at work,
        or nobody stands in for him, or it went round in a circle."""
        path = [key]
        while batch.links.get(path[-1]) and batch.links[path[-1]] not in path:
            path.append(batch.links[path[-1]])
        return path

    @api.model
    def _filter_company(self, keys, company):
        """Those who work in this company, too."""
        users = self.env["res.users"].browse(sorted(key for key in keys if key > 0))
        return {user.id for user in users if company in user.company_ids}

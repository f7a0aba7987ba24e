# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

PAGE = "routing_page"
"""In the context while a page is read: a ``Page``."""

PERSON = ["name", "complete_name"]
TEAM = ["name", "parent_id"]


class Page:
    """What is known of the reader of one page while it is read.

    :ivar found: {reader: the ids that his query has found}
    :ivar access: {(user id, name of a field, operation): whether he has it}
    """

    def __init__(self):
        self.found = {}
        self.access = {}


class HelpdeskTicket(models.Model):
    """A page of a list is asked for with the rules of its reader in the query. What
    that has found he may read: it is not asked again of each line, and of no field
    again in each cell.

    Of customers, colleagues and teams in the lines only the names are fetched.
    """

    _inherit = "helpdesk.ticket"

    @api.model
    @api.readonly
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        page = self.with_context(**{PAGE: Inside(Page())})
        return super(HelpdeskTicket, page).web_search_read(
            domain, specification, offset, limit, order, count_limit
        )

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        found = super().search_fetch(domain, field_names, offset, limit, order)
        page = get_inside(self.env, PAGE)
        if page and not self.env.su:
            page.found.setdefault(self._get_reader(), set()).update(found._ids)
            found._fetch_names(set(field_names or ()))
        return found

    def _check_access(self, operation):
        if operation == "read" and self and self._is_on_page():
            return None
        return super()._check_access(operation)

    def _is_on_page(self):
        page = get_inside(self.env, PAGE)
        return bool(page) and page.found.get(self._get_reader(), set()).issuperset(
            self._ids
        )

    @api.model
    def _get_reader(self):
        """Whose rules are asked, and in which of his companies."""
        companies = self.env.context.get("allowed_company_ids")
        return self.env.uid, tuple(companies or ())

    @api.model
    def _has_field_access(self, field, operation):
        page = get_inside(self.env, PAGE)
        if not page or self.env.su:
            return super()._has_field_access(field, operation)
        key = (self.env.uid, field.name, operation)
        if key not in page.access:
            page.access[key] = super()._has_field_access(field, operation)
        return page.access[key]

    def _fetch_names(self, names):
        # sudo: helpdesk.ticket: only names; `sender` and `web_read` read them so, too
        tickets = self.sudo()
        people = tickets.env["res.partner"]
        if "sender" in names:
            people |= tickets.partner_id
        if "holder_id" in names:
            tickets.holder_id.fetch(["partner_id"])
            people |= tickets.holder_id.partner_id
        people.fetch(PERSON)
        if "team_id" in names:
            tickets.team_id.fetch(TEAM)
            tickets.team_id.parent_id.fetch(TEAM)

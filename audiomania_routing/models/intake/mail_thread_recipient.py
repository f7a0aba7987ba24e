# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .course import TICKET


class MailThread(models.AbstractModel):
    """For whom a letter is beside its aliases: misspelt ones, and people (rule 1)."""

    _inherit = "mail.thread"

    @api.model
    def _settle_routes(self, course, message, message_dict, routes):
        """A letter to another application and to us is a conversation too."""
        if self._names_us_too(message, routes):
            routes = [*routes, self._prepare_ticket_route(message_dict)]
        return super()._settle_routes(course, message, message_dict, routes)

    @api.model
    def _names_us_too(self, message, routes):
        """Whether it names somebody of ours beside aliases of other applications.

        A document that it continues is the other application's, and so is what comes
        by a mailbox of theirs.
        """
        for model, thread_id, _values, _user_id, alias in routes:
            if model == TICKET or thread_id or not alias:
                return False
        return any(map(self._is_read_by_us, self._find_unmatched(message)))

    @api.model
    def _find_unmatched(self, message):
        """Addresses of our domains in To and Cc that are no aliases."""
        book = self.env["mail.address.book"]
        return [
            email
            for email in self._read_recipients(message)
            if book._is_ours(email) and not book._is_place(email)
        ]

    @api.model
    def _is_read_by_us(self, email):
        """Whether customer service answers there: not where it is the address of an
        employee outside of it."""
        # sudo: routing.facts: whose address it is, for whoever fetched the letter
        facts = self.env["routing.facts"].sudo()
        owners = facts._get_owners({email})[email]
        user_ids = [key for key in owners if key > 0]
        return not owners or bool(facts._get_users_with_access(user_ids))

    # Near misses

    @api.model
    def _find_hints(self, message):
        """The addresses that were meant by those that nobody has, in their order.

        Exact addresses ask nothing of the database.
        """
        book = self.env["mail.address.book"]
        meant = map(book._find_meant, self._find_unmatched(message))
        return tuple(dict.fromkeys(filter(None, meant)))

    @api.model
    def _read_hints(self, course, message):
        if course.hints is None:
            course.hints = self._find_hints(message)
        return course.hints

    @api.model
    def _choose_ticket_route(self, course, message, message_dict, routes):
        """Near to the address of a team is as good as its address, where no other
        team is written to."""
        if not any(alias for *_rest, alias in routes):
            hints = self._read_hints(course, message)
            routes = self._find_routes_to(hints, message_dict) or routes
        return super()._choose_ticket_route(course, message, message_dict, routes)

    @api.model
    def _find_routes_to(self, emails, message_dict):
        """The route to the first of these that is a team's; or none."""
        if not emails:
            return []
        # sudo: mail.alias: the gateway asks for whoever fetched the letter
        aliases = self.env["mail.alias"].sudo()
        found = aliases.search(
            [
                ("alias_full_name", "in", list(emails)),
                ("alias_model_id.model", "=", TICKET),
            ]
        )
        first = found.sorted(lambda one: emails.index(one.alias_full_name))[:1]
        return [self._prepare_alias_route(message_dict, alias) for alias in first]

    @api.model
    def _prepare_letter(self, course, message, message_dict):
        letter = super()._prepare_letter(course, message, message_dict)
        hints = ",".join(self._read_hints(course, message))
        return {**letter, "hinted_emails": hints}

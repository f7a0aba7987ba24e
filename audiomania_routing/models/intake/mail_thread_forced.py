# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ast import literal_eval

from odoo import api, models

from .course import TICKET


class MailThread(models.AbstractModel):
    """What somebody has called an inquiry is one, whatever it seems (rule 18)."""

    _inherit = "mail.thread"

    @api.model
    def _is_forced(self):
        course = self._get_course()
        return bool(course and course.forced)

    @api.model
    def _detect_is_bounce(self, message, message_dict):
        if self._is_forced():
            return False
        return super()._detect_is_bounce(message, message_dict)

    @api.model
    def _detect_loop_headers(self, msg_dict):
        return not self._is_forced() and super()._detect_loop_headers(msg_dict)

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        if self._is_forced():
            return False
        return super()._detect_loop_sender(message, message_dict, routes)

    def _alias_get_error(self, message, message_dict, alias):
        if self._is_forced():
            return False
        return super()._alias_get_error(message, message_dict, alias)

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        routes = super().message_route(
            message, message_dict, model, thread_id, custom_values
        )
        if not self._is_forced() or any(
            route[0] == TICKET or route[1] for route in routes
        ):
            return routes
        return self._find_ticket_routes(message, message_dict)

    @api.model
    def _find_ticket_routes(self, message, message_dict):
        """To a new conversation: of the team it was sent to, or of the department."""
        emails = self._get_letter_recipients(message).split(",")
        # sudo: mail.alias: the gateway asks for whoever fetched the letter
        aliases = self.env["mail.alias"].sudo()
        routes = [
            self._prepare_alias_route(message_dict, alias)
            for alias in aliases.search(
                [
                    ("alias_full_name", "in", emails),
                    ("alias_model_id.model", "=", TICKET),
                ]
            )
        ]
        routes = routes or [self._prepare_ticket_route(message_dict)]
        course = self._get_course()
        return self._choose_ticket_route(course, message, message_dict, routes)

    @api.model
    def _prepare_alias_route(self, message_dict, alias):
        values = literal_eval(alias.alias_defaults)
        model, _no_thread, values, user_id, _no_alias = self._prepare_ticket_route(
            message_dict, values=values
        )
        return (model, False, values, user_id, alias)

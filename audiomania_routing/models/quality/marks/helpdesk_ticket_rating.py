# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

RATED = "routing_rated"
"""In the context: what is posted is the message of a rating."""


class HelpdeskTicket(models.Model):
    """Odoo's own ratings beside the marks: their messages ask nothing, and nobody is
    asked twice."""

    _inherit = "helpdesk.ticket"

    def message_post(self, **kwargs):
        if not (kwargs.get("rating_id") or kwargs.get("rating_value")):
            return super().message_post(**kwargs)
        rated = self.with_context(**{RATED: Inside(True)})
        message = super(HelpdeskTicket, rated).message_post(**kwargs)
        return message.with_env(self.env)

    def _is_inquiry(self, message):
        """What comes with a rating is no question."""
        return not get_inside(self.env, RATED) and super()._is_inquiry(message)

    def rating_send_request(self, template, lang=False, force_send=True):
        """Where the answers themselves carry the marks, the host's letter that asks for
        a rating is not sent."""
        others = self.filtered(lambda one: not one.team_id._is_asking_for_marks())
        if not others:
            return None
        return super(HelpdeskTicket, others).rating_send_request(
            template, lang=lang, force_send=force_send
        )

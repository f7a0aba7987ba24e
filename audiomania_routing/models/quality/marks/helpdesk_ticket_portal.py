# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models

MOST_ANSWERS = 30


class HelpdeskTicket(models.Model):
    """In the portal a customer sees his marks for each answer, and gives them there."""

    _inherit = "helpdesk.ticket"

    def _get_answers_for(self, partner):
        """The answers of a customer's own conversation, the latest first.

        :return: dictionaries with ``at``, ``employee``, ``quality`` and ``speed`` (0:
            none), and ``url``: where he gives or changes them, or False
        """
        self.ensure_one()
        # sudo: helpdesk.ticket: the marks are his own, the rest stays here
        ticket = self.sudo()
        if not partner.partner_share or not ticket._is_of_customer(partner):
            return []
        messages = ticket._get_answers()
        # sudo: helpdesk.mark: his own ones
        marks = self.env["helpdesk.mark"].sudo()
        found = marks.search([("message_id", "in", messages.ids)])
        of_message = {mark.message_id: mark for mark in found}
        answers = [
            ticket._export_answer(message, of_message.get(message, marks))
            for message in messages
        ]
        return [answer for answer in answers if answer]

    def _get_answers(self):
        """What employees have written to the customer."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "in", ["comment", "email"]),
                ("subtype_id.internal", "=", False),
                ("is_internal", "=", False),
            ],
            limit=MOST_ANSWERS,
        )
        return messages.filtered(lambda one: one._is_answer_of_employee())

    def _export_answer(self, message, mark):
        link = self._get_mark_link(message)
        if not link:
            return None
        days = self.company_id.mark_link_days
        left = message.date + timedelta(days=days) - fields.Datetime.now()
        may_give = self.team_id._is_asking_for_marks() and left.days >= 0
        return {
            "at": message.date,
            "employee": message.author_id.name,
            "quality": mark.quality,
            "speed": mark.speed,
            "url": may_give and self._get_mark_url(link, left.days),
        }

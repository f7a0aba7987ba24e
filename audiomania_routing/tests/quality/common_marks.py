# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ..conversation.common import ConversationCase


class MarkCase(ConversationCase):
    """A conversation that Anna has answered; its customer gives marks."""

    def setUp(self):
        super().setUp()
        self.marks = self.env["helpdesk.mark"]
        self.ticket = self.make_conversation()
        self.inquiry = self.ticket.inquiry_ids

    def answer(self, ticket=None, user=None):
        return self.reply(ticket or self.ticket, user or self.anna).sudo()

    def give(self, message, quality=0, speed=0, comment=""):
        ticket = self.env["helpdesk.ticket"].browse(message.res_id)
        link = ticket._get_mark_link(message)
        return self.marks._give(link, quality, speed, comment)

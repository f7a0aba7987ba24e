# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ..conversation.common import ConversationCase


class MarkCase(ConversationCase):
    """Marks of conversations, as customers give them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What other tests or data have given is no part of these averages.
        cls.env["rating.rating"].search([]).write({"consumed": False})

    def rate(self, user, quality, ticket=None, at=None, **values):
        """A mark for an answer of this employee, now."""
        ticket = ticket or self.ticket
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "res_id": ticket.id,
                "rated_partner_id": user.partner_id.id,
                "partner_id": ticket.partner_id.id,
                "rating": quality,
                "consumed": True,
                **values,
            }
        )
        if at:
            rating.rated_on = at
        return rating

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Strangers who write numbers of documents, telephones and names of products."""

from ..conversation.common import ConversationCase

STRANGER = "Somebody <somebody@elsewhere.example>"


class LetterCase(ConversationCase):
    """Petr has an order that Vera sold him, and a telephone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.phone = "+7 916 555-01-10"
        cls.vera.group_ids |= cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.anna.group_ids |= cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.goods = cls.make_category("Goods")
        cls.product = cls.make_product(cls.goods, name="KEF LS50 Meta, speakers")
        cls.order = cls.make_order(cls.customer, cls.product, cls.vera)

    def ask(self, body="When?", sender=STRANGER, **values):
        """The inquiry of a letter."""
        return self.receive(sender=sender, body=body, **values).inquiry_ids

    def case_of(self, inquiry):
        return self.env["routing.facts"]._gather(inquiry, self.now)[inquiry.id]

    def guess_of(self, inquiry):
        return inquiry.sudo().guessed_partner_id

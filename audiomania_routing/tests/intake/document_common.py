# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Orders and invoices on which customers write."""

from odoo.fields import Command
from odoo.tests import new_test_user

from ..conversation.common import ConversationCase


class DocumentCase(ConversationCase):
    """Vera sells vinyl; her order is for a customer of the headphones' team."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        salesmen = cls.env.ref("sales_team.group_sale_salesman_all_leads")
        (cls.anna | cls.vera).group_ids += salesmen
        cls.vera.group_ids += cls.env.ref("base.group_partner_manager")
        cls.product = cls.make_product(cls.make_category("Records"))
        cls.order = cls.make_quotation(cls.customer)

    @classmethod
    def make_quotation(cls, customer, salesperson=None):
        return cls.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "company_id": cls.company.id,
                "user_id": (salesperson or cls.vera).id,
                "order_line": [Command.create({"product_id": cls.product.id})],
            }
        )

    @classmethod
    def make_portal_user(cls, login, partner):
        return new_test_user(
            cls.env,
            login,
            "base.group_portal",
            password=f"{login}-password",
            partner_id=partner.id,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def get_conversations(self, document):
        return self.env["helpdesk.ticket"].search(
            [
                ("document_model", "=", document._name),
                ("document_id", "=", document.id),
            ]
        )

    def send(self, document, employee=None, **values):
        """What an employee writes to the customer on a document."""
        values.setdefault("subtype_xmlid", "mail.mt_comment")
        return document.with_user(employee or self.vera).message_post(
            body="Here it is.",
            message_type="comment",
            partner_ids=self.customer.ids,
            **values,
        )

    def answer(self, message, **values):
        """The customer's e-mail in reply; the conversation of the document."""
        values.setdefault("subject", "Re: your order")
        self.receive("catchall@hifi.example", reply_to=message, **values)
        document = self.env[message.model].browse(message.res_id)
        return self.get_conversations(document)[:1]

    def write_in_portal(self, document, **values):
        """What the portal's page of a document does for its customer."""
        return document.sudo().message_post(
            **{
                "author_id": self.customer.id,
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
                "body": "Do you have it in green?",
                **values,
            }
        )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools import email_normalize

from ...addresses import can_be_answered
from .common import OutgoingCase

OURS = "audiomania%"
HOST = "helpdesk_mgmt"


@tagged("post_install", "-at_install")
class TestTemplates(OutgoingCase):
    """Every letter that leaves can be answered: no no-reply address (rule 21)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "info@hifi.example"

    def find_templates(self):
        """The mail templates of our addons, and of the help desk below them."""
        data = self.env["ir.model.data"].search(
            [
                ("model", "=", "mail.template"),
                "|",
                ("module", "=like", OURS),
                ("module", "=", HOST),
            ]
        )
        return self.env["mail.template"].browse(data.mapped("res_id"))

    def make_record(self, model):
        """A record of that model: a conversation, an order, else any that there is."""
        if model == "helpdesk.ticket":
            return self.make_conversation()
        if model == "sale.order":
            product = self.make_product(self.make_category("Cables"))
            return self.make_order(self.make_customer(), product, self.anna)
        record = self.env[model].search([], limit=1)
        self.assertTrue(record, f"Make a {model} here to read its templates")
        return record

    def get_faults(self, template):
        """The addresses of its letter that nobody would read."""
        record = self.make_record(template.model)
        values = template._generate_template(
            record.ids, {"email_from", "reply_to", "subject", "body_html"}
        )[record.id]
        addresses = [values.get("email_from"), values.get("reply_to")]
        self.assertNotIn("noreply", (values.get("body_html") or "").lower())
        return [one for one in addresses if one and not self.is_read(one)]

    def is_read(self, address):
        """In a domain of ours every address leads back (rule 1), but for no-reply."""
        email = email_normalize(address)
        ours = self.env["helpdesk.ticket"]._is_ours(email)
        return can_be_answered(email) and (ours or email == self.company.email)

    def make_template(self, **values):
        return self.env["mail.template"].create(
            {
                "name": "Received",
                "model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "subject": "We have got your letter",
                "body_html": "<p>Thank you.</p>",
                "email_to": "x@c.example",
                **values,
            }
        )

    def test_every_template_can_be_answered(self):
        templates = self.find_templates()
        self.assertTrue(templates)
        for template in templates:
            with self.subTest(template.name):
                self.assertEqual(self.get_faults(template), [])

    def test_one_that_cannot_would_be_seen(self):
        template = self.make_template(email_from="Shop <no-reply@hifi.example>")
        self.assertEqual(self.get_faults(template), ["Shop <no-reply@hifi.example>"])
        template = self.make_template(reply_to="nobody@else.example")
        self.assertEqual(self.get_faults(template), ["nobody@else.example"])

    def send_template(self, **values):
        ticket = self.make_conversation()
        with self.mock_mail_gateway():
            template = self.make_template(**values)
            template.send_mail(ticket.id, force_send=True)
        (mail,) = self._mails
        return email_normalize(mail["email_from"]), email_normalize(mail["reply_to"])

    def test_a_template_of_somebody_else_is_mended_as_it_leaves(self):
        address, desk = "no-reply@hifi.example", "headphones@hifi.example"
        self.assertEqual(self.send_template(email_from=address), (desk, desk))
        sender, reply_to = self.send_template(email_from=desk, reply_to=address)
        self.assertEqual((sender, reply_to), (desk, "catchall@hifi.example"))

    def test_the_answer_to_a_letter_of_a_template_leads_back(self):
        sender, reply_to = self.send_template(email_from="info@hifi.example")
        self.assertEqual(sender, "info@hifi.example")
        self.assertEqual(reply_to, "headphones@hifi.example")

    def test_a_letter_with_no_other_address_leaves_from_the_companys(self):
        mail = self.env["mail.mail"].create(
            {
                "email_to": "x@c.example",
                "email_from": "noreply@hifi.example",
                "reply_to": "noreply@hifi.example",
                "record_company_id": self.company.id,
            }
        )
        self.assertEqual(email_normalize(mail.email_from), "catchall@hifi.example")
        self.assertEqual(email_normalize(mail.reply_to), "catchall@hifi.example")

    def test_the_letters_that_the_addons_write_can_be_answered(self):
        ticket = self.receive("anna@hifi.example")
        (answer,) = self.send(ticket, self.anna)
        digest = self.env["alert.way.digest"]._prepare_letter(
            self.anna, self.env["alert.delivery"]
        )
        for letter in (answer, digest):
            self.assertTrue(self.is_read(letter["email_from"]))
            self.assertTrue(self.is_read(letter["reply_to"]))

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..conversation.common import ConversationCase

SECRET = "the-secret-of-the-database"
REACH = "object.env['ir.config_parameter'].sudo().get_param('routing.secret')"
INLINE = f"{{{{ {REACH} }}}}"
PAGE = f'<p>Hello <t t-out="{REACH}"/></p>'


@tagged("post_install", "-at_install")
class TestTemplateLimits(ConversationCase):
    """Where a company leaves the writing of templates to a few, a manager of the desk
    reaches by the texts that he writes nothing but what he may read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("routing.secret", SECRET)
        editors = cls.env.ref("mail.group_mail_template_editor")
        cls.env.ref("base.group_user").implied_ids -= editors
        cls.manager.group_ids -= editors
        assert not cls.manager.has_group("mail.group_mail_template_editor")

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation()

    def make_template(self, **values):
        templates = self.env["mail.template"].with_user(self.manager)
        model = self.env["ir.model"]._get_id("helpdesk.ticket")
        return templates.create({"name": "Mine", "model_id": model, **values})

    def test_he_writes_words_and_names(self):
        page = '<p>Hello <t t-out="object.name"/></p>'
        template = self.make_template(body_html=page, subject="{{ object.name }}")
        template.write({"body_html": "<p>Good day</p>"})

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_he_writes_no_expression_that_reaches_further(self):
        receipt = self.env.ref("audiomania_routing.mail_template_receipt")
        own = self.make_template(subject="Words")
        for values in ({"body_html": PAGE}, {"subject": INLINE}, {"email_to": INLINE}):
            with self.subTest(values):
                with self.assertRaises(AccessError):
                    self.make_template(**values)
                with self.assertRaises(AccessError):
                    own.write(values)
                with self.assertRaises(AccessError):
                    receipt.with_user(self.manager).write(values)

    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_what_he_writes_into_an_answer_is_words(self):
        composer = self.env["mail.compose.message"].with_user(self.manager)
        for mode in ("comment", "mass_mail"):
            with self.subTest(mode), self.mock_mail_gateway():
                values = {
                    "model": "helpdesk.ticket",
                    "res_ids": self.ticket.ids,
                    "composition_mode": mode,
                    "subject": INLINE,
                    "body": PAGE,
                }
                try:
                    composer.create(values)._action_send_mail()
                except AccessError:
                    continue
                self.assertNotIn(SECRET, str(self.ticket.message_ids.mapped("body")))
                self.assertNotIn(SECRET, str(self._mails))

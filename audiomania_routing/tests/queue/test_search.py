# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from ..conversation.common import WINDOW, ConversationCase


@tagged("post_install", "-at_install")
class TestSearch(ConversationCase):
    """What an employee types to find a conversation again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.phone = "+7 (916) 555-01-10"
        cls.anna.group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")

    def find(self, field, text, user=None):
        tickets = self.env["helpdesk.ticket"].with_user(user or self.anna)
        return tickets.search([(field, "ilike", text)]).with_env(self.env)

    def test_words_of_a_message_in_any_order_and_form(self):
        ticket = self.receive(body="Есть ли зелёные наушники Sennheiser для студии?")
        for text in ("наушников", "студия sennheiser", "Sennh", "зелёные"):
            self.assertEqual(self.find("found_by_text", text), ticket, text)
        self.assertFalse(self.find("found_by_text", "наушники красные"))

    def test_words_of_an_answer_and_of_the_subject(self):
        ticket = self.receive(subject="Turntable PL-120")
        self.reply(ticket, self.anna)
        self.assertEqual(self.find("found_by_text", "turntable"), ticket)
        self.assertEqual(self.find("found_by_text", "Yes green"), ticket)

    def test_tags_and_signs_are_no_words_and_find_nothing(self):
        self.receive(body="Do you have it?")
        for text in ("!:*&|()", "<p>'"):
            self.assertFalse(
                self.env["helpdesk.ticket"]
                .with_user(self.anna)
                .search([("found_by_text", "ilike", text), ("name", "=", "-")])
            )

    def test_what_one_may_not_read_is_not_found(self):
        ticket = self.receive("anna@hifi.example", body="A secret of Petr")
        self.assertEqual(self.find("found_by_text", "secret"), ticket)
        for field, text in (
            ("found_by_text", "secret"),
            ("found_by_phone", "555-01-10"),
            ("found_by_document", "secret"),
            ("found_by_product", "secret"),
        ):
            self.assertFalse(self.find(field, text, self.boris), field)
        self.at(WINDOW)
        self.assertEqual(self.find("found_by_text", "secret", self.boris), ticket)

    def test_a_telephone_number_however_it_is_written(self):
        ticket = self.receive()
        for text in ("8 916 555 01 10", "+79165550110", "9165550110", "55501"):
            self.assertEqual(self.find("found_by_phone", text), ticket, text)
        for text in ("9165550111", "011", "no digits"):
            self.assertFalse(self.find("found_by_phone", text), text)

    def test_the_number_of_the_order_it_is_about_or_that_it_names(self):
        product = self.make_product(self.make_category("Records"))
        order = self.make_order(self.customer, product, self.anna)
        order.message_post(
            author_id=self.customer.id,
            body="When will it come?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        about = self.env["helpdesk.ticket"].search([("document_id", "=", order.id)])
        self.assertTrue(about)
        named = self.receive(body=f"Where is order {order.name}?")
        found = self.find("found_by_document", order.name, self.manager)
        self.assertIn(named, found)
        self.anna.group_ids += self.env.ref("sales_team.group_sale_manager")
        self.manager.group_ids += self.env.ref("sales_team.group_sale_manager")
        self.assertEqual(
            self.find("found_by_document", order.name, self.manager), about | named
        )
        self.assertEqual(
            self.find("found_by_product", "piece of Records", self.manager), about
        )

    def test_an_order_that_one_may_not_read_tells_nothing(self):
        product = self.make_product(self.make_category("Records"))
        order = self.make_order(self.customer, product, self.vera)
        order.message_post(
            author_id=self.customer.id,
            body="When will it come?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(self.find("found_by_document", order.name, self.outsider))

    def test_the_text_is_searched_over_its_index(self):
        self.env.cr.execute(
            "INSERT INTO mail_message (model, res_id, body, message_type)"
            " SELECT 'helpdesk.ticket', n, '<p>word ' || n || '</p>', 'email'"
            " FROM generate_series(1, 5000) AS n"
        )
        self.env.cr.execute("ANALYZE mail_message")
        sql = self.env["mail.message"]._sql_conversations_with("green:*")
        self.env.cr.execute(f"EXPLAIN {sql.code}", sql.params)
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("_conversation_words_idx", plan)

    def test_a_text_longer_than_any_letter_is_kept_and_found_by_its_beginning(self):
        ticket = self.receive(body="Sphinx. " + "word and " * 30000)
        self.assertEqual(self.find("found_by_text", "sphinx"), ticket)

    def test_every_field_of_the_search_view_can_be_searched(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.anna)
        ticket = self.receive("anna@hifi.example", subject="Green ones")
        view = tickets.get_view(
            self.env.ref("audiomania_routing.helpdesk_ticket_view_search_queue").id,
            "search",
        )
        self.assertIn("found_by_phone", view["arch"])
        for name in ("partner_id", "name", "audience_id", "channel_id", "team_id"):
            tickets.search([(name, "ilike", "Green")])
        self.assertEqual(tickets.search([("name", "ilike", "green")]), ticket)

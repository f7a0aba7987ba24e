# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ...letter.naming import phrases_in
from ...models.text import routing_product_phrase as index_module
from .common import LetterCase


@tagged("post_install", "-at_install")
class TestNamedProducts(LetterCase):
    """Products named in subject or text, by an index (rule 2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.index = cls.env["routing.product.phrase"]
        cls.vinyl_goods = cls.make_category("Turntables", cls.goods)
        cls.lovers = cls.make_audience("Vinyl lovers", [cls.vinyl_goods], cls.vinyl)
        cls.speakers = cls.make_audience("Speakers", [cls.goods], cls.headphones)
        cls.turntable = cls.make_product(
            cls.vinyl_goods,
            name="Kvarta T5, turntable",
            default_code="KVA-T5",
            barcode="4600000000017",
        )

    def named(self, text, **values):
        """The names of the products that a letter names."""
        inquiry = self.ask(text, **values)
        ids = self.case_of(inquiry).inquiry.named_products
        return self.env["product.template"].browse(ids).mapped("name")

    def test_a_product_is_named_by_its_model_in_any_writing(self):
        for text in (
            "Есть ли KEF LS50 Meta?",
            "kef ls-50 meta",
            "мои КЕF LS 50",
            "the LS50's cable",
            "How loud is the\nKEF\nLS50?",
        ):
            self.assertEqual(self.named(text), ["KEF LS50 Meta, speakers"], text)

    def test_a_product_is_named_by_code_and_barcode(self):
        for text in ("Do you have KVA-T5?", "штрихкод 4600000000017", "kva t5"):
            self.assertEqual(self.named(text), ["Kvarta T5, turntable"], text)

    def test_a_common_word_or_a_quantity_names_nothing(self):
        self.make_product(self.goods, name="Cable")
        self.make_product(self.goods, name="Speaker cable, 5 m")
        for text in ("I need a cable", "speaker cable 5 m", "T 5", "50 meters", "LS"):
            self.assertEqual(self.named(text), [], text)

    def test_the_subject_counts_and_a_quote_does_not(self):
        self.assertEqual(
            self.named("Is it loud?", subject="Kvarta T5"), ["Kvarta T5, turntable"]
        )
        quote = "Is it loud?\n\n> Kvarta T5"
        self.assertEqual(self.named(quote), [])

    def test_the_longer_of_two_names_is_meant(self):
        self.make_product(self.goods, name="KEF LS50 Wireless, speakers")
        self.assertEqual(
            self.named("KEF LS50 Wireless"), ["KEF LS50 Wireless, speakers"]
        )
        self.assertEqual(len(self.named("KEF LS50")), 2)

    def test_products_tell_the_audience_of_who_has_no_orders(self):
        inquiry = self.ask("Does the Kvarta T5 have a dust cover?")
        case = self.case_of(inquiry)
        segment = case.inquiry.products[0]
        self.assertEqual(segment.audience_id, self.lovers.id)
        self.assertEqual(segment.team_id, self.vinyl.id)
        self.assertEqual(segment.share, 1.0)
        self.assertEqual(inquiry.ticket_id.audience_id, self.lovers)
        self.assertEqual(inquiry.ticket_id.team_id, self.vinyl)

    def test_each_name_counts_the_same(self):
        case = self.case_of(self.ask("Kvarta T5 and KEF LS50: which cable?"))
        shares = {one.audience_id: one.share for one in case.inquiry.products}
        self.assertEqual(shares, {self.lovers.id: 0.5, self.speakers.id: 0.5})

    def test_tags_tell_the_audience_too(self):
        tag = self.env["product.tag"].create({"name": "Gifts"})
        gifts = self.make_audience("Gifts", tag_ids=[(6, 0, tag.ids)])
        self.turntable.additional_product_tag_ids = tag
        case = self.case_of(self.ask("Kvarta T5"))
        self.assertEqual(
            {one.audience_id: one.share for one in case.inquiry.products},
            {self.lovers.id: 0.5, gifts.id: 0.5},
        )

    def test_an_audience_of_another_company_is_none_here(self):
        self.lovers.team_id = False
        self.lovers.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self.case_of(self.ask("Kvarta T5")).inquiry.products, ())

    def test_a_product_of_another_company_is_not_named(self):
        self.turntable.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self.named("Kvarta T5"), [])

    def test_what_was_recognised_is_stored_and_told(self):
        inquiry = self.ask("Does the KVARTA T-5 have a dust cover?")
        template = self.turntable.product_tmpl_id
        stored = inquiry.decision["facts"]["inquiry"]
        self.assertEqual(stored["named_products"], template.ids)
        self.assertIn("KVARTA T-5", inquiry.with_user(self.vera).sudo().decision_text)

    # --- the index follows the products

    def test_a_new_name_code_or_translation_is_known_at_once(self):
        template = self.turntable.product_tmpl_id
        template.name = "Kvarta T9 Reference"
        self.assertEqual(self.named("Kvarta T5"), [])
        self.assertEqual(self.named("Kvarta T9"), ["Kvarta T9 Reference"])
        self.turntable.default_code = "QX-77"
        self.assertEqual(self.named("QX-77"), ["Kvarta T9 Reference"])
        self.env["res.lang"]._activate_lang("ru_RU")
        template.with_context(lang="ru_RU").name = "Кварта Т9"
        self.assertEqual(self.named("Кварта Т9"), ["Kvarta T9 Reference"])
        template.update_field_translations("name", {"ru_RU": "Четверть Т7"})
        self.assertEqual(self.named("четверть т7"), ["Kvarta T9 Reference"])
        self.assertEqual(self.named("Кварта Т9"), [])

    def test_a_deleted_product_is_forgotten_and_an_archived_one_is_not(self):
        self.turntable.product_tmpl_id.active = False
        self.assertEqual(self.named("Kvarta T5"), ["Kvarta T5, turntable"])
        self.turntable.product_tmpl_id.unlink()
        self.assertEqual(self.named("Kvarta T5"), [])

    def test_a_deleted_variant_takes_its_code_along(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Colour",
                "value_ids": [(0, 0, {"name": name}) for name in ("Red", "Blue")],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Sonograf M10",
                "attribute_line_ids": [
                    (
                        0,
                        0,
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [(6, 0, attribute.value_ids.ids)],
                        },
                    )
                ],
            }
        )
        red, blue = template.product_variant_ids
        red.default_code, blue.default_code = "SON-10R", "SON-10B"
        self.assertEqual(self.named("SON-10R"), ["Sonograf M10"])
        red.unlink()
        self.assertEqual(self.named("SON-10R"), [])
        self.assertEqual(self.named("SON-10B"), ["Sonograf M10"])

    def test_whoever_writes_products_needs_no_right_to_the_index(self):
        seller = self.make_user("seller", "product.group_product_manager")
        self.env["product.template"].with_user(seller).create({"name": "Orfeo H9"})
        self.assertEqual(self.named("Orfeo H9"), ["Orfeo H9"])

    def test_making_it_anew_gives_the_same(self):
        def phrases():
            self.index.invalidate_model()
            return {
                (one.phrase, one.product_tmpl_id.id) for one in self.index.search([])
            }

        before = phrases()
        self.env.cr.execute("DELETE FROM routing_product_phrase")
        self.index._rebuild()
        self.assertEqual(phrases(), before)

    def test_an_interrupted_run_goes_on_where_it_stopped(self):
        self.env.cr.execute("DELETE FROM routing_product_phrase")
        done = []

        def progress(cron, processed=0, *, remaining=None, deactivate=False):
            done.append((processed, remaining))
            return 0 if processed else 60

        first = self.env["product.template"].with_context(active_test=False)
        first = first.search([], order="id", limit=1)
        with (
            patch.object(index_module, "BATCH", 1),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", progress),
        ):
            self.index._cron_rebuild()
            found = self.index.search([]).product_tmpl_id
            self.assertLessEqual(found, first)
            before = done[0][1]
            self.index._cron_rebuild()
        self.assertEqual(done[1], (1, None))
        self.assertEqual(done[2][1], before - 1)

    # --- the cost

    def test_twenty_thousand_products_cost_a_letter_the_same(self):
        text = "Passt die KEF LS50 Meta, oder die Marke 417 X-19917 Studio? 22 qm"
        few = self.count_statements(text)
        self.env.cr.execute(
            """
            INSERT INTO product_template
                   (name, categ_id, type, uom_id, sale_line_warn_msg, active,
                    tracking, service_tracking)
            SELECT JSONB_BUILD_OBJECT('en_US',
                       'Marke ' || (n %% 500) || ' X-' || n || ' Studio black, kind'),
                   categ_id, type, uom_id, NULL, TRUE, tracking, service_tracking
              FROM product_template, GENERATE_SERIES(1, 20000) AS n
             WHERE id = %s
            """,
            [self.product.product_tmpl_id.id],
        )
        self.index._rebuild()
        self.env.cr.execute("ANALYZE routing_product_phrase")
        self.assertGreater(self.index.search_count([]), 60_000)
        self.assertEqual(self.count_statements(text), few)
        query = self.index._sql_find(list(phrases_in(text)))
        plan = str(self.env.execute_query(SQL("EXPLAIN %s", query)))
        self.assertIn("routing_product_phrase_phrase_uniq", plan)
        self.assertNotIn("Seq Scan on routing_product_phrase", plan)
        self.assertIn("Marke 417 X-19917 Studio black, kind", self.named(text) or [""])

    def count_statements(self, text):
        inquiry = self.ask(text)
        self.env.flush_all()
        self.env.invalidate_all()
        self.case_of(inquiry)
        before = self.env.cr.sql_log_count
        self.named(text)
        return self.env.cr.sql_log_count - before

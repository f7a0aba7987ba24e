# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ...letter.naming import GENERIC, phrases_of_code, phrases_of_name

_logger = logging.getLogger(__name__)

BATCH = 1000
POSITION = "audiomania_routing.product_index_position"
"""Up to which product the index has been made anew, while that goes on."""


class RoutingProductPhrase(models.Model):
    """The index of products that letters name: what a text says to mean one.

    A letter asks it for the few phrases that it may hold, so its cost does not depend
    on how many products there are. It follows every product as it is written.
    """

    _name = "routing.product.phrase"
    _description = "Phrase that names a product"
    _log_access = False
    _order = "phrase, id"
    _rec_name = "phrase"

    phrase = fields.Char(
        required=True,
        readonly=True,
        help="Words and numbers of a name, a code or a barcode, in lower case.",
    )
    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )

    _phrase_uniq = models.UniqueIndex(
        "(phrase, product_tmpl_id)", "A phrase names a product once."
    )

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    @api.model
    def _find(self, phrases):
        """{phrase: [(product template id, company id or None)]}, in one query.

        A phrase that many products share comes with as many of them as show that.
        """
        if not phrases:
            return {}
        found = defaultdict(list)
        rows = self.env.execute_query(self._sql_find(phrases))
        for phrase, template_id, company_id in rows:
            found[phrase].append((template_id, company_id))
        return dict(found)

    @api.model
    def _sql_find(self, phrases):
        return SQL(
            """
            SELECT known.phrase, template.id, template.company_id
              FROM UNNEST(%s) AS wanted (phrase)
             CROSS JOIN LATERAL (
                   SELECT phrase, product_tmpl_id
                     FROM routing_product_phrase
                    WHERE phrase = wanted.phrase
                    LIMIT %s
                   ) AS known
              JOIN product_template template ON template.id = known.product_tmpl_id
             ORDER BY known.phrase, template.id
            """,
            list(phrases),
            GENERIC,
        )

    # ------------------------------------------------------------------
    # Keeping it
    # ------------------------------------------------------------------

    @api.model
    def _index(self, templates):
        """Make the phrases of these products anew: names in all languages, codes and
        barcodes of all variants; archived ones too, for customers still own them."""
        if not templates:
            return
        templates.flush_model(["name"])
        self.env["product.product"].flush_model(
            ["barcode", "default_code", "product_tmpl_id"]
        )
        self._replace(templates.ids)

    @api.model
    def _replace(self, ids):
        rows = self.env.execute_query(self._sql_names(ids))
        pairs = sorted(
            {(phrase, id_) for id_, *texts in rows for phrase in _phrases(*texts)}
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM routing_product_phrase WHERE product_tmpl_id IN %s",
                tuple(ids),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO routing_product_phrase (phrase, product_tmpl_id)
                SELECT * FROM UNNEST(%s::varchar[], %s::integer[])
                """,
                [phrase for phrase, _id in pairs],
                [id_ for _phrase, id_ in pairs],
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _sql_names(self, ids):
        """(product, names, codes) as lists of texts."""
        return SQL(
            """
            SELECT template.id,
                   ARRAY(SELECT value FROM JSONB_EACH_TEXT(template.name)),
                   ARRAY(
                       SELECT code
                         FROM product_product product
                        CROSS JOIN LATERAL (
                              VALUES (product.default_code), (product.barcode)
                              ) AS coded (code)
                        WHERE product.product_tmpl_id = template.id
                          AND code IS NOT NULL
                   )
              FROM product_template template
             WHERE template.id IN %s
            """,
            tuple(ids),
        )

    # ------------------------------------------------------------------
    # Making it anew
    # ------------------------------------------------------------------

    @api.model
    def _rebuild(self):
        """All products at once, as at the installation."""
        ids = self._get_ids_after(0)
        for start in range(0, len(ids), BATCH):
            self._replace(ids[start : start + BATCH])
        _logger.info("Letters can name %s products", len(ids))

    @api.model
    def _cron_rebuild(self):
        """In batches that are kept: what was interrupted goes on where it stopped."""
        # sudo: ir.config_parameter: how far it has come
        parameters = self.env["ir.config_parameter"].sudo()
        position = int(parameters.get_param(POSITION) or 0)
        ids = self._get_ids_after(position)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(ids))
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            self._replace(batch)
            parameters.set_param(POSITION, batch[-1])
            if not cron._commit_progress(len(batch)):
                return
        parameters.set_param(POSITION, 0)

    @api.model
    def _get_ids_after(self, position):
        products = self.env["product.template"].with_context(active_test=False)
        # sudo: product.template: the index is that of all companies
        return products.sudo().search([("id", ">", position)], order="id").ids


def _phrases(names, codes):
    """What names a product with these names and codes."""
    found = set()
    for name in filter(None, names):
        found |= phrases_of_name(name)
    for code in codes:
        found |= phrases_of_code(code)
    return found

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools import SQL

from ...engine.facts import Segment


class RoutingFacts(models.AbstractModel):
    """What the text of a letter says: language, documents, products, who a stranger is.

    The text was read when the letter came in. Whose the documents are, and to which
    audiences the products belong, is asked anew for each decision.
    """

    _inherit = "routing.facts"

    @api.model
    def _inquiry_facts_letter(self, batch):
        facts = {one.id: one.letter_facts or {} for one in batch.inquiries}
        audiences = self._get_product_audiences(facts.values())
        found = {}
        for inquiry in batch.inquiries:
            named = [ids for _words, ids in facts[inquiry.id].get("products", ())]
            found[inquiry.id] = {
                "language": facts[inquiry.id].get("language"),
                "mentioned": self._get_mentioned(inquiry),
                "products": _segments(named, audiences, inquiry.company_id.id),
                "named_products": tuple(dict.fromkeys(sum(named, []))),
            }
        return found

    @api.model
    def _customer_facts_guess(self, batch):
        """A stranger wrote, and a number in his letter suggests who he is."""
        return {
            inquiry.id: {"guessed": True}
            for inquiry in batch.inquiries
            if not inquiry.partner_id and inquiry._get_weighed_customer()
        }

    @api.model
    def _get_mentioned(self, inquiry):
        """The salespeople of the documents that the text names, in its order.

        Who works in other companies only is none of them: he could not read it.
        """
        try:
            people = self._get_salespeople(inquiry)
        except MissingError:
            people = self._get_salespeople(inquiry, inquiry._get_named_documents())
        company_id = inquiry.company_id.id
        mine = (one for one in people if company_id in one._get_company_ids())
        return tuple(dict.fromkeys(user.id for user in mine))

    @api.model
    def _get_salespeople(self, inquiry, documents=None):
        if documents is None:
            documents = [
                self.env[model].browse(document_id)
                for model, document_id, _number in (inquiry.letter_facts or {}).get(
                    "documents", ()
                )
                if model in self.env
            ]
        people = (one._get_document_salesperson() for one in documents)
        return [user for user in people if user]

    @api.model
    def _get_product_audiences(self, facts):
        """{product template id: [(audience, team or None, company or None)]}"""
        ids = {
            id_
            for each in facts
            for _words, some in each.get("products", ())
            for id_ in some
        }
        found = defaultdict(list)
        if ids:
            for model in ("customer.audience", "helpdesk.ticket.team"):
                self.env[model].flush_model()
            for model in ("product.category", "product.product", "product.template"):
                self.env[model].flush_model()
            for id_, *audience in self.env.execute_query(self._sql_audiences(ids)):
                found[id_].append(tuple(audience))
        return found

    @api.model
    def _sql_audiences(self, ids):
        """To which audiences products belong: to that which names the nearest category
        above, and to those of their tags; as orders count them."""
        return SQL(
            """
            WITH template AS (
                SELECT id, categ_id FROM product_template WHERE id IN %(ids)s
            ), above AS (
                SELECT template.id AS template_id,
                       rel.audience_id,
                       RANK() OVER (
                           PARTITION BY template.id
                               ORDER BY LENGTH(upper.parent_path) DESC
                       ) AS distance
                  FROM template
                  JOIN product_category category ON category.id = template.categ_id
                  JOIN product_category upper
                    ON category.parent_path LIKE upper.parent_path || '%%'
                  JOIN customer_audience_product_category_rel rel
                    ON rel.category_id = upper.id
                  JOIN customer_audience audience
                    ON audience.id = rel.audience_id AND audience.active
            ), belongs AS (
                SELECT template_id, audience_id FROM above WHERE distance = 1
                 UNION
                SELECT template.id, rel.audience_id
                  FROM template
                  JOIN product_tag_product_template_rel tagged
                    ON tagged.product_template_id = template.id
                  JOIN customer_audience_product_tag_rel rel
                    ON rel.tag_id = tagged.product_tag_id
                 UNION
                SELECT template.id, rel.audience_id
                  FROM template
                  JOIN product_product product ON product.product_tmpl_id = template.id
                  JOIN product_tag_product_product_rel tagged
                    ON tagged.product_product_id = product.id
                  JOIN customer_audience_product_tag_rel rel
                    ON rel.tag_id = tagged.product_tag_id
            )
            SELECT belongs.template_id, audience.id, team.id, audience.company_id
              FROM belongs
              JOIN customer_audience audience
                ON audience.id = belongs.audience_id AND audience.active
              LEFT JOIN helpdesk_ticket_team team
                ON team.id = audience.team_id AND team.active
             ORDER BY belongs.template_id, audience.id
            """,
            ids=tuple(sorted(ids)),
        )


def _segments(named, audiences, company_id):
    """The audiences of what a text names; each name counts the same.

    :param named: for each name the products that it may mean
    :param audiences: {product: [(audience, team, company)]}
    """
    shares = defaultdict(float)
    for ids in named:
        for id_ in ids:
            mine = [
                (audience_id, team_id)
                for audience_id, team_id, owner in audiences.get(id_, ())
                if owner in (None, company_id)
            ]
            for key in mine:
                shares[key] += 1 / len(named) / len(ids) / len(mine)
    return tuple(
        Segment(audience_id, team_id, round(share, 6))
        for (audience_id, team_id), share in sorted(
            shares.items(), key=lambda one: (-one[1], one[0][0])
        )
    )

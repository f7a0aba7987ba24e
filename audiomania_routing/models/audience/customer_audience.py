# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from contextlib import contextmanager

from odoo import api, fields, models, tools
from odoo.fields import Domain


class CustomerAudience(models.Model):
    """A segment of customers by the products they care about."""

    _name = "customer.audience"
    _description = "Audience"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        help="Empty: the audience is common to all companies. Orders in every company"
        " count for it; with audiences of other companies it is not compared.",
    )
    team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        check_company=True,
        index="btree_not_null",
        help="The employees who serve this audience. Without a team the inquiries of"
        " its customers go to the whole department.",
    )
    category_ids = fields.Many2many(
        comodel_name="product.category",
        relation="customer_audience_product_category_rel",
        column1="audience_id",
        column2="category_id",
        string="Product Categories",
        help="What customers of this audience buy. Categories below these count too,"
        " unless another audience names a nearer one: the nearest category above a"
        " product decides. Two audiences that name the same category share it: what"
        " is bought there counts for both in full.",
    )
    tag_ids = fields.Many2many(
        comodel_name="product.tag",
        relation="customer_audience_product_tag_rel",
        column1="audience_id",
        column2="tag_id",
        string="Product Tags",
        help="Products with one of these tags belong here, whatever their category;"
        " they count for the audience of their category too.",
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        help="Only customers who are kept with this language belong here, and of two"
        " audiences that name the same category or tag it is theirs alone. Empty: of"
        " any language.",
    )

    customer_count = fields.Integer(
        string="Customers",
        compute="_compute_customer_count",
        help="Contacts who belong to this audience now.",
    )
    is_counting = fields.Boolean(
        compute="_compute_is_counting",
        help="Past orders are being counted anew; until then it holds the customers"
        " that it had.",
    )

    @api.depends_context("uid")
    def _compute_customer_count(self):
        groups = self.env["res.partner"]._read_group(
            [("audience_id", "in", self.ids)], ["audience_id"], ["__count"]
        )
        counts = {audience.id: count for audience, count in groups}
        for audience in self:
            audience.customer_count = counts.get(audience.id, 0)

    def _compute_is_counting(self):
        # sudo: customer.affinity.recount: whether there is one, whoever looks
        recounts = self.env["customer.affinity.recount"].sudo()
        self.is_counting = bool(recounts.search_count([("state", "!=", "done")]))

    # ------------------------------------------------------------------
    # Which there are
    # ------------------------------------------------------------------

    @api.model
    def _find_present(self):
        """The active ones, whoever asks: what is kept in memory is for everybody."""
        # sudo: customer.audience: the system counts for all of them
        return self.sudo().with_context(active_test=True).search([])

    @api.model
    @tools.ormcache()
    def _get_definitions(self):
        """((id, company, language), ...) of the active audiences, ids sorted"""
        audiences = self._find_present().sorted("id")
        return tuple((each.id, each.company_id.id, each.lang) for each in audiences)

    @api.model
    def _get_languages(self):
        """Languages that an audience is for."""
        return tuple(sorted({lang for *_rest, lang in self._get_definitions() if lang}))

    @api.model
    def _get_companies(self):
        """Companies that have audiences of their own; 0 if all of them are common."""
        companies = {company for _id, company, _lang in self._get_definitions()}
        return sorted(companies - {False}) or [0]

    def _is_of(self, company):
        """Whether it is in use there."""
        return self.active and self.company_id in (company, company.browse())

    @api.model
    def _get_ids_in(self, company_id):
        """Audiences of a company, and those that are common to all."""
        return {
            audience_id
            for audience_id, company, _lang in self._get_definitions()
            if company in (False, company_id)
        }

    @api.model
    @tools.ormcache()
    def _get_of_categories(self):
        """{(category, language): audiences}; language "" is any that none is for.

        Of the audiences that name a category above, or the category itself, the nearest
        counts. Companies do not compete with each other.
        """
        audiences = self._find_present()
        named = defaultdict(set)
        for audience in audiences:
            for category_id in audience.category_ids.ids:
                named[category_id].add(audience)
        found = {}
        # sudo: product.category: the same
        for category in self.env["product.category"].sudo().search([]):
            above = [int(place) for place in category.parent_path.split("/") if place]
            for lang in ["", *self._get_languages()]:
                nearest = {}
                for place in reversed(above):
                    for company, ids in _suit(named.get(place, ()), lang).items():
                        nearest.setdefault(company, ids)
                if nearest:
                    found[category.id, lang] = sorted(set().union(*nearest.values()))
        return found

    @api.model
    @tools.ormcache()
    def _get_of_tags(self):
        """{(tag, language): audiences} that name the tag."""
        named = defaultdict(set)
        for audience in self._find_present():
            for tag_id in audience.tag_ids.ids:
                named[tag_id].add(audience)
        return {
            (tag_id, lang): sorted(set().union(*_suit(found, lang).values()))
            for tag_id, found in named.items()
            for lang in ["", *self._get_languages()]
        }

    # ------------------------------------------------------------------
    # Definition
    # ------------------------------------------------------------------

    @api.model
    def _get_definition_fields(self):
        """The fields that say which products and customers belong to an audience."""
        return {"active", "category_ids", "tag_ids", "company_id", "lang"}

    @api.model_create_multi
    def create(self, vals_list):
        audiences = super().create(vals_list)
        with audiences._redefine(before=()):
            pass
        return audiences

    def write(self, vals):
        """Another definition is another sum: past orders are counted anew."""
        if not self._get_definition_fields() & vals.keys():
            return super().write(vals)
        with self._redefine(self._get_product_ids()):
            return super().write(vals)

    def unlink(self):
        by_hand = self._get_chosen_by_hand()
        with self._redefine(self._get_product_ids()):
            result = super().unlink()
        self.env["customer.affinity"]._refresh_audiences(by_hand)
        return result

    @contextmanager
    def _redefine(self, before):
        """Count anew for who bought what belongs to the audiences before or after."""
        yield
        self.env.registry.clear_cache()
        left = self.exists()
        products = {*before, *left._get_product_ids()}
        recounts = self.env["customer.affinity.recount"]
        recounts._count_at_once("audience", sorted(products))
        if by_hand := left._get_chosen_by_hand():
            self.env["customer.affinity"]._refresh_audiences(by_hand)

    def _get_chosen_by_hand(self):
        """Ids of the customers for whom, or for a contact of whom, it was chosen."""
        if not self:
            return []
        # sudo: res.partner: whose choice it is does not matter to the system
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        chosen = partners.search([("audience_manual_id", "in", self.ids)])
        return chosen.commercial_partner_id.ids

    def _get_product_ids(self):
        """Products below its categories and with its tags, archived ones too."""
        # sudo: product.product: what belongs to an audience, whoever defines it
        products = self.env["product.product"].sudo().with_context(active_test=False)
        definition = self.sudo()
        categories = Domain("categ_id", "child_of", definition.category_ids.ids)
        tags = definition.tag_ids.ids
        domain = categories if definition.category_ids else Domain.FALSE
        if tags:
            domain |= Domain("product_tag_ids", "in", tags)
            domain |= Domain("additional_product_tag_ids", "in", tags)
        return products._search(domain).get_result_ids() if self else ()

    def action_view_customers(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "res.partner",
            "view_mode": "list,form",
            "domain": [("audience_id", "=", self.id)],
        }


def _suit(audiences, lang):
    """{company: ids} of those that are for a language; who is for this one alone goes
    before who is for any."""
    found = defaultdict(set)
    for audience in audiences:
        if audience.lang in (False, lang):
            found[audience.company_id.id, audience.lang].add(audience.id)
    return {
        company: ids
        for (company, spoken), ids in found.items()
        if spoken or (company, lang) not in found
    }

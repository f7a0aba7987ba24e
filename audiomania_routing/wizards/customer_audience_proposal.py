# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

LINES = 80
"""So many proposals are shown: those with most orders."""
SELLERS = 5
DEEPEST = 6
"""Levels of categories in which two that differ are looked for."""


class CustomerAudienceProposal(models.TransientModel):
    """Audiences that the product categories and past orders suggest."""

    _name = "customer.audience.proposal"
    _description = "Proposed audiences"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    months = fields.Integer(
        string="Orders of the last months",
        required=True,
        default=12,
        help="Confirmed orders of so many months count.",
    )
    level = fields.Integer(
        string="Level of categories",
        required=True,
        default=1,
        help="1: the topmost product categories; 2: those right below them; and so on. "
        "What is sold in categories below counts for the one above.",
    )
    order_count = fields.Integer(
        string="Orders", readonly=True, help="In which something proposed was sold."
    )
    line_ids = fields.One2many(
        comodel_name="customer.audience.proposal.line",
        inverse_name="proposal_id",
        string="Proposals",
    )

    _positive = models.Constraint(
        "CHECK (months > 0 AND level > 0)", "Months and level are at least 1."
    )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_propose(self):
        """Open the proposals for the company in which one works."""
        proposal = self.create({})
        proposal.level = proposal._find_level()
        proposal._propose()
        return proposal._show()

    def action_look_again(self):
        """With other months, or another level."""
        self.ensure_one()
        self._propose()
        return self._show()

    def action_create_audiences(self):
        """Make an audience of each that is ticked; past orders are counted for it."""
        self.ensure_one()
        chosen = self.line_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Tick the audiences that you want to have."))
        self.env["customer.audience"].create(
            [line._prepare_audience_vals() for line in chosen]
        )
        return self.env["ir.actions.actions"]._for_xml_id(
            "audiomania_routing.customer_audience_action"
        )

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proposed audiences"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # ------------------------------------------------------------------
    # What is proposed
    # ------------------------------------------------------------------

    def _propose(self):
        """Write anew what the orders say; without orders, the categories alone."""
        # What follows asks the database without the rules of who looks.
        self.check_access("write")
        self.line_ids.unlink()
        self._flush_sources()
        sales, sellers = self._find_sales()
        places = self._find_places()
        free = places - self._find_taken(places)
        ordered = free.sorted(lambda one: (-sales.get(one.id, (0, 0))[0], one.id))
        self.order_count = self._count_orders()
        self.env["customer.audience.proposal.line"].create(
            [
                self._prepare_line_vals(place, sales, sellers[place.id])
                for place in ordered[:LINES]
            ]
        )

    def _prepare_line_vals(self, place, sales, sellers):
        """:param sellers: [(id, orders)] of who sold there, most orders first"""
        orders, customers = sales.get(place.id, (0, 0))
        return {
            "proposal_id": self.id,
            "category_id": place.id,
            "name": place.name,
            "is_chosen": bool(orders),
            "order_count": orders,
            "customer_count": customers,
            "salesperson_ids": [user_id for user_id, _orders in sellers[:SELLERS]],
            "team_id": self._find_team(dict(sellers)),
        }

    @api.model
    def _find_team(self, sold):
        """The team whose members made most of these orders.

        :param sold: {id of an employee: his orders}
        """
        counts = {
            place.id: sum(sold.get(user_id, 0) for user_id in place.user_ids)
            for place in self.env["helpdesk.ticket.team"]._get_places()
            if place.company_id in (None, self.company_id.id)
        }
        best = min(counts, key=lambda team_id: (-counts[team_id], team_id), default=0)
        return best if counts.get(best) else False

    def _find_taken(self, places):
        """Those that an audience names already, or one above or below them."""
        audiences = self.env["customer.audience"].search(
            [("company_id", "in", [False, self.company_id.id])]
        )
        named = audiences.category_ids
        below = set(named.ids)
        above = {id_ for one in named for id_ in _split_path(one)}
        return places.filtered(
            lambda one: one.id in above or not below.isdisjoint(_split_path(one))
        )

    def _find_level(self):
        """The highest level on which goods for sale differ."""
        paths = self._find_goods()
        for level in range(1, DEEPEST + 1):
            if len({path[min(level, len(path)) - 1] for path in paths}) > 1:
                return level
        return 1

    def _find_goods(self):
        """[ids of categories from above] of the categories in which goods are sold."""
        goods = [
            ("sale_ok", "=", True),
            ("company_id", "in", [False, self.company_id.id]),
        ]
        # sudo: product.template: which categories are in use, and nothing of goods
        groups = self.env["product.template"].sudo()._read_group(goods, ["categ_id"])
        return [_split_path(category) for (category,) in groups if category]

    def _find_places(self):
        """The categories of that level above what is for sale."""
        ids = {path[min(self.level, len(path)) - 1] for path in self._find_goods()}
        return self.env["product.category"].browse(sorted(ids))

    # ------------------------------------------------------------------
    # Past orders
    # ------------------------------------------------------------------

    @api.model
    def _flush_sources(self):
        for name in (
            "sale.order",
            "sale.order.line",
            "product.product",
            "product.template",
            "product.category",
            "res.partner",
        ):
            self.env[name].flush_model()

    def _get_since(self):
        return fields.Datetime.now() - relativedelta(months=self.months)

    def _count_orders(self):
        # sudo: sale.order: how many there are, and nothing of them
        return (
            self.env["sale.order"]
            .sudo()
            .search_count(
                [
                    ("state", "=", "sale"),
                    ("company_id", "=", self.company_id.id),
                    ("date_order", ">=", self._get_since()),
                ]
            )
        )

    def _find_sales(self):
        """How much was sold in each category of the level, and by whom.

        One statement, whatever the history; amounts are not looked at.

        :return: {category: (orders, customers)}, {category: [(employee, orders)]}
        """
        sales, sellers = {}, defaultdict(list)
        for category, user, is_total, orders, customers in self._select_sales():
            if is_total:
                sales[category] = (orders, customers)
            elif user:
                sellers[category].append((user, orders))
        active = self._filter_active(
            {id_ for one in sellers.values() for id_, _ in one}
        )
        for category, sold in sellers.items():
            left = [one for one in sold if one[0] in active]
            sellers[category] = sorted(left, key=lambda one: (-one[1], one[0]))
        return sales, sellers

    @api.model
    def _filter_active(self, user_ids):
        """Who left sells nothing any more."""
        # sudo: res.users: who works in the company is no secret
        users = self.env["res.users"].sudo()
        domain = [("id", "in", list(user_ids)), ("share", "=", False)]
        return set(users.search(domain).ids)

    def _select_sales(self):
        return self.env.execute_query(
            SQL(
                """
                WITH place AS (
                    SELECT id,
                           COALESCE(
                               NULLIF(SPLIT_PART(parent_path, '/', %(level)s), ''),
                               id::text
                           )::integer AS category_id
                      FROM product_category
                )
                SELECT place.category_id, so.user_id, GROUPING(so.user_id) = 1,
                       COUNT(DISTINCT so.id),
                       COUNT(DISTINCT partner.commercial_partner_id)
                  FROM sale_order so
                  JOIN sale_order_line sol ON sol.order_id = so.id
                  JOIN product_product product ON product.id = sol.product_id
                  JOIN product_template tmpl ON tmpl.id = product.product_tmpl_id
                  JOIN place ON place.id = tmpl.categ_id
                  JOIN res_partner partner ON partner.id = so.partner_id
                 WHERE so.state = 'sale'
                   AND so.company_id = %(company)s
                   AND so.date_order >= %(since)s
                 GROUP BY GROUPING SETS (
                     (place.category_id), (place.category_id, so.user_id)
                 )
                """,
                level=self.level,
                company=self.company_id.id,
                since=self._get_since(),
            )
        )


def _split_path(category):
    """Ids of the categories above it and its own, from the topmost on."""
    return [int(id_) for id_ in category.parent_path.split("/") if id_]

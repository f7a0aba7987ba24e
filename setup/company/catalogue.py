# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is sold: categories, products, vendors with their price lists, stock."""

from .world import rows, russian

ROUND = 100  # roubles


def make_categories(world):
    for row in rows("categories"):
        parent = world.categories.get(row["parent"])
        category = world.model("product.category").create(
            {"name": row["name"], "parent_id": parent.id if parent else False}
        )
        if category._fields["name"].translate:
            russian(category, row["name_ru"])
        world.categories[row["key"]] = category


def make_vendors(world):
    world.vendors = world.create(
        "res.partner",
        "vendors",
        lambda row: {
            "name": row["name"],
            "email": row["email"],
            "phone": row["phone"],
            "city": row["city"],
            "is_company": True,
            "supplier_rank": 1,
            "country_id": world.ref("base.ru").id,
        },
    )


def make_products(world):
    vendors = {row["key"]: row for row in rows("vendors")}
    kinds = {row["kind"]: row["kind_ru"] for row in rows("kinds")}
    world.products = world.create(
        "product.product",
        "products",
        lambda row: _prepare_product(world, row, vendors[row["vendor"]]),
    )
    for row in rows("products"):
        name = f"{row['model']}, {kinds[row['kind']].lower()}"
        russian(world.products[row["model"]], name)


def _prepare_product(world, row, vendor):
    price = float(row["price"])
    cost = _cost(price, vendor)
    return {
        "name": f"{row['model']}, {row['kind']}",
        "default_code": _code(row["model"]),
        "categ_id": world.categories[row["category"]].id,
        "type": "consu",
        "is_storable": True,
        "list_price": price,
        "standard_price": cost,
        "taxes_id": False,
        "supplier_taxes_id": False,
        "seller_ids": [(0, 0, seller) for seller in _sellers(world, vendor, cost)],
    }


def _cost(price, vendor):
    """The vendor's price: the retail price less what he gives us, rounded."""
    return round(price * (100 - int(vendor["discount"])) / 100 / ROUND) * ROUND


def _sellers(world, vendor, cost):
    """The vendor's price for one, and for five at three per cent less."""
    common = {
        "partner_id": world.vendors[vendor["key"]].id,
        "delay": int(vendor["days"]),
        "currency_id": world.env.company.currency_id.id,
    }
    yield {**common, "min_qty": 1, "price": cost}
    yield {**common, "min_qty": 5, "price": round(cost * 0.97)}


def _code(model):
    """`Altair F50 walnut` -> `ALT-F50-WALNUT`; records by their first letters."""
    first, *rest = model.replace(":", "").split()
    if len(rest) > 3:
        return "LP-" + "".join(word[0] for word in [first, *rest]).upper()
    return "-".join([first[:3], *rest]).upper()


def fill_stock(world):
    location = world.model("stock.warehouse").search([], limit=1).lot_stock_id
    quants = world.model("stock.quant").with_context(inventory_mode=True)
    quants.create(
        [
            {
                "product_id": world.products[row["model"]].id,
                "location_id": location.id,
                "inventory_quantity": int(row["stock"]),
            }
            for row in rows("products")
        ]
    ).action_apply_inventory()

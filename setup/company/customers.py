# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who buys: companies with their people, and persons."""

from .world import rows

COUNTRIES = {"+7": "base.ru", "+44": "base.uk", "+49": "base.de", "+46": "base.se"}
COMPANY_MARKS = ("«", "№", "Ltd", "Studio")


def make_customers(world):
    """Companies first: their people hang on them."""
    table = rows("customers")
    for level in (False, True):
        part = [row for row in table if bool(row["company"]) == level]
        by_name = {partner.name: partner for partner in world.customers.values()}
        partners = world.model("res.partner").create(
            [_prepare_customer(world, row, by_name.get(row["company"])) for row in part]
        )
        emails = (row["email"] for row in part)
        world.customers.update(zip(emails, partners, strict=True))


def _prepare_customer(world, row, company):
    country = COUNTRIES[row["phone"].split()[0]]
    return {
        "name": row["name"],
        "email": row["email"],
        "phone": row["phone"],
        "city": row["city"],
        "lang": row["lang"],
        "country_id": world.ref(country).id,
        "is_company": any(mark in row["name"] for mark in COMPANY_MARKS),
        "parent_id": company.id if company else False,
        "customer_rank": 1,
    }

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The company itself: country, currency, mail domain, hours of work."""

from odoo import Command

from .world import DOMAIN, OLD_DOMAIN

READABLE = "audiomania_routing.helpdesk_ticket_action_readable"

# Opened, closed for lunch, opened again, closed; Monday is 0
SHIFTS = {
    "week": ("Shop hours", (10, 14, 15, 19)),
    "weekend": ("Weekend shift", (11, 15, 16, 20)),
}


def make_company(world):
    company = world.env.company
    roubles = world.ref("base.RUB")
    roubles.active = True
    world.model("product.pricelist").search([]).currency_id = roubles
    company.write(
        {
            "name": "Audiomania",
            "currency_id": roubles.id,
            "country_id": world.ref("base.ru").id,
            "city": "Москва",
            "street": "ул. Звуковая, 12",
            "zip": "105066",
            "phone": "+7 495 555-00-01",
            "email": f"info@{DOMAIN}",
            "website": f"https://{DOMAIN}",
            "iap_enrich_auto_done": True,  # nobody is asked about us on the internet
        }
    )
    warehouse = world.model("stock.warehouse").search([], limit=1)
    warehouse.name = company.name
    company.resource_calendar_id = make_shifts(world)["week"]


def seat_admin(world):
    world.ref("base.user_admin").write(
        {
            "tz": world.screen_zone,
            "email": f"admin@{DOMAIN}",
            "odoobot_state": "disabled",
            "action_id": world.ref(READABLE).id,
        }
    )


def make_mail_domain(world):
    """What leaves without an address of its own can be answered too."""
    domain = world.model("mail.alias.domain").create(
        {
            "name": DOMAIN,
            "bounce_alias": "bounce",
            "catchall_alias": "catchall",
            "default_from": "info",
        }
    )
    world.env.company.alias_domain_id = domain
    # The name of the old shop, which still stands on receipts
    world.model("mail.alias.domain").create(
        {
            "name": OLD_DOMAIN,
            "bounce_alias": "bounce",
            "catchall_alias": "catchall",
            "default_from": "info",
        }
    )
    # The accounting module takes sales@ for its invoices; here it is people's
    taken = world.model("mail.alias").search([("alias_name", "=", "sales")])
    taken.alias_name = "customer-invoices"


def make_shifts(world):
    """The calendars by the keys of `SHIFTS`, made if they are not there yet."""
    calendars = world.model("resource.calendar")
    return {
        key: calendars.search([("name", "=", shift[0])], limit=1)
        or calendars.create(_prepare_shift(world, key, *shift))
        for key, shift in SHIFTS.items()
    }


def _prepare_shift(world, key, name, hours):
    days = world.shop_days if key == "week" else world.weekend_days
    start, lunch, back, end = hours
    periods = (
        ("morning", start, lunch),
        ("lunch", lunch, back),
        ("afternoon", back, end),
    )
    return {
        "name": name,
        "tz": world.zone,
        "attendance_ids": [
            Command.create(
                {
                    "name": period.title(),
                    "dayofweek": str(day),
                    "day_period": period,
                    "hour_from": since,
                    "hour_to": until,
                }
            )
            for day in days
            for period, since, until in periods
        ],
    }

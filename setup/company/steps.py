# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is made, in which order."""

from . import (
    catalogue,
    conversations,
    customers,
    desk,
    followups,
    gateway,
    letters,
    office,
    orders,
    purchases,
    staff,
)

STEPS = (
    ("the company and its hours of work", office.make_company),
    ("the administrator", office.seat_admin),
    ("the mail domain", office.make_mail_domain),
    ("employees", staff.make_staff),
    ("product categories", catalogue.make_categories),
    ("vendors", catalogue.make_vendors),
    ("products with price lists", catalogue.make_products),
    ("purchases of the past", purchases.buy_last_year),
    ("stock", catalogue.fill_stock),
    ("teams", desk.make_teams),
    ("types of inquiries", desk.make_type_rules),
    ("targets of teams", desk.make_targets),
    ("customers", customers.make_customers),
    ("two years of orders", orders.make_history),
    ("audiences", desk.make_audiences),
    ("who left", staff.dismiss_former),
    ("two years of conversations with marks", conversations.make_past),
    ("bad marks of the past", followups.follow_up),
    ("who is away today", staff.make_absences),
    ("a conversation in every state", conversations.make_present),
    ("what we wrote, that sample letters answer", letters.write_ours),
    ("requests in the purchase journal", purchases.make_requests),
    ("letters that are not sent", gateway.hand_over_to_nobody),
)

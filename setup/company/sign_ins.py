# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whom to sign in as, and what to look at: (login, password, who, what)."""

SIGN_INS = (
    (
        "anna",
        "anna",
        "leader of the Hi-Fi team, English",
        "her queue with a conversation reserved for her; what her team has waiting",
    ),
    (
        "boris",
        "boris",
        "salesperson of the Hi-Fi team, Russian",
        "his queue; he cannot see what is reserved for Anna",
    ),
    (
        "pavel",
        "pavel",
        "salesperson of the vinyl team, English",
        "reserved for him, who knows the customer best; a quotation with Buy to press",
    ),
    (
        "yury",
        "yury",
        "buyer, English",
        "the purchase journal: what is asked, in work, on a draft purchase order",
    ),
    (
        "tatiana",
        "tatiana",
        "head of sales, manager of the help desk, Russian",
        "All I may see: the whole department, also what is reserved for one employee",
    ),
    ("admin", "admin", "administrator", "settings, aliases, everything"),
)

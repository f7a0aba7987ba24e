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
        "a conversation reserved for him; a quotation with Buy to press",
    ),
    (
        "yury",
        "yury",
        "buyer, English",
        "the purchase journal: asked, in work, on a draft purchase order",
    ),
    (
        "tatiana",
        "tatiana",
        "head of sales, manager of the help desk, Russian",
        "all conversations of the department, also those in their exclusive window",
    ),
    ("admin", "admin", "administrator", "settings, aliases, everything"),
)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Audiomania Routing: purchase journal",
    "summary": "A letter and a request to buy belong together",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Audiomania",
    "website": "https://www.audiomania.ru",
    "category": "After-Sales",
    "installable": True,
    "auto_install": True,
    "depends": ["audiomania_routing", "audiomania_purchase_journal"],
    "data": ["security/ir.model.access.csv"],
}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Audiomania Routing",
    "summary": "Every message from a customer is shown to the right employees at the"
    " right moment",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "category": "After-Sales",
    "author": "Audiomania",
    "website": "https://www.audiomania.ru",
    "depends": ["audiomania_alerts", "helpdesk_mgmt", "sale", "rating", "hr"],
    "excludes": ["helpdesk"],
    "data": [
        "security/ir.model.access.csv",
    ],
    "application": True,
    "installable": True,
}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Audiomania Routing: deliveries",
    "summary": "What customers write about deliveries, and what they send back",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Audiomania",
    "website": "https://www.audiomania.ru",
    "category": "After-Sales",
    "installable": True,
    "auto_install": True,
    "depends": ["audiomania_routing", "sale_stock"],
    "data": [
        "security/ir.model.access.csv",
        "views/stock_picking_views.xml",
        "views/helpdesk_ticket_team_views.xml",
        "data/delivered_cron.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}

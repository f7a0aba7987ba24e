# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Audiomania Purchase Journal",
    "summary": "Salespeople ask to buy on the order line, buyers work it in a journal",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Audiomania",
    "website": "https://www.audiomania.ru",
    "category": "Supply Chain/Purchase",
    "application": True,
    "installable": True,
    "depends": ["audiomania_alerts", "sale_stock", "purchase_stock"],
    "data": [
        "security/purchase_journal_security.xml",
        "security/ir.model.access.csv",
        "data/alert_type_data.xml",
        "data/purchase_journal_refusal_reason_data.xml",
        "data/purchase_journal_rule_data.xml",
        "wizards/purchase_journal_ask_views.xml",
        "wizards/purchase_journal_comment_views.xml",
        "views/purchase_journal_request_list.xml",
        "views/purchase_journal_request_kanban.xml",
        "views/purchase_journal_request_form.xml",
        "views/purchase_journal_request_search.xml",
        "views/purchase_journal_request_actions.xml",
        "views/sale_order_views.xml",
        "views/purchase_order_views.xml",
        "views/purchase_journal_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "audiomania_purchase_journal/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "audiomania_purchase_journal/static/tests/**/*.test.js",
        ],
        "web.assets_tests": [
            "audiomania_purchase_journal/static/tests/tours/**/*.esm.js",
        ],
    },
}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Audiomania Alerts",
    "summary": "Tell exactly the employees concerned, once, in the toolbar",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Audiomania",
    "website": "https://www.audiomania.ru",
    "category": "Productivity",
    "images": ["static/description/alerts.png"],
    "application": True,
    "installable": True,
    "depends": ["mail", "bus"],
    "data": [
        "security/alert_security.xml",
        "security/alert_preference_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
        "data/ir_cron_ways.xml",
        "data/alert_digest_templates.xml",
        "views/alert_delivery_views.xml",
        "views/alert_type_views.xml",
        "views/alert_rule_views.xml",
        "views/alert_outbox_views.xml",
        "views/alert_type_way_views.xml",
        "views/alert_preference_views.xml",
        "views/alert_report_views.xml",
        "views/res_users_views.xml",
        "views/alert_menus.xml",
        "views/alert_screen_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            # A mixin stands before who uses it, in whichever addon.
            "audiomania_alerts/static/src/columns/columns.scss",
            "audiomania_alerts/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "audiomania_alerts/static/tests/alert_test_helpers.js",
            "audiomania_alerts/static/tests/**/*.test.js",
        ],
        "web.assets_tests": [
            "audiomania_alerts/static/tests/tours/**/*.esm.js",
        ],
    },
}

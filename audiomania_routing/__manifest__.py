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
        "security/helpdesk_ticket_rules.xml",
        "data/alert_type.xml",
        "data/intake_cron.xml",
        "data/mail_message_subtype.xml",
        "views/intake/res_config_settings_views.xml",
        "views/intake/mail_automatic_sent_views.xml",
        "views/intake/fetchmail_server_views.xml",
        "views/conversation/helpdesk_ticket_views.xml",
        "views/intake/helpdesk_ticket_views.xml",
        "views/conversation/menus.xml",
        "views/intake/account_move_views.xml",
        "views/intake/sale_order_views.xml",
        "security/intake_rules.xml",
        "views/intake/res_config_settings_intake_views.xml",
        "views/intake/mail_intake_entry_views.xml",
        "views/intake/mail_intake_sender_views.xml",
        "views/intake/mail_address_check_views.xml",
        "views/intake/menus.xml",
        "data/address_check.xml",
        "security/audience_rules.xml",
        "data/audience_cron.xml",
        "views/audience/customer_audience_views.xml",
        "views/audience/res_partner_views.xml",
    ],
    "post_init_hook": "post_init_hook",
    "assets": {
        "web.assets_backend": [
            "audiomania_routing/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "audiomania_routing/static/tests/*.test.js",
        ],
        "web.assets_tests": [
            "audiomania_routing/static/tests/tours/*.esm.js",
        ],
    },
    "application": True,
    "installable": True,
}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Audiomania Alerts: absence",
    "summary": "Alerts of an absent employee pass to his substitute or wait",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Audiomania",
    "website": "https://www.audiomania.ru",
    "category": "Productivity",
    "installable": True,
    "auto_install": True,
    "depends": ["audiomania_alerts", "hr"],
    "data": [
        "security/ir.model.access.csv",
        "views/hr_employee_views.xml",
    ],
}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What `setup/screenshots` takes pictures of: a line of a table for each."""

from dataclasses import dataclass

ROUTING, ALERTS, JOURNAL = (
    "audiomania_routing",
    "audiomania_alerts",
    "audiomania_purchase_journal",
)
ROW = ".o_data_row td[name=name]"
MARKS = "/mark"  # and what is signed


@dataclass(frozen=True)
class Scene:
    """One picture: whose screen, where, what is clicked, what must be there then.

    :param record: (model, domain) of which the first one's id stands for ``{id}``
    :param clicks: (selector, text) one after the other
    :param words: (selector, what is typed there)
    :param size: of the window, where it is not the usual one
    """

    addon: str
    name: str
    login: str
    path: str
    ready: str
    record: tuple = ()
    clicks: tuple = ()
    words: tuple = ()
    size: tuple = ()


ANSWERS = {"en": "Opening hours in December", "ru": "Переходник на 6,3 мм"}
"""The subject of an answer by the customer's language: marks stand below it."""
LETTER = (ROW, "Saturday with my husband")
SCENES = (
    Scene(ROUTING, "queue", "anna", "/odoo/inquiries", ".o_data_row"),
    Scene(
        ROUTING,
        "queue_kanban",
        "tatiana",
        "/odoo/inquiries-all?view_type=kanban",
        ".o_kanban_record",
    ),
    Scene(
        ROUTING,
        "conversation",
        "anna",
        "/odoo/inquiries",
        ".o_routing_band",
        clicks=(LETTER,),
    ),
    Scene(
        ROUTING,
        "composer",
        "anna",
        "/odoo/inquiries",
        ".o-mail-Composer-input",
        clicks=(LETTER, (".o-mail-Chatter-sendMessage", "")),
    ),
    Scene(
        ROUTING,
        "customer",
        "tatiana",
        "/odoo/res.partner/{id}",
        ".o_form_view .nav-link.active[name=audience]",
        record=("res.partner", [("email", "=", "p.hallam@letterbox.example")]),
        clicks=((".nav-link[name=audience]", ""),),
    ),
    Scene(
        ROUTING,
        "policy",
        "admin",
        "/odoo/routing-policy",
        ".o_form_view",
        clicks=((".o_data_row .o_data_cell", ""),),
    ),
    Scene(
        ROUTING,
        "try_it",
        "admin",
        "/odoo/routing-try",
        ".o_field_widget[name=trial_result] *",
        words=(
            ("[name=trial_subject] input", "Altair F50"),
            (
                "[name=trial_body] textarea",
                "Is it there in walnut? My order is S00042.",
            ),
        ),
    ),
    Scene(
        ROUTING,
        "dashboard",
        "tatiana",
        "/odoo/inquiries-dashboard",
        ".o_routing_rows td",
    ),
    Scene(ROUTING, "analysis", "tatiana", "/odoo/inquiries-analysis", ".o_pivot td"),
    Scene(
        ROUTING,
        "targets",
        "tatiana",
        "/odoo/targets-by-team",
        ".o_data_row .text-bg-warning, .o_data_row .text-bg-danger",
    ),
    Scene(
        ROUTING,
        "follow_up",
        "anna",
        "/odoo/follow-ups/{id}",
        ".o_form_view",
        record=("helpdesk.quality.followup", [("state", "=", "open")]),
    ),
    Scene(
        ROUTING,
        "first_use",
        "admin",
        "/odoo/first-use",
        ".o_routing_setup .o_kanban_record",
    ),
    Scene(ROUTING, "marks", "", MARKS, ".o_mark_page"),
    Scene(ROUTING, "marks_phone", "", MARKS, ".o_mark_page", size=(390, 844)),
    Scene(
        ALERTS,
        "alerts",
        "anna",
        "/odoo/inquiries",
        ".o_alert_menu_list",
        clicks=((".o_menu_systray .o_alert_menu", ""),),
    ),
    Scene(
        ALERTS,
        "settings",
        "anna",
        "/odoo/inquiries",
        ".o_list_view .o_data_row .o_field_widget[name=toolbar]",
        clicks=((".o_menu_systray .o_alert_menu", ""), (".o_alert_settings", "")),
    ),
    Scene(
        JOURNAL,
        "journal",
        "yury",
        "/odoo/purchase-journal",
        ".o_data_row, .o_group_header",
    ),
    Scene(
        JOURNAL,
        "order",
        "tatiana",
        "/odoo/sale.order/{id}",
        ".o_form_view .o_data_row",
        record=(
            "sale.order",
            [("order_line.purchase_request_ids.state", "=", "in_work")],
        ),
    ),
)


def wanted(names):
    """The scenes with these names or of these addons; without names, all."""
    return [
        one for one in SCENES if not names or one.addon in names or one.name in names
    ]


def unknown(names):
    """Those of these names that name neither a picture nor an addon."""
    known = {name for one in SCENES for name in (one.addon, one.name)}
    return [name for name in names if name not in known]

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures of the screens of a running demo company, into each addon's own folder.

Started by `setup/screenshots` in the environment of Odoo. What is pictured is in the
table `SCENES`; a scene that cannot be reached fails, and names itself.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import requests
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kit.chromium import Chromium, Trouble

LANGUAGES = {"en": "en_US", "ru": "ru_RU"}
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


class Office:
    """The running company, asked as its administrator."""

    def __init__(self, address, database):
        self.address, self.database = address, database
        self.language = "en"
        self.session = requests.Session()
        values = {"db": database, "login": "admin", "password": "admin"}
        self._ask("/web/session/authenticate", **values)

    def _ask(self, route, **params):
        request = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.session.post(self.address + route, json=request, timeout=120)
        content = answer.json()
        if "error" in content:
            raise Trouble(content["error"]["data"]["message"])
        return content.get("result")

    def call(self, model, method, *args, **kwargs):
        route = f"/web/dataset/call_kw/{model}/{method}"
        return self._ask(route, model=model, method=method, args=args, kwargs=kwargs)

    def speak(self, language):
        """From now on everybody reads his screens in this language."""
        users = self.call("res.users", "search", [("share", "=", False)])
        self.call("res.users", "write", users, {"lang": LANGUAGES[language]})
        self.language = language

    def find_marks(self):
        """The address of the page to which the marks below an answer lead."""
        subject = ANSWERS[self.language]
        domain = [("subject", "ilike", subject), ("body_html", "like", "/mark/")]
        mails = self.call("mail.mail", "search_read", domain, ["body_html"], limit=1)
        if not mails:
            raise Trouble(f"there are no marks below {subject}")
        return re.search(r"/mark/[\w.~-]+", mails[0]["body_html"])[0]

    def find(self, model, domain):
        found = self.call(model, "search", domain, limit=1)
        if not found:
            raise Trouble(f"there is no {model} with {domain}")
        return found[0]


def photograph(chromium, office, scene, size, file):
    size = scene.size or size
    page = visit(chromium, office, scene, size)
    for selector, text in scene.clicks:
        page.click(selector, text)
        page.settle()
    for selector, text in scene.words:
        page.type(selector, text)
        page.evaluate("document.activeElement.blur()")
    page.see(scene.ready)
    page.settle()
    if page.trouble:
        raise Trouble("; ".join(page.trouble))
    page.photograph(file)
    page.close()
    shrink(file)


def visit(chromium, office, scene, size):
    """The page of the scene, as whoever looks at it."""
    if not scene.login:
        page = chromium.visit(office.address, size)
        ready = f"document.querySelector('{scene.ready}')"
        page.open(office.find_marks(), ready)
        return page
    people = office.database, scene.login, scene.login
    page = chromium.sign_in(office.address, *people, size)
    path = scene.path
    if scene.record:
        path = path.format(id=office.find(*scene.record))
    page.open(path)
    return page


def shrink(file):
    """Screens have few colours: as many as a palette holds are enough."""
    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--languages", required=True)
    parser.add_argument("--size", required=True)
    parser.add_argument("scenes", nargs="*")
    options = parser.parse_args()
    size = tuple(map(int, options.size.split("x")))
    office = Office(options.address, options.database)
    failed = 0
    with Chromium() as chromium:
        for language in options.languages.split(","):
            office.speak(language)
            for scene in wanted(options.scenes):
                suffix = "" if language == "en" else f".{language}"
                file = f"{scene.name}{suffix}.png"
                folder = options.output / scene.addon / "static" / "description"
                folder.mkdir(parents=True, exist_ok=True)
                try:
                    photograph(chromium, office, scene, size, folder / file)
                    print(f"  {scene.addon}: {file}", flush=True)
                except Trouble as trouble:
                    failed += 1
                    print(f"  {scene.addon}: {file} FAILED: {trouble}", flush=True)
    return 1 if failed else 0


def wanted(names):
    return [
        one for one in SCENES if not names or one.addon in names or one.name in names
    ]


if __name__ == "__main__":
    sys.exit(main())

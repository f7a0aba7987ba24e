# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures of the screens of a running demo company, into each addon's own folder.

Started by `setup/screenshots` in the environment of Odoo. What is pictured is in
`scenes.py`; a scene that cannot be reached fails, and names itself.
"""

import argparse
import re
import sys
from pathlib import Path

import requests
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kit.chromium import Chromium, Trouble
from kit.scenes import ANSWERS, wanted

LANGUAGES = {"en": "en_US", "ru": "ru_RU"}


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

    def put_first_use_away(self):
        """No line of it stands above a queue that is pictured."""
        self.call("routing.setup.step", "action_put_away")

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
    office.put_first_use_away()
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


if __name__ == "__main__":
    sys.exit(main())

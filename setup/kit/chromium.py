# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chromium without a window, driven through its DevTools protocol.

One process with as many signed-in sessions side by side as are wanted, each with
cookies of its own. Runs in the environment of Odoo, whose tests need `websocket` too.
"""

import base64
import contextlib
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import requests
import websocket

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable")
FLAGS = [
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]
PATIENCE = 60
WAIT = """
    new Promise((resolve, reject) => {{
        const end = Date.now() + {milliseconds};
        const look = () => {{
            if ({condition}) {{
                resolve(true);
            }} else if (Date.now() > end) {{
                reject(new Error("waited in vain"));
            }} else {{
                setTimeout(look, 50);
            }}
        }};
        look();
    }})
"""

DRAWN = """
    document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => 0)
"""
CALM = 0.5  # seconds without any request
AT_MOST = 20  # seconds: there may be one that is never answered
AWAITED = ("Document", "Fetch", "XHR")  # what a worker asks has its end elsewhere
SHOWN = """
    [
        ["address", location.href],
        ["it has loaded", document.readyState],
        ["something is awaited", !!document.querySelector(".o_loading_indicator")],
        ...[...document.querySelectorAll(".o-overlay-item, .o_notification")].map(
            (one) => ["on top", one.innerText]
        ),
        ["page", document.body.innerText],
    ].map((one) => one.join(": ")).join("\\n").replace(/\\s*\\n\\s*/g, "\\n")
"""
SHOWN_AT_MOST = 3000  # characters


class Trouble(Exception):
    """What the page answers instead."""


class Chromium:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="chromium-"))
        found = filter(None, map(shutil.which, BROWSERS))
        flags = [*FLAGS, f"--user-data-dir={self.folder}"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")
        self.process = subprocess.Popen(
            [next(found), *flags, "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.numbers = itertools.count(1)
        self.pages = {}
        self.socket = websocket.create_connection(
            self._find_address(), timeout=2 * PATIENCE, suppress_origin=True
        )

    def _find_address(self):
        file = self.folder / "DevToolsActivePort"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(FileNotFoundError, ValueError):
                port, path = file.read_text().split()
                return f"ws://127.0.0.1:{port}{path}"
            time.sleep(0.1)
        raise TimeoutError("Chromium does not start")

    def call(self, method, page=None, **params):
        """Ask, and note what happens on all pages until the answer is there."""
        number = next(self.numbers)
        request = {"id": number, "method": method, "params": params}
        if page:
            request["sessionId"] = page.id
        self.socket.send(json.dumps(request))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                break
            if note := self.pages.get(message.get("sessionId")):
                note.hear(message)
        if "error" in message:
            raise Trouble(message["error"]["message"])
        return message["result"]

    def sign_in(self, address, database, login, password, size=(1400, 900)):
        """A page of its own, in which that employee is signed in."""
        session = requests.Session()
        params = {"db": database, "login": login, "password": password}
        answer = session.post(
            f"{address}/web/session/authenticate",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=PATIENCE * 4,
        ).json()
        if "error" in answer:
            raise Trouble(answer["error"]["data"]["message"])
        return self.visit(address, size, session.cookies["session_id"])

    def visit(self, address, size=(1400, 900), cookie=None):
        """A page of its own: of whom the cookie names, else of a stranger."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call(
            "Target.createTarget", url="about:blank", browserContextId=context
        )
        attached = self.call(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )
        page = Page(self, attached["sessionId"], address, target["targetId"])
        self.pages[page.id] = page
        page.begin(cookie, size)
        return page

    def stop(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.stop()


class Page:
    """One tab: `requests` has the addresses it has asked, `trouble` what went wrong."""

    def __init__(self, chromium, id_, address, target):
        self.chromium, self.id, self.address = chromium, id_, address
        self.target = target
        self.requests, self.trouble = [], []
        self.awaited, self.heard_at = set(), time.monotonic()

    def call(self, method, **params):
        return self.chromium.call(method, self, **params)

    def begin(self, cookie, size):
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        # each is looked at, though only one window can be in front
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        if cookie:
            values = {"name": "session_id", "value": cookie, "url": self.address}
            self.call("Network.setCookie", **values)
        self.resize(*size)

    def hear(self, event):
        method, params = event.get("method"), event["params"]
        self._note_awaited(method, params)
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Network.responseReceived":
            response = params["response"]
            if response["status"] >= 400:
                self.trouble.append(f"{response['status']} {response['url']}")
        elif method == "Network.loadingFailed" and not params.get("canceled"):
            self.trouble.append(params["errorText"])
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.trouble.append(details.get("exception", details).get("description"))
        elif method == "Runtime.consoleAPICalled" and params["type"] == "error":
            texts = [str(one.get("value", "")) for one in params["args"]]
            self.trouble.append(" ".join(texts))

    def _note_awaited(self, method, params):
        if method == "Network.requestWillBeSent":
            if params.get("type") in AWAITED:
                self.awaited.add(params["requestId"])
        elif method in ("Network.loadingFinished", "Network.loadingFailed"):
            self.awaited.discard(params["requestId"])
        elif method == "Page.frameNavigated" and "parentId" not in params["frame"]:
            self.awaited.clear()
        else:
            return
        self.heard_at = time.monotonic()

    def resize(self, width, height, mobile=False):
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=mobile,
        )

    def open(self, path, condition=None):
        """What was kept of an earlier look is shown first: until the answer is there,
        it is drawn anew, and nothing that is selected in it stays so."""
        self.awaited.clear()
        self.call("Page.navigate", url=self.address + path)
        self.wait_for(condition or "document.querySelector('.o_action_manager > *')")
        self.settle()

    def evaluate(self, expression):
        answer = self.call(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        if details := answer.get("exceptionDetails"):
            exception = details.get("exception", {})
            raise Trouble(exception.get("description") or details["text"])
        return answer["result"].get("value")

    def wait_for(self, condition, seconds=PATIENCE):
        """Until this expression holds; how many seconds that took."""
        started = time.monotonic()
        while True:
            left = seconds - (time.monotonic() - started)
            try:
                wait = {"condition": condition, "milliseconds": int(left * 1000)}
                self.evaluate(WAIT.format(**wait))
                return time.monotonic() - started
            except Trouble as trouble:
                # a page that is being left answers nothing, the next one does
                left_page = "context was destroyed" in str(trouble)
                if left <= 0 or not left_page:
                    told = f"{condition}: {trouble}\n{self.describe()}"
                    raise Trouble(told) from None

    def describe(self):
        """What is on the screen now, and what went wrong before, in words."""
        try:
            shown = self.evaluate(SHOWN)[:SHOWN_AT_MOST]
        except Trouble as trouble:
            shown = f"nothing can be read: {trouble}"
        return "\n".join([shown, *(f"trouble: {one}" for one in self.trouble)])

    def see(self, selector, text="", seconds=PATIENCE):
        """Until an element with that text is there; how long that took."""
        return self.wait_for(_find(selector, text), seconds)

    def miss(self, selector, text="", seconds=PATIENCE):
        """Until there is no such element any more; how long that took."""
        return self.wait_for(f"!{_find(selector, text)}", seconds)

    def has(self, selector, text=""):
        return self.evaluate(f"!!{_find(selector, text)}")

    def click(self, selector, text=""):
        """Found and clicked in one: between two looks it may be drawn anew."""
        press = f"((one) => one ? !one.click() : false)({_find(selector, text)})"
        self.see(selector, text)
        while not self.evaluate(press):
            self.see(selector, text)

    def type(self, selector, text):
        """As a person does: into the field that has the focus."""
        self.see(selector)
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")
        self.call("Input.insertText", text=text)

    def press(self, key):
        """A key of the keyboard, as Enter."""
        text = "\r" if key == "Enter" else ""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, text=text)

    def settle(self):
        """Until nothing has been awaited for half a second, and all is drawn."""
        deadline = time.monotonic() + AT_MOST
        while time.monotonic() < deadline:
            with contextlib.suppress(Trouble):  # a page that is being left
                self.evaluate(DRAWN)
            if not self.awaited and time.monotonic() - self.heard_at > CALM:
                break
            time.sleep(0.1)

    def close(self):
        self.chromium.call("Target.closeTarget", targetId=self.target)

    def photograph(self, file):
        answer = self.call("Page.captureScreenshot", format="png")
        Path(file).write_bytes(base64.b64decode(answer["data"]))


def _find(selector, text):
    return (
        f"[...document.querySelectorAll({json.dumps(selector)})]"
        f".find((one) => one.textContent.includes({json.dumps(text)}))"
    )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A session of the web client: its requests, its views, and its websocket."""

import ast
import contextlib
import json
import threading
import time

import requests
import websocket
from lxml import etree

WORKER = "19.0-2"
"""The version of Odoo's websocket worker, which the server asks for."""
RELATIONAL = ("many2one", "one2many", "many2many", "reference")
PATIENCE = 120


class Refused(Exception):
    """What Odoo answered instead: the name of the exception and its sentence."""

    def __init__(self, error):
        super().__init__(error["data"]["message"])
        self.name = error["data"]["name"].rpartition(".")[2]


class Client:
    """What one browser sends, each request measured by what it is for."""

    def __init__(self, place, login, figures):
        self.place, self.login, self.figures = place, login, figures
        self.session = requests.Session()
        self.context = {}

    def sign_in(self):
        values = {"db": self.place["database"], "login": self.login}
        info = self.json(
            "sign in",
            "/web/session/authenticate",
            **values,
            password=self.place["password"],
        )
        companies = list(info["user_companies"]["allowed_companies"])
        self.context = {
            **info["user_context"],
            "allowed_company_ids": [int(company) for company in companies],
        }
        self.user_id = info["uid"]

    def json(self, kind, route, **params):
        """What the server answers; the request counts as one of `kind`."""
        request = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 1}
        with self.figures.measuring(kind):
            answer = self.session.post(
                self.place["address"] + route, json=request, timeout=PATIENCE
            )
        answer.raise_for_status()
        content = answer.json()
        if "error" in content:
            raise Refused(content["error"])
        return content.get("result")

    def call(self, kind, model, method, *args, context=None, **kwargs):
        route = f"/web/dataset/call_kw/{model}/{method}"
        kwargs["context"] = {**self.context, **(context or {})}
        return self.json(
            kind, route, model=model, method=method, args=args, kwargs=kwargs
        )


class Screen:
    """The queue and the form of a conversation, as their views ask for them."""

    ACTION = "audiomania_routing.helpdesk_ticket_action_queue"

    def __init__(self, client):
        action = client.json(
            "start of the client", "/web/action/load", action_id=self.ACTION
        )
        self.domain = ast.literal_eval(action["domain"])
        views = [*action["views"], [False, "form"], action["search_view_id"][:1]]
        views[-1].append("search")
        views = list({kind: [number, kind] for number, kind in views[::-1]}.values())
        found = client.call(
            "start of the client",
            "helpdesk.ticket",
            "get_views",
            views=views,
            options={"toolbar": True, "load_filters": True, "action_id": action["id"]},
        )
        fields = {name: of["fields"] for name, of in found["models"].items()}
        arches = {kind: view["arch"] for kind, view in found["views"].items()}
        self.row, self.record = (
            specify(etree.fromstring(arches[kind]), fields, "helpdesk.ticket")
            for kind in ("list", "form")
        )
        self.order = etree.fromstring(arches["list"]).get("default_order")


def specify(arch, fields, model):
    """What the client asks of these fields: names of what is related, and the columns
    of lists inside."""
    found = {}
    for node in _iter_fields(arch):
        name = node.get("name")
        kind = fields[model][name]["type"]
        if kind not in RELATIONAL:
            found[name] = {}
            continue
        inside = [child for child in node if child.tag in ("list", "kanban")]
        related = fields[model][name].get("relation")
        if inside and related in fields:
            found[name] = {"fields": specify(inside[0], fields, related), "limit": 40}
        else:
            found[name] = {"fields": {"display_name": {}}}
    return found


def _iter_fields(arch):
    """Fields of the view itself, not of a list inside one of them."""
    for node in arch:
        if node.tag == "field":
            yield node
        elif node.tag is not etree.Comment:
            yield from _iter_fields(node)


class Listener(threading.Thread):
    """The websocket of a browser: what it hears goes to `hear`."""

    def __init__(self, place, client, hear):
        super().__init__(daemon=True)
        self.place, self.client, self.hear = place, client, hear
        self.last, self.heard, self.is_over = 0, [], False
        self.lost = 0

    def open(self):
        self.socket = websocket.create_connection(
            f"{self.place['websocket']}/websocket?version={WORKER}",
            cookie=f"session_id={self.client.session.cookies['session_id']}",
            timeout=PATIENCE,
        )
        self.socket.settimeout(None)
        self.since = time.time()
        self.start()

    def subscribe(self, *channels):
        data = {"channels": sorted(channels), "last": self.last}
        self.send("subscribe", data)

    def send(self, event, data):
        with contextlib.suppress(websocket.WebSocketException, OSError):
            self.socket.send(json.dumps({"event_name": event, "data": data}))

    def run(self):
        try:
            while text := self.socket.recv():
                self._take(json.loads(text), time.time())
        except (websocket.WebSocketException, OSError, ValueError):
            pass
        self.lost = not self.is_over

    def _take(self, messages, now):
        for message in messages:
            self.last = max(self.last, message["id"])
            self.heard.append((message["id"], now))
            self.hear(message["message"]["type"], message["message"]["payload"])

    def close(self):
        self.is_over = True
        self.socket.close()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An employee at his screen: he works his queue as people do, and his browser asks the
server what the web client asks.

The requests, and when they are made, are those of the screens: `conversation_clock`,
`conversation_tabs`, `conversation_form`, `conversation_presence`, `customer_panel`,
`reply_desk` and `alert_store`, each `.esm.js`; the pauses below are theirs.
"""

import contextlib
import queue
import random
import re
import threading
import time
from datetime import datetime

import requests
from web import Client, Listener, Refused, Screen

TICKET, DELIVERY = "helpdesk.ticket", "alert.delivery"
GATHER, SCATTER, MARGIN = 0.3, 0.2, 0.25
PAUSE, LONGEST_PAUSE = 1.5, 6.0
REFRESH = 600
BEAT, PRESENCE = 12, 60
PAGE, ALERTS, MESSAGES = 80, 30, 30
TABS = (False, False, False, "mine", "team", "department")
LOOKS, READS, WRITES, BREATHES = (4, 20), (10, 45), (30, 120), (2, 10)
"""Seconds of a person: over his queue, a letter, an answer, and between two of them. He
works out one in two minutes, which is much."""
THANKS = 0.2
LOOKS_AT_ALERTS = 0.3
GOES_BACK = 0.5
TAKEN = re.compile(r"has been working on this conversation since")
TOO_LATE = ("AccessError", "UserError")


class Pace:
    """As in `pace.esm.js`: the more that goes on, the longer the pauses."""

    def __init__(self):
        self.pause, self.last = PAUSE, 0.0

    def begin(self):
        is_busy = time.time() - self.last < 2 * self.pause
        self.pause = min(self.pause * 1.5, LONGEST_PAUSE) if is_busy else PAUSE

    def end(self):
        self.last = time.time()

    @property
    def next(self):
        return self.last + self.pause


class Employee(threading.Thread):
    def __init__(self, place, login, figures, database):
        super().__init__(daemon=True)
        self.place, self.figures, self.database = place, figures, database
        self.client = Client(place, login, figures)
        self.listener = Listener(place, self.client, self.hear)
        self.chance = random.Random(login)
        self.news = queue.Queue()
        self.is_over = threading.Event()
        self.shown, self.tab, self.rows = None, False, []
        self.dues = {}
        self.is_stale, self.version = False, -1
        self.of_lists, self.of_alerts = Pace(), Pace()
        self.items = []
        self.worked_out = 0

    def sign_in(self):
        """Open the web client, up to the queue."""
        self.client.sign_in()
        self.screen = Screen(self.client)
        self.client.call("start of the client", "ir.http", "lazy_session_info")
        self.read_store("start of the client", ["failures", "init_messaging"])
        self.read_alerts()
        self.listener.open()
        self.subscribe()
        self.open_queue()
        self.dues["presence"] = time.time() + PRESENCE

    def run(self):
        while not self.is_over.is_set():
            try:
                self.work()
            except (Refused, requests.RequestException) as error:
                self.take_refusal(error)
        self.listener.close()

    def work(self):
        """From the queue through one conversation after the other."""
        self.open_queue()
        self.rest(LOOKS)
        ticket = self.choose()
        while ticket and not self.is_over.is_set():
            ticket = self.handle(ticket)
            if self.chance.random() < LOOKS_AT_ALERTS:
                self.look_at_alerts()
            self.rest(BREATHES)
            if self.chance.random() < GOES_BACK:
                return

    # What he does

    def choose(self):
        """One of the first that wait: two may choose the same."""
        rows = [row["id"] for row in self.rows[:10]]
        return self.chance.choice(rows) if rows else None

    def handle(self, ticket):
        """The conversation that he is led to after this one, or none."""
        record = self.open_conversation(ticket)
        self.rest(READS)
        if record["inquiry_state"] != "pending":
            return self.leave(ticket)
        if self.chance.random() < THANKS and record["can_work_out"]:
            following = self.call(
                "no action required",
                TICKET,
                "action_no_action_required",
                [ticket],
                context={"routing_go_on": True},
            )
            self.worked_out += 1
            return self.go_on(ticket, following)
        if record["can_take"]:
            record = self.take(ticket)
        if not record["can_reply"]:
            return self.leave(ticket)
        return self.go_on(ticket, self.answer(ticket, record))

    def take(self, ticket):
        with_context = {"context": self.client.context}
        self.client.json(
            "take",
            f"/web/dataset/call_button/{TICKET}/action_take",
            model=TICKET,
            method="action_take",
            args=[[ticket]],
            kwargs=with_context,
        )
        return self.refresh(ticket)

    def answer(self, ticket, record):
        """He writes, and sends; whatever came meanwhile he has read, and sends it."""
        self.call("facts beside the reply", TICKET, "get_reply_facts", ticket)
        self.say(ticket, "writing")
        self.rest(WRITES)
        self.call(
            "doubts before it leaves",
            TICKET,
            "get_reply_doubts",
            ticket,
            record["seen_token"],
        )
        try:
            self.post(ticket, record)
        except Refused as refused:
            if refused.name != "StaleAnswer":
                raise
            self.figures.tell("something has happened meanwhile")
            self.figures.understand(str(refused))
            self.post(ticket, self.read(ticket))
        self.worked_out += 1
        self.refresh(ticket)
        return self.call("what waits next", TICKET, "action_after_answer", [ticket])

    def post(self, ticket, record):
        to = record["partner_id"]
        values = {
            "body": "Good afternoon! Yes, we have two of them.",
            "email_add_signature": True,
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
            "partner_ids": [to["id"]] if to else [],
            "partner_emails": [] if to else [record["partner_email"]],
        }
        self.client.json(
            "answer",
            "/mail/message/post",
            thread_model=TICKET,
            thread_id=ticket,
            post_data=values,
            context={**self.client.context, "routing_seen": record["seen_token"]},
        )

    def go_on(self, ticket, action):
        self.leave(ticket)
        following = (action or {}) if isinstance(action, dict) else {}
        following = following.get("params", {}).get("next") or following
        return following.get("res_id") or None

    def leave(self, ticket):
        self.dues.pop("here", None)
        self.subscribe()
        self.say(ticket, "left")

    def look_at_alerts(self):
        """The list under the icon: what it shows is seen; one may be opened."""
        unseen = [id_ for item in self.items if item["unseen"] for id_ in item["ids"]]
        if unseen:
            self.call("alerts: seen", DELIVERY, "action_seen", unseen)
            self.read_alerts()

    # What his browser asks

    def call(self, kind, model, method, *args, **kwargs):
        return self.client.call(kind, model, method, *args, **kwargs)

    def open_queue(self):
        self.shown, self.tab = "queue", self.chance.choice(TABS)
        self.count_tabs()
        self.read_page()
        self.ask_moment()

    def read_page(self):
        tab = [["queue", "=", self.tab]] if self.tab else []
        found = self.call(
            "queue: page",
            TICKET,
            "web_search_read",
            domain=[*self.screen.domain, *tab],
            specification=self.screen.row,
            order=self.screen.order,
            limit=PAGE,
            offset=0,
            count_limit=10001,
            context={"bin_size": True},
        )
        self.rows = found["records"]

    def count_tabs(self):
        self.call(
            "queue: counts on the tabs",
            TICKET,
            "search_panel_select_range",
            "queue",
            category_domain=[],
            enable_counters=True,
            expand=False,
            filter_domain=[],
            hierarchize=True,
            limit=200,
            search_domain=self.screen.domain,
        )

    def open_conversation(self, ticket):
        self.shown = ticket
        record = self.read(ticket)
        stages = ["|", ("team_ids", "=", False), ("team_ids", "=", 0)]
        fields = ["display_name", "fold"]
        self.call(
            "conversation: stages",
            "helpdesk.ticket.stage",
            "search_read",
            domain=stages,
            fields=fields,
        )
        self.subscribe(f"routing_presence_{ticket}")
        self.say(ticket, "looking")
        self.ask_moment()
        self.read_around(ticket)
        return record

    def read(self, ticket):
        (record,) = self.call(
            "conversation",
            TICKET,
            "web_read",
            [ticket],
            specification=self.screen.record,
            context={"bin_size": True},
        )
        return record

    def refresh(self, ticket):
        """After a button, or an answer."""
        record = self.read(ticket)
        self.read_around(ticket)
        return record

    def read_around(self, ticket):
        """The customer beside it, and the letters below."""
        self.call("conversation: customer", TICKET, "get_customer_panel", ticket)
        where = {"thread_model": TICKET, "thread_id": ticket}
        self.client.json(
            "conversation: letters",
            "/mail/thread/messages",
            **where,
            fetch_params={"limit": MESSAGES},
        )
        asked = ["activities", "attachments", "contact_fields", "followers"]
        asked += ["scheduledMessages", "suggestedRecipients"]
        params = {**where, "access_params": {}, "request_list": asked}
        self.read_store("conversation: around it", [["mail.thread", params]])

    def read_store(self, kind, params):
        context = self.client.context
        self.client.json(kind, "/mail/data", fetch_params=params, context=context)

    def read_alerts(self):
        state = self.call("alerts: list", DELIVERY, "get_state", limit=ALERTS)
        self.version, self.items = state["version"], state["items"]

    def ask_moment(self):
        self.dues["clock"] = time.time() + REFRESH
        self.hear_moment(self.call("next moment", TICKET, "get_next_moment"))

    def say(self, ticket, state):
        self.call("sign of presence", TICKET, "notify_presence", ticket, state)
        if state != "left":
            self.dues["here"] = time.time() + BEAT

    def subscribe(self, *channels):
        self.listener.subscribe(*channels)

    # What the bus tells

    def hear(self, kind, payload):
        """In the thread of the websocket: told to the one who works."""
        self.news.put((kind, payload))

    def react(self, kind, payload):
        if kind == "audiomania_alerts/changed":
            if payload["version"] > self.version:
                self.version = payload["version"]
                self.dues["alerts"] = max(time.time(), self.of_alerts.next)
        elif kind == "routing_clock/changed":
            self.hear_moment(payload)
        elif kind == "routing_queue/changed" and not self.is_stale:
            self.is_stale = True
            soon = time.time() + GATHER + self.chance.random() * SCATTER
            self.dues["list"] = max(soon, self.of_lists.next)

    def hear_moment(self, told):
        if told["at"]:
            now, at = map(datetime.fromisoformat, (told["now"], told["at"]))
            due = time.time() + (at - now).total_seconds() + MARGIN
            self.dues["moment"] = min(due, self.dues.get("moment", due))

    def rest(self, between):
        """So long he does something else; his browser goes on."""
        until = time.time() + self.chance.uniform(*between) * self.place["haste"]
        while not self.is_over.is_set() and time.time() < until:
            what, due = min(self.dues.items(), key=lambda item: item[1])
            with contextlib.suppress(queue.Empty):
                wait = max(0.001, min(due, until) - time.time())
                self.react(*self.news.get(timeout=wait))
            if due <= time.time():
                self.do_due(what)

    def do_due(self, what):
        self.dues.pop(what, None)
        if what == "presence":
            self.listener.send("update_presence", {"inactivity_period": 1000})
            self.dues["presence"] = time.time() + PRESENCE
        elif what == "alerts":
            self.of_alerts.begin()
            self.read_alerts()
            self.of_alerts.end()
        elif what == "clock":
            self.ask_moment()
        elif what == "here":
            self.say(self.shown, "looking")
        else:
            self.refetch(what)

    def refetch(self, what):
        """A list fetches after changes; who reads a letter fetches nothing then."""
        self.is_stale = False
        self.of_lists.begin()
        if self.shown == "queue":
            self.count_tabs()
            self.read_page()
        self.of_lists.end()
        if what == "moment":
            self.ask_moment()

    # What goes otherwise

    def take_refusal(self, error):
        """Told in a sentence that he understands, or an error that nobody may see."""
        ticket, self.shown = self.shown, "queue"
        self.dues.pop("here", None)
        if isinstance(error, Refused) and self._is_understood(error, ticket):
            self.figures.understand(str(error))
            self.subscribe()
            return
        self.figures.fail("what he was shown", f"{type(error).__name__} {error}")
        self.is_over.wait(1)

    def _is_understood(self, error, ticket):
        if error.name == "UserError" and TAKEN.search(str(error)):
            self.figures.tell("a colleague has been working on it since")
            return True
        if error.name in TOO_LATE and self.database.is_of_another(
            ticket, self.client.user_id
        ):
            self.figures.tell("a colleague has taken or answered it meanwhile")
            return True
        return False

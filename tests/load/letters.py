# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters of customers, handed over as a mail server's pipe does.

They come at random moments, so many a second in the mean. As Postfix is told to, four
hand them over at once; what is not taken is handed over again.
"""

import queue
import random
import threading
import time
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate

import requests

POSTMEN = 4
SEED = 5
AGAIN_AFTER = 1.0
KINDS = {"team": 40, "person": 15, "answer": 25, "stranger": 15, "misspelt": 5}
"""Of a hundred: to a team, to an employee by his name, in a conversation that there is,
of somebody whom nobody knows, to an address that nobody has."""
TEXTS = (
    "Good afternoon,\n\nthe belt of my turntable slips. Do you have one in stock? What"
    " does it cost?\n",
    "Здравствуйте!\n\nПодскажите, пожалуйста, когда приедет мой заказ и можно ли"
    " заменить цвет на чёрный?\n\nС уважением\n",
    "Hello, which cartridge do you recommend for an old Thorens? I listen to jazz."
    "\n\n> On Monday you wrote:\n> Good morning\n",
    "Спасибо большое!\n",
)


@dataclass
class Letter:
    name: str
    came_at: float
    raw: bytes


class Mail:
    """Everything that customers send, and what became of handing it over."""

    def __init__(self, place, figures, rate):
        self.place, self.figures, self.rate = place, figures, rate
        self.chance = random.Random(SEED)
        self.waiting = queue.Queue()
        self.is_over = threading.Event()
        self.sent, self.retries = [], 0
        self.threads = [threading.Thread(target=self._arrive, daemon=True)]
        self.threads += [
            threading.Thread(target=self._hand_over, daemon=True)
            for _number in range(POSTMEN)
        ]

    def start(self):
        for thread in self.threads:
            thread.start()

    def finish(self):
        """No more arrive; what has arrived is handed over."""
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def _arrive(self):
        number, moment = 0, time.monotonic()
        while True:
            moment += self.chance.expovariate(self.rate)
            if self.is_over.wait(max(0, moment - time.monotonic())):
                return
            number += 1
            self.waiting.put(self._write(number))

    def _write(self, number):
        name = f"<load{number}@{self.place['domain']}.customers>"
        message = EmailMessage()
        message["Message-ID"] = name
        message["Date"] = formatdate()
        (kind,) = self.chance.choices(list(KINDS), KINDS.values())
        getattr(self, f"_address_{kind}")(message, number)
        if not message["Subject"]:
            message["Subject"] = f"A question, {number}"
        message.set_content(self.chance.choice(TEXTS), charset="utf-8", cte="8bit")
        return Letter(name, time.time(), message.as_bytes())

    def _sign(self, message, customer):
        address = f"customer{customer}@{self.place['domain']}.customers"
        message["From"] = f"Customer {customer} <{address}>"

    def _choose_customer(self):
        return self.chance.randint(1, self.place["customers"])

    def _address_team(self, message, _number):
        self._sign(message, self._choose_customer())
        team = self.chance.randrange(self.place["teams"])
        message["To"] = f"team{team}@{self.place['domain']}"

    def _address_person(self, message, _number):
        self._sign(message, self._choose_customer())
        person = self.chance.choice(self.place["employees"])
        message["To"] = f"{person}@{self.place['domain']}"

    def _address_answer(self, message, _number):
        past = self.chance.randint(1, self.place["stored"])
        self._sign(message, 1 + (past - 1) % self.place["customers"])
        message["To"] = f"shop@{self.place['domain']}"
        message["In-Reply-To"] = f"<answered{past}@{self.place['domain']}>"
        message["References"] = message["In-Reply-To"]
        message["Subject"] = "Re: A question about my turntable"

    def _address_stranger(self, message, number):
        message["From"] = f"Stranger <stranger{number}@elsewhere.example>"
        message["To"] = f"shop@{self.place['domain']}"

    def _address_misspelt(self, message, _number):
        self._sign(message, self._choose_customer())
        message["To"] = f"shpo@{self.place['domain']}"

    def _hand_over(self):
        headers = {
            "Authorization": f"Bearer {self.place['secret']}",
            "Content-Type": "message/rfc822",
            "X-Odoo-Database": self.place["database"],
        }
        with requests.Session() as session:
            session.headers.update(headers)
            while not (self.is_over.is_set() and self.waiting.empty()):
                try:
                    letter = self.waiting.get(timeout=0.2)
                except queue.Empty:
                    continue
                self._send(session, letter)

    def _send(self, session, letter):
        with self.figures.measuring("a letter handed over"):
            status = self._post(session, letter)
        if status == requests.codes.ok:
            self.sent.append(letter.name)
            self.figures.note(
                "(a letter, from its arrival)", time.time() - letter.came_at
            )
            return
        self.figures.fail("a letter handed over", f"{letter.name}: {status}")
        self.retries += 1
        if self.retries < len(self.sent) + 100:
            time.sleep(AGAIN_AFTER)
            self.waiting.put(letter)

    def _post(self, session, letter):
        try:
            url = f"{self.place['address']}/mail/intake"
            return session.post(url, data=letter.raw, timeout=120).status_code
        except requests.RequestException as error:
            return repr(error)

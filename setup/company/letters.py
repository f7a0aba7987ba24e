# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sample letters of `tests/letters`, given to the real mail gateway one by one."""

import json
import logging
import time
from collections import Counter
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path

from . import gateway
from .clock import played, working_afternoon
from .world import DOMAIN

_logger = logging.getLogger(__name__)

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "letters"


def feed(world):
    """Every letter of the samples; the log has a line for each."""
    start, outcomes = time.monotonic(), Counter()
    for letter in _index()["letters"]:
        entry = gateway.hand_over(world, (FOLDER / letter["file"]).read_bytes())
        outcomes[entry.outcome] += 1
        _logger.info("%s: %s", letter["file"], _describe_entry(entry))
    became = ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
    seconds = time.monotonic() - start
    print(f"  letters of every kind ({became}): {seconds:.1f} s", flush=True)


def send_nothing(world):
    """No letter of these leaves."""
    gateway.hand_over_to_nobody(world)
    world.env.cr.commit()


def write_ours(world):
    """What we wrote before and some letters answer, with the Message-ID they name."""
    asked = working_afternoon(world, days=1) - timedelta(hours=5)
    with played(world):
        for ours in _index()["ours"]:
            write = _confirm_order if "document" in ours else _answer_question
            write(world, ours, asked)


def _answer_question(world, ours, asked):
    to = f"{ours['employee']}@{DOMAIN}"
    letter = (ours["customer"], to, ours["subject"], ours["question"])
    ticket = gateway.receive(world, asked, letter)
    ticket.number = ours.get("number", ticket.number)
    _reply(world, ours, asked, ticket)


def _confirm_order(world, ours, asked):
    """The e-mail of the customer's latest order, from his salesperson."""
    email = parseaddr(ours["customer"])[1]
    domain = [("partner_id.email", "=", email), ("state", "=", "sale")]
    order = world.model(ours["document"]).search(domain, limit=1)
    _reply(world, ours, asked, order)


def _reply(world, ours, asked, record):
    gateway.reply(
        world,
        asked + timedelta(hours=1),
        record,
        world.users[ours["employee"]],
        ours["answer"],
        message_id=ours["message_id"],
    )


def _index():
    return json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))


def _describe_entry(entry):
    said = entry.error or entry.reason_words or ""
    if ticket := entry.ticket_id:
        said = _describe(ticket)
    return " ".join(filter(None, (entry.outcome, said)))


def _describe(ticket):
    pending = len(ticket.inquiry_ids.filtered(lambda one: one.state == "pending"))
    words = [ticket.number, f"{pending} to work out", ticket.ladder_text]
    return ", ".join(word for word in words if word)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sample letters of `tests/letters`, given to the real mail gateway one by one."""

import json
from datetime import timedelta
from pathlib import Path

from . import gateway
from .clock import played, working_afternoon
from .world import DOMAIN

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "letters"


def feed(world):
    """Every letter in its own transaction; a line for each on what became of it."""
    for entry in _index()["letters"]:
        print(f"  {entry['file']}: {_feed_one(world, entry)}", flush=True)
    gateway.hand_over_to_nobody(world)
    world.env.cr.commit()


def write_ours(world):
    """What we wrote before and some letters answer, with the Message-ID they name."""
    asked = working_afternoon(world, days=1) - timedelta(hours=5)
    with played(world):
        for ours in _index()["ours"]:
            to = f"{ours['employee']}@{DOMAIN}"
            letter = (ours["customer"], to, ours["subject"], ours["question"])
            ticket = gateway.receive(world, asked, letter)
            gateway.reply(
                world,
                asked + timedelta(hours=1),
                ticket,
                world.users[ours["employee"]],
                ours["answer"],
                message_id=ours["message_id"],
            )


def _index():
    return json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))


def _feed_one(world, entry):
    threads = world.model("mail.thread")
    known = world.model("helpdesk.ticket").search([], order="id desc", limit=1).id
    try:
        with world.env.cr.savepoint():
            raw = (FOLDER / entry["file"]).read_bytes()
            thread = threads.message_process(False, raw)
    except Exception as error:  # one bad letter must not keep the others away
        return f"FAILED: {type(error).__name__}: {error}"
    world.env.cr.commit()
    if not thread:
        return "no conversation"
    ticket = world.model("helpdesk.ticket").browse(thread)
    return f"{'new' if ticket.id > known else 'continued'} {_describe(ticket)}"


def _describe(ticket):
    pending = len(ticket.inquiry_ids.filtered(lambda one: one.state == "pending"))
    words = [ticket.number, f"{pending} to work out", ticket.ladder_text]
    return ", ".join(word for word in words if word)

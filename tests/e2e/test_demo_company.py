# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The demo company, and what became of each sample letter that it was given."""

import json
import os
import re
import smtplib
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from browser import Browser
from mail_servers import wait_for_port

from conftest import REPOSITORY, serving
from kit import command_demo, databases, odoo
from kit.loopback import free_port
from kit.post_office import DOMAIN, live_letters

sys.path.insert(0, str(REPOSITORY / "setup"))
from company.sign_ins import SIGN_INS

LETTERS = json.loads((REPOSITORY / "tests/letters/index.json").read_text())["letters"]
# What a letter is, beyond its headers, is told by the intake's own list of what was set
# aside, and by reading a forward; until then these become a conversation as they are.
NOT_YET_TOLD_APART = {
    "forward-by-colleague.eml",
    "forward-as-attachment.eml",
    "vacation-reply-to-nothing.eml",
    "newsletter.eml",
    "spam.eml",
    "bounce.eml",
    "shop-form.eml",
}


@pytest.fixture(scope="module")
def demo(postgres, tmp_path_factory):
    """A server on the demo company; gives its address and database."""
    name, folder = f"demo_{os.getpid()}", tmp_path_factory.mktemp("demo")
    with databases.temporary(postgres, databases.product(postgres), name):
        command_demo.make_company(postgres, name, folder / "company.log")
        assert odoo.trouble(folder / "company.log") == []
        with serving(postgres, name, folder / "odoo.log") as address:
            yield address, name


@pytest.fixture(scope="module")
def admin(demo):
    return Browser(*demo, "admin", "admin")


@pytest.mark.parametrize("login, password", [sign_in[:2] for sign_in in SIGN_INS])
def test_everybody_who_is_named_can_sign_in_and_has_something_to_look_at(
    demo, login, password
):
    browser = Browser(*demo, login, password)
    assert browser.user_id
    conversations = browser.call("helpdesk.ticket", "search_count", [])
    requests = browser.call("purchase.journal.request", "search_count", [])
    assert conversations or requests


def test_there_is_a_conversation_in_every_state_of_the_ladder(admin):
    reserved = [("exclusive_until", ">", "now"), ("user_id", "=", False)]
    waiting = [("inquiry_state", "=", "pending"), ("user_id", "=", False)]
    states = {
        "reserved": [*waiting, *reserved],
        "at the team": [*waiting, ("team_visible_from", "<=", "now")],
        "at the department": [*waiting, ("department_visible_from", "<=", "now")],
        "taken": [("inquiry_state", "=", "pending"), ("user_id", "!=", False)],
        "answered": [("inquiry_ids.state", "=", "answered")],
        "no action required": [("inquiry_ids.state", "=", "no_action")],
        "closed": [("stage_id.closed", "=", True)],
    }
    found = {
        k: admin.call("helpdesk.ticket", "search_count", d) for k, d in states.items()
    }
    assert all(found.values()), found


@pytest.mark.parametrize(
    "letter",
    [one for one in LETTERS if one["file"] not in NOT_YET_TOLD_APART],
    ids=lambda one: Path(one["file"]).stem,
)
def test_a_letter_becomes_what_its_index_says(admin, letter):
    expected = letter["expected"]
    messages = find_messages(admin, letter)
    if expected["outcome"] == "duplicate":
        assert len(messages) == 1
        return
    if expected["conversation"] == "none":
        assert messages == []
        return
    (message,) = messages
    assert message["model"] == "helpdesk.ticket"
    for words in expected["readable"]:
        assert words in plain(message["body"])
    inquiries = admin.search(
        "helpdesk.inquiry", [("message_id", "=", message["id"])], "state"
    )
    assert len(inquiries) == int(expected["inquiry"])


def test_none_of_the_others_is_lost(admin):
    """Whatever they are taken for today, no letter ends in an error."""
    lost = [
        letter["file"]
        for letter in LETTERS
        if letter["file"] in NOT_YET_TOLD_APART
        and letter["expected"]["outcome"] != "bounce"
        and not find_messages(admin, letter)
    ]
    assert lost == []


def test_a_letter_that_is_sent_to_the_demo_arrives(demo, admin, postgres, tmp_path):
    address, database = demo
    command_demo.write_pipe(postgres, database, address, tmp_path / "pipe.conf")
    port = free_port()
    command = [sys.executable, REPOSITORY / "setup/kit/post_office.py"]
    options = ["--pipe", tmp_path / "pipe.conf", "--outbox", tmp_path]
    process = subprocess.Popen([*command, "--listen", str(port), *options])
    try:
        wait_for_port(port)
        (_name, letter), *_rest = live_letters()
        to = [f"sales@{DOMAIN}", "somebody@elsewhere.example"]
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.sendmail("customer@letters.example", to, letter)
    finally:
        odoo.stop(process)
    (entry,) = admin.search(
        "mail.intake.entry", [("source", "=", "pipe")], "outcome", "recipients"
    )
    assert entry["outcome"] == "new"
    assert "somebody@" not in entry["recipients"]
    (kept,) = tmp_path.glob("*.eml")
    assert kept.read_bytes() == letter


def find_messages(admin, letter):
    """The messages in conversations that this letter made, by subject and sender."""
    domain = [
        ("model", "=", "helpdesk.ticket"),
        ("message_type", "=", "email"),
        ("email_from", "ilike", letter["from"]),
    ]
    if letter["message_id"]:
        domain.append(("message_id", "=", letter["message_id"]))
    else:
        domain.append(("subject", "=", letter["subject"]))
    return admin.search("mail.message", domain, "model", "body")


def plain(html):
    """Text as one reads it: no tags, no line breaks, no entities."""

    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())

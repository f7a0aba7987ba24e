# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The demo company, and what became of each sample letter that it was given."""

import base64
import json
import os
import re
import smtplib
import subprocess
import sys
from email.utils import parseaddr
from html import unescape
from pathlib import Path

import pytest
from browser import Browser
from mail_servers import wait_for_port
from walk import PEOPLE, list_steps

from conftest import REPOSITORY, serving
from kit import command_demo, databases, odoo
from kit.chromium import Chromium, Trouble
from kit.loopback import free_port
from kit.post_office import DOMAIN, live_letters

sys.path.insert(0, str(REPOSITORY / "setup"))
from company.sign_ins import SIGN_INS

INDEX = json.loads((REPOSITORY / "tests/letters/index.json").read_text())
LETTERS = INDEX["letters"]
FOLDER = REPOSITORY / "tests/letters"
ENTRY = (
    "message_id",
    "subject",
    "size",
    "outcome",
    "ticket_id",
    "mail_message_id",
    "error",
    "reason",
    "defects",
)


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


def test_everybody_works_by_the_clock_of_the_shop(admin):
    """Whenever it is made: who reads by another clock would be at home at night."""
    shifts = [("name", "in", ["Shop hours", "Weekend shift"])]
    shop = admin.call("resource.calendar", "search_read", shifts, ["tz"])
    ours = [("calendar_id", "in", [calendar["id"] for calendar in shop])]
    people = admin.call("resource.resource", "search_read", ours, ["tz"])
    assert people
    assert {one["tz"] for one in people} == {calendar["tz"] for calendar in shop}


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


@pytest.fixture(scope="module")
def entries(admin):
    """The intake entry of each sample letter, by the name of its file.

    They were handed over one after the other, so their entries stand in that order.
    """
    names = [letter["file"] for letter in LETTERS]
    by_call = [("source", "=", "call")]
    order = {"order": "id desc", "limit": len(names)}
    found = admin.call(
        "mail.intake.entry", "search_read", by_call, list(ENTRY), **order
    )
    return dict(zip(names, reversed(found), strict=True))


@pytest.fixture(scope="module")
def known(admin, entries):
    """The conversation of each letter of ours and of theirs, by its Message-ID."""
    ours = [one["message_id"] for one in INDEX["ours"] if "document" not in one]
    domain = [("message_id", "in", ours), ("model", "=", "helpdesk.ticket")]
    messages = admin.search("mail.message", domain, "message_id", "res_id")
    conversations = {one["message_id"]: one["res_id"] for one in messages}
    assert conversations.keys() == set(ours)
    for letter in LETTERS:
        if ticket := entries[letter["file"]]["ticket_id"]:
            conversations.setdefault(letter["message_id"], ticket[0])
    return conversations


def each(letters):
    return pytest.mark.parametrize(
        "letter", letters, ids=[Path(one["file"]).stem for one in letters]
    )


every_letter = each(LETTERS)


def test_each_letter_has_one_entry_and_each_entry_an_outcome(admin, entries):
    for name, entry in entries.items():
        assert entry["size"] == (FOLDER / name).stat().st_size, name
    assert not admin.search("mail.intake.entry", [("outcome", "=", False)], "id")


@every_letter
def test_a_letter_becomes_what_its_index_says(entries, letter):
    entry, expected = entries[letter["file"]], letter["expected"]
    assert entry["outcome"] == expected["outcome"], entry


@every_letter
def test_a_letter_is_in_the_conversation_that_it_belongs_to(entries, known, letter):
    expected = letter["expected"]
    ticket = entries[letter["file"]]["ticket_id"]
    if expected["conversation"] == "none":
        assert not ticket
        return
    assert ticket
    if expected["continues"]:
        assert ticket[0] == known[expected["continues"]]
        return
    before = LETTERS[: LETTERS.index(letter)]
    earlier = [entries[one["file"]]["ticket_id"] for one in before]
    assert ticket not in earlier


@each([one for one in LETTERS if one["expected"]["answers"]])
def test_the_answer_to_an_order_is_linked_to_that_order(admin, entries, letter):
    ours = [("message_id", "=", letter["expected"]["answers"])]
    (asked,) = admin.search("mail.message", ours, "model", "res_id")
    ticket = entries[letter["file"]]["ticket_id"][0]
    (found,) = admin.search(
        "helpdesk.ticket", [("id", "=", ticket)], "document_model", "document_id"
    )
    assert asked["model"] == "sale.order"
    assert (found["document_model"], found["document_id"]) == (
        asked["model"],
        asked["res_id"],
    )


@every_letter
def test_what_must_be_worked_out_is_one_inquiry_that_can_be_read(
    admin, entries, letter
):
    entry, expected = entries[letter["file"]], letter["expected"]
    message_id = entry["mail_message_id"] and entry["mail_message_id"][0]
    became = [
        "|",
        ("message_id", "=", message_id),
        ("source_message_id", "=", message_id),
    ]
    inquiries = message_id and admin.search("helpdesk.inquiry", became, "ticket_id")
    assert len(inquiries or []) == int(expected["inquiry"])
    if not expected["inquiry"]:
        return
    assert inquiries[0]["ticket_id"] == entry["ticket_id"]
    (message,) = admin.search(
        "mail.message", [("id", "=", message_id)], "body", "attachment_ids"
    )
    body = plain(message["body"])
    for words in expected["readable"]:
        assert words in body
    names = admin.search(
        "ir.attachment", [("id", "in", message["attachment_ids"])], "name"
    )
    assert set(expected["attachments"]) <= {one["name"] for one in names}


@every_letter
def test_the_subject_can_be_read(entries, letter):
    """As far as a line of a list goes; control characters are nothing to read."""
    if letter["subject"] is not None:
        subject = entries[letter["file"]]["subject"] or ""
        assert subject.replace("\x00", "")[:200] == letter["subject"][:200]


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


@each([one for one in LETTERS if one["expected"]["customer"]])
def test_the_customer_is_who_asks_not_who_hands_it_on(admin, entries, letter):
    assert find_customer(admin, entries, letter) == letter["expected"]["customer"]


def find_customer(admin, entries, letter):
    """The address that the answer to a letter goes to."""
    ticket = entries[letter["file"]]["ticket_id"]
    domain = [("id", "=", ticket and ticket[0])]
    found = admin.search("helpdesk.ticket", domain, "partner_email")
    return parseaddr(found[0]["partner_email"] or "")[1] if found else None


@each([one for one in LETTERS if one["expected"]["defect"]])
def test_the_original_of_a_letter_that_was_wrong_is_kept(admin, entries, letter):
    entry = entries[letter["file"]]
    (found,) = admin.search("mail.intake.entry", [("id", "=", entry["id"])], "original")
    assert base64.b64decode(found["original"]) == (FOLDER / letter["file"]).read_bytes()


def plain(html):
    """Text as one reads it: no tags, no line breaks, no entities."""

    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture(scope="module")
def screens(demo):
    """The screens of the four people of the walk, side by side, by their names."""
    with Chromium() as chromium:
        yield {
            login: chromium.sign_in(*demo, login, login) for login in map(of, PEOPLE)
        }


def of(person):
    """The name under which a person of the walk signs in."""
    return person.__name__.rpartition(".")[2]


@pytest.mark.parametrize("person", PEOPLE, ids=of)
def test_the_walk_of_the_docs_goes_as_it_says(screens, person):
    page = screens[of(person)]
    for step in list_steps(person):
        try:
            step(page)
        except Trouble as trouble:
            pytest.fail(f"{of(person)}, {step.__name__}: {trouble}")
        assert not page.trouble, step.__name__


def test_what_a_buyer_asks_blinks_at_once_on_the_screen_of_who_sold_it(screens):
    """The third step of Yury: Pavel has the mark on his line, without reloading."""
    pavel = screens["pavel"]
    pavel.see(".o_alert_menu.o_alert_unseen")
    pavel.see(".o_request_mark.text-bg-danger")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_step_of_the_walk_in_the_docs_is_clicked(language):
    page = (REPOSITORY / "docs" / language / "walk.md").read_text()
    _begin, *sections = re.split(r"^## \d+\. ", page, flags=re.MULTILINE)
    told = [re.findall(r"^(\d+)\. ", one.split("\n## ")[0], re.M) for one in sections]
    clicked = [list_steps(person) for person in PEOPLE]
    assert told == [[str(n + 1) for n in range(len(steps))] for steps in clicked]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_section_of_the_walk_signs_in_as_the_one_who_clicks_it(language):
    page = (REPOSITORY / "docs" / language / "walk.md").read_text()
    named = re.findall(r"^(?:Sign in as|Войдите как) `(\w+)`", page, re.MULTILINE)
    assert named == [of(person) for person in PEOPLE]

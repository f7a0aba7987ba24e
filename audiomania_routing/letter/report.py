# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What programs report of letters of ours: not delivered, late, delivered, read.

First what RFC 3464 and RFC 8098 say in fields, then what mail programs say in words.
Words count only where a program wrote them: a customer who forwards such a report is
a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from .address import normalize, split
from .parts import AnyMessage, Letter, attached_letters, content_of, parameter, type_of
from .verdict import Kind, Report
from .wording import (
    DELAYED,
    DELIVERED,
    FORWARDED,
    GAVE_UP,
    HEADER_TO,
    HELP,
    NAMED_HERE,
    NOT_A_RECIPIENT,
    OF_MAIL,
    ORIGINAL_BEGINS,
    PROGRAM_ADDRESS,
    PROGRAM_NAME,
    READ,
    READ_SUBJECT,
    REPORT_SUBJECT,
    UNDELIVERED,
)

__all__ = ["Kind", "Report", "read"]

DIAGNOSTIC_LENGTH = 500
IDS = 50
"""So many Message-IDs, and recipients, are kept of one report."""
LINES = 400
"""A notice is as long as that; what follows is the letter that came back."""

LINE_LENGTH = 1000
NOTICE_LENGTH = 20_000

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
REFUSAL = re.compile(r"(?<![\d.])([45]\.[0-7]\.\d{1,3})(?!\.?\d)")
REPLY = re.compile(
    r"(?:^\W{0,10}|[:'\"(#]\s?|\b(?:error|code|said|response|returned|smtp)\W{1,3})"
    r"([45])[0-5]\d(?=\s|$|:|-\s?[a-z45]|\])",
    re.IGNORECASE | re.MULTILINE,
)
MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}@[^<>\s]{1,250}>")
QUOTED_ID = re.compile(
    r"^[>\s|*]{0,20}message-id[ \t]*:\s*(<?[^<>\s]{1,250}@[^<>\s]{1,250}>?)",
    re.IGNORECASE | re.MULTILINE,
)
QUOTED_REFERENCES = re.compile(
    r"^[>\s|]{0,20}(?:references|in-reply-to)[ \t]*:((?:.{1,1000}(?:\n[ \t]+)?){1,20})",
    re.IGNORECASE | re.MULTILINE,
)
ADDRESS_FIRST = re.compile(r"^\W*(?:smtp:)?\S+@[\w.-]+[>)\]\"':;,.\s-]*")
ADDRESS = re.compile(
    r"[^\s<>()\[\]\",:;@\\|]{1,64}@[^\W_][\w-]{0,62}(?:\.[\w-]{1,63})*"
)
"""An address in a sentence, without what stands around it."""
FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:[ \t]*(.*)$")
HEADER_TYPES = {"text/rfc822-headers", "message/rfc822-headers", "text/rfc822"}

Fields = dict[str, str]


def read(message: AnyMessage) -> Report | None:
    """What this message reports of a letter of ours; None: it is no report."""
    letter = Letter(message)
    for reading in (_receipt, _complaint, _status, _words):
        report = reading(letter)
        if report:
            return report
    return None


def is_by_program(letter: Letter) -> bool:
    """Whether a mail program sent it, by its address, its name or a header."""
    path = letter.header("Return-Path").strip()
    sender = letter.header("From")
    return bool(
        PROGRAM_ADDRESS.search(path)
        or PROGRAM_ADDRESS.search(letter.sender)
        or PROGRAM_NAME.search(sender)
        or sender.strip().endswith("<>")
        or "X-Failed-Recipients" in letter
    )


def has_no_sender(letter: Letter) -> bool:
    """Whether it came with the empty envelope sender, as only programs send."""
    return letter.header("Return-Path").strip() == "<>"


# --- what is said in fields ------------------------------------------------------


@dataclass
class Outcome:
    """What the fields say of one recipient."""

    recipient: str
    action: str
    status: str
    diagnostic: str


def _status(letter: Letter) -> Report | None:
    """RFC 3464, also where its parts stand in another order or in another frame."""
    part = _part_of(letter, "message/delivery-status")
    if part is None or _is_sent_on(letter):
        return _wrapped(letter) if part is None else None
    outcomes = [each for each in map(_outcome, _blocks(part)) if each]
    kind = _kind_of(outcomes)
    if kind is None:
        return None
    concerned = [each for each in outcomes if _kind_by_action(each) == kind]
    return _concluded(letter, kind, concerned)


def _wrapped(letter: Letter) -> Report | None:
    """A report that a filter on the way put, whole, into a letter of its own."""
    if not is_by_program(letter):
        return None
    for attached in attached_letters(letter.message):
        inner = Letter(attached)
        if inner.type == "multipart/report" and inner.sender == letter.sender:
            return _status(inner)
    return None


def _part_of(letter: Letter, name: str) -> AnyMessage | None:
    return next((part for part in letter.parts if type_of(part) == name), None)


def _is_sent_on(letter: Letter) -> bool:
    """Whether a person sends on a report that he got (he is no mail program)."""
    if is_by_program(letter):
        return False
    return letter.type != "multipart/report" or bool(FORWARDED.match(letter.subject))


def _blocks(part: AnyMessage) -> Iterator[Fields]:
    """The fields of each block, however Python took the part apart."""
    payload = getattr(part, "_payload", None)
    if not isinstance(payload, list):
        yield from _fields(content_of(part))
        return
    for block in payload[: IDS * 4]:
        if hasattr(block, "raw_items"):
            yield {str(name).lower(): str(value) for name, value in block.raw_items()}
            yield from _fields(content_of(block))


def _fields(text: str) -> Iterator[Fields]:
    """Blocks of ``name: value`` lines, as they stand in a text."""
    block: Fields = {}
    last = ""
    for line in text.splitlines()[: LINES * 4]:
        match = FIELD.match(line)
        if not line.strip():
            yield block
            block, last = {}, ""
        elif match:
            last = match[1].lower()
            block[last] = match[2]
        elif last and line[:1].isspace():
            block[last] += " " + line.strip()
    yield block


def _outcome(block: Fields) -> Outcome | None:
    names = ("original-recipient", "final-recipient", "x-actual-recipient")
    values = (block.get(name, "").rpartition(";")[2] for name in names)
    found = (normalize(each) or _as_written(each) for each in values)
    recipient = next((each for each in found if each), "")
    action = block.get("action", "").strip().lower()
    if not recipient and not action:
        return None
    status = STATUS.search(block.get("status", ""))
    code = status[1] if status else ""
    reason = block.get("diagnostic-code", "") or _comment(block.get("status", ""))
    return Outcome(recipient, action, code, reason)


def _comment(status: str) -> str:
    """What old programs write behind the status.

    >>> _comment("5.0.0 (recipient reached disk quota)"), _comment("553 Too large")
    ('recipient reached disk quota', '553 Too large')
    """
    if not STATUS.search(status):
        return status
    return STATUS.sub("", status).strip(" ()")


def _as_written(value: str) -> str:
    """Addresses that no grammar allows (cut, masked) still name whom it was for."""
    value = value.strip().strip("<>").lower()
    return value if re.fullmatch(r"[^\s@/=]{1,64}@[^\s@/]{1,190}", value) else ""


def _kind_by_action(outcome: Outcome) -> Kind:
    action = re.split(r"\W", outcome.action, maxsplit=1)[0]
    if action in ("delivered", "relayed", "expanded", "success"):
        return Kind.DELIVERY_SUCCESS
    if action == "delayed" or (not action and outcome.status.startswith("4")):
        return Kind.DELIVERY_DELAY
    if not action and outcome.status.startswith("2"):
        return Kind.DELIVERY_SUCCESS
    return Kind.DELIVERY_FAILURE


def _kind_of(outcomes: list[Outcome]) -> Kind | None:
    """The worst that happened to any recipient."""
    kinds = {_kind_by_action(each) for each in outcomes}
    worst = (Kind.DELIVERY_FAILURE, Kind.DELIVERY_DELAY, Kind.DELIVERY_SUCCESS)
    return next((kind for kind in worst if kind in kinds), None)


# --- what is said in words -------------------------------------------------------


def _words(letter: Letter) -> Report | None:
    """A report in words: by a mail program, or so plainly one that nobody wrote it."""
    notice, _original = _cut(letter)
    if not (_is_programs(letter, notice) or _is_plainly_one(letter, notice)):
        return None
    return _concluded(letter, _kind_in_words(letter.subject, notice), [])


def _is_programs(letter: Letter, notice: str) -> bool:
    """A mail program sent it, and says that a letter did not arrive."""
    titled = bool(REPORT_SUBJECT.search(letter.subject))
    said = bool(UNDELIVERED.search(notice) or DELAYED.search(notice))
    if "X-Failed-Recipients" in letter:
        return True
    if is_by_program(letter) or _is_broken_report(letter):
        return said or titled
    coded = REFUSAL.search(notice) or REPLY.search(notice)
    return has_no_sender(letter) and said and bool(titled or coded)


def _is_broken_report(letter: Letter) -> bool:
    """It calls itself a report of a delivery, and its fields say nothing."""
    named = parameter(letter.message, "report-type").lower() == "delivery-status"
    return named and not FORWARDED.match(letter.subject)


def _is_plainly_one(letter: Letter, notice: str) -> bool:
    """The sender is nobody known, but nobody writes like that."""
    if FORWARDED.match(letter.subject) or _is_persons(letter):
        return False
    titled = REPORT_SUBJECT.search(letter.subject)
    return bool(titled and _begins_with_it(notice) and _named_in(notice, letter))


def _begins_with_it(notice: str) -> bool:
    """A program comes to the point at once, and it speaks of mail."""
    head = "\n".join(notice.strip().splitlines()[:8])
    said = UNDELIVERED.search(head) or DELAYED.search(head)
    return bool(said and OF_MAIL.search(head))


def _is_persons(letter: Letter) -> bool:
    """What only the program of a person leaves in a letter."""
    client = letter.header("X-Mailer") + letter.header("User-Agent")
    return bool(
        re.search(r"(?i)thunderbird|apple mail|iphone|the bat|\boutlook 1", client)
        or re.match(r"(?i)re\s*:", letter.subject)
        and "In-Reply-To" in letter
    )


def _kind_in_words(subject: str, notice: str) -> Kind:
    """Late, where it says so and has not given up."""
    if GAVE_UP.search(notice):
        return Kind.DELIVERY_FAILURE
    if DELAYED.search(notice) or DELAYED.search(subject):
        return Kind.DELIVERY_DELAY
    if DELIVERED.search(notice) and not UNDELIVERED.search(notice):
        return Kind.DELIVERY_SUCCESS
    return Kind.DELIVERY_FAILURE


def _cut(letter: Letter) -> tuple[str, str]:
    """The notice of the program, and the letter that it gives back below."""
    lines = letter.text.splitlines()
    begins = (
        number
        for number, line in enumerate(lines[:LINES])
        if number and ORIGINAL_BEGINS.search(line[:300])
    )
    end = next(begins, LINES)
    notice = "\n".join(line[:LINE_LENGTH] for line in lines[:end])
    return notice[:NOTICE_LENGTH], "\n".join(lines[end:])


def _failed(letter: Letter, notice: str) -> tuple[str, ...]:
    """Whom it did not reach, by the header of Exim or by the words."""
    header = [split(value) for value in letter.headers("X-Failed-Recipients")]
    failed = tuple(dict.fromkeys(chain.from_iterable(header)))
    return failed or _named_in(notice, letter)


def _named_in(notice: str, letter: Letter) -> tuple[str, ...]:
    """The addresses a notice is about: those it names as recipients, else any."""
    surely: list[str] = []
    perhaps: list[str] = []
    addressed: list[str] = []
    for line, found in _addresses_by_line(notice):
        if NOT_A_RECIPIENT.search(line):
            continue
        if HEADER_TO.match(line):
            addressed += found
        else:
            (surely if NAMED_HERE.search(line) else perhaps).extend(found)
    for chosen in (surely, perhaps, addressed):
        others = [each for each in chosen if not _is_our_own(each, letter)]
        if others:
            return tuple(dict.fromkeys(others))[:IDS]
    return tuple(dict.fromkeys(surely))[:1]


def _addresses_by_line(notice: str) -> Iterator[tuple[str, list[str]]]:
    for line in notice.splitlines():
        line = re.sub(r"(?i)\bsmtp[=:]|(?<!d )\bfrom:?\s+\S+@\S+", " ", line)
        if "@" in line:
            yield line, [each for each in _each_address(line) if "." in each]


def _each_address(line: str) -> Iterable[str]:
    found = (
        match[0].lower().lstrip(".").strip("'`*") for match in ADDRESS.finditer(line)
    )
    return (each for each in found if not each.startswith("@"))


def _is_our_own(address: str, letter: Letter) -> bool:
    return address in letter.addressed or bool(PROGRAM_ADDRESS.search(address))


# --- the letter it is about ------------------------------------------------------


def _concluded(letter: Letter, kind: Kind, outcomes: list[Outcome]) -> Report:
    notice, original = _cut(letter)
    named = [each.recipient for each in outcomes if each.recipient]
    failed = tuple(dict.fromkeys(named))[:IDS] or _failed(letter, notice)
    status = next((each.status for each in outcomes if each.status), "")
    status = status or _status_in(notice)
    ids, references = _original(letter, notice, original)
    succeeded = kind == Kind.DELIVERY_SUCCESS
    return Report(
        kind=kind,
        failed=() if succeeded else failed,
        original_ids=ids,
        references=references,
        permanent=kind == Kind.DELIVERY_FAILURE and not status.startswith("4"),
        status=status,
        diagnostic=_diagnostic(outcomes, notice, failed),
    )


def _status_in(notice: str) -> str:
    """The status in the words, else the class of the first reply code."""
    status = REFUSAL.search(notice)
    if status:
        return status[1]
    reply = REPLY.search(notice)
    return f"{reply[1]}.0.0" if reply else ""


@dataclass
class Original:
    """The Message-IDs that are found, the surest first."""

    ids: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def read_headers(self, text: str) -> None:
        found = QUOTED_ID.search(text)
        if found:
            self.ids.append("<" + found[1].strip("<>") + ">")
        for match in QUOTED_REFERENCES.finditer(text):
            self.references += MESSAGE_ID.findall(match[1])

    def read_letter(self, message: AnyMessage) -> None:
        letter = Letter(message)
        self.ids += MESSAGE_ID.findall(letter.header("Message-ID"))
        for name in ("References", "In-Reply-To"):
            self.references += MESSAGE_ID.findall(letter.header(name))


def _original(
    letter: Letter, notice: str, below: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The letter it is about: attached, in headers, quoted, or referred to."""
    original = Original()
    for attached in attached_letters(letter.message):
        original.read_letter(attached)
    for part in letter.parts:
        if type_of(part) in HEADER_TYPES:
            _read_header_part(part, original)
        elif type_of(part) == "message/disposition-notification":
            _read_disposition(part, original)
    original.read_headers(below)
    original.read_headers(notice)
    answered = MESSAGE_ID.findall(letter.header("In-Reply-To"))
    referred = MESSAGE_ID.findall(letter.header("References"))
    ids = dict.fromkeys([*original.ids, *answered])
    references = dict.fromkeys([*original.references, *referred])
    return tuple(ids)[:IDS], tuple(each for each in references if each not in ids)[:IDS]


def _read_header_part(part: AnyMessage, original: Original) -> None:
    payload = getattr(part, "_payload", None)
    if isinstance(payload, list):
        for inner in payload[:1]:
            original.read_letter(inner)
            original.read_headers(content_of(inner))
    else:
        original.read_headers(content_of(part))


def _read_disposition(part: AnyMessage, original: Original) -> None:
    for block in _blocks(part):
        original.ids += MESSAGE_ID.findall(block.get("original-message-id", ""))


def _diagnostic(outcomes: list[Outcome], notice: str, failed: tuple[str, ...]) -> str:
    """The reason in one sentence: of the fields, else of the words."""
    fields = (_tidy(each.diagnostic) for each in outcomes)
    found = next((each for each in fields if each), "") or _reason_in(notice, failed)
    return found[:DIAGNOSTIC_LENGTH]


def _tidy(diagnostic: str) -> str:
    """Without the name of the protocol, and the reply code of each line once.

    >>> _tidy("smtp; 550-5.1.1 No such\\n 550 5.1.1 user here")
    '550-5.1.1 No such user here'
    """
    text = re.sub(r"(?i)^\s*[\w-]{2,20}\s*;\s*", "", diagnostic)
    text = re.sub(r"\n\s*[245]\d\d[ -][245]\.\d{1,3}\.\d{1,3}\s", " ", text)
    return " ".join(text.split())


def _reason_in(notice: str, failed: tuple[str, ...]) -> str:
    """The line with a reply code; else what follows the address; else what it says."""
    lines = [" ".join(line.split()).strip(" =*-|") for line in notice.splitlines()]
    for number, line in enumerate(lines):
        if REFUSAL.search(line) or REPLY.search(line):
            return _sentence(lines[number:])
    return _after_address(lines, failed) or _said(lines)


def _after_address(lines: list[str], failed: tuple[str, ...]) -> str:
    for number, line in enumerate(lines):
        named = line.lower()
        if any(each in named for each in failed):
            after = ADDRESS_FIRST.sub("", line)
            rest = [each for each in lines[number + 1 :] if not HELP.search(each)]
            return _sentence(
                [after, *rest] if after else [each for each in rest if each]
            )
    return ""


def _said(lines: list[str]) -> str:
    said = (line for line in lines if UNDELIVERED.search(line) or DELAYED.search(line))
    return next(said, "")


def _sentence(lines: list[str]) -> str:
    """The lines up to an empty one or the next recipient."""
    end = 1
    while end < min(len(lines), 6) and lines[end] and "@" not in lines[end][:60]:
        end += 1
    said = ADDRESS_FIRST.sub("", " ".join(lines[:end])).strip()
    return said[1:-1] if said.startswith("(") and said.endswith(")") else said


def _complaint(letter: Letter) -> Report | None:
    """RFC 5965: the receiver called a letter of ours spam: so it did arrive."""
    part = _part_of(letter, "message/feedback-report")
    if part is None or letter.type != "multipart/report":
        return None
    notice, below = _cut(letter)
    ids, references = _original(letter, notice, below)
    said = next((line.strip() for line in notice.splitlines() if line.strip()), "")
    return Report(
        kind=Kind.DELIVERY_SUCCESS,
        original_ids=ids,
        references=references,
        diagnostic=said[:DIAGNOSTIC_LENGTH],
    )


# --- receipts --------------------------------------------------------------------


def _receipt(letter: Letter) -> Report | None:
    """Read receipts: RFC 8098, and those in words of programs that do not know it."""
    part = _part_of(letter, "message/disposition-notification")
    kind = parameter(letter.message, "report-type").lower()
    if part is not None and not _is_resent(letter):
        return _disposition(letter, part)
    if kind == "disposition-notification" and letter.type == "multipart/report":
        return _concluded_receipt(letter)
    if not READ_SUBJECT.match(letter.subject) or not READ.search(letter.own_text[:600]):
        return None
    return _concluded_receipt(letter)


def _is_resent(letter: Letter) -> bool:
    return letter.type != "multipart/report" or bool(FORWARDED.match(letter.subject))


def _disposition(letter: Letter, part: AnyMessage) -> Report:
    """A receipt says it was read, or that a program refused the letter."""
    said = " ".join(block.get("disposition", "") for block in _blocks(part)).lower()
    notice, _below = _cut(letter)
    if is_by_program(letter) and "displayed" not in said:
        if UNDELIVERED.search(notice):
            return _concluded(letter, Kind.DELIVERY_FAILURE, [])
    return _concluded_receipt(letter)


def _concluded_receipt(letter: Letter) -> Report:
    notice, below = _cut(letter)
    ids, references = _original(letter, notice, below)
    said = next((line.strip() for line in notice.splitlines() if line.strip()), "")
    return Report(
        kind=Kind.READ_RECEIPT,
        original_ids=ids,
        references=references,
        diagnostic=said[:DIAGNOSTIC_LENGTH],
    )

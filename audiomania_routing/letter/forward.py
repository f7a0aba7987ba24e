# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A colleague's forward of a customer's letter is the customer's letter (rule 1).

The letter is attached whole, or stands in the text below the headers that the mail
program wrote there. A reply quotes too, and is no forward.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.policy import compat32

from .address import first_of, name_of
from .parts import AnyMessage, Letter, attached_letters, to_bytes
from .wording import FORWARDED

LINES = 400
"""So far down it is looked for, under what the colleague wrote."""
HEADER_LINES = 40
TIMES = 5
"""So often a letter is sent on from one colleague to another."""
LINE_LENGTH = 2000

REPLY = re.compile(r"(?i)\s*(?:re|aw|sv|antw|отв|ответ|на)\s*(?:\[\d+\])?\s*:")
MARK = re.compile(
    r"^[\s>*_=-]{0,80}(?:begin(?: of)? )?(?:forwarded (?:message|mail|by)"
    r"|this is a forwarded message|начало (?:переадресованного|пересылаемого"
    r"|перенаправленного|пересланного) сообщения"
    r"|(?:это )?(?:пересылаемое|пересланное|перенаправленное|переадресованное)"
    r" (?:сообщение|письмо)|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado)",
    re.IGNORECASE,
)
"""Only a forward has that above the letter."""
ORIGINAL = re.compile(
    r"^[\s>*_=-]{0,80}(?:original (?:message|appointment)|исходное сообщение"
    r"|оригинальное сообщение|ursprüngliche nachricht|message d'origine)"
    r"[\s>*_=:-]{0,80}$",
    re.IGNORECASE,
)
"""A forward has it, and a reply too."""
SCISSORS = re.compile(
    r"^\s*(?:=+8<=+.{0,80}|[_=-]{5,}|-{2,}.{0,40}(?:end|конец).{0,60}-{2,})\s*$",
    re.IGNORECASE,
)
FIELD = re.compile(r"^[\s>*|]{0,20}([^\W\d_][\w -]{0,24}?)\s*:\*{0,2}(?:\s+(.*)|)$")
NAMES = {
    **dict.fromkeys(("from", "от", "от кого", "отправитель", "von", "de"), "from"),
    **dict.fromkeys(("date", "sent", "дата", "отправлено"), "date"),
    **dict.fromkeys(("дата отправки", "gesendet", "envoyé", "datum"), "date"),
    **dict.fromkeys(("subject", "тема", "betreff", "objet", "asunto"), "subject"),
    **dict.fromkeys(("to", "кому", "получатель", "an", "para", "à"), "to"),
    **dict.fromkeys(("cc", "копия", "kopie", "bcc"), "cc"),
    **dict.fromkeys(("reply-to", "reply to", "ответить"), "reply-to"),
    **dict.fromkeys(("attachments", "вложения", "файлы", "files"), "other"),
    **dict.fromkeys(("importance", "важность", "message-id"), "other"),
    **dict.fromkeys(("organization", "организация"), "other"),
}
LINE_SENDER = re.compile(r"^(.{0,80}?),?\s*([^,<>]{0,100}<[^<>\s]+@[^<>\s]+>)\s*:?\s*$")


@dataclass(frozen=True)
class Forwarded:
    """The letter that was sent on.

    :param date: as the letter has it
    :param comment: what the colleague wrote above
    :param attached: the bytes of the letter, where it was attached whole
    """

    sender_name: str
    sender_email: str
    subject: str
    date: str
    text: str
    comment: str
    attached: bytes | None = None


def original_of(message: AnyMessage) -> Forwarded | None:
    """The letter that this one sends on; None: none, or none whose sender is known."""
    letter = Letter(message)
    if REPLY.match(letter.subject) or letter.type == "multipart/report":
        return None
    found = _attached(letter) or original_in(letter.text, letter.subject)
    return _first(found, letter.sender) if found else None


def sends_on(message: AnyMessage) -> bool:
    """Whether a letter sends another one on, be it one that does not tell its sender.

    >>> from email import message_from_string
    >>> sends_on(message_from_string(
    ...     "Subject: FW: Call\\n\\nFrom: Galina\\nSent: Monday\\nTo: Nina\\n\\nCall!"))
    True
    """
    letter = Letter(message)
    if REPLY.match(letter.subject) or letter.type == "multipart/report":
        return False
    if any(True for _each in attached_letters(letter.message)):
        return True
    lines = [line[:LINE_LENGTH] for line in letter.text.splitlines()]
    return _start(lines, bool(FORWARDED.match(letter.subject))) is not None


def header_lines(lines: Sequence[str], start: int, least: int = 3) -> int:
    """Where the headers of a quoted letter that begin at this line end; 0: none do.

    :param least: so many of them are there, the sender's among them; 1: the line is
        the mark above a forwarded letter

    >>> header_lines(["From: Anna", "Sent: Monday", "To: Ivan", "", "Hello"], 0)
    3
    >>> header_lines(["From: Moscow", "", "Hello"], 0)
    0
    """
    if least > 1 and not _name_of_field(lines[start]):
        return 0
    found, end = _fields(lines, start)
    named = found.keys() & {"from", "date", "to", "subject"}
    return end if "from" in named and len(named) >= least else 0


def _first(found: Forwarded, sent_on_by: str) -> Forwarded:
    """Colleagues who send it on to each other: the letter is whose it was at first."""
    company = sent_on_by.rpartition("@")[2]
    for _time in range(TIMES):
        if found.sender_email.rpartition("@")[2] != company:
            break
        inner = original_in(found.text, found.subject)
        if inner is None:
            break
        found = replace(inner, comment=f"{found.comment}\n\n{inner.comment}".strip())
    return found


def original_in(text: str, subject: str = "") -> Forwarded | None:
    """The letter that stands in this text.

    >>> found = original_in(
    ...     "For you!\\n\\n---------- Forwarded message ---------\\n"
    ...     "From: Ivan <ivan@home.example>\\nSubject: Amplifier\\n\\nIs it loud?")
    >>> found.sender_email, found.subject, found.text, found.comment
    ('ivan@home.example', 'Amplifier', 'Is it loud?', 'For you!')
    """
    lines = [line[:LINE_LENGTH] for line in text.splitlines()]
    start = _start(lines, bool(FORWARDED.match(subject)))
    if start is None:
        return None
    fields, end = _fields(lines, start)
    sender = fields.get("from", "")
    email = first_of(sender) or first_of(fields.get("reply-to", ""))
    if not email:
        return None
    return Forwarded(
        sender_name=_name(sender),
        sender_email=email,
        subject=fields.get("subject", "") or FORWARDED.sub("", subject, 1).strip(),
        date=fields.get("date", ""),
        text=_body(lines[end:]),
        comment=_comment(lines[:start]),
    )


def _attached(letter: Letter) -> Forwarded | None:
    for message in attached_letters(letter.message):
        original = Letter(message)
        if original.sender:
            return Forwarded(
                sender_name=name_of(original.header("From")),
                sender_email=original.sender,
                subject=original.subject,
                date=original.header("Date"),
                text=original.text,
                comment=letter.text.strip(),
                attached=_bytes(message),
            )
    return None


def _bytes(message: AnyMessage) -> bytes:
    """The letter as it came; Python cannot write again all that it has read."""
    try:
        return message.as_bytes(policy=compat32)
    except (LookupError, ValueError, TypeError, AttributeError):
        headers = "".join(f"{name}: {value}\n" for name, value in message.raw_items())
        return to_bytes(headers + "\n" + Letter(message).text)


def _start(lines: Sequence[str], is_forward: bool) -> int | None:
    """Where the letter begins: its mark, or its headers where the subject says so."""
    for number, line in enumerate(lines[:LINES]):
        if MARK.search(line) and "from" in _fields(lines, number)[0]:
            return number
        if is_forward and (ORIGINAL.search(line) or _name_of_field(line) == "from"):
            found = _fields(lines, number)[0]
            if "from" in found and len(found) > 2:
                return number
    return None


def _name_of_field(line: str) -> str:
    match = FIELD.match(line)
    return NAMES.get(match[1].strip("* ").lower(), "") if match else ""


def _fields(lines: Sequence[str], start: int) -> tuple[dict[str, str], int]:
    """The headers from there on, and where they end."""
    fields: dict[str, str] = {}
    number, last = start, ""
    if not _name_of_field(lines[start]):
        number += 1
    while number < min(len(lines), start + HEADER_LINES):
        line = lines[number]
        name = _name_of_field(line)
        if name:
            fields.setdefault(name, (FIELD.match(line) or [""] * 3)[2] or "")
            last = name
        elif not _goes_on(lines, number, fields, last):
            break
        elif line.strip(" >*|") and last:
            fields[last] += " " + line.strip(" >*|")
        number += 1
    if not fields:
        return _on_one_line(lines, start + 1)
    return {name: " ".join(value.split()) for name, value in fields.items()}, number


def _goes_on(
    lines: Sequence[str], number: int, fields: dict[str, str], last: str
) -> bool:
    """Whether headers follow this line, which is none."""
    line = lines[number].strip(" >*|\t")
    following = next(
        (each for each in lines[number + 1 : number + 3] if each.strip()), ""
    )
    more = bool(_name_of_field(following))
    if not line or SCISSORS.match(line):
        return more or not fields
    wrapped = last in ("to", "cc", "subject", "from", "date")
    empty = bool(fields) and not fields.get(last, "?").strip()
    return wrapped and (more or empty)


def _on_one_line(lines: Sequence[str], start: int) -> tuple[dict[str, str], int]:
    """Yandex: the date, the name and the address on one line."""
    for number, line in enumerate(lines[start : start + 4], start):
        match = LINE_SENDER.match(line.strip(" >*"))
        if match:
            return {"date": match[1].strip(), "from": match[2].strip()}, number + 1
    return {}, start


def _name(sender: str) -> str:
    """The name, without what Outlook puts around the address."""
    name = re.sub(r"\[.*?\]|\bmailto:\S*", "", name_of(sender))
    return name.strip(" '\"*<([") if name else sender.partition("[")[0].strip(" '\"*")


def _body(lines: Sequence[str]) -> str:
    """The letter itself, without the quotation marks and lines around it."""
    shown = [line for line in lines if not SCISSORS.match(line)]
    while all(line.startswith(">") for line in shown if line.strip()) and any(shown):
        shown = [re.sub(r"^> ?", "", line) for line in shown]
    return "\n".join(shown).strip()


def _comment(lines: Sequence[str]) -> str:
    kept = [line for line in lines if not SCISSORS.match(line)]
    return "\n".join(kept).strip()

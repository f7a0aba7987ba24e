# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Senders, recipients, dates and Message-IDs outside of any grammar."""

from dataclasses import replace

from wire import Expect, Letter, text


def _letter(name, kind, when, question, defect, raw=(), **values):
    """A question like any other: only its envelope is odd."""
    values = {
        "sender": "Marina Volkova <m.volkova@posta.example>",
        "to": "hifi@audiomania.example",
        "subject": f"A question about {name.replace('-', ' ')}",
        **values,
    }
    expect = values.pop("expect", Expect())
    return Letter(
        name=name,
        kind=kind,
        when=when,
        body=text(f"\n{question}\n"),
        raw=tuple(raw),
        expect=replace(expect, readable=(question,), defect=defect),
        **values,
    )


def _from(name, kind, when, question, raw, sender):
    """A letter whose From is these bytes; `sender` is what can be read of it."""
    values = {"sender": sender, "return_path": sender or ""}
    raw = (("From", raw),)
    return _letter(name, kind, when, question, ("sender",), raw, **values)


def _to(name, kind, when, question, raw, to, **values):
    """A letter whose To is these bytes; `to` is what can be read of it."""
    raw = (("To", raw),)
    defect = values.pop("defect", ("recipients",))
    return _letter(name, kind, when, question, defect, raw, to=to, **values)


def _dated(name, kind, when, question, raw):
    return _letter(name, kind, when, question, ("date",), (("Date", raw),))


def _identified(name, kind, when, question, message_id, raw):
    """A letter with these Message-ID bytes, and what is read of them."""
    raw = (("Message-ID", raw),)
    defect = ("message-id",)
    return _letter(name, kind, when, question, defect, raw, message_id=message_id)


SENDERS = (
    _from(
        "sender-without-at",
        "From without an @",
        "2026-11-23 09:00",
        "Is the shop open on the first of January?",
        b"Boris from the third floor",
        "",
    ),
    _letter(
        "sender-missing",
        "no From, but a Reply-To",
        "2026-11-23 09:03",
        "Which needle pressure is right for the M20?",
        ("sender",),
        (("From", None), ("Reply-To", b"James <j.whitfield@letterbox.example>")),
        sender="j.whitfield@letterbox.example",
        expect=Expect(customer="j.whitfield@letterbox.example"),
    ),
    _letter(
        "sender-nowhere",
        "no From, no Reply-To, an empty Return-Path, and a person's question",
        "2026-11-23 09:06",
        "My name got lost again, call me: +7 903 555-01-20.",
        ("sender",),
        (("From", None),),
        sender="",
        expect=Expect(mentions=("+7 903 555-01-20",)),
    ),
    _from(
        "sender-stray-percent",
        "From with a stray % and unbalanced quotes",
        "2026-11-23 09:09",
        "Does the discount of 10 % count for cables?",
        b'"Peter % Hallam <p.hallam@letterbox.example>',
        "p.hallam@letterbox.example",
    ),
    _letter(
        "sender-quoted-local-part",
        "a local part in quotes, with a space",
        "2026-11-23 09:12",
        "Can I pay in two parts?",
        ("sender",),
        (("From", b'Ivan <"ivan the third"@posta.example>'),),
        sender='"ivan the third"@posta.example',
    ),
    _letter(
        "sender-unicode-address",
        "an address in Cyrillic letters (EAI)",
        "2026-11-23 09:15",
        "Доставляете ли вы в Якутск?",
        ("sender",),
        (
            ("From", "Айсен <айсен@почта.example>".encode()),
            ("Return-Path", b"<>"),
            ("Received", b"from [192.0.2.25] by mx.audiomania.example; never"),
        ),
        sender="айсен@почта.example",
        message_id="<eai-20261123@mail.example>",
    ),
    _from(
        "sender-without-brackets",
        "a name and an address without angle brackets",
        "2026-11-23 09:18",
        "Do you rent out projectors for a weekend?",
        b"Laura Fenn laura.fenn@letterbox.example",
        "laura.fenn@letterbox.example",
    ),
    _from(
        "sender-two-in-one-from",
        "two people in one From",
        "2026-11-23 09:21",
        "We are two and cannot agree: open or closed headphones?",
        b"George <george.pike@letterbox.example>, Laura <laura.fenn@letterbox.example>",
        "george.pike@letterbox.example",
    ),
    _from(
        "sender-two-from-headers",
        "two From headers",
        "2026-11-23 09:24",
        "Which of the two stands is lower?",
        b'Emma <emma@lindqvist.example>\r\nFrom: "" <>',
        "emma@lindqvist.example",
    ),
    _from(
        "sender-group",
        "From in group syntax",
        "2026-11-23 09:27",
        "The whole choir asks: where is our invoice?",
        b"Choir: Daniel Reeves <daniel.reeves@letterbox.example>;",
        "daniel.reeves@letterbox.example",
    ),
    _from(
        "sender-comment",
        "the name in a comment behind the address, as in old times",
        "2026-11-23 09:30",
        "Do you still sell reel to reel tape?",
        b"oskar.lind@letterbox.example (Oskar Lind (Malmo))",
        "oskar.lind@letterbox.example",
    ),
    _letter(
        "sender-named-like-ours",
        "a display name that is an address of ours; the sender is not",
        "2026-11-23 09:33",
        "Am I writing to the right place about my order?",
        ("sender",),
        (("From", b'"anna@audiomania.example" <n.martynov@yashchik.example>'),),
        sender="n.martynov@yashchik.example",
    ),
)

RECIPIENTS = (
    _to(
        "undisclosed-recipients",
        "in blind copy: undisclosed-recipients, our address in Delivered-To alone",
        "2026-11-23 10:00",
        "I asked three shops at once: who has the F80 in oak?",
        b"undisclosed-recipients:;",
        "",
        delivered_to="sales@audiomania.example",
    ),
    _to(
        "recipients-missing",
        "no To and no Cc, our address in X-Original-To alone",
        "2026-11-23 10:03",
        "Is the blue one sold?",
        None,
        "",
        delivered_to="vinyl@audiomania.example",
        extra=(("X-Original-To", "vinyl@audiomania.example"),),
    ),
    _to(
        "recipients-group",
        "recipients in group syntax",
        "2026-11-23 10:06",
        "Who of you repairs speakers?",
        b"Shops: hifi@audiomania.example, Other <info@othershop.example>;",
        "hifi@audiomania.example,info@othershop.example",
    ),
    _to(
        "recipients-semicolons",
        "recipients with semicolons between them, as Outlook writes",
        "2026-11-23 10:09",
        "Who answers first gets the order for two A120!",
        b"hifi@audiomania.example; Cinema <cinema@audiomania.example>",
        "hifi@audiomania.example,cinema@audiomania.example",
    ),
    _to(
        "recipients-not-addresses",
        "To is a name in words; our address in Delivered-To",
        "2026-11-23 10:12",
        "Is anybody there?",
        b"The nice people at Audiomania",
        "",
        delivered_to="info@audiomania.example",
    ),
    _to(
        "recipients-raw-name",
        "the name of the recipient in raw windows-1251",
        "2026-11-23 10:15",
        "Будут ли ещё такие проигрыватели?",
        "Винил <vinyl@audiomania.example>".encode("windows-1251"),
        "vinyl@audiomania.example",
        defect=("8-bit header",),
    ),
    _to(
        "recipient-keyboard-layout",
        "our address typed with the keyboard in Russian (ршаш for hifi)",
        "2026-11-23 10:18",
        "Раскладка не та, но вопрос тот же: есть ли A60 в наличии?",
        "ршаш@audiomania.example".encode(),
        "ршаш@audiomania.example",
        defect=("8-bit header",),
        delivered_to="catchall@audiomania.example",
    ),
    _letter(
        "recipients-copy-only",
        "our address in Cc alone, somebody else in To",
        "2026-11-23 10:21",
        "Rita, this is the shop I told you of; can they ship to Malta?",
        (),
        to="rita.b@letterbox.example",
        cc="Vinyl <vinyl@audiomania.example>",
        delivered_to="vinyl@audiomania.example",
    ),
    _letter(
        "recipients-capital-letters",
        "our address in capital letters",
        "2026-11-23 10:24",
        "I WRITE IN CAPITALS. WHERE IS MY RECEIPT?",
        (),
        to="HIFI@Audiomania.EXAMPLE",
    ),
)

DATES = (
    _dated(
        "date-without-zone",
        "a date without a zone",
        "2026-11-23 11:00",
        "When do you open on Sundays?",
        b"Mon, 23 Nov 2026 11:00:00",
    ),
    _dated(
        "date-31-february",
        "31 February",
        "2026-11-23 11:03",
        "Until when is the offer valid?",
        b"Tue, 31 Feb 2026 11:03:00 +0300",
    ),
    _dated(
        "date-two-digit-year",
        "a year of two digits",
        "2026-11-23 11:06",
        "How old may a trade-in be?",
        b"Mon, 23 Nov 26 11:06:00 +0300",
    ),
    _dated(
        "date-2099",
        "a date of the year 2099",
        "2026-11-23 11:09",
        "My clock is wrong, is yours right?",
        b"Thu, 31 Dec 2099 23:59:59 +0300",
    ),
    _dated(
        "date-1970",
        "a date of the year 1970",
        "2026-11-23 11:12",
        "Do you have records of that year?",
        b"Thu, 1 Jan 1970 00:00:00 +0000",
    ),
    _dated(
        "date-missing",
        "no date",
        "2026-11-23 11:15",
        "When was my last order?",
        None,
    ),
    _dated(
        "date-garbage",
        "a date that is none",
        "2026-11-23 11:18",
        "Which day do you deliver to Klin?",
        b"$DATE; 99:99 yesterday, +9999999999999999",
    ),
    _dated(
        "date-russian",
        "a date with Russian names of day and month",
        "2026-11-23 11:21",
        "В какой день привозите в Рязань?",
        "Пн, 23 ноя 2026 11:21:00 +0300".encode(),
    ),
    _dated(
        "date-zone-out-of-range",
        "a zone of ninety-nine hours",
        "2026-11-23 11:24",
        "How long is the delivery to Riga?",
        b"Mon, 23 Nov 2026 11:24:00 +9959",
    ),
)

TWICE = _letter(
    "message-id-first-use",
    "a program that gives every letter the same Message-ID: the first",
    "2026-11-23 12:18",
    "Order one of my list: a brush, please.",
    (),
    message_id="<1@till.plastinka-cafe.example>",
    sender="zakaz@plastinka-cafe.example",
)

IDENTITIES = (
    _identified(
        "message-id-twice",
        "two Message-ID headers",
        "2026-11-23 12:00",
        "Does the A60 have a remote control?",
        "<first-of-two@posta.example>",
        b"<first-of-two@posta.example>\r\nMessage-ID: <second-of-two@posta.example>",
    ),
    _identified(
        "message-id-with-spaces",
        "a Message-ID with spaces in it",
        "2026-11-23 12:03",
        "How heavy is the A120?",
        "<message of 23 11 2026@posta.example>",
        b"<message of 23 11 2026@posta.example>",
    ),
    _identified(
        "message-id-on-two-lines",
        "a Message-ID that begins on the next line",
        "2026-11-23 12:06",
        "Is the cabinet of the F50 real wood?",
        "<a-message-id-that-a-program-put-on-a-line-of-its-own@posta.example>",
        b"\r\n <a-message-id-that-a-program-put-on-a-line-of-its-own@posta.example>",
    ),
    _identified(
        "message-id-empty",
        "an empty Message-ID: <>",
        "2026-11-23 12:09",
        "How long is the cable of the H7?",
        None,
        b"<>",
    ),
    _identified(
        "message-id-empty-again",
        "another letter with an empty Message-ID: not the same letter",
        "2026-11-23 12:12",
        "How long is the cable of the H9?",
        None,
        b"<>",
    ),
    _identified(
        "message-id-without-brackets",
        "a Message-ID without angle brackets",
        "2026-11-23 12:15",
        "Which fuse does the A120 take?",
        "no-brackets.20261123@posta.example",
        b"no-brackets.20261123@posta.example",
    ),
    TWICE,
    _letter(
        "message-id-second-use",
        "the second letter of that program: another letter, not a duplicate",
        "2026-11-23 12:21",
        "Order two of my list: ten inner sleeves, please.",
        (),
        message_id=TWICE.message_id,
        sender="zakaz@plastinka-cafe.example",
    ),
    replace(
        TWICE,
        name="duplicate-by-other-way",
        kind="the first of them once more, by other servers and another mailbox",
        delivered_to="catchall@audiomania.example",
        return_path="forwarder@relay.example",
        extra=(
            ("X-Original-To", "info@audiomania.example"),
            ("X-Forwarded-To", "info@audiomania.example"),
            ("X-Spam-Status", "No, score=-0.1"),
            ("X-UIDL", "1132-4417"),
            ("Status", "RO"),
        ),
        expect=Expect(outcome="duplicate", conversation="none", inquiry=False, rule=18),
    ),
)

LETTERS = (*SENDERS, *RECIPIENTS, *DATES, *IDENTITIES)

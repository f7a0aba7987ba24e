# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers whose thread a program broke, and letters that only look like answers."""

from wire import Expect, Letter, html, multipart, text

from .ours import (
    CABLE_ID,
    COLOGNE_ID,
    HALL_ID,
    HALL_NUMBER,
    HUM_ID,
    OFFER_ID,
    OFFER_NUMBER,
    ORDER_ID,
    PADS_ID,
    PADS_NUMBER,
    REPAIR_ID,
)

OUTLOOK_TEXT = """
Yes, please book the P80. Can it be ceiling mounted under a glass roof?

Aleksei

________________________________
From: Elena Frolova <elena@audiomania.example>
Sent: Tuesday, November 10, 2026 3:14 PM
To: Aleksei Orlov <a.orlov@gorizont-studio.example>
Subject: Projector for the small hall

The Lumen P80, it is quiet and bright enough. Shall I book it?
"""

OUTLOOK_HTML = """
<html><body><p class="MsoNormal">Yes, please book the P80. Can it be ceiling mounted
under a glass roof?</p><p class="MsoNormal">Aleksei</p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal">
<b>From:</b> Elena Frolova &lt;elena@audiomania.example&gt;<br>
<b>Sent:</b> Tuesday, November 10, 2026 3:14 PM<br>
<b>To:</b> Aleksei Orlov &lt;a.orlov@gorizont-studio.example&gt;<br>
<b>Subject:</b> Projector for the small hall</p></div>
<p class="MsoNormal">The Lumen P80, it is quiet and bright enough. Shall I book it?</p>
</body></html>
"""

CALENDAR_REPLY = """BEGIN:VCALENDAR
PRODID:-//Letterbox//Calendar 4.2//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:visit-20261128@audiomania.example
DTSTAMP:20261124T080000Z
DTSTART:20261128T090000Z
SUMMARY:Belt change in the workshop
ORGANIZER:mailto:pavel@audiomania.example
ATTENDEE;PARTSTAT=DECLINED:mailto:j.whitfield@letterbox.example
END:VEVENT
END:VCALENDAR
"""


def _continued(message_id, *readable, **values):
    return Expect(
        outcome="continued",
        conversation="continued",
        continues=message_id,
        readable=readable,
        **{"rule": 12, **values},
    )


def _many_references(last):
    """Fifteen hundred earlier letters; ours is the last."""
    known = (f"<{n:05d}.20261101@phone.posta.example>" for n in range(1500))
    return "\r\n ".join([*known, last])


LETTERS = (
    Letter(
        name="only-in-reply-to",
        kind="an answer without References, words around the id in In-Reply-To",
        sender="Виктор Панин <v.panin@posta.example>",
        to="cinema@audiomania.example",
        subject="Re: Сабвуфер и сеть",
        when="2026-11-24 09:00",
        extra=(("In-Reply-To", f'Your message of "Thu, 12 Nov 2026"\r\n {HUM_ID}'),),
        body=text("\nВ одной розетке гудит так же. Что ещё проверить?\n"),
        expect=_continued(HUM_ID, "В одной розетке гудит так же"),
    ),
    Letter(
        name="references-broken-by-a-line",
        kind="References in which our id was cut by a line break",
        sender="Андрей Котов <a.kotov@novosti-pochta.example>",
        to="hifi@audiomania.example",
        subject="Re: Кабель для колонок",
        when="2026-11-24 09:05",
        raw=(("References", CABLE_ID.replace("2026", "\r\n 2026").encode()),),
        body=text("\nОтрежьте восемь с половиной, заберу вечером. До скольких вы?\n"),
        expect=_continued(
            CABLE_ID, "Отрежьте восемь с половиной", defect=("references",)
        ),
    ),
    Letter(
        name="references-with-commas",
        kind="References with commas between, brackets lost",
        sender="Sabine Krüger <sabine.krueger@briefkasten.example>",
        to="headphones@audiomania.example",
        subject="AW: Parcel to Cologne",
        when="2026-11-24 09:10",
        extra=(("References", f"x1@briefkasten.example,{COLOGNE_ID.strip('<>')}"),),
        body=text("\nThe number does not work. Did the parcel leave at all?\n"),
        expect=_continued(
            COLOGNE_ID, "The number does not work", defect=("references",)
        ),
    ),
    Letter(
        name="huge-references",
        kind="References to 1,500 letters, the last one ours",
        sender="Андрей Котов <a.kotov@novosti-pochta.example>",
        to="hifi@audiomania.example",
        subject="Re: Re: Re: Re: Кабель для колонок",
        when="2026-11-24 09:15",
        extra=(("References", _many_references(CABLE_ID)),),
        body=text("\nЗабрал, спасибо. Второй кусок остался у вас?\n"),
        expect=_continued(CABLE_ID, "Второй кусок остался у вас?"),
    ),
    Letter(
        name="number-in-the-subject",
        kind="References lost; the number in the subject, the same customer",
        sender="Иван Соколов <i.sokolov@posta.example>",
        to="hifi@audiomania.example",
        subject=f"Re: [{OFFER_NUMBER}] Усилитель для Altair F80",
        when="2026-11-24 09:20",
        body=text("\nВ субботу не смогу, можно прийти в воскресенье?\n"),
        expect=_continued(OFFER_ID, "можно прийти в воскресенье?"),
    ),
    Letter(
        name="number-from-a-colleague-of-theirs",
        kind="References lost; the number, and another person of the same company",
        sender="Наталья Ершова <buh@gorizont-studio.example>",
        to="sales@audiomania.example",
        subject=f"По обращению {HALL_NUMBER}: на кого счёт?",
        when="2026-11-24 09:25",
        body=text("\nНа какое юридическое лицо будет счёт за проектор?\n"),
        expect=_continued(HALL_ID, "На какое юридическое лицо"),
    ),
    Letter(
        name="number-from-a-stranger",
        kind="a stranger quotes the number of somebody else's conversation",
        sender="Curious <curious@stranger.example>",
        to="sales@audiomania.example",
        subject=f"Re: [{OFFER_NUMBER}] what did he order?",
        when="2026-11-24 09:30",
        body=text("\nPlease send me the whole correspondence once more.\n"),
        expect=Expect(readable=("Please send me the whole correspondence",), rule=14),
    ),
    Letter(
        name="number-from-another-customer",
        kind="another customer mistypes a number: it is not his",
        sender="Денис Крылов <d.krylov@yashchik.example>",
        to="headphones@audiomania.example",
        subject=f"Вопрос по {PADS_NUMBER}",
        when="2026-11-24 09:35",
        body=text("\nГде мои амбушюры? Обещали на той неделе.\n"),
        expect=Expect(readable=("Где мои амбушюры?",), rule=14),
    ),
    Letter(
        name="other-address-of-the-customer",
        kind="an answer from another address of the same customer",
        sender="Ольга Морозова <olga.m.1984@novosti-pochta.example>",
        to="headphones@audiomania.example",
        subject="Re: Амбушюры к Orfeo H9",
        when="2026-11-24 09:40",
        extra=(("In-Reply-To", PADS_ID), ("References", PADS_ID)),
        body=text("\nПишу с другой почты. В четверг после семи вы ещё открыты?\n"),
        expect=_continued(PADS_ID, "В четверг после семи вы ещё открыты?"),
    ),
    Letter(
        name="same-subject-only",
        kind="the subject of an old conversation and nothing else: a new one",
        sender="James Whitfield <j.whitfield@letterbox.example>",
        to="vinyl@audiomania.example",
        subject="Re: Belt for the Kvarta T5",
        when="2026-11-24 09:45",
        body=text("\nThe second turntable needs a belt, too. Same size?\n"),
        expect=Expect(readable=("The second turntable needs a belt",)),
    ),
    Letter(
        name="outlook-above-the-quote",
        kind="an answer of Outlook above the quoted letter",
        sender="Aleksei Orlov <a.orlov@gorizont-studio.example>",
        to="cinema@audiomania.example",
        subject="RE: Projector for the small hall",
        when="2026-11-24 09:50",
        extra=(
            ("In-Reply-To", HALL_ID),
            ("References", HALL_ID),
            ("Thread-Index", "AdxTnQ8bGk2yJb0AQ0+0m7m4tE1zBg=="),
        ),
        body=multipart(
            "alternative",
            "_000_AM0PR01MB4417",
            text(OUTLOOK_TEXT),
            html(OUTLOOK_HTML),
        ),
        expect=_continued(
            HALL_ID,
            "ceiling mounted under a glass roof?",
            questions=("Can it be ceiling mounted under a glass roof?",),
        ),
    ),
    Letter(
        name="mobile-signature",
        kind="two words and the signature of a telephone",
        sender="Виктор Панин <v.panin@posta.example>",
        to="cinema@audiomania.example",
        subject="Re: Сабвуфер и сеть",
        when="2026-11-24 09:55",
        extra=(("In-Reply-To", HUM_ID), ("References", HUM_ID)),
        body=text("\nВсё равно гудит.\n\nОтправлено с iPhone\n"),
        expect=_continued(HUM_ID, "Всё равно гудит."),
    ),
    Letter(
        name="calendar-reply",
        kind="a calendar's answer: he declines the day that was offered",
        sender="James Whitfield <j.whitfield@letterbox.example>",
        to="vinyl@audiomania.example",
        subject="Declined: Belt change in the workshop",
        when="2026-11-24 10:00",
        extra=(("In-Reply-To", REPAIR_ID), ("References", REPAIR_ID)),
        body=multipart(
            "alternative",
            "calendar-reply",
            text("\nJames Whitfield has declined this invitation.\n"),
            text(CALENDAR_REPLY, subtype="calendar", params="; method=REPLY"),
        ),
        expect=_continued(REPAIR_ID, "has declined this invitation"),
    ),
    Letter(
        name="reply-to-an-order",
        kind="an answer to the e-mail of an order",
        sender="Марина Волкова <m.volkova@posta.example>",
        to="catchall@audiomania.example",
        subject="Re: Ваш заказ подтверждён",
        when="2026-11-24 10:05",
        extra=(("In-Reply-To", ORDER_ID), ("References", ORDER_ID)),
        body=text("\nМожно ли перенести доставку на вечер пятницы?\n"),
        expect=Expect(
            readable=("перенести доставку на вечер пятницы",), answers=ORDER_ID
        ),
    ),
    Letter(
        name="public-answer",
        kind="a customer answers and takes his lawyer and a newspaper into copy",
        sender="Иван Соколов <i.sokolov@posta.example>",
        to="hifi@audiomania.example",
        cc="redaktor@gazeta-zvuk.example,urist@zashchita.example",
        subject="Re: Усилитель для Altair F80",
        when="2026-11-24 10:10",
        extra=(("In-Reply-To", OFFER_ID), ("References", OFFER_ID)),
        body=text("\nОтвечайте теперь всем: почему усилитель не привезли?\n"),
        expect=_continued(
            OFFER_ID, "почему усилитель не привезли?", public=True, rule=15
        ),
    ),
)

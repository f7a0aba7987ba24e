# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What programs send: automatic replies, reports, forms, mailings, spam, doubles."""

from dataclasses import replace

from wire import Expect, Letter, entity, html, multipart, text

from .ours import LOST_ID, OFFER_ID
from .questions import LETTERS as QUESTIONS

BOUNCE_TEXT = """
This is the mail system at host mx.staryy-yashchik.example.

I'm sorry to have to inform you that your message could not be delivered to one or
more recipients. It's attached below.

<a.zhukov@staryy-yashchik.example>: host 192.0.2.40 said: 550 5.1.1 User unknown
    (in reply to RCPT TO command)
"""

DELIVERY_STATUS = b"""Reporting-MTA: dns; mx.staryy-yashchik.example
Arrival-Date: Mon, 16 Nov 2026 12:30:01 +0300

Final-Recipient: rfc822; a.zhukov@staryy-yashchik.example
Original-Recipient: rfc822; a.zhukov@staryy-yashchik.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; 192.0.2.40
Diagnostic-Code: smtp; 550 5.1.1 User unknown
"""

LOST_LETTER = f"""From: Igor Melnikov <igor@audiomania.example>
To: a.zhukov@staryy-yashchik.example
Subject: Re: =?utf-8?B?0KHRh9GR0YIg0L3QsCDQutGA0L7QvdGI0YLQtdC50L0=?=
Date: Mon, 16 Nov 2026 12:29:58 +0300
Message-ID: {LOST_ID}
MIME-Version: 1.0
"""

SPAM_HTML = """
<html><body bgcolor="#ffffcc"><center><font size="6" color="red">
ONLY 24 HOURS!!!</font><br>
<a href="http://win-big.spam.example/?u=88213">CLICK HERE</a> and get 10 000 real
followers and a FREE crypto bonus of $5000<br>
<font size="1" color="#ffffcc">speaker amplifier weather parliament biscuit</font>
</center></body></html>
"""

NEWSLETTER_HTML = """
<html><body><h2>Выставка «Звук и свет»: ранняя регистрация</h2>
<p>До 30 ноября стенд на 20 % дешевле. Программа и план залов на сайте.</p>
<p><a href="https://expo-zvuk.example/unsubscribe?id=5512">Отписаться</a></p>
</body></html>
"""


def _again(letter, **changes):
    """The same letter, delivered once more through another mailbox."""
    return replace(letter, message_id=letter.own_id, **changes)


LETTERS = (
    Letter(
        name="vacation-reply",
        kind="an automatic reply to a letter of ours (vacation, in Russian)",
        sender="Иван Соколов <i.sokolov@posta.example>",
        to="hifi@audiomania.example",
        subject="Автоответ: Усилитель для Altair F80",
        when="2026-11-13 18:21",
        return_path="",
        extra=(
            ("In-Reply-To", OFFER_ID),
            ("References", OFFER_ID),
            ("Auto-Submitted", "auto-replied"),
            ("X-Auto-Response-Suppress", "All"),
        ),
        body=text(
            """
Здравствуйте! Я в отпуске до 23 ноября и почту читаю редко.
По срочным вопросам звоните на мобильный.

Иван Соколов
"""
        ),
        expect=Expect(
            outcome="auto_reply",
            conversation="continued",
            inquiry=False,
            readable=("Я в отпуске до 23 ноября",),
            continues=OFFER_ID,
            rule=20,
        ),
    ),
    Letter(
        name="vacation-reply-to-nothing",
        kind="an automatic reply that joins nothing",
        sender="Oleg Sharapov <o.sharapov@torgdom.example>",
        to="sales@audiomania.example",
        subject="Out of office: November price list",
        when="2026-11-16 08:01",
        return_path="",
        extra=(("Auto-Submitted", "auto-replied"), ("Precedence", "auto_reply")),
        body=text(
            "\nI am out of the office until 30 November and will answer then.\n",
            charset="us-ascii",
            transfer="7bit",
        ),
        expect=Expect(
            outcome="auto_reply", conversation="none", inquiry=False, rule=20
        ),
    ),
    Letter(
        name="bounce",
        kind="a delivery report (RFC 3464): our letter did not arrive",
        sender="Mail Delivery System <MAILER-DAEMON@mx.staryy-yashchik.example>",
        to="bounce@audiomania.example",
        subject="Undelivered Mail Returned to Sender",
        when="2026-11-16 12:30",
        return_path="",
        extra=(("Auto-Submitted", "auto-replied"),),
        body=multipart(
            "report",
            "7C1E52.1479291001/mx.staryy-yashchik.example",
            text(BOUNCE_TEXT, charset="us-ascii", transfer="7bit"),
            entity("message/delivery-status", DELIVERY_STATUS),
            entity("text/rfc822-headers; charset=us-ascii", LOST_LETTER.encode()),
            params=" report-type=delivery-status;",
        ),
        expect=Expect(
            outcome="bounce",
            conversation="continued",
            inquiry=False,
            continues=LOST_ID,
            rule=20,
        ),
    ),
    Letter(
        name="shop-form",
        kind="a question from the form of the shop (Reply-To is the customer)",
        sender="Audiomania shop <shop@web.audiomania-forms.example>",
        to="sales@audiomania.example",
        subject="Вопрос с сайта: Kvarta T5",
        when="2026-11-18 16:17",
        extra=(
            ("Reply-To", "Nikita Osipov <n.osipov@posta.example>"),
            ("Auto-Submitted", "auto-generated"),
            ("X-Mailer", "shop-form 2.1"),
        ),
        body=text(
            """
Имя: Никита Осипов
Телефон: +7 903 555-01-28
Товар: Проигрыватель Kvarta T5
Вопрос: Идёт ли в комплекте крышка и можно ли забрать сегодня?
"""
        ),
        expect=Expect(
            readable=("Идёт ли в комплекте крышка",),
            customer="n.osipov@posta.example",
            mentions=("+7 903 555-01-28",),
            rule=20,
        ),
    ),
    Letter(
        name="newsletter",
        kind="a mailing (Precedence: bulk, List-Unsubscribe)",
        sender="Выставка «Звук и свет» <news@expo-zvuk.example>",
        to="info@audiomania.example",
        subject="Ранняя регистрация стендов",
        when="2026-11-19 07:00",
        return_path="bounces-5512@expo-zvuk.example",
        extra=(
            ("Precedence", "bulk"),
            ("List-Id", "<news.expo-zvuk.example>"),
            ("List-Unsubscribe", "<https://expo-zvuk.example/unsubscribe?id=5512>"),
        ),
        body=html(NEWSLETTER_HTML),
        expect=Expect(outcome="spam", conversation="none", inquiry=False, rule=20),
    ),
    Letter(
        name="spam",
        kind="spam, as the filter of the mail server marked it",
        sender="Best Bonus <promo@win-big.spam.example>",
        to="info@audiomania.example",
        subject="*****SPAM***** RE: your account $5000",
        when="2026-11-19 03:12",
        extra=(
            ("X-Spam-Flag", "YES"),
            ("X-Spam-Status", "Yes, score=14.2 required=5.0"),
        ),
        body=html(SPAM_HTML, charset="us-ascii"),
        expect=Expect(outcome="spam", conversation="none", inquiry=False, rule=1),
    ),
    _again(
        QUESTIONS[0],
        name="duplicate",
        kind="the first letter once more, fetched from the general mailbox",
        expect=Expect(outcome="duplicate", conversation="none", inquiry=False, rule=18),
        extra=(("X-Original-To", "info@audiomania.example"),),
    ),
)

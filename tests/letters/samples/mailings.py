# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is written to many, what filters call spam, and programs that ask something."""

from wire import DOMAIN, Expect, Letter, html, text

SPAM = Expect(outcome="spam", conversation="none", inquiry=False, rule=1)
MAILING = Expect(outcome="spam", conversation="none", inquiry=False, rule=20)

ADVERTISEMENT = "\n<p>Replica watches, pills and loans. <b>Click!</b></p>\n"


def _spam(name, mark, when, *extra, subject="Your loan is approved"):
    """Spam that a filter marked in its own way."""
    return Letter(
        name=f"spam-{name}",
        kind=f"spam, marked by {mark}",
        sender="Lucky <lucky@pills.spam.example>",
        to=f"info@{DOMAIN}",
        subject=subject,
        when=when,
        extra=extra,
        body=html(ADVERTISEMENT),
        expect=SPAM,
    )


def _mailing(name, kind, when, sender, subject, content, *extra):
    return Letter(
        name=name,
        kind=kind,
        sender=sender,
        to=f"sales@{DOMAIN}",
        subject=subject,
        when=when,
        extra=extra,
        body=html(f"\n<p>{content}</p>\n"),
        expect=MAILING,
    )


def _program(name, kind, when, sender, subject, content, *extra, **values):
    """A program's letter that somebody must work out."""
    expect = {"readable": (content.strip().splitlines()[-1],), "rule": 20}
    return Letter(
        name=name,
        kind=kind,
        sender=sender,
        to=values.pop("to", f"sales@{DOMAIN}"),
        subject=subject,
        when=when,
        extra=extra,
        body=text(f"\n{content.strip()}\n"),
        expect=Expect(**expect, **values),
    )


LETTERS = (
    _spam(
        "status-only",
        "SpamAssassin, in X-Spam-Status alone",
        "2026-11-26 03:00",
        ("X-Spam-Status", "Yes, score=9.1 required=5.0 tests=PILLS autolearn=spam"),
        ("X-Spam-Level", "*********"),
    ),
    _spam(
        "rspamd",
        "Rspamd",
        "2026-11-26 03:03",
        ("X-Spamd-Result", "default: True [17.30 / 15.00]; PILLS(9.0)[]"),
        ("X-Rspamd-Action", "add header"),
        ("X-Spam", "Yes"),
    ),
    _spam(
        "exchange",
        "Exchange (SCL 9)",
        "2026-11-26 03:06",
        ("X-MS-Exchange-Organization-SCL", "9"),
        ("X-Forefront-Antispam-Report", "CIP:192.0.2.66;SCL:9;SFV:SPM;"),
    ),
    _spam(
        "yandex",
        "Yandex (X-Yandex-Spam: 4)",
        "2026-11-26 03:09",
        ("X-Yandex-Spam", "4"),
    ),
    _spam(
        "kaspersky",
        "Kaspersky",
        "2026-11-26 03:12",
        ("X-KLMS-AntiSpam-Status", "spam"),
        ("X-KLMS-AntiSpam-Rate", "95"),
        subject="[SPAM] Your loan is approved",
    ),
    _spam(
        "bogofilter",
        "Bogofilter",
        "2026-11-26 03:15",
        ("X-Bogosity", "Spam, tests=bogofilter, spamicity=0.999982, version=1.2.5"),
    ),
    Letter(
        name="not-spam",
        kind="a customer's letter that filters looked at and found good",
        sender="Helen Marsh <helen@marsh-family.example>",
        to=f"cinema@{DOMAIN}",
        subject="A spam filter ate your offer",
        when="2026-11-26 09:00",
        extra=(
            ("X-Spam-Flag", "NO"),
            ("X-Spam-Status", "No, score=1.2 required=5.0"),
            ("X-Spam-Level", "*"),
            ("X-Yandex-Spam", "1"),
            ("X-MS-Exchange-Organization-SCL", "1"),
            ("X-Bogosity", "Ham, spamicity=0.000000"),
        ),
        body=text("\nCould you send the offer again? It went to my spam folder.\n"),
        expect=Expect(readable=("Could you send the offer again?",)),
    ),
    _mailing(
        "newsletter-unsubscribe-only",
        "a mailing that only List-Unsubscribe tells",
        "2026-11-26 06:00",
        "Hall Magazine <letter@hall-magazine.example>",
        "Ten halls of the year",
        "Our ten halls of the year. <a href='https://hall.example/u'>Unsubscribe</a>",
        ("List-Unsubscribe", "<mailto:off@hall-magazine.example>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ),
    _mailing(
        "newsletter-without-unsubscribe",
        "a mailing without List-Unsubscribe, Precedence: bulk",
        "2026-11-26 06:03",
        "Рекламное агентство <promo@reklama-vsem.example>",
        "Продвижение вашего магазина",
        "Приведём клиентов на ваш сайт. Звоните!",
        ("Precedence", "bulk"),
        ("X-Mailer", "BulkMailer 8.1"),
    ),
    _mailing(
        "newsletter-of-a-vendor",
        "the mailing of a vendor of ours",
        "2026-11-26 06:06",
        "Orfeo News <news@orfeo.example>",
        "Orfeo H11 is coming",
        "Meet the H11 in our show room.",
        ("List-Id", "Orfeo news <news.orfeo.example>"),
        ("List-Unsubscribe", "<https://orfeo.example/off>"),
        ("Precedence", "list"),
    ),
    _mailing(
        "mailing-list-digest",
        "the digest of a mailing list",
        "2026-11-26 06:09",
        "vinyl-talk <vinyl-talk-request@lists.example>",
        "vinyl-talk Digest, Vol 31, Issue 4",
        "Today's topics: 1. Which belt? 2. Re: Which belt?",
        ("List-Id", "<vinyl-talk.lists.example>"),
        ("List-Post", "<mailto:vinyl-talk@lists.example>"),
        ("Precedence", "list"),
    ),
    _program(
        "marketplace-question",
        "a marketplace hands on a question (auto-generated)",
        "2026-11-26 09:10",
        "Маркетплейс «Базар» <noreply@bazar-market.example>",
        "Новый вопрос покупателя к товару Orfeo H7",
        """
Покупатель задал вопрос к товару Orfeo H7. Ответьте в течение суток.

Подойдут ли они к телефону без разъёма?
""",
        ("Auto-Submitted", "auto-generated"),
        ("Reply-To", "question-7711@bazar-market.example"),
        customer="question-7711@bazar-market.example",
    ),
    _program(
        "shop-form-one-address",
        "the shop's form once more, from the same address: another customer",
        "2026-11-26 09:13",
        "Audiomania shop <shop@web.audiomania-forms.example>",
        "Вопрос с сайта: Orfeo H9",
        """
Имя: Ирина Литвинова
Вопрос: Есть ли H9 в наличии на Тверской?
""",
        ("Auto-Submitted", "auto-generated"),
        ("Reply-To", "Irina <i.litvinova@posta.example>"),
        customer="i.litvinova@posta.example",
    ),
    _program(
        "call-back-request",
        "a call-back form without a Reply-To: a phone is all there is",
        "2026-11-26 09:16",
        "Call back <callback@web.audiomania-forms.example>",
        "Заказ звонка",
        "Перезвоните по номеру +7 916 555-01-54 насчёт наушников",
        ("Auto-Submitted", "auto-generated"),
        mentions=("+7 916 555-01-54",),
    ),
    _program(
        "payment-notification",
        "a bank tells of a payment",
        "2026-11-26 09:19",
        "Банк «Касса» <robot@bank-kassa.example>",
        "Поступила оплата 64 900,00 по заказу S00391",
        "Поступил платёж 64 900,00 руб. Назначение: оплата заказа S00391",
        ("Auto-Submitted", "auto-generated"),
        mentions=("S00391",),
    ),
    _program(
        "courier-notification",
        "a courier could not find the customer",
        "2026-11-26 09:22",
        "Courier <info@fast-courier.example>",
        "Parcel 7781: the recipient was not at home",
        "Parcel 7781 for Laura Fenn waits in Dublin. Please tell us what to do.",
        ("Auto-Submitted", "auto-generated"),
        ("X-Priority", "3"),
    ),
    _program(
        "voice-mail",
        "the telephone exchange sends a recorded message as words",
        "2026-11-26 09:25",
        "PBX <pbx@telephone.example>",
        "Voice mail from +7 903 555-01-27, 0:14",
        "Здравствуйте, это Крылов, перезвоните мне по поводу наушников",
        ("Auto-Submitted", "auto-generated"),
        to=f"headphones@{DOMAIN}",
    ),
    Letter(
        name="our-own-letter-came-back",
        kind="Odoo's own letter to an employee, back in the mailbox of the domain",
        sender=f"Audiomania <info@{DOMAIN}>",
        to=f"vera@{DOMAIN}",
        subject="You have been assigned to HT90417",
        when="2026-11-26 09:28",
        message_id=f"<4417.1764-openerp-77-helpdesk.ticket@{DOMAIN}>",
        extra=(("X-Odoo-Objects", "helpdesk.ticket-77"),),
        body=html("\n<p>You have been assigned to a conversation.</p>\n"),
        expect=Expect(outcome="loop", conversation="none", inquiry=False, rule=18),
    ),
    Letter(
        name="bounce-loop-header",
        kind="an answer to the letter by which Odoo refused one: a loop",
        sender="Robot <robot@relay.example>",
        to=f"sales@{DOMAIN}",
        subject="Re: Your letter was not accepted",
        when="2026-11-26 09:31",
        extra=(
            ("In-Reply-To", f"<1764.1-loop-detection-bounce-email@{DOMAIN}>"),
            ("References", f"<1764.1-loop-detection-bounce-email@{DOMAIN}>"),
            ("Auto-Submitted", "auto-replied"),
        ),
        body=text("\nYour message about our message was received.\n"),
        expect=Expect(outcome="loop", conversation="none", inquiry=False, rule=18),
    ),
)

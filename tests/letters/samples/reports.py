# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Delivery reports, read receipts and complaints, as mail servers write them."""

from wire import DOMAIN, Expect, Letter, entity, multipart, text

from .ours import CABLE_ID, COLOGNE_ID, HALL_ID, HUM_ID, LOST_ID, OFFER_ID, PADS_ID

STRANGER = "<campaign-1@elsewhere.example>"


def _original(message_id, to, subject="Our answer", sender=f"hifi@{DOMAIN}"):
    """The letter of ours that came back, as a report quotes it."""
    return (
        f"From: Audiomania <{sender}>\n"
        f"To: {to}\n"
        f"Subject: {subject}\n"
        f"Date: Wed, 25 Nov 2026 10:29:58 +0300\n"
        f"Message-ID: {message_id}\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=us-ascii\n\n"
        "Good day, here is what you asked for.\n"
    )


def _status(to, action, code, reason):
    return (
        f"Reporting-MTA: dns; mx.relay.example\n\n"
        f"Final-Recipient: rfc822; {to}\n"
        f"Action: {action}\n"
        f"Status: {code}\n"
        f"Diagnostic-Code: smtp; {reason}\n"
    ).encode()


def _dsn(words, status, *originals, kind="delivery-status"):
    """multipart/report (RFC 3462): words, the status, the letter or its headers."""
    parts = [text(words), entity(f"message/{kind}", status), *originals]
    params = f" report-type={kind};"
    return multipart("report", f"=_report_{len(words)}", *parts, params=params)


def _whole(message_id, to, **values):
    return entity("message/rfc822", _original(message_id, to, **values).encode())


def _headers(message_id, to):
    head = _original(message_id, to).partition("\n\n")[0] + "\n"
    return entity("text/rfc822-headers", head.encode())


def _report(name, kind, when, sender, subject, body, joins=None, **values):
    """A report; `joins`: the letter of ours that it is about."""
    outcome = values.pop("outcome", "bounce")
    expect = Expect(
        outcome=outcome,
        conversation="continued" if joins else "none",
        inquiry=False,
        continues=joins,
        defect=values.pop("defect", ()),
        rule=20,
    )
    return Letter(
        name=name,
        kind=kind,
        sender=sender,
        subject=subject,
        when=when,
        body=body,
        expect=expect,
        **{"to": f"bounce@{DOMAIN}", "return_path": "", **values},
    )


DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.relay.example>"
OLGA = "o.morozova@posta.example"
ZHUKOV = "a.zhukov@staryy-yashchik.example"
SABINE = "sabine.krueger@briefkasten.example"
PANIN = "v.panin@posta.example"
KOTOV = "a.kotov@novosti-pochta.example"

QMAIL = f"""
Hi. This is the qmail-send program at mx.relay.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{KOTOV}>:
192.0.2.77 does not like recipient.
Remote host said: 550 No such user here
Giving up on 192.0.2.77.

--- Below this line is a copy of the message.

Return-Path: <hifi@{DOMAIN}>
{_original(CABLE_ID, KOTOV)}
"""

EXIM = f"""
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {PANIN}
    host mx.posta.example [192.0.2.50]
    SMTP error from remote mail server after RCPT TO:<{PANIN}>:
    550 5.2.1 mailbox disabled

------ This is a copy of the message, including all the headers. ------

Return-path: <cinema@{DOMAIN}>
{_original(HUM_ID, PANIN)}
"""

EXIM_DELAY = f"""
This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.relay.example.

The message identifier is:     1tFAbC-0000Xy-7z
The subject of the message is: Our answer

The address to which the message has not yet been delivered is:

  {PANIN}
    Delay reason: Connection timed out

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered.
"""

SENDMAIL = f"""
   ----- The following addresses had permanent fatal errors -----
<{ZHUKOV}>
    (reason: 550 5.7.1 Mail rejected)

   ----- Transcript of session follows -----
... while talking to mx.staryy-yashchik.example.:
>>> DATA
<<< 550 5.7.1 Mail rejected
554 5.0.0 Service unavailable

   ----- Original message follows -----

{_original(LOST_ID, ZHUKOV)}
"""

MAIL_RU = f"""
Это письмо создано автоматически почтовой системой, отвечать на него не нужно.

К сожалению, ваше письмо не может быть доставлено одному или нескольким получателям:

** {OLGA}: почтовый ящик переполнен

----- Копия исходного письма -----

{_original(PADS_ID, OLGA)}
"""

LETTERS = (
    _report(
        "report-delay",
        "delivery report: delayed, still tried (RFC 3464)",
        "2026-11-25 11:00",
        DAEMON,
        "Delayed Mail (still being retried)",
        _dsn(
            "Your message could not be delivered for more than 4 hour(s).\n"
            "It will be retried until it is 5 day(s) old.",
            _status(OLGA, "delayed", "4.4.1", "connect timed out"),
            _headers(PADS_ID, OLGA),
        ),
        PADS_ID,
    ),
    _report(
        "report-success",
        "delivery report: delivered, as was asked (RFC 3464)",
        "2026-11-25 11:03",
        DAEMON,
        "Successful Mail Delivery Report",
        _dsn(
            "Your message was successfully delivered to the destination below.",
            _status(SABINE, "delivered", "2.0.0", "250 2.0.0 OK"),
            _headers(COLOGNE_ID, SABINE),
        ),
        COLOGNE_ID,
    ),
    _report(
        "report-whole-letter",
        "delivery report with the whole letter in it, the mailbox is full",
        "2026-11-25 11:06",
        DAEMON,
        "Undelivered Mail Returned to Sender",
        _dsn(
            "I'm sorry: the mailbox is full.",
            _status(OLGA, "failed", "5.2.2", "552 5.2.2 mailbox full"),
            _whole(PADS_ID, OLGA),
        ),
        PADS_ID,
    ),
    _report(
        "report-qmail",
        "failure notice of qmail, plain text",
        "2026-11-25 11:09",
        "MAILER-DAEMON@mx.relay.example",
        "failure notice",
        text(QMAIL, charset="us-ascii", transfer="7bit"),
        CABLE_ID,
    ),
    _report(
        "report-exim",
        "failure report of Exim, plain text with X-Failed-Recipients",
        "2026-11-25 11:12",
        "Mail Delivery System <Mailer-Daemon@relay.example>",
        "Mail delivery failed: returning message to sender",
        text(EXIM, charset="us-ascii", transfer="7bit"),
        HUM_ID,
        extra=(("X-Failed-Recipients", PANIN), ("Auto-Submitted", "auto-replied")),
    ),
    _report(
        "report-exim-delay",
        "delay warning of Exim, which quotes nothing of the letter",
        "2026-11-25 11:15",
        "Mail Delivery System <Mailer-Daemon@relay.example>",
        "Warning: message 1tFAbC-0000Xy-7z delayed 24 hours",
        text(EXIM_DELAY, charset="us-ascii", transfer="7bit"),
        extra=(("Auto-Submitted", "auto-replied"),),
    ),
    _report(
        "report-sendmail",
        "failure report of sendmail, plain text",
        "2026-11-25 11:18",
        "Mail Delivery Subsystem <MAILER-DAEMON@relay.example>",
        "Returned mail: see transcript for details",
        text(SENDMAIL, charset="us-ascii", transfer="7bit"),
        LOST_ID,
    ),
    _report(
        "report-exchange",
        "failure report of Exchange, Russian",
        "2026-11-25 11:21",
        "Microsoft Outlook <postmaster@gorizont-studio.example>",
        "Не удается доставить: Projector for the small hall",
        _dsn(
            "Не удалось доставить сообщение следующим получателям или группам:\n\n"
            "a.orlov@gorizont-studio.example\nАдрес электронной почты не найден.",
            _status(
                "a.orlov@gorizont-studio.example",
                "failed",
                "5.1.10",
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound",
            ),
            _whole(HALL_ID, "a.orlov@gorizont-studio.example"),
        ),
        HALL_ID,
        extra=(
            ("X-MS-Exchange-Message-Is-Ndr", ""),
            ("Auto-Submitted", "auto-replied"),
        ),
        return_path="",
    ),
    _report(
        "report-gmail",
        "failure report of Gmail, in the thread of our letter",
        "2026-11-25 11:24",
        "Mail Delivery Subsystem <mailer-daemon@gpochta.example>",
        "Delivery Status Notification (Failure)",
        _dsn(
            "** Address not found **\n\nYour message wasn't delivered to"
            f" {KOTOV} because the address couldn't be found.",
            _status(KOTOV, "failed", "5.1.1", "550-5.1.1 does not exist"),
            _whole(CABLE_ID, KOTOV),
        ),
        CABLE_ID,
        extra=(
            ("X-Failed-Recipients", KOTOV),
            ("Auto-Submitted", "auto-replied"),
            ("In-Reply-To", CABLE_ID),
            ("References", CABLE_ID),
        ),
    ),
    _report(
        "report-yandex",
        "failure report of Yandex, Russian subject",
        "2026-11-25 11:27",
        "mailer-daemon@yapochta.example",
        "Недоставленное сообщение",
        _dsn(
            "Это письмо отправлено почтовым сервером.\n\nК сожалению, мы не смогли"
            " доставить ваше письмо. Причина: нет такого пользователя.",
            _status(PANIN, "failed", "5.1.1", "550 5.7.1 No such user!"),
            _whole(HUM_ID, PANIN),
        ),
        HUM_ID,
        extra=(("Auto-Submitted", "auto-replied"),),
    ),
    _report(
        "report-mail-ru",
        "failure report in Russian, plain text, the letter below",
        "2026-11-25 11:30",
        "Почтовая служба <mailer-daemon@mpochta.example>",
        "Письмо не доставлено",
        text(MAIL_RU, transfer="base64"),
        PADS_ID,
    ),
    _report(
        "report-without-original",
        "failure report that tells nothing of the letter",
        "2026-11-25 11:33",
        DAEMON,
        "Undelivered Mail Returned to Sender",
        _dsn(
            "Your message could not be delivered.",
            _status("nobody@unknown.example", "failed", "5.4.4", "Host not found"),
        ),
    ),
    _report(
        "report-never-sent",
        "failure report on a letter that somebody else sent in our name",
        "2026-11-25 11:36",
        DAEMON,
        "Undelivered Mail Returned to Sender",
        _dsn(
            "The message below was rejected as spam.",
            _status("victim@unknown.example", "failed", "5.7.1", "550 spam"),
            _whole(STRANGER, "victim@unknown.example", subject="Win a prize"),
        ),
        to=f"sales@{DOMAIN}",
    ),
    _report(
        "report-parts-are-text",
        "multipart/report whose parts are plain text: no status can be parsed",
        "2026-11-25 11:39",
        DAEMON,
        "Undeliverable: Our answer",
        multipart(
            "report",
            "report-of-text",
            text("Delivery has failed: mailbox unavailable."),
            entity("text/plain", _status(ZHUKOV, "failed", "5.2.0", "unavailable")),
            entity("text/plain", _original(LOST_ID, ZHUKOV).encode()),
            params=" report-type=delivery-status;",
        ),
        LOST_ID,
        defect=("report",),
    ),
    _report(
        "report-to-an-employee",
        "failure report sent to the employee who wrote",
        "2026-11-25 11:42",
        DAEMON,
        "Undelivered Mail Returned to Sender",
        _dsn(
            "User unknown in virtual mailbox table.",
            _status(KOTOV, "failed", "5.1.1", "550 5.1.1 User unknown"),
            _headers(CABLE_ID, KOTOV),
        ),
        CABLE_ID,
        to=f"boris@{DOMAIN}",
    ),
    _report(
        "read-receipt",
        "a read receipt (RFC 8098)",
        "2026-11-25 11:45",
        f"Ольга Морозова <{OLGA}>",
        "Прочитано: Амбушюры к Orfeo H9",
        _dsn(
            "Сообщение было прочитано 25 ноября 2026 г. в 11:44.",
            (
                f"Reporting-UA: posta.example; Webmail\n"
                f"Final-Recipient: rfc822;{OLGA}\n"
                f"Original-Message-ID: {PADS_ID}\n"
                "Disposition: manual-action/MDN-sent-manually; displayed\n"
            ).encode(),
            kind="disposition-notification",
        ),
        PADS_ID,
        outcome="auto_reply",
        to=f"headphones@{DOMAIN}",
        return_path=OLGA,
    ),
    _report(
        "read-receipt-of-nothing",
        "a receipt that names no letter: deleted without being read",
        "2026-11-25 11:48",
        "Kim Larsen <kim.larsen@brevlada.example>",
        "Not read: Spring catalogue",
        _dsn(
            "Your message was deleted without being read on Wednesday.",
            b"Final-Recipient: rfc822;kim.larsen@brevlada.example\n"
            b"Disposition: automatic-action/MDN-sent-automatically; deleted\n",
            kind="disposition-notification",
        ),
        outcome="auto_reply",
        to=f"sales@{DOMAIN}",
    ),
    _report(
        "feedback-report",
        "a complaint of a mail provider: somebody pressed Spam (RFC 5965)",
        "2026-11-25 11:51",
        "Feedback loop <fbl@gpochta.example>",
        "complaint about message from 203.0.113.9",
        _dsn(
            "This is an abuse report for a message from 203.0.113.9.",
            b"Feedback-Type: abuse\nUser-Agent: Feedback/1.0\nVersion: 1\n"
            b"Original-Mail-From: <hifi@audiomania.example>\n",
            _whole(OFFER_ID, "i.sokolov@posta.example"),
            kind="feedback-report",
        ),
        OFFER_ID,
        return_path="fbl@gpochta.example",
    ),
    Letter(
        name="customer-to-the-bounce-address",
        kind="a customer who writes to the address of the bounces",
        sender="Laura Fenn <laura.fenn@letterbox.example>",
        to=f"bounce@{DOMAIN}",
        subject="Is this address read?",
        when="2026-11-25 11:54",
        body=text("\nIt stood in the header of your letter. Where is my refund?\n"),
        expect=Expect(readable=("Where is my refund?",)),
    ),
    Letter(
        name="customer-about-a-bounce",
        kind="a customer tells that his own letter to us came back",
        sender="Ирина Сафонова <i.safonova@posta.example>",
        to=f"hifi@{DOMAIN}",
        subject="Моё письмо не доставлено, почему?",
        when="2026-11-25 11:57",
        body=text(
            "\nПишу второй раз: первое письмо вернулось. Работает ли A60 от 110 В?\n"
        ),
        expect=Expect(readable=("Работает ли A60 от 110 В?",)),
    ),
)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reports of letters that did not arrive: in fields, and in the words of programs."""

from writing import OURS, multipart

DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.shop.example>"
RETURNED = (
    f"Content-Type: message/rfc822\n\nMessage-ID: {OURS}\nSubject: Offer\n\nHello"
)
RETURNED_HEADERS = f"Content-Type: text/rfc822-headers\n\nMessage-ID:\n {OURS}\n\n"
WORDS = "Content-Type: text/plain; charset=utf-8\n\nIt could not be delivered."


def fields(action="failed", recipient="ivan@home.example", **more):
    values = {"Final-Recipient": f"rfc822; {recipient}", "Action": action}
    values |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = "".join(f"{name}: {value}\n" for name, value in values.items())
    return (
        "Content-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.shop.example\n\n{lines}"
    )


def bounce(*parts, sender=DAEMON, **headers):
    values = {"kind": "report", "report_type": "delivery-status", "Subject": "Report"}
    return multipart(*parts, **{**values, "sender": sender, **headers})


QMAIL = """Hi. This is the qmail-send program at mx.shop.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ivan@home.example>:
192.0.2.7 does not like recipient.
Remote host said: 550 5.1.1 No such user here
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

Return-Path: <hifi@shop.example>
Message-ID: <offer-4417@shop.example>
From: hifi@shop.example
To: someone-else@home.example

Hello
"""
EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ivan@home.example
    host mx.home.example [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<ivan@home.example>:
    550 Mailbox unavailable

------ This is a copy of the message, including all the headers. ------

Message-ID: <offer-4417@shop.example>
"""
POSTFIX = """This is the mail system at host mx.shop.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

For further assistance, please send mail to postmaster.

                   The mail system

<ivan@home.example>: host mx.home.example[192.0.2.7] said: 550 5.1.1
    <ivan@home.example>: Recipient address rejected: User unknown

Message-ID: <offer-4417@shop.example>
"""
EXCHANGE = """Delivery has failed to these recipients or groups:

Ivan (ivan@home.example)<mailto:ivan@home.example>
The email address you entered couldn't be found.

Diagnostic information for administrators:

Generating server: mx.home.example

ivan@home.example
Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found'

Original message headers:

Received: from mx.shop.example
Message-ID: <offer-4417@shop.example>
"""
SENDMAIL = """The original message was received at Mon, 3 Mar 2025 10:00:00 +0300
from mx.shop.example [192.0.2.1]

   ----- The following addresses had permanent fatal errors -----
<ivan@home.example>
    (reason: 550 5.1.1 <ivan@home.example>... User unknown)

   ----- Transcript of session follows -----
... while talking to mx.home.example.:
>>> DATA
<<< 550 5.1.1 <ivan@home.example>... User unknown

   ----- Original message follows -----

Message-ID: <offer-4417@shop.example>
"""
GMAIL = """** Address not found **

Your message wasn't delivered to ivan@home.example because the address
couldn't be found, or is unable to receive mail.

The response from the remote server was:
550 5.1.1 The email account that you tried to reach does not exist.

----- Original message -----

Message-ID: <offer-4417@shop.example>
"""
MAIL_RU = """Это письмо создано автоматически сервером Mail.Ru, отвечать на него
не нужно.

К сожалению, Ваше письмо не может быть доставлено одному или нескольким
получателям:

  ivan@home.example
    550 Message was not accepted -- invalid mailbox.

------ Это копия исходного письма, включая все заголовки. ------

Message-ID: <offer-4417@shop.example>
"""
YANDEX = """Это автоматическое сообщение, созданное почтовой системой.

Доставить письмо следующим получателям не удалось:

<ivan@home.example>: пользователь не найден, 550 5.7.1 No such user!

Текст исходного письма:

Message-ID: <offer-4417@shop.example>
"""
GMX = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

ivan@home.example:
SMTP error from remote server for RCPT TO command, host: mx.home.example
reason: 550 Requested action not taken: mailbox unavailable

--- The header of the original message is following. ---

Message-ID: <offer-4417@shop.example>
"""
YAHOO = """Sorry, we were unable to deliver your message to the following address.

<ivan@home.example>:
554: 5.7.9: Message not accepted for policy reasons.

--- Below this line is a copy of the message.

Message-ID: <offer-4417@shop.example>
"""
MDAEMON = """The attached message had PERMANENT fatal delivery errors!

YOUR MESSAGE WAS NOT DELIVERED!

The following addresses did NOT receive a copy of your message:

> ivan@home.example

--- Session Transcript ---
 RCPT To:<ivan@home.example>
 550 Unknown user
--- End Transcript ---

Message-ID: <offer-4417@shop.example>
"""
PROGRAMS = {
    "qmail": (QMAIL, "failure notice"),
    "exim": (EXIM, "Mail delivery failed: returning message to sender"),
    "postfix": (POSTFIX, "Undelivered Mail Returned to Sender"),
    "exchange": (EXCHANGE, "Undeliverable: Offer"),
    "sendmail": (SENDMAIL, "Returned mail: see transcript for details"),
    "gmail": (GMAIL, "Delivery Status Notification (Failure)"),
    "mail.ru": (MAIL_RU, "Ваше сообщение не доставлено. Mail failure."),
    "yandex": (YANDEX, "Недоставленное сообщение"),
    "gmx": (GMX, "Mail delivery failed: returning message to sender"),
    "yahoo": (YAHOO, "Failure Notice"),
    "mdaemon": (MDAEMON, "Permanent Delivery Failure"),
}

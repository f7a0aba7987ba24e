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

NOTICES = [
    (
        "postmaster@x.example",
        "Delivery Failure Report",
        "Your document:  Offer\n"
        "was not delivered to:  ivan@home.example\n"
        "because:  User user (ivan@home.example) not listed in Domino "
        "Directory",
    ),
    (
        "post_master@vtext.com",
        "Undeliverable Message",
        "Error: No valid recipients for this MM\n"
        "\n"
        "Message could not be delivered to mobile.\n"
        "To: ivan@home.example",
    ),
    (
        "MAILER-DAEMON@x.example",
        "Mail Delivery Failure",
        "The user(s) account is disabled.\n\n<ivan@home.example>: 550 5.2.1 no",
    ),
    (
        "MAILER-DAEMON@x.example",
        "Delivery status notification: error",
        "Hi!\n"
        "\n"
        "This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n"
        "\n"
        "An error has occurred while attempting to deliver a message for\n"
        "the following list of recipients:\n"
        "\n"
        "ivan@home.example: 550 5.1.1 no\n"
        "\n"
        "Below is a copy of the original message:\n"
        "\n"
        "Message-ID: <a@b>",
    ),
    (
        "mailer-daemon@mail.zoho.com",
        "Undelivered Mail Returned to Sender",
        "This message was created automatically by mail delivery software.\n"
        " A message that you sent could not be delivered to one or more of "
        "its recipients. This is a permanent error.\n"
        "\n"
        "ivan@home.example Invalid Address, ERROR_CODE :550, ERROR_CODE "
        ":Requested action not taken\n"
        "\n"
        "Received:from mail\n"
        "Message-ID: <a@b>",
    ),
    (
        "MailMarshal@dest.example",
        'Undeliverable Mail: "Offer"',
        "Your message:\n"
        "   From:    us@shop.example\n"
        "   Subject: Offer\n"
        "\n"
        "Could not be delivered because of\n"
        "\n"
        "550 5.1.1 User unknown\n"
        "\n"
        "The following recipients were affected:\n"
        "    ivan@home.example",
    ),
    (
        "postmaster@x.example",
        "Delivery failure - Offer",
        "Your message could not be sent.\n"
        "A transcript of the attempts to send the message follows.\n"
        "The number of attempts made: 1\n"
        "Addressed To: ivan@home.example\n"
        "\n"
        "Thu 29 Apr 2010 23:34:45 +0900\n"
        "Failed to send to identified host,\n"
        "ivan@home.example: [192.0.2.5], 550 kijitora@x... No such user",
    ),
    (
        '"Mail Delivery Subsystem" <MAILER-DAEMON@biglobe.ne.jp>',
        "Returned mail: User unknown",
        "   ----- The following addresses had delivery problems -----\n"
        "<ivan@home.example>\n"
        "\n"
        "   ----- Non-delivered information -----\n"
        "The number of messages in recipient's mailbox exceeded the local "
        "limit.",
    ),
    (
        "Postmaster@ezweb.ne.jp",
        "Mail System Error - Returned Mail",
        "The following recipients did not receive this message:\n"
        "\n"
        "   <ivan@home.example>\n"
        "\n"
        "Please reply to Postmaster@ezweb.ne.jp",
    ),
    (
        "no-reply@app.auone-net.jp",
        "Mail System Error - Returned Mail",
        "Your mail sent on: Thu, 29 Apr 2010 11:04:47 +0900\n"
        "    Could not be delivered to: <ivan@home.example>\n"
        "    As their mailbox is full.",
    ),
    (
        "System Administrator <postmaster@x.example>",
        "Undeliverable: Offer",
        "Your message did not reach some or all of the intended recipients.\n"
        "\n"
        "      Subject:  Offer\n"
        "      Sent:     4/29/2010\n"
        "\n"
        "The following recipient(s) could not be reached:\n"
        "\n"
        "      ivan@home.example on 4/29/2010 1:02 PM\n"
        "            There was a SMTP communication problem with the "
        "recipient's email server.\n"
        "            <x.example #5.5.0 smtp;550 5.2.1 "
        "<ivan@home.example>... Mailbox Unavailable>",
    ),
    (
        "postmaster@x.example",
        "**Message you sent blocked by our bulk email filter**",
        "Your message to: ivan@home.example\n"
        "was blocked by our Spam Firewall. The email you sent with the "
        "following subject has NOT BEEN DELIVERED:\n"
        "\n"
        "Subject: Offer",
    ),
    (
        "MAILER-DAEMON@x.example",
        "Mail Delivery Subsystem",
        ">>> ivan@home.example <<<\n"
        "\n"
        "550 sorry, no mailbox here by that name (#5.1.1 - chkusr)",
    ),
    (
        "Mail Delivery Subsystem <MAILER-DAEMON@x>",
        "Returned mail: User unknown",
        "   ----- Transcript of session follows -----\n"
        "While talking to x.example.:\n"
        ">>> RCPT To:<ivan@home.example>\n"
        "<<< 553 Invalid recipient ivan@home.example (Mode: normal)\n"
        "\n"
        "   ----- Unsent message follows -----\n"
        "Message-Id: <a@b>",
    ),
    (
        "groups@googlegroups.com",
        "Delivery Status Notification (Failure)",
        "Hello us@shop.example,\n"
        "\n"
        "We're writing to let you know that the group you tried to contact "
        "(ivan@home.example) may not exist, or you may not have permission "
        "to post messages to the group.",
    ),
    (
        "Администратор почты <postmaster@x.example>",
        "Недоставлено: Offer",
        "Не удалось выполнить доставку следующим получателям или группам:\n"
        "\n"
        "ivan@home.example\n"
        "Введенный адрес электронной почты не найден.\n"
        "\n"
        "Диагностические сведения для администраторов:\n"
        "\n"
        "Формирующий сервер: x\n"
        "\n"
        "ivan@home.example\n"
        "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    (
        "mailer-daemon@corp.mail.ru",
        "Mail failure.",
        "Это письмо создано автоматически\n"
        "\n"
        "Письмо не доставлено\n"
        "ivan@home.example: user is terminated",
    ),
    (
        "MAILER-DAEMON@x.example",
        "Ошибка доставки",
        "Ваше письмо не было доставлено следующим адресатам:\n"
        "\n"
        "<ivan@home.example>: ящик переполнен",
    ),
    (
        "Почтовый сервер <mailer@x.example>",
        "Сообщение не доставлено",
        "Сообщение не было доставлено получателю ivan@home.example, так "
        "как почтовый ящик не существует.",
    ),
    (
        "postmaster@x.example",
        "Уведомление о задержке доставки",
        "Это предупреждение. Доставка сообщения для ivan@home.example "
        "задерживается. Сервер продолжит попытки доставки.",
    ),
    (
        "MAILER-DAEMON@x",
        "Warning: could not send message for past 4 hours",
        "    **********************************************\n"
        "    **      THIS IS A WARNING MESSAGE ONLY      **\n"
        "    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n"
        "    **********************************************\n"
        "\n"
        "   ----- Transcript of session follows -----\n"
        "<ivan@home.example>... Deferred: Connection timed out\n"
        "Warning: message still undelivered after 4 hours\n"
        "Will keep trying until message is 5 days old",
    ),
    (
        "Mail Delivery System <mailer-daemon@x>",
        "Mail delivery failed : returning message to sender",
        "This message was created automatically by mail delivery software.\n"
        "\n"
        "A message that you sent could not be delivered to one or more of\n"
        "its recipients. The following addresses failed:\n"
        "\n"
        "  <ivan@home.example>\n"
        "\n"
        "SMTP error from remote server after transfer of mail text:\n"
        "host: x\n"
        "5.7.1 spam\n"
        "\n"
        "--- The header of the original message is following. ---\n"
        "Message-ID: <a@b>",
    ),
    (
        "Mailer-Daemon@x.example (Mail Delivery System)",
        "Mail delivery failed: returning message to sender",
        "|------------------------- Message log follows: "
        "-------------------------|\n"
        " no valid recipients were found for this message\n"
        "|------------------------- Failed addresses follow: "
        "---------------------|\n"
        " <ivan@home.example> ... transport x: 550 Unknown user\n"
        "|------------------------- Message text follows: "
        "------------------------|\n"
        "Message-ID: <a@b>",
    ),
    (
        '"AOL Postmaster" <postmaster@aol.com>',
        "Undeliverable",
        "The message you sent to ivan@home.example cannot be delivered, "
        "user over quota",
    ),
    (
        "mail-noreply@google.com",
        "Message blocked",
        "Your message to ivan@home.example has been blocked. See technical "
        "details below.\n"
        "\n"
        "The response was:\n"
        "\n"
        "Message rejected. See https://support.google.com for more "
        "information.",
    ),
    (
        "MAILER-DAEMON@hotmail.com",
        "Delivery Status Notification (Failure)",
        "This is an automatically generated Delivery Status Notification.\n"
        "\n"
        "Unable to deliver message to the following recipients, due to "
        "being unable to connect successfully to the destination mail "
        "server.\n"
        "\n"
        "       ivan@home.example",
    ),
    (
        "Mail Administrator <Postmaster@x.example>",
        "Mail System Error - Returned Mail",
        "This Message was undeliverable due to the following reason:\n"
        "\n"
        "Each of the following recipients was rejected by a remote mail "
        "server.\n"
        "\n"
        "    Recipient: <ivan@home.example>\n"
        "    Reason:    5.1.1 <ivan@home.example>... User unknown\n"
        "\n"
        "Please reply to <Postmaster@x.example>\n"
        "if you feel this message to be in error.",
    ),
    (
        "MAILER-DAEMON@x.example",
        "DELIVERY FAILURE: Error transferring to X; Maximum hop count exceeded.",
        "Your message\n"
        "\n"
        "  Subject: Offer\n"
        "\n"
        "was not delivered to:\n"
        "\n"
        "  ivan@home.example\n"
        "\n"
        "because:\n"
        "\n"
        "  Error transferring to x",
    ),
]
"""What else mail programs write to whose letter did not arrive at ivan@home.example."""

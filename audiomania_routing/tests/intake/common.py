# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters that leave, and reports that come back about them."""

from email import message_from_bytes, policy

from odoo.tools import email_normalize

from ...letter.kinds import classify
from ..conversation.common import ConversationCase

REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.customer.example>
To: bounce@hifi.example
Subject: {subject}
Message-ID: <report-{count}@mx.customer.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={type}; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.customer.example.

--cut
Content-Type: message/{type}

{fields}

--cut
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: Re: A question
From: Anna <anna@hifi.example>
To: {address}

--cut--
"""


class OutgoingCase(ConversationCase):
    """Replies through the outgoing gateway, and what mail servers say of them."""

    count = 0

    def send(self, ticket, user, **values):
        """Reply; the e-mails that left."""
        with self.mock_mail_gateway():
            self.message = self.reply(ticket, user, **values)
            self.env.cr.flush()
        return self._mails

    def get_receivers(self):
        """To whom the mails of the last mocked gateway went."""
        return [
            email_normalize(one) for mail in self._mails for one in mail["email_to"]
        ]

    def make_report(self, message, address="petr@customer.example", **values):
        """The bytes of a mail server's report on a letter of ours."""
        action = values.get("action", "failed")
        status = values.get("status", "5.1.1")
        self.count += 1
        fields = (
            "Reporting-MTA: dns; mx.customer.example\n\n"
            f"Final-Recipient: rfc822; {address}\n"
            f"Action: {action}\nStatus: {status}\n"
            "Diagnostic-Code: smtp; 550 5.1.1 User unknown"
        )
        return REPORT.format(
            subject=values.get("subject", "Undelivered Mail Returned to Sender"),
            count=self.count,
            type="delivery-status",
            fields=fields,
            address=address,
            message_id=values.get("message_id") or message.message_id,
        ).encode()

    def join(self, letter):
        """Hand a letter to what joins reports; the record that it joined, or None."""
        gateway = self.env["mail.thread"]
        message = message_from_bytes(letter, policy=policy.SMTP)
        values = gateway.message_parse(message)
        return gateway._join_report(classify(message), message, values)

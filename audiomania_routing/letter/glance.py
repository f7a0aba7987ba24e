# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Interim: the file of the same name that is being written replaces this one whole."""
import email
import email.policy
import email.utils
from dataclasses import dataclass
from email.header import decode_header, make_header


@dataclass(frozen=True)
class Glance:
    message_id: object
    sender: str
    sender_email: str
    recipients: tuple
    subject: str
    date: str
    size: int


def glance(raw):
    m = email.message_from_bytes(raw.split(b"\r\n\r\n")[0].split(b"\n\n")[0])
    t = lambda n: str(make_header(decode_header(str(m.get(n) or ""))))
    return Glance(
        (m.get("Message-ID") or "").strip() or None,
        t("From"),
        email.utils.parseaddr(t("From"))[1].lower(),
        tuple(
            a.lower()
            for _n, a in email.utils.getaddresses(
                m.get_all("To", []) + m.get_all("Cc", [])
            )
        ),
        t("Subject"),
        str(m.get("Date") or ""),
        len(raw),
    )

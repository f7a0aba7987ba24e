# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters written for a test, in both ways in which Python takes them apart."""

from email import message_from_bytes, policy

OURS = "<offer-4417@shop.example>"


def write(text="Hello", sender="Anna <anna@home.example>", **headers):
    """The bytes of a letter; a header is named with underscores, None leaves it out."""
    values = {
        "From": sender,
        "To": "hifi@shop.example",
        "Subject": "Amplifier",
        "Message-ID": "<1@home.example>",
    }
    values |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in values.items() if value is not None]
    return ("\n".join(lines) + "\n\n" + text).encode()


def multipart(*parts, kind="mixed", **headers):
    """A letter of several parts, each with its own headers in its text."""
    sections = "".join(f"--=_b\n{part}\n" for part in parts)
    content = f'multipart/{kind}; boundary="=_b"'
    for name in ("report_type",):
        if name in headers:
            content += f"; {name.replace('_', '-')}={headers.pop(name)}"
    return write(
        f"{sections}--=_b--\n",
        **{"MIME_Version": "1.0", "Content_Type": content, **headers},
    )


def parse(raw):
    """The message as Python reads it for old programs and as Odoo reads it."""
    return [message_from_bytes(raw), message_from_bytes(raw, policy=policy.SMTP)]

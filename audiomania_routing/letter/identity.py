# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Interim: the file of the same name that is being written replaces this one whole."""
import hashlib


def content_hash(raw):
    return hashlib.sha256(raw.split(b"\n\n", 1)[-1]).hexdigest()


def identity(raw, g):
    return (
        hashlib.sha256(
            ((g.message_id or g.date) + content_hash(raw)).encode()
        ).hexdigest()
        if (g.message_id or g.date)
        else None
    )

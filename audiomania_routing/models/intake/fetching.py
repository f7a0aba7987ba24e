# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters out of a mailbox, each with the name that the mailbox gives it. No model.

A letter is taken out of the mailbox (marked as seen, deleted) only after it was written
down here; one that the mailbox does not hand over keeps no other one from coming.
"""

import logging
import poplib
import re
from functools import partial
from imaplib import IMAP4

from odoo.addons.mail.models.fetchmail import OdooIMAP4, OdooPOP3

from .course import IMAP, POP, RawLetter

_logger = logging.getLogger(__name__)

UID = re.compile(rb"\bUID (\d+)")
LONGEST_LINE = 64 * 1024 * 1024
"""A letter with a longer line than poplib wants would block the mailbox for ever."""

poplib._MAXLINE = max(poplib._MAXLINE, LONGEST_LINE)


def attend(connection, server_id, unreadable):
    """Let a connection of Odoo hand over letters with their names.

    :param unreadable: called with (source, key, why) for a letter that the mailbox
        does not hand over
    """
    if isinstance(connection, OdooIMAP4):
        retrieve = _retrieve_imap
    elif isinstance(connection, OdooPOP3):
        retrieve = _retrieve_pop
    else:
        return connection
    handed = {}
    connection.retrieve_unread_messages = partial(
        retrieve, connection, server_id, handed, unreadable
    )
    connection.handled_message = partial(
        _handle_admitted, connection.handled_message, handed
    )
    return connection


def _handle_admitted(handle, handed, number):
    """Take out of the mailbox what was written down, nothing else."""
    if handed.pop(number).admitted:
        handle(number)


def _retrieve_imap(connection, server_id, handed, unreadable):
    _kind, validity = connection.response("UIDVALIDITY")
    prefix = f"imap:{server_id}:{(validity[0] or b'0').decode()}"
    while connection._unread_messages:
        number = connection._unread_messages.pop()
        key, raw, why = _fetch_imap(connection, number)
        key = key and f"{prefix}:{key}"
        if raw is None:
            unreadable(IMAP, key, why)
            continue
        handed[number] = RawLetter.make(raw, IMAP, key, server_id)
        yield number, handed[number]


def _fetch_imap(connection, number):
    """(UID, bytes, why not) of a letter. Reading it does not mark it as seen."""
    try:
        status, data = connection.fetch(number, "(UID BODY.PEEK[])")
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        return None, None, str(error)
    parts = [part for part in data if isinstance(part, tuple)]
    told = b" ".join(
        part[0] if isinstance(part, tuple) else part for part in data if part
    )
    uid = UID.search(told)
    raw = parts[0][1] if status == "OK" and parts else None
    why = None if raw is not None else told.decode("utf-8", "replace")
    return uid and uid[1].decode(), raw, why


def _retrieve_pop(connection, server_id, handed, unreadable):
    names = _get_pop_names(connection)
    while connection._unread_messages:
        number = connection._unread_messages.pop()
        name = names.get(number)
        key = name and f"pop:{server_id}:{name}"
        try:
            _header, lines, _size = connection.retr(number)
        except poplib.error_proto as error:
            unreadable(POP, key, str(error))
            continue
        handed[number] = RawLetter.make(b"\n".join(lines), POP, key, server_id)
        yield number, handed[number]


def _get_pop_names(connection):
    """{number: unique name}; empty where the server has no such names."""
    try:
        _answer, lines, _size = connection.uidl()
    except poplib.error_proto as error:
        _logger.info("The POP3 server names no letters: %s", error)
        return {}
    pairs = (line.split(b" ", 1) for line in lines)
    return {
        int(number): name.decode("ascii", "replace").strip() for number, name in pairs
    }

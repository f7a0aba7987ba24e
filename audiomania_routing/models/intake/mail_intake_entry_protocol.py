# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import json
import logging
import random
import time
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import psycopg2
from psycopg2.extras import Json

from odoo import SUPERUSER_ID, api, fields, models
from odoo.modules import module
from odoo.service.model import (
    MAX_TRIES_ON_CONCURRENCY_FAILURE,
    PG_CONCURRENCY_EXCEPTIONS_TO_RETRY,
)
from odoo.sql_db import Cursor
from odoo.tools import SQL, email_normalize_all

from ...letter.charset import one_line
from ...letter.glance import glance
from ...letter.identity import content_hash, identity
from ...letter.mending import find_defects, mend
from .course import (
    AUTO_REPLY,
    CONTINUED,
    COURSE,
    DUPLICATE,
    FAILED,
    NEW,
    TICKET,
    Course,
    RawLetter,
)

_logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
"""So often a letter may take the server down with it before it counts as failed."""

UNFINISHED_AFTER = timedelta(minutes=5)
"""An entry without an outcome that is older was interrupted."""

TOLD_TO_CALLERS = (NEW, CONTINUED, AUTO_REPLY)
"""Outcomes for which ``message_process`` returns the record, as stock does."""

BATCH = 100
INDEXED = 600
"""Longer texts do not fit into an index of PostgreSQL."""


class MailIntakeEntry(models.Model):
    """The three transactions of a letter (rules 18 and 19).

    The first one writes down that it came, with its bytes, and commits before anything
    can fail. The second one reads it and makes what becomes of it, and the outcome is
    a part of it. If that one fails, a third one writes the failure down. Whatever
    moment the server dies at, the letter is known, and becomes one thing.
    """

    _inherit = "mail.intake.entry"

    # ------------------------------------------------------------------
    # At the edge
    # ------------------------------------------------------------------

    @api.model
    def _receive(self, letter, **options):
        """Account for a raw letter, and let the gateway process it.

        :param letter: its bytes, preferably a :class:`RawLetter`
        :param options: arguments of ``message_process`` beside the letter
        :return: id of what it became a part of, or False
        :raise psycopg2.Error: it could not even be written down: whoever handed it
            over must keep it
        """
        letter = letter if isinstance(letter, RawLetter) else RawLetter(letter)
        entry_id, is_open = self._admit(letter, options)
        letter.admitted = True
        if is_open:
            return self._handle_or_leave(entry_id, letter, options)
        return self._get_thread_id(entry_id)

    @api.model
    def _admit(self, letter, options):
        """The entry of this delivery, new or known: (its id, whether it is open)."""
        values = self._prepare_entry_vals(letter, options)
        with self._apart() as cr:
            if entry_id := self._insert(cr, values):
                return entry_id, True
            if self._is_name_reused(cr, values):
                name, content = values["delivery_key"], values["content_hash"]
                values["delivery_key"] = f"{name}:{content}"
                if entry_id := self._insert(cr, values):
                    return entry_id, True
            if known := self._find_delivery(cr, values["delivery_key"]):
                return known, self._begin_again(cr, known)
            return self._insert_duplicate(cr, values), False

    @api.model
    def _prepare_entry_vals(self, letter, options):
        """The columns of an entry, from what the headers say at first glance."""
        seen = glance(letter)
        now = fields.Datetime.now()
        return {
            "message_id": (seen.message_id or "")[:INDEXED] or None,
            "sender": seen.sender or None,
            "sender_email": seen.sender_email[:INDEXED] or None,
            "recipients": ", ".join(seen.recipients) or None,
            "subject": seen.subject or None,
            "date": seen.date or None,
            "size": seen.size,
            "source": letter.source,
            "server_id": letter.server_id,
            "delivery_key": letter.key,
            "received_at": now,
            "content_hash": content_hash(letter),
            "identity": identity(letter, seen),
            "attempts": 1,
            "original": psycopg2.Binary(base64.b64encode(letter)),
            "options": Json(options, dumps=partial(json.dumps, default=str)),
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
            "create_date": now,
            "write_date": now,
        }

    @api.model
    def _insert(self, cr, values):
        """Insert an entry; None when this delivery or this letter is there already."""
        columns = SQL(", ").join(map(SQL.identifier, values))
        cr.execute(
            SQL(
                "INSERT INTO mail_intake_entry (%s) VALUES %s"
                " ON CONFLICT DO NOTHING RETURNING id",
                columns,
                tuple(values.values()),
            )
        )
        row = cr.fetchone()
        return row and row[0]

    @api.model
    def _find_delivery(self, cr, key):
        cr.execute(SQL("SELECT id FROM mail_intake_entry WHERE delivery_key = %s", key))
        row = cr.fetchone()
        return row and row[0]

    @api.model
    def _is_name_reused(self, cr, values):
        """Whether the delivery of this name was another letter.

        A mailbox server of ours that reads another mailbox from now on finds names
        that it knows, and a letter that could not be handed over then has come now.
        """
        cr.execute(
            SQL(
                "SELECT 1 FROM mail_intake_entry"
                " WHERE delivery_key = %s AND content_hash != %s",
                values["delivery_key"],
                values["content_hash"],
            )
        )
        return bool(cr.fetchone())

    @api.model
    def _begin_again(self, cr, entry_id):
        """Count another attempt at an interrupted letter.

        False: it has its outcome, or somebody is reading it at this moment, or it has
        taken the server down too often; then the job says so.
        """
        cr.execute(
            SQL(
                "UPDATE mail_intake_entry SET attempts = attempts + 1 WHERE id IN ("
                "SELECT id FROM mail_intake_entry WHERE id = %s AND outcome IS NULL"
                " AND attempts < %s FOR UPDATE SKIP LOCKED)",
                entry_id,
                MOST_ATTEMPTS,
            )
        )
        return bool(cr.rowcount)

    @api.model
    def _insert_duplicate(self, cr, values):
        """The same letter by another way: its own entry, which becomes nothing."""
        cr.execute(
            SQL(
                "SELECT id FROM mail_intake_entry"
                " WHERE identity = %s AND duplicate_of_id IS NULL",
                values["identity"],
            )
        )
        (first,) = cr.fetchone()
        values = {
            **values,
            "duplicate_of_id": first,
            "outcome": DUPLICATE,
            "original": None,
        }
        key = values["delivery_key"]
        return self._insert(cr, values) or self._find_delivery(cr, key)

    @api.model
    def _get_thread_id(self, entry_id):
        """What the letter became a part of, as ``message_process`` returns it."""
        with self._apart() as cr:
            cr.execute(
                SQL(
                    "SELECT res_id FROM mail_intake_entry"
                    " WHERE id = %s AND outcome IN %s",
                    entry_id,
                    TOLD_TO_CALLERS,
                )
            )
            row = cr.fetchone()
        return (row and row[0]) or False

    @api.model
    def _note_unreadable(self, server_id, source, key, why):
        """A letter that its mailbox does not hand over: an entry, so that it is known
        (once for each letter)."""
        key = key or f"{source}:{server_id}:{why}"[:INDEXED]
        letter = RawLetter.make(b"", source, key, server_id)
        values = self._prepare_entry_vals(letter, {})
        values |= {"original": None, "outcome": FAILED, "error": why}
        with self._apart() as cr:
            entry_id = self._insert(cr, values)
        if entry_id:
            with self._own_environment(SUPERUSER_ID) as env:
                env["mail.intake.entry"].browse(entry_id)._alert_failed()

    # ------------------------------------------------------------------
    # Processing
    # ------------------------------------------------------------------

    @api.model
    def _handle_or_leave(self, entry_id, letter, options):
        """Process an admitted letter now, or leave it to the job that finishes what
        was interrupted: the database may be gone for a moment, the letter is not."""
        try:
            return self._handle(entry_id, letter, options)
        except psycopg2.OperationalError:
            if not self._has_own_cursors():
                raise
            _logger.info("Letter %s is left to the job", entry_id, exc_info=True)
            return False

    @api.model
    def _handle(self, entry_id, letter, options, forced=False):
        """Process an admitted letter; when it fails, say so. Never raises for what is
        wrong with the letter.

        What Odoo cannot read as it is, or would read wrong, is mended first.

        :return: id of what it became a part of, or False
        """
        defects = find_defects(letter)
        error = None
        if not defects:
            thread_id, error = self._attempt(entry_id, letter, options, forced)
            if error is None:
                return thread_id
            if isinstance(error, OSError):
                # a full disk: nothing is wrong with the letter
                self._fail(entry_id, error)
                return False
        mended = mend(letter)
        defects = list(dict.fromkeys([*defects, *mended.defects]))
        thread_id, again = self._attempt(entry_id, mended.raw, options, forced, defects)
        if again is not None:
            self._fail(entry_id, again if error is None else error)
        return thread_id

    @api.model
    def _attempt(self, entry_id, raw, options, forced, defects=()):
        """Process once: (id of what it became a part of, None), or (False, error).

        What collides with somebody's work is tried again, as the web server does.
        """
        tries = MAX_TRIES_ON_CONCURRENCY_FAILURE if self._has_own_cursors() else 1
        for number in range(1, tries):
            try:
                return self._process_apart(entry_id, raw, options, forced, defects)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as error:
                _logger.info("A letter is tried again: %s", error)
                time.sleep(random.uniform(0.0, 0.1 * 2**number))
        return self._process_apart(entry_id, raw, options, forced, defects)

    @api.model
    def _process_apart(self, entry_id, raw, options, forced, defects):
        """As :meth:`_attempt`; what may pass by itself is raised."""
        try:
            with self._own_environment() as env:
                entries = env["mail.intake.entry"]
                if not entries._claim(entry_id):
                    return False, None
                return entries._process(entry_id, raw, options, forced, defects), None
        except psycopg2.OperationalError:
            raise
        except Exception as error:
            _logger.info("Letter %s could not be read", entry_id, exc_info=True)
            return False, error

    @api.model
    def _claim(self, entry_id):
        """Lock an entry that has no outcome yet. False: somebody else has it."""
        self.env.cr.execute(
            SQL(
                "SELECT attempts = 1 AND outcome IS NULL FROM mail_intake_entry"
                " WHERE id = %s AND ticket_id IS NULL"
                " AND (outcome IS NULL OR outcome NOT IN ('new', 'continued'))"
                " FOR UPDATE SKIP LOCKED",
                entry_id,
            )
        )
        claimed = self.env.cr.fetchone()
        if claimed and claimed[0]:
            # Nobody can have been told of it yet.
            self.env["alert.alert"]._note_born(self.browse(entry_id))
        return bool(claimed)

    @api.model
    def _process(self, entry_id, raw, options, forced, defects):
        """Hand the letter to Odoo's gateway and write down what became of it.

        :return: id of what it became a part of, or False
        """
        course = Course(entry_id, forced=forced)
        # What is said of the letter is said in the language of the company.
        lang = self.env.context.get("lang") or self.env.company.partner_id.lang
        context = {COURSE: course, "lang": lang}
        gateway = self.env["mail.thread"].with_context(**context)
        model = options.get("model") or False
        rest = {key: value for key, value in options.items() if key != "model"}
        gateway.message_process(model, raw, **rest)
        # sudo: mail.intake.entry: whoever hands a letter over may not read the list
        entry = self.sudo().browse(entry_id)
        entry.write(entry._prepare_outcome_vals(course, defects))
        return course.outcome in TOLD_TO_CALLERS and (entry.res_id or False)

    def _prepare_outcome_vals(self, course, defects):
        record = course.record
        is_ticket = bool(record) and record._name == TICKET
        return {
            "outcome": course.outcome,
            **self._prepare_reason_vals(course.reason),
            "ticket_id": record.id if is_ticket else False,
            "res_model": record._name if record else False,
            "res_id": record.id if record else False,
            "mail_message_id": course.message.id if course.message else False,
            "company_id": self._get_company_of(record).id,
            "is_mended": bool(defects),
            "defects_found": [
                [each.code.value, one_line(each.detail)] for each in defects
            ],
            "error": False,
        }

    def _get_company_of(self, record):
        """Whose letter it is: of what it became, else of the address written to."""
        if record and "company_id" in record._fields:
            # sudo: base: the entry says whose letter it is
            return record.sudo().company_id
        emails = email_normalize_all(self.recipients or "")
        companies = self.env["mail.thread"]._get_domain_companies(emails)
        return companies if len(companies) == 1 else companies.browse()

    @api.model
    def _fail(self, entry_id, error):
        """Write down that a letter could not be processed; tell the administrators."""
        with self._own_environment(SUPERUSER_ID) as env:
            entry = env["mail.intake.entry"].browse(entry_id)
            if entry._claim(entry_id):
                values = {"outcome": FAILED, "error": entry._describe_error(error)}
                entry.write({**values, "company_id": entry._get_company_of(None).id})
                entry._alert_failed()

    def _describe_error(self, error):
        text = f"{type(error).__name__}: {error}".replace("\x00", "")
        return text.encode("utf-8", "replace").decode()

    def _alert_failed(self):
        """A failed letter is the administrators' until it is worked on."""
        for entry in self:
            self.env["alert.type"]._alert(
                "intake_failed",
                entry,
                sender=entry.sender or "",
                subject=entry.subject or "",
            )

    # ------------------------------------------------------------------
    # Cursors
    # ------------------------------------------------------------------

    @api.model
    def _has_own_cursors(self):
        """Whether the transactions of a letter are its own. In a test there is one."""
        return not module.current_test

    @contextmanager
    def _apart(self):
        """A short transaction that is committed at the end of the block and sees
        what others have committed meanwhile."""
        if not self._has_own_cursors():
            self.env.flush_all()
            yield self.env.cr
            self.env.invalidate_all()
            return
        with self.env.registry.cursor() as cr:
            if isinstance(cr, Cursor):
                cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            yield cr

    @contextmanager
    def _own_environment(self, uid=None):
        """An environment with a fresh transaction of its own, committed at the end."""
        uid = uid or self.env.uid
        if not self._has_own_cursors():
            with self.env.cr.savepoint():
                yield self.env(user=uid)
            return
        registry = self.env.registry
        try:
            with registry.cursor() as cr:
                yield api.Environment(cr, uid, dict(self.env.context), self.env.su)
        except Exception:
            registry.reset_changes()
            raise
        registry.signal_changes()

    # ------------------------------------------------------------------
    # What was interrupted
    # ------------------------------------------------------------------

    @api.model
    def _cron_finish(self):
        """Process what a crash has left without an outcome."""
        remaining = self._search_interrupted()
        self.env["ir.cron"]._commit_progress(remaining=len(remaining))
        for entry in remaining:
            entry._resume()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _search_interrupted(self):
        now = fields.Datetime.now()
        return self.search(
            [
                ("outcome", "=", False),
                "|",
                ("received_at", "<", now - UNFINISHED_AFTER),
                # by a clock that was put back since
                ("received_at", ">", now + UNFINISHED_AFTER),
            ],
            limit=BATCH,
            order="id",
        )

    def _resume(self):
        """Go on with an interrupted letter, but not with one that kills the server."""
        self.ensure_one()
        with self._apart() as cr:
            may_begin = self._begin_again(cr, self.id)
        if may_begin:
            self._handle_or_leave(self.id, self._get_letter(), self.options or {})
        elif self.attempts >= MOST_ATTEMPTS:
            self._fail(self.id, InterruptedError(self._describe_interruption()))

    def _describe_interruption(self):
        return self.env._(
            "The server stopped %(count)s times while it read this letter.",
            count=self.attempts,
        )

    def _get_letter(self):
        """The kept bytes of the letter."""
        original = self.with_context(bin_size=False).original
        letter = RawLetter.make(base64.b64decode(original), self.source)
        letter.server_id = self.server_id.id
        return letter

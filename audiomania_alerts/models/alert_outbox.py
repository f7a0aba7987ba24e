# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from functools import partial
from typing import NamedTuple

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.sql_db import Cursor
from odoo.tools import SQL

from ..placeholders import AlertFault
from ..states import (
    ALERT_OPEN,
    FAILED,
    OUTBOX_KINDS,
    OUTBOX_STATES,
    PENDING,
    REPORT,
    WITHDRAW,
)
from .alert_delivery import SEEN_SHOWN_FOR

_logger = logging.getLogger(__name__)

COMMITTED = "audiomania_alerts.outbox"
BATCH = 200
KEY_LENGTH = 256


def run_apart(registry, function):
    """Run ``function(env)`` in a short transaction of its own and commit it.

    It reads what is committed at each statement: two workers who merge the same key
    wait for each other's row for a moment instead of failing (rule 28). It does not
    wait for the disk: what a crash of the database takes back, it takes back whole,
    and the next sweep finds it undone.
    """
    with registry.cursor() as cr:
        # The cursor of a test stands inside the transaction of the test.
        if isinstance(cr, Cursor):
            cr.execute(
                "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
                "SET LOCAL synchronous_commit TO off"
            )
        return function(api.Environment(cr, SUPERUSER_ID, {}))


def merge_committed(registry, ids):
    """Merge reports whose transaction was committed. Never raises: what could not
    be merged for a passing reason is left to the sweep; for any other reason it
    becomes a fault."""
    try:
        run_apart(registry, lambda env: env["alert.outbox"]._merge(ids))
    except OperationalError:
        _logger.info("Alerts %s are left to the next sweep", ids, exc_info=True)
    except Exception as error:
        _blame(registry, ids, error)


def _blame(registry, ids, error):
    """Find which of the reports breaks the merging, and merge the others."""
    if len(ids) > 1:
        for id_ in ids:
            merge_committed(registry, [id_])
        return
    _logger.info("Alert %s failed", ids, exc_info=error)
    cause = f"{type(error).__name__}: {error}"
    run_apart(
        registry, lambda env: env["alert.outbox"].browse(ids).exists()._fail(cause)
    )


class Facts(NamedTuple):
    """What is known of some reports, gathered at once for all of them."""

    types: dict  # by code
    users: dict  # active employees among those named, by id
    records: dict  # records that exist, by (model, id)
    matching: dict  # records that fit a rule or a type, filled as they are asked


class AlertOutbox(models.Model):
    """What was reported and is not yet an alert.

    A row is written in the transaction of the caller, so that a rollback leaves
    nothing (rule 30), and becomes an alert after its commit. Rows that failed stay:
    they are the list of faults.
    """

    _name = "alert.outbox"
    _description = "Reported alert"
    _order = "id DESC"
    _rec_name = "code"

    kind = fields.Selection(OUTBOX_KINDS, required=True, readonly=True, default=REPORT)
    code = fields.Char("Type code", required=True, readonly=True)
    key = fields.Char(readonly=True)
    res_model = fields.Char("Model", readonly=True)
    # A number, no reference: a reference would show the record's name.
    res_id = fields.Integer("Record ID", readonly=True)
    payload = fields.Json(
        groups=fields.NO_ACCESS,
        help="Recipients, texts and values, as the caller passed them.",
    )
    state = fields.Selection(
        OUTBOX_STATES, required=True, readonly=True, default=PENDING
    )
    error = fields.Text("Cause", readonly=True)

    _pending_idx = models.Index("(code, key) WHERE state = 'pending'")

    # -- reporting -----------------------------------------------------------

    @api.model
    def _report(self, values):
        """Store a report in the caller's transaction; merge it after the commit."""
        # sudo: alert.outbox: any code may report, whoever runs it
        row = self.sudo().create(values)
        if row.state == PENDING:
            row._merge_after_commit()
        return row

    def _merge_after_commit(self):
        postcommit = self.env.cr.postcommit
        if COMMITTED not in postcommit.data:
            postcommit.data[COMMITTED] = []
            postcommit.add(
                partial(merge_committed, self.env.registry, postcommit.data[COMMITTED])
            )
        postcommit.data[COMMITTED].extend(self.ids)

    def action_retry(self):
        """Try a fault again, for instance after its type was corrected."""
        self.check_access("unlink")
        # sudo: alert.outbox: who may remove a fault may try it again
        reports = self.sudo().filtered(lambda row: row._can_be_tried_again())
        if not reports:
            raise UserError(
                self.env._(
                    "There is nothing to try again: a rule or a job tries by itself, "
                    "and code that called with a mistake must call again. Mend the "
                    "cause and delete the line."
                )
            )
        reports.write({"state": PENDING, "error": False})
        reports._merge_after_commit()
        return True

    def _can_be_tried_again(self):
        return self.kind == WITHDRAW or bool(self.payload)

    # -- merging -------------------------------------------------------------

    @api.model
    def _merge(self, ids):
        """Make alerts and deliveries of these reports, in the order in which they
        were written, and remove them."""
        rows = self._claim(ids)
        for run in rows._split_by_kind():
            if run[0].kind == REPORT:
                run._merge_reports()
            else:
                run._merge_withdrawals()
        rows.filtered(lambda row: row.state == PENDING)._remove()

    def _remove(self):
        """Remove reports that are merged, in one statement: nothing hangs on them."""
        self.flush_model()
        self.env.cr.execute(
            SQL("DELETE FROM alert_outbox WHERE id = ANY(%s)", list(self.ids))
        )
        self.invalidate_model()

    def _split_by_kind(self):
        """These rows as runs of one kind: their order counts."""
        runs = []
        for row in self:
            if runs and runs[-1][-1].kind == row.kind:
                runs[-1] |= row
            else:
                runs.append(row)
        return runs

    @api.model
    def _claim(self, ids):
        """Lock these reports, and pending ones on the same key or record: a
        withdrawal must not overtake the alert that it withdraws. What another
        worker has merged meanwhile is not there any more."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT row.id
                  FROM alert_outbox AS row
                 WHERE row.state = %s
                   AND EXISTS (
                        SELECT 1
                          FROM alert_outbox AS mine
                         WHERE mine.id = ANY(%s)
                           AND mine.code = row.code
                           AND (mine.id = row.id
                                OR mine.key = row.key
                                OR (mine.res_model = row.res_model
                                    AND mine.res_id = row.res_id)))
              ORDER BY row.id
                   FOR UPDATE OF row
                """,
                PENDING,
                list(ids),
            )
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _get_types(self):
        types = self.env["alert.type"].with_context(active_test=False)
        found = types.search_fetch([("code", "in", self.mapped("code"))])
        return {type_.code: type_ for type_ in found}

    def _attempt(self, *functions):
        """Call ``function(row)`` for each row, and the next function where one fails;
        a row for which the last fails becomes a fault with its cause. Return the
        results of the others by row."""
        results = {}
        for row in self:
            for function in functions:
                cause = row._try(function, results)
                if cause is None:
                    break
            else:
                row._fail(cause)
        return results

    def _try(self, function, results):
        """Note what ``function(row)`` returns, or return why it fails."""
        try:
            with self.env.cr.savepoint():
                results[self] = function(self)
        except AlertFault as fault:
            return str(fault)
        except OperationalError:
            raise
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return None

    def _fail(self, cause):
        self.write({"state": FAILED, "error": cause})

    @api.model
    def _note_fault(self, code, error, record=None):
        """Show a fault of what runs by itself, once while it lasts."""
        cause = str(error)
        if not isinstance(error, AlertFault):
            cause = f"{type(error).__name__}: {cause}"
        known = [("state", "=", FAILED), ("code", "=", code), ("error", "=", cause)]
        if self.search_count(known, limit=1):
            return
        about = {} if record is None else self.env["alert.type"]._prepare_record(record)
        self.create({"code": code, "state": FAILED, "error": cause, **about})

    def _merge_reports(self):
        """One upsert of alerts and one of deliveries, however many they are."""
        facts = self._gather_facts()
        events = self._attempt(
            lambda row: row._prepare_event(facts),
            # What fails for one record may have been computed for all of them.
            lambda row: row._prepare_event(row._get_own_facts(facts)),
        )
        merged = {}
        for event in filter(None, events.values()):
            key = (event["type_id"], event["key"])
            merged[key] = self._combine(merged.get(key), event)
        if not merged:
            return
        alerts = self.env["alert.alert"]._open_or_bump(merged.values())
        recipients = [
            (alerts[key], user_id)
            for key, event in merged.items()
            for user_id in event["user_ids"]
        ]
        self.env["alert.delivery"]._deliver(recipients)

    @api.model
    def _combine(self, first, event):
        """Two events with one key: the latest text, all who are concerned."""
        if first is None:
            return event
        return {
            **event,
            "event_count": first["event_count"] + event["event_count"],
            "user_ids": first["user_ids"] | event["user_ids"],
        }

    def _gather_facts(self):
        return Facts(self._get_types(), self._get_named(), self._get_records(), {})

    def _get_own_facts(self, facts):
        """These facts, with the record of this report computed for itself."""
        records = {
            about: record.with_prefetch()
            for about, record in facts.records.items()
            if about == (self.res_model, self.res_id)
        }
        return facts._replace(records=records)

    def _get_named(self):
        """The active employees whom the senders of these reports name, by id."""
        ids = {id_ for row in self for id_ in (row.payload or {}).get("users") or []}
        domain = [("id", "in", list(ids)), ("share", "=", False)]
        return {user.id: user for user in self.env["res.users"].search(domain)}

    def _get_records(self):
        """The records that these reports are about and that still exist."""
        ids = {}
        for row in self:
            if row.res_model in self.env:
                ids.setdefault(row.res_model, set()).add(row.res_id)
        return {
            (model, record.id): record
            for model, found in ids.items()
            for record in self.env[model].browse(sorted(found)).exists()
        }

    def _prepare_event(self, facts):
        """What :meth:`alert.alert._open_or_bump` stores, or None if there is nothing
        to tell any more: the type is switched off, or the record is gone, or it is
        none of those that the rule is about."""
        type_ = self._get_type(facts.types)
        record = facts.records.get((self.res_model, self.res_id))
        if not type_.active or (self.res_model and record is None):
            return None
        if not self._is_concerned(type_, record, facts):
            return None
        recipients = self._get_recipients(type_, record, facts)
        key = (
            None
            if self.payload.get("has_key")
            else type_._render_key(record, self.payload)
        )
        return {
            "type_id": type_.id,
            "key": key or self.key,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "event_count": 1,
            "user_ids": set(recipients.ids),
            **type_._render_texts(record, self.payload, recipients),
        }

    def _is_concerned(self, type_, record, facts):
        """Whether this report matters still: the cause of the type holds. Asked once
        for all reports of a type."""
        if record is None or not type_._has_cause():
            return True
        if type_ not in facts.matching:
            ids = {id_ for model, id_ in facts.records if model == self.res_model}
            alerts = self.env["alert.alert"]
            facts.matching[type_] = alerts._ask_type(type_, self.res_model, ids)
        return self.res_id in facts.matching[type_]

    def _get_recipients(self, type_, record, facts):
        """Those whom the sender names, else those of the type."""
        named = self.payload["users"]
        if named is None:
            recipients = type_._get_recipients(record)
        else:
            found = (facts.users[id_] for id_ in named if id_ in facts.users)
            recipients = self.env["res.users"].union(*found)
        if not recipients:
            raise AlertFault(
                self.env._("There is nobody to tell: no active employee was named.")
            )
        return recipients

    def _get_type(self, types):
        if self.code not in types:
            raise AlertFault(
                self.env._("No alert type has the code %(code)s.", code=self.code)
            )
        return types[self.code]

    def _merge_withdrawals(self):
        types = self._get_types()
        found = self._attempt(lambda row: row._find_withdrawn(types))
        alerts = self.env["alert.alert"].union(*found.values())
        alerts._withdraw_deliveries()._send_state()

    def _find_withdrawn(self, types):
        """The open alert of the key or, without a key, all about the record."""
        domain = [
            ("state", "=", ALERT_OPEN),
            ("type_id", "=", self._get_type(types).id),
        ]
        if self.key:
            domain += [("key", "=", self.key)]
        else:
            domain += [("res_model", "=", self.res_model), ("res_id", "=", self.res_id)]
        return self.env["alert.alert"].search(domain)

    # -- what a crash left ---------------------------------------------------

    @api.model
    def _cron_sweep(self):
        """Merge what a crash left between commit and merging, wake what is due, and
        close what everybody has seen."""
        registry = self.env.registry
        for ids in self._get_pending_batches():
            merge_committed(registry, ids)
            if not self._has_time_after(len(ids)):
                break
        self._drain(lambda env: env["alert.delivery"]._wake(BATCH))
        before = fields.Datetime.now() - SEEN_SHOWN_FOR
        self._drain(lambda env: env["alert.alert"]._close_seen(before, BATCH))

    @api.model
    def _get_pending_batches(self):
        pending = self.search([("state", "=", PENDING)], order="id").ids
        return [pending[i : i + BATCH] for i in range(0, len(pending), BATCH)]

    @api.model
    def _drain(self, function):
        """Repeat a batch, each in a transaction of its own, until there is no more, or
        the time is over that Odoo gives a job."""
        while done := self._run_batch(function):
            if not self._has_time_after(done):
                break

    @api.model
    def _has_time_after(self, done):
        """Whether this run of the job may go on; if not, the job goes on as soon as
        others had their turn.

        :param done: how many things its last batch had
        """
        job = self.env["ir.cron"]
        if job._commit_progress(done):
            return True
        job._commit_progress(remaining=1)
        return False

    @api.model
    def _run_batch(self, function):
        """A batch that loses against another worker is left to the next run."""
        try:
            return run_apart(self.env.registry, function)
        except OperationalError:
            _logger.info("A batch of alerts is left to the next run", exc_info=True)
            return 0

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import suppress

from dateutil.relativedelta import relativedelta
from psycopg2 import OperationalError

from odoo import api, models
from odoo.tools import SQL

from ..clock_ahead import AHEAD


class IrCron(models.Model):
    """After a clock that was put back: a job that ran while the clock was ahead waits
    for its next time by that clock, and for as long nobody is told of anything."""

    _inherit = "ir.cron"

    def _register_hook(self):
        """All of them, when a server starts: that is what is done after a repair."""
        result = super()._register_hook()
        self._set_right()
        return result

    @api.model
    def _reschedule_later(self, job):
        """Without a restart: the first job that runs again, because somebody asked for
        it, shows by its last time what has happened to the others."""
        if job["lastcall"] and job["lastcall"] > self._get_ahead():
            now = self.env.cr.now().replace(microsecond=0)
            job = {**job, "nextcall": _bring_back(job, now)}
            self._set_right()
        return super()._reschedule_later(job)

    @api.model
    def _get_ahead(self):
        """No job can have run after this moment, unless a clock was wrong."""
        return self.env.cr.now() + AHEAD

    @api.model
    def _set_right(self):
        """Those of another server or worker that does the same are left to it."""
        with suppress(OperationalError), self.env.cr.savepoint(flush=False):
            now = self.env.cr.now().replace(microsecond=0)
            for job in self._lock_ahead():
                self.env.cr.execute(
                    SQL(
                        "UPDATE ir_cron SET nextcall = %s, lastcall = %s WHERE id = %s",
                        _bring_back(job, now),
                        now,
                        job["id"],
                    )
                )
        self.invalidate_model(["nextcall", "lastcall"])

    @api.model
    def _lock_ahead(self):
        """What is planned for later by hand has not run in a time to come."""
        self.env.cr.execute(
            SQL(
                """
                SELECT id, nextcall, interval_type, interval_number
                  FROM ir_cron
                 WHERE lastcall > %s
                   FOR NO KEY UPDATE SKIP LOCKED
                """,
                self._get_ahead(),
            ),
            log_exceptions=False,
        )
        return self.env.cr.dictfetchall()


def _bring_back(job, now):
    """Its next time by the right clock; a job of each day keeps its hour."""
    if job["interval_type"] in ("minutes", "hours"):
        return min(job["nextcall"], now)
    interval = relativedelta(**{job["interval_type"]: job["interval_number"]})
    nextcall = job["nextcall"]
    while nextcall - interval > now:
        nextcall -= interval
    return nextcall

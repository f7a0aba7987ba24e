# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .helpdesk_target_dates import CHOSEN_BY

JOB = "audiomania_routing.ir_cron_apply_targets"
BATCH = 500
MARGIN = timedelta(days=1)
"""A day begins earlier and ends later elsewhere."""


class HelpdeskTarget(models.Model):
    """What came in before a target was set or changed, and is its matter, is judged by
    it all the same: a job looks through it in batches, however much it is."""

    _inherit = "helpdesk.target"

    is_applied = fields.Boolean(
        string="Applied",
        readonly=True,
        copy=False,
        help="Whether all that came in since it holds is judged by it.",
    )
    applied_to = fields.Integer(
        readonly=True, copy=False, help="As far as the job has come."
    )

    @api.model_create_multi
    def create(self, vals_list):
        targets = super().create(vals_list)
        targets._apply_soon()
        return targets

    def write(self, vals):
        result = super().write(vals)
        if CHOSEN_BY & vals.keys():
            self._apply_soon()
        return result

    def unlink(self):
        """What it judged so far is judged by what holds without it."""
        self.active = False
        while self._apply_all(BATCH):
            self.env.flush_all()
        return super().unlink()

    def _apply_soon(self):
        self.write({"is_applied": False, "applied_to": 0})
        if job := self.env.ref(JOB, raise_if_not_found=False):
            # sudo: ir.cron: to be run soon; who changes a target may not read jobs
            job.sudo()._trigger()

    @api.model
    def _cron_apply(self):
        """Whatever is not judged by what holds, batch by batch, while others work on
        the same inquiries; other jobs have their turn before the rest."""
        outbox, job = self.env["alert.outbox"], self.env["ir.cron"]
        while done := outbox._run_batch(
            lambda env: env["helpdesk.target"]._apply_next(BATCH)
        ):
            if not job._commit_progress(done, remaining=1):
                return
        job._commit_progress(remaining=len(self._get_waiting()))

    @api.model
    def _get_waiting(self, limit=None):
        targets = self.with_context(active_test=False)
        return targets.search([("is_applied", "=", False)], order="id", limit=limit)

    @api.model
    def _apply_next(self, limit):
        """Judge the next ones of the first that waits; 0 when none does, or while
        somebody changes it."""
        waiting = self._get_waiting(limit=1)._lock_to_apply()
        return max(1, waiting._apply_all(limit)) if waiting else 0

    def _lock_to_apply(self):
        """This target, as it is in the database while it is applied: a change that is
        made meanwhile comes after it, and has it applied again. What is kept in memory
        may be of before a change on another server."""
        locked = self.try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset()
        waiting = locked.filtered(lambda one: not one.is_applied)
        if any((one._get_aim() in self._get_aims()) != one.active for one in waiting):
            self.env.registry.clear_cache()
        return waiting

    def _apply_all(self, limit):
        """Judge the next ones; return how many those were."""
        done = 0
        for target in self:
            found = self.env["helpdesk.inquiry"].search(
                target._get_covered_domain(), order="id", limit=limit
            )
            self._lock_judged(found)
            found._set_targets()
            values = {"is_applied": len(found) < limit}
            if found:
                values["applied_to"] = found[-1].id
            target.write(values)
            done += len(found)
        return done

    @api.model
    def _lock_judged(self, inquiries):
        """Whoever works on one of them now is waited for: what he did is judged."""
        if inquiries:
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM helpdesk_inquiry WHERE id IN %s ORDER BY id "
                    "FOR NO KEY UPDATE",
                    tuple(inquiries.ids),
                )
            )
            inquiries.invalidate_recordset()

    def _get_covered_domain(self):
        """What came in while it holds, as far as it was not looked at: whose matter it
        is says the choosing, which knows what is nearer."""
        since = datetime.combine(self.date_from, time.min) - MARGIN
        domain = Domain("id", ">", self.applied_to) & Domain("received_at", ">=", since)
        # What it covered before it was ended is looked at as well: no upper limit.
        if self.company_id:
            domain &= Domain("company_id", "=", self.company_id.id)
        return domain & Domain("received_at", "<=", fields.Datetime.now() + MARGIN)

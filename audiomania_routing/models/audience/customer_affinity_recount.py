# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.service.model import (
    MAX_TRIES_ON_CONCURRENCY_FAILURE,
    PG_CONCURRENCY_EXCEPTIONS_TO_RETRY,
)
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

ASKED = "audiomania_routing.recount"
BATCH = 20000
"""So many customers are counted in one transaction, of some seconds."""
AT_ONCE = 1000
"""So many customers are counted while who changed an audience waits."""
MANY_PRODUCTS = 10000
EVERY = timedelta(days=30)
KEPT = timedelta(days=180)


class CustomerAffinityRecount(models.Model):
    """The orders of many customers are counted anew, in the background.

    A job goes through the customers by their id, a batch in each transaction, and
    writes down how far it is: interrupted, it goes on there.
    """

    _name = "customer.affinity.recount"
    _description = "Recount of Orders"
    _order = "id desc"

    reason = fields.Selection(
        selection=[
            ("manual", "Asked for"),
            ("audience", "An audience has changed"),
            ("product", "Products, categories or tags have changed"),
            ("policy", "The routing policy has changed"),
            ("regular", "Every month"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        selection=[
            ("running", "Counting"),
            ("waiting", "Waiting"),
            ("done", "Done"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    joined_id = fields.Many2one(
        comodel_name="customer.affinity.recount",
        string="Counted with",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        help="The recount that covers this one too.",
    )
    is_everybody = fields.Boolean(
        string="All Customers",
        readonly=True,
        help="Otherwise those who have bought the products concerned.",
    )
    product_ids = fields.Json(groups=fields.NO_ACCESS)
    customer_ids = fields.Json(groups=fields.NO_ACCESS)
    started_at = fields.Datetime(readonly=True)
    finished_at = fields.Datetime(readonly=True)
    total = fields.Integer(string="Customers", readonly=True)
    done = fields.Integer(
        string="Counted", readonly=True, help="How many of them are counted already."
    )
    progress = fields.Float(
        compute="_compute_progress", help="How much of it is done, in per cent."
    )

    @api.depends("state", "total", "done")
    def _compute_progress(self):
        for recount in self:
            done = 100.0 if recount.state == "done" else 0.0
            recount.progress = (
                100.0 * recount.done / recount.total if recount.total else done
            )

    @api.depends("create_date", "reason")
    def _compute_display_name(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        for recount in self:
            recount.display_name = reasons.get(recount.reason)

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    def action_ask(self):
        """Count the orders of all customers anew, soon."""
        self.browse().check_access("read")
        self._ask("manual")
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _ask(self, reason, product_ids=None):
        """Count anew in the background.

        What one transaction asks for is one request.

        :param product_ids: only customers who have bought these; None: everybody
        """
        # sudo: customer.affinity.recount: the system counts, whoever changed something
        recounts = self.sudo()
        asked = self.env.cr.precommit.data.setdefault(ASKED, {})
        mine = recounts.browse(asked.get(reason)).exists()
        if mine.state == "waiting":
            return mine._extend(product_ids)
        mine = recounts.create({"reason": reason, "product_ids": []})
        asked[reason] = mine.id
        # sudo: ir.cron: only asks for an earlier run
        self.env.ref("audiomania_routing.ir_cron_rebuild_affinity").sudo()._trigger()
        return mine._extend(product_ids)

    def _extend(self, product_ids):
        known = None if self.is_everybody else (self.product_ids or [])
        if known is None or product_ids is None:
            together = None
        else:
            together = sorted({*known, *product_ids})
        if together is None or len(together) > MANY_PRODUCTS:
            self.write({"is_everybody": True, "product_ids": False})
        else:
            self.product_ids = together
        return self

    @api.model
    def _count_at_once(self, reason, product_ids):
        """Count now if few customers are concerned, else in the background."""
        customers = self._get_buyers(product_ids, AT_ONCE + 1)
        if len(customers) > AT_ONCE:
            self._ask(reason, product_ids)
        elif customers:
            self.env["customer.affinity"]._rebuild_ids(customers)

    # ------------------------------------------------------------------
    # Working
    # ------------------------------------------------------------------

    @api.model
    def _work(self):
        """Do what was asked for, oldest first.

        :return: whether all of it could be done in the time that the job has
        """
        self._ask_regularly()
        while recount := self._get_next():
            if recount.state == "waiting":
                recount._start()
            if not recount._go_on():
                return False
        return True

    @api.model
    def _ask_regularly(self):
        """Once a month everything is counted anew, should anything have been missed."""
        since = fields.Datetime.now() - EVERY
        recent = [("is_everybody", "=", True), ("create_date", ">=", since)]
        if not self.search_count(recent, limit=1):
            self._ask("regular")

    @api.model
    def _get_next(self):
        waits = [("state", "in", ("running", "waiting")), ("joined_id", "=", False)]
        return self.search(waits, order="state, is_everybody desc, id", limit=1)

    def _start(self):
        """Write down whom it is about; whatever else waits is counted with it.

        What was asked for since the job began rests on what was changed since then,
        maybe by another process, of which a running job is not told.
        """
        self.env.registry.clear_cache()
        others = self.search([("state", "=", "waiting"), ("id", "!=", self.id)])
        for other in others:
            self._extend(None if other.is_everybody else (other.product_ids or []))
        others.joined_id = self
        products = None if self.is_everybody else (self.product_ids or [])
        customers = self._get_buyers(products)
        self.write(
            {
                "state": "running",
                "started_at": fields.Datetime.now(),
                "customer_ids": customers,
                "total": len(customers),
            }
        )
        self._commit(remaining=len(customers))

    def _go_on(self):
        """Count from where it stopped; whether it is done."""
        left = (self.customer_ids or [])[self.done :]
        if not self._run_in_batches(left, self._count_batch):
            return False
        finished = {
            "state": "done",
            "finished_at": fields.Datetime.now(),
            "customer_ids": False,
            "product_ids": False,
        }
        (self | self.search([("joined_id", "=", self.id)])).write(finished)
        self._commit()
        return True

    def _count_batch(self, partner_ids):
        self.env["customer.affinity"]._rebuild_ids(partner_ids)
        self.done += len(partner_ids)

    @api.model
    def _run_in_batches(self, partner_ids, method):
        """Call the method with a batch of ids in each transaction.

        :return: whether the time of the job was enough
        """
        for start in range(0, len(partner_ids), BATCH):
            batch = partner_ids[start : start + BATCH]
            remaining = len(partner_ids) - start - len(batch)
            left = self._run_batch(method, batch, remaining)
            if remaining and not left:
                return False
        return True

    @api.model
    def _run_batch(self, method, batch, remaining):
        """Whoever works with these customers goes first: then it is tried again."""
        tries = MAX_TRIES_ON_CONCURRENCY_FAILURE if self._is_job() else 1
        for number in range(1, tries + 1):
            try:
                method(batch)
                return self._commit(len(batch), remaining)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if number == tries:
                    raise
                _logger.info("Customers %s to %s are busy", batch[0], batch[-1])
                self.env.cr.rollback()
        return 0

    @api.model
    def _commit(self, processed=0, remaining=0):
        """Keep what is done; the seconds that are left. Who does not run it as a job
        has it in one transaction of his own."""
        if not self._is_job():
            return float("inf")
        return self.env["ir.cron"]._commit_progress(processed, remaining=remaining)

    @api.model
    def _is_job(self):
        return bool(self.env.context.get("ir_cron_progress_id"))

    @api.model
    def _get_buyers(self, product_ids=None, limit=None):
        """Ids of the customers who have bought one of the products, and, asked for
        everybody, of those who have sums; sorted."""
        affinity = self.env["customer.affinity"]
        affinity._flush_sources()
        bought, counted = SQL(), SQL()
        if product_ids is None:
            counted = SQL("UNION SELECT partner_id FROM customer_affinity")
        else:
            bought = SQL(
                "JOIN sale_order_line sol"
                " ON sol.order_id = so.id AND sol.product_id = ANY(%s)",
                list(product_ids),
            )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.commercial_partner_id
                  FROM sale_order so
                  JOIN res_partner partner ON partner.id = so.partner_id
                  %s
                 WHERE so.state = 'sale'
                 %s
                 %s
                """,
                bought,
                SQL("GROUP BY 1") if product_ids is not None else counted,
                SQL("LIMIT %s", limit) if limit else SQL(),
            )
        )
        return sorted(partner_id for (partner_id,) in rows)

    @api.autovacuum
    def _gc_done(self):
        """The last half year is kept."""
        old = fields.Datetime.now() - KEPT
        self.search([("state", "=", "done"), ("finished_at", "<", old)]).unlink()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .purchase_journal_rule import LIKELY, MINIMUM

BATCH = 200
# A rule that was looked at to its end is not looked at again sooner.
REST = timedelta(minutes=30)


class PurchaseJournalRule(models.Model):
    """The job that looks at stocks and quotations, in batches: it goes on where it
    was interrupted."""

    _inherit = "purchase.journal.rule"

    watched_to = fields.Integer(
        readonly=True,
        copy=False,
        help="The last record that the job looked at; zero when it is through.",
    )

    @api.model
    def _cron_watch(self):
        """Ask for what is below its minimum, and for likely quotations."""
        rules = self.search(self._get_due_domain(), order="last_run_at, sequence, id")
        left = {rule: rule._count_left() for rule in rules}
        self.env["ir.cron"]._commit_progress(remaining=sum(left.values()))
        for rule in rules:
            if not rule._watch_all():
                return

    @api.model
    def _get_due_domain(self):
        """Rules that are not through, or were through some time ago; or in a time to
        come, by a clock that was put back since."""
        now = fields.Datetime.now()
        return Domain("kind", "in", (MINIMUM, LIKELY)) & (
            Domain("watched_to", ">", 0)
            | Domain("last_run_at", "=", False)
            | Domain("last_run_at", "<", now - REST)
            | Domain("last_run_at", ">", now + REST)
        )

    def _watch_all(self):
        """Look at all records of the rule; False if there is no time left."""
        while batch := self._get_batch():
            self._watch(batch)
            self.watched_to = batch[-1].id
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return False
        self.write({"watched_to": 0, "last_run_at": fields.Datetime.now()})
        return bool(self.env["ir.cron"]._commit_progress())

    def _watch(self, records):
        if self.kind == LIKELY:
            return self._ask_for_lines(LIKELY, records.order_line)
        return self._watch_products(records)

    def _get_batch(self):
        return self._get_watched_model().search(
            self._get_left_domain(), order="id", limit=BATCH
        )

    def _count_left(self):
        return self._get_watched_model().search_count(self._get_left_domain())

    def _get_watched_model(self):
        name = "sale.order" if self.kind == LIKELY else "product.product"
        return self.env[name]

    def _get_left_domain(self):
        domain = (
            self._get_likely_domain(self.company_id)
            if self.kind == LIKELY
            else self._get_watched_domain()
        )
        return domain & Domain("id", ">", self.watched_to)

    def action_watch_now(self):
        """Look at stocks and quotations as soon as the job can."""
        self.check_access("write")
        self.write({"last_run_at": False, "watched_to": 0})
        # sudo: ir.cron: a purchase manager may have the job run.
        job = self.env.ref("audiomania_purchase_journal.ir_cron_watch").sudo()
        job._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The rule is looked at in a minute; what is missing will stand in "
                    "the journal."
                ),
            },
        }

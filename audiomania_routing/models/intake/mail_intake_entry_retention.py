# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .course import FAILED
from .mail_intake_entry import KEPT_ASIDE

KEEP_DAYS = "audiomania_routing.keep_originals_days"
KEEP_ASIDE_DAYS = "audiomania_routing.keep_aside_days"
DEFAULT_KEEP_DAYS = 30
DEFAULT_KEEP_ASIDE_DAYS = 180

GC_BATCH = 1000


class MailIntakeEntry(models.Model):
    """How long the original bytes of a letter are kept; its entry stays for ever."""

    _inherit = "mail.intake.entry"

    _kept_idx = models.Index(
        "(received_at) WHERE original IS NOT NULL AND outcome IS NOT NULL"
    )

    @api.autovacuum
    def _gc_originals(self):
        """Forget the bytes of letters that are old enough.

        A failed or unfinished letter keeps them until it was worked on, one that was
        set aside as long as somebody may look for it there.

        :return: (how many, whether there are more)
        """
        now = fields.Datetime.now()
        days = self._get_days(KEEP_DAYS, DEFAULT_KEEP_DAYS)
        aside_days = self._get_days(KEEP_ASIDE_DAYS, DEFAULT_KEEP_ASIDE_DAYS)
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH old AS (
                    SELECT id FROM mail_intake_entry
                     WHERE original IS NOT NULL
                       AND outcome IS NOT NULL AND outcome != %(failed)s
                       AND received_at < CASE
                               WHEN outcome IN %(aside)s AND COALESCE(res_id, 0) = 0
                               THEN %(before_aside)s::timestamp
                               ELSE %(before)s::timestamp
                           END
                     LIMIT %(limit)s
                       FOR UPDATE SKIP LOCKED)
                UPDATE mail_intake_entry SET original = NULL
                 WHERE id IN (SELECT id FROM old)
                """,
                failed=FAILED,
                aside=KEPT_ASIDE,
                before=now - timedelta(days=days),
                before_aside=now - timedelta(days=aside_days),
                limit=GC_BATCH,
            )
        )
        done = self.env.cr.rowcount
        self.invalidate_model(["original"])
        return done, done == GC_BATCH

    @api.model
    def _get_days(self, name, default):
        """A number of days of the settings; what is no number is the default."""
        # sudo: ir.config_parameter: a setting that the job needs
        value = self.env["ir.config_parameter"].sudo().get_param(name)
        return int(value) if value and value.isdigit() else default

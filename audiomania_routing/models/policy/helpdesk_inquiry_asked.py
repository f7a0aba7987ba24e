# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskInquiry(models.Model):
    """Who was asked alone, and until when: kept when others see it, too."""

    _inherit = "helpdesk.inquiry"

    asked_until = fields.Datetime(
        readonly=True,
        groups="helpdesk_mgmt.group_helpdesk_manager",
        help="The end of the exclusive window that the addressee has, or had.",
    )

    _asked_idx = models.Index("(asked_until) WHERE addressee_id IS NOT NULL")

    def _store_decision(self, decision):
        """A window that is cut, because he goes on leave or because something else has
        changed, did not run out."""
        now, until = decision.decided_at, decision.ladder.exclusive_until
        if until and until > now:
            self.asked_until = until
        elif not self._was_asked(decision.addressee_id, now):
            self.asked_until = False
        return super()._store_decision(decision)

    def _was_asked(self, addressee_id, now):
        """He had his whole window, which is over."""
        same = self.addressee_id.id == (addressee_id or False)
        return same and (not self.asked_until or self.asked_until <= now)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from pytz import timezone, utc

from odoo import api, fields, models


class HelpdeskInquiry(models.Model):
    """The day of an inquiry, kept beside it: PostgreSQL counts days in a column, and
    would guess a million of them where it has to work them out of the moments. A year
    is then added up at once, without sorting it first.
    """

    _inherit = "helpdesk.inquiry"

    received_on = fields.Date(
        string="Received",
        compute="_compute_received_on",
        store=True,
        precompute=True,
        required=True,
        help="The day on which it came in, by the clock of its company.",
    )

    @api.depends("received_at")
    def _compute_received_on(self):
        for inquiry in self:
            # sudo: helpdesk.ticket: the time zone of its company's schedule
            company = inquiry.ticket_id.sudo().company_id
            clock = timezone(company._get_figures_zone() if company else "UTC")
            moment = inquiry.received_at
            inquiry.received_on = (
                moment and utc.localize(moment).astimezone(clock).date()
            )

    def init(self):
        """Long values stand apart from the row: what the engine knew at a decision is
        four of five bytes of it, and no figure reads that."""
        self.env.cr.execute(
            "ALTER TABLE helpdesk_inquiry SET (toast_tuple_target = 512)"
        )
        return super().init()

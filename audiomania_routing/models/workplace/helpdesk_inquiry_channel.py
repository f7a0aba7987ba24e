# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain


class HelpdeskInquiry(models.Model):
    """Where a question was asked that came by a channel of its own."""

    _inherit = "helpdesk.inquiry"

    channel_model = fields.Char(
        string="Model of the channel", readonly=True, groups=fields.NO_ACCESS
    )
    channel_res_id = fields.Many2oneReference(
        string="Record of the channel",
        model_field="channel_model",
        readonly=True,
        groups=fields.NO_ACCESS,
    )
    channel_thread = fields.Char(
        string="Thread of the channel", readonly=True, groups=fields.NO_ACCESS
    )
    channel_key = fields.Char(
        string="Message of the channel", readonly=True, groups=fields.NO_ACCESS
    )

    _channel_key_uniq = models.UniqueIndex(
        "(channel_model, channel_res_id, channel_key) WHERE channel_key IS NOT NULL",
        "A message of a channel is one inquiry, never two.",
    )
    _channel_thread_idx = models.Index(
        "(channel_model, channel_res_id, channel_thread) "
        "WHERE channel_thread IS NOT NULL"
    )

    @api.model
    def _find_of_channel(self, place, **values):
        """The latest inquiry of a thread, or that of a message.

        :param place: the record of the channel, as ``_get_place`` names it
        """
        domain = Domain.AND(
            Domain(name, "=", value) for name, value in {**place, **values}.items()
        )
        return self.search(domain, limit=1)

    def _get_threads(self):
        """[(record of the channel, thread)] of these, once each.

        What came by e-mail has none; a record that is gone is not named.
        """
        found = {}
        # sudo: helpdesk.inquiry: where the answer has to go, whoever writes it
        for inquiry in self.sudo().filtered("channel_thread"):
            model, id_ = inquiry.channel_model, inquiry.channel_res_id
            found[model, id_, inquiry.channel_thread] = None
        return list(found)

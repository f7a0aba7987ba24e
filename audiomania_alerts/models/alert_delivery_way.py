# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..states import SNOOZED


class AlertDelivery(models.Model):
    """Deliveries reach each employee in the ways that he chose (rule 33)."""

    _inherit = "alert.delivery"

    is_quiet = fields.Boolean(
        "Not in the toolbar",
        readonly=True,
        help="The employee does not want this type in the toolbar.",
    )
    digest_at = fields.Datetime(
        "By e-mail at", readonly=True, help="When the letter with this alert is due."
    )
    push_at = fields.Datetime(
        "Pushed at", readonly=True, help="Since when a push message waits to be sent."
    )

    _digest_idx = models.Index("(digest_at) WHERE digest_at IS NOT NULL")
    _push_idx = models.Index("(push_at) WHERE push_at IS NOT NULL")

    @api.model
    def _fan_out(self, recipients, until=None):
        """Nothing for whom the type is muted; for the others every way that they
        chose."""
        wanted = self.env["alert.preference"]._drop_muted(recipients)
        if not wanted:
            return self.browse()
        deliveries = super()._fan_out(wanted, until)
        deliveries._send_by_ways()
        return deliveries

    def _send_by_ways(self):
        """Hand what is new to every way; each takes what its employees chose. Who
        chose nothing, of a type that is only shown in the toolbar, costs no more."""
        special = self.env["alert.preference"]._filter_special(self)
        if special:
            for way in self.env["alert.way"]._get_ways():
                way._deliver(special)

    @api.model
    def _find_due_digests(self, limit):
        """What is due by e-mail, of so many employees at most."""
        due = [("digest_at", "<=", fields.Datetime.now())]
        groups = self._read_group(due, ["user_id"], order="digest_at:min", limit=limit)
        users = [user.id for (user,) in groups]
        return self.search([*due, ("user_id", "in", users)])

    @api.model
    def _find_due_pushes(self, limit):
        due = [("push_at", "<=", fields.Datetime.now())]
        return self.search(due, order="push_at, id", limit=limit)

    def _clear_due(self, name):
        """What was sent is not sent again; what is snoozed is sent after it."""
        now = fields.Datetime.now()
        for delivery in self:
            snoozed = delivery.state == SNOOZED and delivery.snoozed_until > now
            delivery[name] = delivery.snoozed_until if snoozed else False

    def _as_owner(self, user):
        """These deliveries as their owner reads them: in his language, with what he
        may read at this moment."""
        return self.with_user(user).with_context(
            lang=user.lang,
            tz=user.tz,
            allowed_company_ids=user.company_ids.ids,
        )

    def _get_url(self):
        """Where a letter leads: the record, or the list of all alerts."""
        self.ensure_one()
        base = self.get_base_url()
        if not self.res_model:
            return f"{base}/odoo/alerts"
        return f"{base}/mail/view?model={self.res_model}&res_id={self.res_id}"

    def _prepare_push(self):
        """What a device shows; of a record that he may not read only the type."""
        self.ensure_one()
        return {
            "title": self.title or self.type_id.name,
            "options": {
                "body": self.body or "",
                "icon": "/audiomania_alerts/static/description/icon.png",
                "data": {"model": self.res_model or "", "res_id": self.res_id},
            },
        }

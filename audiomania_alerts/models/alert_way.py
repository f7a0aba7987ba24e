# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class AlertWay(models.AbstractModel):
    """A way in which alerts reach employees. A new way is a model that inherits
    this one; it is found by that.

    ``_deliver`` runs in the short transaction that stores the deliveries: it notes what
    is to be sent. What needs texts, or another machine, is done by ``_send_some``.
    """

    _name = "alert.way"
    _description = "A way to deliver alerts"

    @api.model
    def _get_ways(self):
        names = self.env.registry.descendants([self._name], "_inherit")
        return [self.env[name] for name in names if name != self._name]

    @api.model
    def _deliver(self, deliveries):
        """Note what of these deliveries goes this way: a constant number of
        statements, whatever the number of deliveries."""
        raise NotImplementedError

    @api.model
    def _send_some(self):
        """Send a batch of what was noted and is due; return how much it was, 0 when
        nothing is left."""
        return 0

    @api.model
    def _cron_send(self):
        """Send what is due, on every way, each batch in a transaction of its own."""
        for way in self._get_ways():
            name = way._name
            self.env["alert.outbox"]._drain(
                lambda env, name=name: env[name]._send_some()
            )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AlertMixin(models.AbstractModel):
    """For a model that sends alerts about its records."""

    _name = "alert.mixin"
    _description = "Model that sends alerts"

    def _alert(self, code, **values):
        """Report an alert about each of these records; see
        :meth:`alert.type._alert`. Without ``users`` the type says who is told."""
        for record in self:
            self.env["alert.type"]._alert(code, record, **values)

    def _withdraw_alert(self, code):
        """Take back the open alerts of this type about these records."""
        for record in self:
            self.env["alert.type"]._withdraw(code, record)

    def _get_alert_recipients(self, code):
        """Who else is told about this one record, beside what the type says.

        :return: res.users. Called after the commit, as the superuser.
        """
        return self.env["res.users"]

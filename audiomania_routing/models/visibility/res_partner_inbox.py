# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_needaction_count(self):
        """The inbox counts what it shows."""
        count = super()._get_needaction_count()
        return count - self._count_hidden_needaction() if count else count

    def _count_hidden_needaction(self):
        """Unread messages of conversations that he may not read (any more)."""
        own = self == self.env.user.partner_id
        # sudo: res.users: whose inbox it is
        user = self.env.user if own else self.sudo().main_user_id
        if not user._is_internal():
            return 0
        notifications = self.env["mail.notification"].with_user(user)
        hidden = Domain.custom(
            to_sql=lambda *where: SQL("NOT %s", notifications._shown_to_sql(*where))
        )
        # sudo: mail.notification: a number only
        return notifications.sudo().search_count(
            Domain("res_partner_id", "=", self.id)
            & Domain("is_read", "in", [False, None])
            & hidden
        )

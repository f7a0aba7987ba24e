# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

MANAGERS = "helpdesk_mgmt.group_helpdesk_manager"


class DigestDigest(models.Model):
    """Whoever becomes a helpdesk manager gets the digest, and whoever left it is left
    in peace."""

    _inherit = "digest.digest"

    reaches_managers = fields.Boolean(
        string="To all helpdesk managers",
        help="Whoever is a helpdesk manager when it is sent gets it, unless he has"
        " unsubscribed. Who leads a team may subscribe and gets his teams' figures.",
    )
    left_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="digest_digest_left_user_rel",
        string="Unsubscribed",
        readonly=True,
        help="They get it again when they subscribe themselves.",
    )

    def _action_subscribe_users(self, users):
        # sudo: digest.digest: everybody decides for himself
        self.sudo().left_user_ids -= users
        return super()._action_subscribe_users(users)

    def _action_unsubscribe_users(self, users):
        # sudo: digest.digest: everybody decides for himself
        self.sudo().left_user_ids |= users
        return super()._action_unsubscribe_users(users)

    def _action_send(self, update_periodicity=True):
        for digest in self.filtered("reaches_managers"):
            digest.user_ids = digest._get_readers_of_figures()
        return super()._action_send(update_periodicity=update_periodicity)

    def _get_readers_of_figures(self):
        """Managers, and who subscribed; of both those who may see figures of others
        now, and work in the company of the digest."""
        managers = self.env.ref(MANAGERS).all_user_ids - self.left_user_ids
        return (self.user_ids | managers).filtered(self._may_read_figures)

    def _may_read_figures(self, user):
        company = self.company_id
        if not user.active or (company and company not in user.company_ids):
            return False
        dashboard = self.env["helpdesk.dashboard"].with_user(user)
        return user.has_group(MANAGERS) or dashboard._is_leader()

    def _check_daily_logs(self):
        """Who never logs out has no log of the week, and is there all the same."""
        return super()._check_daily_logs() - self.filtered("reaches_managers")

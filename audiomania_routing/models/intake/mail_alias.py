# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .course import get_course

NAMING = {
    "alias_defaults",
    "alias_name",
    "alias_domain_id",
    "alias_incoming_local",
    "alias_model_id",
}


class MailAlias(models.Model):
    """A new address of ours is known at once, and none refuses a letter aloud."""

    _inherit = "mail.alias"

    @api.model_create_multi
    def create(self, vals_list):
        aliases = super().create(vals_list)
        self.env["mail.address.book"]._forget()
        return aliases

    def write(self, vals):
        result = super().write(vals)
        if NAMING & vals.keys():
            self.env["mail.address.book"]._forget()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["mail.address.book"]._forget()
        return result

    def _alias_bounce_incoming_email(self, message, message_dict, set_invalid=True):
        """No customer is told that we could not take his letter in.

        It is tried again, or mended, or it stands in the list of failed letters; what
        went wrong is told to the administrators.
        """
        if set_invalid and get_course(self.env):
            self.alias_status = "invalid"
            return None
        return super()._alias_bounce_incoming_email(
            message, message_dict, set_invalid=set_invalid
        )

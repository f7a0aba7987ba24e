# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResUsers(models.Model):
    """What of an employee himself decides how much, and what, he is asked."""

    _inherit = "res.users"

    spoken_lang_ids = fields.Many2many(
        comodel_name="res.lang",
        relation="res_users_spoken_lang_rel",
        column1="user_id",
        column2="lang_id",
        string="Languages spoken",
        context={"active_test": False},
        help="Languages in which this employee can answer a customer, beside the one"
        " in which he uses this program. Empty: only that one.",
    )
    inquiry_limit = fields.Integer(
        help="With so many open inquiries this employee has no room for one that is"
        " addressed to nobody, while a colleague has room. 0: as the routing policy"
        " says.",
    )

    _inquiry_limit_check = models.Constraint(
        "CHECK (inquiry_limit >= 0)",
        "The limit of open inquiries is a number, or 0 for what the policy says.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "spoken_lang_ids"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "spoken_lang_ids"]

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError

from .conversation_part import CONVERSATION


class MailActivity(models.Model):
    """An activity tells of its conversation, also to whom it is assigned.

    So nobody is given one that he would not see; he sees it again with the
    conversation.
    """

    _name = "mail.activity"
    _inherit = ["mail.activity", "conversation.part"]

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._check_assignees()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"user_id", "res_id", "res_model_id"}:
            self._check_assignees()
        return result

    def _check_assignees(self):
        if self.env.su:
            return
        # sudo: mail.activity: to whom they are given, for the check itself
        about = self.sudo().filtered(
            lambda one: one.res_model == CONVERSATION and one.user_id != self.env.user
        )
        for user, activities in about.grouped("user_id").items():
            companies = user.company_ids.ids
            reader = activities.with_user(user).with_context(
                allowed_company_ids=companies
            )
            if user and reader._get_hidden_by_ladder():
                raise UserError(
                    self.env._(
                        "%(name)s may not read this conversation now. Give the "
                        "activity to somebody who may, or transfer the conversation.",
                        name=user.name,
                    )
                )

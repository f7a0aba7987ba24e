# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy.rating_rating import ALL, NOWHERE
from ...visibility.conversation_part import CONVERSATION


class RatingRating(models.Model):
    """A bad mark opens a follow-up (rule 24)."""

    _inherit = "rating.rating"

    followup_ids = fields.One2many(
        comodel_name="helpdesk.quality.followup",
        inverse_name="rating_id",
        string="Follow-ups",
        groups="base.group_system",
    )

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        ratings._follow_up()
        return ratings

    def write(self, vals):
        before = {mark.id: mark._get_given() for mark in self._get_marks_to_follow()}
        result = super().write(vals)
        changed = self._get_marks_to_follow().filtered(
            lambda mark: mark._get_given() != before.get(mark.id)
        )
        changed._judge_anew()
        changed._follow_up()
        if "rated_partner_id" in vals:
            self._get_marks_to_follow()._hand_over_followups()
        if "counts" in vals:
            self._set_figures()
        return result

    def _is_in_figures(self):
        return super()._is_in_figures() and self.counts in (ALL, False)

    def _get_marks_to_follow(self):
        # sudo: rating.rating: a customer's mark is followed up, whoever writes it
        return self.sudo().filtered(lambda mark: mark._is_mark())

    def _get_given(self):
        """What was given for what, to see whether that was changed."""
        return round(self.rating), self.speed

    def _judge_anew(self):
        """A customer who changes a mark that was judged already gives a new one."""
        if not self.env.user._is_internal():
            judged = self.filtered(lambda mark: mark.counts not in (ALL, False))
            if judged:
                judged.write({"counts": ALL})

    def _follow_up(self):
        """Open one where there is none; note where a mark is not bad any more."""
        for mark in self._get_marks_to_follow():
            is_bad = mark._is_bad()
            opened = mark.followup_ids.filtered(lambda one: one._is_open())
            if opened:
                opened._follow_mark(is_bad)
            elif is_bad and not mark._is_judged_still():
                mark._open_followup()

    def _is_judged_still(self):
        """What an employee mends in a mark that was followed up opens nothing anew."""
        return self.env.user._is_internal() and bool(self.followup_ids)

    def _hand_over_followups(self):
        """A mark that was another's is followed up by his supervisor."""
        for mark in self:
            opened = mark.followup_ids.filtered(lambda one: one._is_open())
            if opened and opened.user_id != mark._get_rated_user():
                opened._hand_over(mark._get_rated_user())

    def _is_mark(self):
        """Given, for an answer or for a delivered order."""
        given = self.rating >= 1 or self.speed
        return self.consumed and given and self._is_of_customer_service()

    def _is_of_customer_service(self):
        return self.res_model == CONVERSATION or bool(self.mark_id)

    def _get_rated_conversation(self):
        """The conversation; none after a delivered order."""
        tickets = self.env[CONVERSATION]
        if self.res_model != CONVERSATION:
            return tickets
        return tickets.browse(self.res_id).exists()

    def _is_bad(self):
        """Its quality or its speed is at or under what the policy calls bad."""
        ticket, mark = self._get_rated_conversation(), self.mark_id
        if self.counts == NOWHERE or not (ticket or mark):
            return False
        company = ticket.company_id or mark.company_id
        policies = self.env["routing.policy"]
        limit = policies._get_rules(company, ticket.team_id).engine.bad_mark
        return any(1 <= value <= limit for value in (self.rating, self.speed))

    def _get_rated_user(self):
        """The employee whose mark it is, also when he has left."""
        users = self.rated_partner_id.with_context(active_test=False).user_ids
        return users.filtered(lambda user: not user.share)[:1]

    def _open_followup(self):
        """Two who report the same mark at once open one."""
        self.env.cr.execute(
            SQL("SELECT id FROM rating_rating WHERE id = %s FOR NO KEY UPDATE", self.id)
        )
        self.env["helpdesk.quality.followup"]._open(self)

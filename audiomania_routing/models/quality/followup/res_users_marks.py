# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import formatLang, ormcache

from ...visibility.conversation_part import CONVERSATION

MARKS = Domain("consumed", "=", True) & (
    Domain("res_model", "=", CONVERSATION) | Domain("mark_id", "!=", False)
)


class ResUsers(models.Model):
    """Whose marks an employee reads, and which follow-ups (rules 24 and 25)."""

    _inherit = "res.users"

    mark_text = fields.Char(
        string="Marks",
        compute="_compute_mark_text",
        groups="helpdesk_mgmt.group_helpdesk_manager",
        help="The average of what customers gave him, with so many usual marks added as"
        " the policy says, and the number of his marks.",
    )

    @ormcache("self.id")
    def _get_led_people(self):
        """Ids of who works in the teams that he leads and in those below, and of their
        leaders; never his own. The memory ends with that of the rules."""
        self.ensure_one()
        # sudo: helpdesk.ticket.team: only ids leave this method, for the rules
        teams = self.env["helpdesk.ticket.team"].sudo()
        led = teams.browse(self._get_routing_scope().supervised)
        return tuple(sorted({*self._get_people_of(led)} - {self.id}))

    def _get_readable_mark_people(self):
        """Ids of the employees whose marks he reads: of whom he leads, and his own
        where the policy of his team shows them to him."""
        self.ensure_one()
        people = list(self._get_led_people())
        if self.env["routing.facts"]._shows_own_marks(self):
            people.append(self.id)
        return people

    def _get_readable_mark_partners(self):
        """Ids of their contacts."""
        # sudo: res.users: ids of contacts only
        return self.sudo().browse(self._get_readable_mark_people()).partner_id.ids

    def _get_followup_domain(self):
        """Follow-ups that he reads: a leader's of his people, of his teams and those
        that he was told of, a manager's all; nobody's of a mark about himself."""
        self.ensure_one()
        # Where there is nobody above him and no other manager, it is his all the same.
        others = Domain("user_id", "!=", self.id) | Domain(
            "supervisor_id", "=", self.id
        )
        if self._is_routing_manager():
            return others
        scope = self._get_routing_scope()
        return others & (
            Domain("supervisor_ids", "in", self.ids)
            | Domain("user_id", "in", self._get_led_people())
            | Domain("team_id", "in", scope.supervised)
        )

    # Their average, for who may read them

    def _compute_mark_text(self):
        averages = self._get_mark_averages()
        for user in self:
            user.mark_text = user._describe_average(averages.get(user._origin.id))

    def _get_mark_averages(self):
        """{id: :class:`Average`} of these: rights are the caller's."""
        # sudo: res.users: whose marks they are
        partners = self._origin.sudo().partner_id
        domain = [("rated_partner_id", "in", partners.ids)]
        return self.env["rating.rating"]._get_averages("user", domain)

    @api.model
    def _describe_average(self, average):
        """An average is never told without its number (rule 25)."""
        if not average:
            return self.env._("No mark yet")
        return self.env._(
            "%(average)s from %(number)s marks",
            average=formatLang(self.env, average.average, digits=1),
            number=average.number,
        )

    def action_show_marks(self):
        """The marks of this employee, for who may read them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.rating_rating_action_marks"
        )
        domain = [("rated_partner_id", "=", self.partner_id.id)]
        action["domain"] = MARKS & Domain(domain)
        action["context"] = {}
        return action

    @api.model
    def action_show_own_marks(self):
        """One's own marks with their average and its number, as far as the policy shows
        them; the formula stands below where there is none."""
        user = self.env.user
        if not user._is_internal():
            raise AccessError(self.env._("Marks are read by employees."))
        action = user.action_show_marks()
        name = self.env._("My marks")
        if self.env["routing.facts"]._shows_own_marks(user):
            text = user._describe_average(user._get_mark_averages().get(user.id))
            name = self.env._("My marks: %(average)s", average=text)
        return {**action, "name": name, "display_name": name}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

RESPONSIBLE = ("helpdesk_mgmt.group_helpdesk_manager", "base.group_system")
NAMED = 5
"""So many names stand in a sentence; the others are counted."""


class RoutingSetupStep(models.Model):
    """What has to be there before the first letter: a step of first use.

    A step is never ticked by hand: what is there is looked at whenever somebody looks,
    for the company in which he works. What is undone later is open again. Another addon
    adds a step by a record with its code and the methods ``_check_<code>`` and
    ``_open_<code>`` (and ``_second_<code>`` for a second button).

    Odoo's own onboarding panels keep a state that only goes forward and that nothing
    looks at again, so they do not fit.
    """

    _name = "routing.setup.step"
    _description = "Step of first use"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    purpose = fields.Text(translate=True, help="What it is for, in a sentence.")
    button = fields.Char(
        required=True, translate=True, help="The words on the button that leads there."
    )
    second_button = fields.Char(
        translate=True, help="The words on a second button, where there is one."
    )
    is_done = fields.Boolean(
        string="Done",
        compute="_compute_state",
        compute_sudo=True,
        help="Found in the data of this company: nobody ticks it.",
    )
    finding = fields.Text(
        compute="_compute_state",
        compute_sudo=True,
        help="What is there, and what is missing.",
    )

    _code_uniq = models.UniqueIndex("(code)", "A step is there once.")

    @api.depends("code")
    @api.depends_context("company", "uid", "lang", "tz")
    def _compute_state(self):
        for step in self:
            step.is_done, step.finding = getattr(step, f"_check_{step.code}")()

    # ------------------------------------------------------------------
    # The list
    # ------------------------------------------------------------------

    @api.model
    def _check_may_set_up(self):
        if not self._is_responsible():
            raise AccessError(
                self.env._(
                    "The list of first use is for helpdesk managers and administrators."
                )
            )

    @api.model
    def _is_responsible(self):
        return any(self.env.user.has_group(group) for group in RESPONSIBLE)

    @api.model
    def _is_offered(self):
        """Whether this user's queue shows how far first use is."""
        # sudo: res.company: whether it was put away, for who works in it
        return self._is_responsible() and not self.env.company.sudo().is_setup_put_away

    @api.model
    @api.readonly
    def get_banner(self):
        """How far first use is, for the line above the queue.

        :return: ``{"done": ..., "total": ...}``, or False where nothing is to be shown
        """
        self._check_may_set_up()
        if not self._is_offered():
            return False
        steps = self.search([])
        done = len(steps.filtered("is_done"))
        return done < len(steps) and {"done": done, "total": len(steps)}

    @api.model
    def action_put_away(self):
        """The line above the queue goes for all in the company; the menu stays."""
        self._check_may_set_up()
        # sudo: res.company: a manager of the help desk may not write in it
        self.env.company.sudo().is_setup_put_away = True
        return True

    def action_open(self):
        """To the place where the step is done."""
        self.ensure_one()
        self._check_may_set_up()
        return getattr(self, f"_open_{self.code}")()

    def action_second(self):
        """What the second button does; a step without one does nothing."""
        self.ensure_one()
        self._check_may_set_up()
        second = getattr(self, f"_second_{self.code}", None)
        return second() if second else False

    @api.model
    def _open_window(self, xmlid):
        return self.env["ir.actions.actions"]._for_xml_id(xmlid)

    @api.model
    def _open_class(self, model, name, domain=()):
        """A list of records that a user with rights for them may change."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain),
        }

    @api.model
    def _get_company_domain(self):
        return [("company_id", "in", [False, self.env.company.id])]

    @api.model
    def _list_names(self, names):
        """Some of them by name, the others counted."""
        shown = ", ".join(names[:NAMED])
        if len(names) <= NAMED:
            return shown
        return self.env._(
            "%(names)s and %(count)s more", names=shown, count=len(names) - NAMED
        )

    @api.model
    def _judge(self, missing, found):
        """:return: whether nothing is missing, and what to say of it"""
        return not missing, "\n".join(missing or [found])

    # ------------------------------------------------------------------
    # The policy
    # ------------------------------------------------------------------

    def _check_policy(self):
        company = self.env.company
        if not company.policy_confirmed_at:
            return False, self.env._("Nobody has confirmed it yet.")
        return True, self.env._(
            "%(name)s confirmed it on %(date)s.",
            name=company.policy_confirmed_by_id.name or "?",
            date=fields.Datetime.context_timestamp(
                self, company.policy_confirmed_at
            ).strftime("%Y-%m-%d"),
        )

    def _open_policy(self):
        return self._open_window("audiomania_routing.routing_policy_action")

    def _second_policy(self):
        """Who presses it has looked at the policy; once more: it is open again."""
        self.env["routing.policy"].check_access("read")
        # sudo: res.company: a manager of the help desk may not write in it
        company = self.env.company.sudo()
        confirmed = bool(company.policy_confirmed_at)
        company.write(
            {
                "policy_confirmed_at": not confirmed and fields.Datetime.now(),
                "policy_confirmed_by_id": not confirmed and self.env.uid,
            }
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

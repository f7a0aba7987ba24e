# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ....names import ONLY_COLLEAGUES

MOST_A_DAY = 3
"""So often a day somebody may write to the manager about one answer."""

LONGEST_TEXT = 10000
DAY = timedelta(days=1)

ABOUT = ("about_user_id", "about_ticket_id")
"""What whatever is made of such a conversation is about, too."""


class HelpdeskTicket(models.Model):
    """What a customer writes to the manager of who answered him: an inquiry of his
    supervisors, which is never shown to whom it is about (rule 23)."""

    _inherit = "helpdesk.ticket"

    about_user_id = fields.Many2one(
        comodel_name="res.users",
        string="About",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="The customer writes to the manager about this employee, who does not see "
        "it. His supervisors do, and who has taken it.",
    )
    about_ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket",
        string="About the conversation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
    )
    about_key = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="The form that was sent: sent twice, it is one conversation.",
    )

    _about_key_uniq = models.UniqueIndex(
        "(about_key) WHERE about_key IS NOT NULL",
        "What was sent to the manager twice is one conversation.",
    )

    @api.depends("about_user_id")
    def _compute_can_take(self):
        return super()._compute_can_take()

    @api.model
    def _get_system_fields(self):
        return super()._get_system_fields() | {
            "about_key",
            "about_ticket_id",
            "about_user_id",
        }

    # From the customer

    @api.model
    def _write_to_manager(self, link, text, key):
        """What a customer wrote to the manager becomes an inquiry, once for each form.

        :param link: a ``Link`` that was signed by us; it may have expired
        :param key: what tells one form from another
        :return: the conversation; nothing where he wrote too often, or nothing
        """
        # Whoever opens the page may neither read nor make what follows.
        tickets = self.with_user(SUPERUSER_ID).with_context(
            active_test=False, mail_create_nosubscribe=True, mail_create_nolog=True
        )
        text = (text or "").strip()[:LONGEST_TEXT]
        form = f"{link.message}/{link.order}:"
        rated, user = tickets.env["helpdesk.mark"]._get_rated(link)
        if rated or user:
            tickets.env["helpdesk.mark"]._touch_rated(rated or user)
        if known := tickets.search([("about_key", "=", form + key)]):
            return known
        if not text or tickets._count_to_manager(form) >= MOST_A_DAY:
            return tickets.browse()
        values = tickets._prepare_to_manager_vals(link, rated, user, text)
        if not tickets._has_another_manager(values):
            values["about_user_id"] = False
        ticket = tickets.create({**values, "about_key": form + key})
        ticket._ask_manager()
        return ticket

    @api.model
    def _is_read_by_another(self, link):
        """Whether somebody else than the employee would read what is written to the
        manager: he may be the only one there is."""
        tickets = self.with_user(SUPERUSER_ID).with_context(active_test=False)
        rated, user = tickets.env["helpdesk.mark"]._get_rated(link)
        values = tickets._prepare_to_manager_vals(link, rated, user, "")
        return tickets._has_another_manager(values)

    @api.model
    def _has_another_manager(self, values):
        """Words about the only manager are his, like any other letter: a matter that
        nobody may read would be forgotten."""
        return bool(self.new(values)._get_supervisors())

    @api.model
    def _count_to_manager(self, form):
        since = fields.Datetime.now() - DAY
        return self.search_count(
            [("about_key", "=like", f"{form}%"), ("create_date", ">", since)]
        )

    @api.model
    def _prepare_to_manager_vals(self, link, rated, user, text):
        """The conversation of the supervisors: in the company and the team of what it
        is about; what is gone leaves the company of the employee."""
        about = rated.ticket_id if rated._name == "helpdesk.inquiry" else self.browse()
        customer = self.env["res.partner"].browse(link.partner).exists()
        company = rated.company_id or user.company_id or self.env.company
        team = self._get_manager_team(about.team_id, user, company)
        title = about.name or (rated.name if link.order and rated else "")
        channel = self.env.ref(
            "helpdesk_mgmt.helpdesk_ticket_channel_web", raise_if_not_found=False
        )
        return {
            "name": self.env._("To the manager: %(title)s", title=title or user.name),
            "description": plaintext2html(text),
            "company_id": company.id,
            "team_id": team.id or company._get_inquiry_department().id,
            "user_id": False,
            "channel_id": channel.id if channel else False,
            "partner_id": customer.id,
            "partner_name": customer.name or about.partner_name,
            "partner_email": customer.email or about.partner_email,
            "about_user_id": user.id,
            "about_ticket_id": about.id,
        }

    @api.model
    def _get_manager_team(self, team, user, company):
        """The team by whose leaders he is supervised: that of the conversation if he
        works there, else his first one in the company, else that of the conversation.
        """
        teams = self.env["helpdesk.ticket.team"].search(
            [("company_id", "in", [False, company.id])]
        )
        own = teams.filtered(lambda one: user in one.user_ids | one.user_id)
        return team & own or own[:1] or team

    def _ask_manager(self):
        """His words, in his name: he may have no contact here, and only an address."""
        self.with_context(**{ONLY_COLLEAGUES: True}).message_post(
            body=self.description,
            subject=self.name,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.partner_id.id,
            email_from=self.partner_id.email_formatted or self.partner_email,
        )

    # To whom

    def _get_supervisors(self):
        """Nobody supervises what is about himself."""
        supervisors = super()._get_supervisors()
        about = self.about_user_id
        if not about or about not in supervisors:
            return supervisors
        # sudo: res.groups: who is a manager of the help desk is no secret
        managers = self.env.ref("helpdesk_mgmt.group_helpdesk_manager").sudo()
        others = supervisors - about
        return others or self._filter_able(managers.all_user_ids) - about

    def _get_rung_users(self, rung):
        """Of what is about an employee only the supervisors are told."""
        if self.about_user_id:
            return self._get_supervisors()
        return super()._get_rung_users(rung)

    def _get_users_to_alert(self):
        if self.about_user_id:
            return self._get_supervisors()
        return super()._get_users_to_alert()

    def _would_be_seen(self, vals):
        """The supervisors see it, or else the managers: it is not everybody's."""
        return bool(self.about_user_id) or super()._would_be_seen(vals)

    def _prepare_ladder_vals(self, decision):
        """No rung sees it but the supervisors, however often it is decided again."""
        values = super()._prepare_ladder_vals(decision)
        if self.about_user_id:
            values.update(self._prepare_manager_ladder())
        return values

    def _prepare_manager_ladder(self):
        """The nearest leader of who it is about has it first."""
        team, about = self.team_id, self.about_user_id
        able = self._get_supervisors()
        while team and team.user_id not in able:
            team = team.parent_id
        return {
            "team_id": self.team_id.id,
            "addressee_id": (team.user_id or able[:1]).id,
            "addressee_team_id": False,
            "exclusive_until": False,
            "team_visible_from": False,
            "department_visible_from": False,
            "nobody_rung": False,
            "excluded_user_ids": [(6, 0, about.ids)],
        }

    def _get_hindrance(self, user):
        """It is given to nobody about whom it is."""
        # sudo: helpdesk.ticket: about whom it is, for the check itself
        if user == self.sudo().about_user_id:
            return self.env._("It is about %(name)s.", name=user.name)
        return super()._get_hindrance(user)

    def _check_merge(self):
        """What is about an employee stays apart from what he may read."""
        result = super()._check_merge()
        # sudo: helpdesk.ticket: about whom they are, for the check itself
        if len({one.about_user_id.id for one in self.sudo()}) > 1:
            raise UserError(
                self.env._("What was written to the manager stays a matter of its own.")
            )
        return result

    # What is made of it

    def _prepare_split_vals(self, first):
        """What is split off is about the same employee."""
        return {**super()._prepare_split_vals(first), **self._get_about()}

    def copy(self, default=None):
        """A copy says the same of the same employee."""
        copies = super().copy(default)
        # sudo: helpdesk.ticket: about whom it is, only the system writes
        for ticket, other in zip(self.sudo(), copies.sudo(), strict=True):
            if about := ticket._get_about():
                other.write(about)
        return copies

    def _get_about(self):
        return {name: self[name].id for name in ABOUT if self[name]}

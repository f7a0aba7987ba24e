# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, email_normalize


class MailFormerAddress(models.Model):
    """An address that an employee had: letters to it still name him (rule 1).

    It is kept when he is renamed, gets another address, leaves or is deleted. Who has
    the address now goes before who had it; of those who had it, the last one counts.
    """

    _name = "mail.former.address"
    _description = "Former address of an employee"
    _order = "since desc, id desc"
    _rec_name = "email"

    email = fields.Char(
        string="Address",
        required=True,
        index=True,
        help="Letters that are still sent there name its last owner.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        ondelete="set null",
        index="btree_not_null",
        domain=[("share", "=", False)],
        context={"active_test": False},
        help="His account, archived or not; empty if it was deleted or never was.",
    )
    employee_id = fields.Many2one(
        comodel_name="hr.employee",
        ondelete="set null",
        index="btree_not_null",
        context={"active_test": False},
    )
    name = fields.Char(
        string="Whose it was",
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Stays when his account is deleted.",
    )
    since = fields.Datetime(
        string="Former since", required=True, default=fields.Datetime.now
    )

    @api.depends("user_id", "employee_id")
    def _compute_name(self):
        for address in self:
            # sudo: hr.employee: who keeps the list need not read all of an employee
            owner = (address.user_id or address.employee_id).sudo()
            address.name = owner.name or address.name

    @api.model_create_multi
    def create(self, vals_list):
        addresses = super().create([self._with_clean_email(vals) for vals in vals_list])
        self.env["mail.address.book"]._forget()
        return addresses

    def write(self, vals):
        result = super().write(self._with_clean_email(vals))
        self.env["mail.address.book"]._forget()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["mail.address.book"]._forget()
        return result

    @api.model
    def _with_clean_email(self, vals):
        """However it was typed, an address is kept as letters are compared with it."""
        if "email" not in vals:
            return vals
        email = email_normalize(vals["email"] or "")
        if not email:
            raise ValidationError(
                self.env._("%(text)s is no e-mail address.", text=vals["email"] or "?")
            )
        return {**vals, "email": email}

    # How it is filled

    @api.model
    def _get_addresses(self, users=None, employees=None):
        """{(user id, employee id): his addresses} as they are at this moment"""
        # sudo: res.users, hr.employee: their addresses, whoever changes them
        env = self.sudo().with_context(active_test=False).env
        users = env["res.users"].browse(users.ids if users else [])
        employees = env["hr.employee"].browse(employees.ids if employees else [])
        found = defaultdict(set)
        for user in users.filtered(lambda one: not one.share):
            employee = user.employee_ids[:1]
            texts = (user.login, user.email, *user.employee_ids.mapped("work_email"))
            found[user.id, employee.id].update(map(_normalize, texts))
        for employee in employees:
            user = employee.user_id
            texts = (employee.work_email, user.login, user.email)
            found[user.id, employee.id].update(map(_normalize, texts))
        return {owner: emails - {""} for owner, emails in found.items()}

    @api.model
    def _keep_lost(self, before):
        """Keep the addresses that their owners have lost.

        :param before: what ``_get_addresses`` gave before the change
        """
        users = self.env["res.users"].browse(filter(None, (one[0] for one in before)))
        employees = self.env["hr.employee"].browse(
            filter(None, (one[1] for one in before))
        )
        now = self._get_addresses(users.exists(), employees.exists())
        for owner, emails in before.items():
            kept = (some for one, some in now.items() if _is_same(one, owner))
            self._keep(owner, emails.difference(*kept))
        self.env["mail.address.book"]._forget()

    @api.model
    def _keep(self, owner, emails):
        """Addresses that are his no more, each once.

        :param owner: (user id, employee id), of people who still exist
        """
        if not emails:
            return
        user_id, employee_id = owner
        # sudo: mail.former.address: whoever changed the address of an employee
        addresses = self.sudo()
        known = addresses.search(
            [
                ("email", "in", list(emails)),
                ("user_id", "=", user_id),
                ("employee_id", "=", employee_id),
            ]
        )
        known.write({"since": fields.Datetime.now()})
        addresses.create(
            [
                {"email": email, "user_id": user_id, "employee_id": employee_id}
                for email in sorted(emails - set(known.mapped("email")))
            ]
        )

    # Who is inside the company

    @api.model
    def _is_inside(self, email):
        """Whether an employee writes from this address.

        Who left is a customer like any other, unless he writes from an address in a
        mail domain of ours: then somebody has his mailbox.
        """
        for model in ("res.users", "res.partner", "hr.employee", self._name):
            self.env[model].flush_model()
        ours = self.env["mail.address.book"]._is_ours(email)
        [[inside]] = self.env.execute_query(
            SQL(
                """
                SELECT EXISTS (
                    SELECT FROM res_users users
                      JOIN res_partner partner ON partner.id = users.partner_id
                     WHERE NOT users.share AND (users.active OR %(ours)s)
                       AND (LOWER(users.login) = %(email)s
                            OR partner.email_normalized = %(email)s)
                ) OR EXISTS (
                    SELECT FROM hr_employee
                     WHERE LOWER(work_email) = %(email)s AND (active OR %(ours)s)
                ) OR (
                    %(ours)s AND EXISTS (
                        SELECT FROM mail_former_address WHERE email = %(email)s
                    )
                )
                """,
                email=email,
                ours=ours,
            )
        )
        return inside


def _is_same(one, other):
    """Whether two owners (user id, employee id) are one person."""
    return any(each and each == same for each, same in zip(one, other, strict=True))


def _normalize(text):
    return email_normalize(text or "") or ""

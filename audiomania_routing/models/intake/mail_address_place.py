# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass

from odoo import fields, models
from odoo.exceptions import UserError

ALIAS = "alias"
EMPLOYEE = "employee"
DOMAIN = "domain"
COMPANY = "company"
MAILBOX = "mailbox"
TEMPLATE = "template"
PAGE = "page"

PUBLIC = {ALIAS, COMPANY, TEMPLATE, PAGE}


@dataclass(frozen=True)
class Place:
    """Where an address of ours stands."""

    address: str
    kind: str
    name: str
    res_model: str
    res_id: int

    @property
    def is_public(self):
        return self.kind in PUBLIC

    def get_vals(self, check_id):
        return {
            "check_id": check_id,
            "kind": self.kind,
            "name": self.name,
            "res_model": self.res_model,
            "res_id": self.res_id,
        }


class MailAddressPlace(models.Model):
    _name = "mail.address.place"
    _description = "Place where an address stands"
    _order = "kind, name, id"

    check_id = fields.Many2one(
        comodel_name="mail.address.check",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    kind = fields.Selection(
        selection=[
            (ALIAS, "Alias"),
            (EMPLOYEE, "Employee"),
            (DOMAIN, "E-mail domain"),
            (COMPANY, "Company"),
            (MAILBOX, "Mailbox"),
            (TEMPLATE, "E-mail template"),
            (PAGE, "Page or report"),
        ],
        required=True,
        readonly=True,
    )
    name = fields.Char(required=True, readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)

    def action_open(self):
        """Where the address stands, to change it there."""
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].browse(self.res_id)
        if not record.has_access("read"):
            raise UserError(
                self.env._(
                    "You may not open %(name)s: ask a system administrator.",
                    name=self.name,
                )
            )
        return self.env["mail.intake.entry"]._open(self.res_model, self.res_id)

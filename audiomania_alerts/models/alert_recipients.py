# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..placeholders import PATH, AlertFault

# How a record leads to users: the members of a team stand before its leader.
USER_FIELDS = ("user_ids", "member_ids", "user_id")
HOPS = 3


class AlertRecipients(models.AbstractModel):
    """Who is told, as data (rule 27: "only those concerned, computed from the
    record")."""

    _name = "alert.recipients"
    _description = "Recipients of alerts"

    recipient_paths = fields.Char(
        "Fields of the record",
        help="Fields that lead to employees, with commas between them: user_id, "
        "team_id, partner_id.user_id. A field may lead to users, employees, contacts, "
        "groups or teams: a team stands for its members.",
    )
    recipient_group_ids = fields.Many2many(
        "res.groups", string="Groups", help="Everybody in these groups is told."
    )
    recipient_user_ids = fields.Many2many(
        "res.users", string="Employees", help="These employees are told."
    )

    def _get_recipient_model(self):
        """The name of the model that the field paths start at, or False."""
        raise NotImplementedError

    @api.constrains("recipient_paths")
    def _check_recipient_paths(self):
        for recipients in self:
            model = self.env.get(recipients._get_recipient_model())
            for path in recipients._split_recipient_paths():
                try:
                    recipients._check_recipient_path(model, path)
                except AlertFault as fault:
                    raise ValidationError(str(fault)) from fault

    def _split_recipient_paths(self):
        paths = (self.recipient_paths or "").split(",")
        return [path.strip() for path in paths if path.strip()]

    def _check_recipient_path(self, model, path):
        """A path leads from the model to users, through fields that every employee
        may read."""
        if model is None:
            raise AlertFault(
                self.env._("Choose the model first: %(path)s is a field.", path=path)
            )
        if not PATH.fullmatch(path):
            raise AlertFault(self.env._("%(path)s is no path of fields.", path=path))
        # sudo: alert.type: not as the superuser, as which Odoo runs checks: what
        # counts is what the writer may read
        field = self.env["alert.type"].sudo(False)._find_field(model, path)
        end = self.env.get(field.comodel_name)
        if end is None or not self._leads_to_users(end):
            raise AlertFault(
                self.env._("%(path)s does not lead to employees.", path=path)
            )

    @api.model
    def _find_user_field(self, model):
        """The field by which a record of this model leads to users, or None."""
        if model._name == "res.groups":
            return "all_user_ids"
        for name in USER_FIELDS:
            if name in model._fields and model._fields[name].comodel_name:
                return name
        return None

    @api.model
    def _leads_to_users(self, model):
        for _hop in range(HOPS):
            if model._name == "res.users":
                return True
            name = self._find_user_field(model)
            if name is None:
                return False
            model = self.env[model._fields[name].comodel_name]
        return model._name == "res.users"

    @api.model
    def _to_users(self, records):
        """The users that records stand for: themselves, of a contact, of an
        employee, of the members of a team or of a group."""
        for _hop in range(HOPS):
            if records._name == "res.users":
                break
            records = records[self._find_user_field(records)]
        return records

    def _find_recipients(self, record=None):
        """Who is told about this record: active employees, of the record's company
        if it has one. Records that share a prefetch cost no query each."""
        self.ensure_one()
        users = self.recipient_user_ids | self.recipient_group_ids.all_user_ids
        if record is not None:
            for path in self._split_recipient_paths():
                users |= self._to_users(self._follow(record, path))
        return self._keep_concerned(users, record)

    @api.model
    def _follow(self, record, path):
        for name in path.split("."):
            record = record[name]
        return record

    @api.model
    def _keep_concerned(self, users, record):
        users = users.filtered(lambda user: user.active and not user.share)
        company = self._get_company(record)
        return users.filtered(lambda user: not company or company in user.company_ids)

    @api.model
    def _get_company(self, record):
        companies = self.env["res.company"]
        if record is None or "company_id" not in record._fields:
            return companies
        company = record.company_id
        return company if company._name == "res.company" else companies

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize

INQUIRY = "inquiry"
ASIDE = "aside"

WHOLE_DOMAIN = re.compile(r"@[^@\s,;<>]+\.[^@\s,;<>.]+")


class MailIntakeSender(models.Model):
    """A sender of whom somebody has said, once and for all, what his letters are."""

    _name = "mail.intake.sender"
    _description = "Sender with a rule"
    _order = "address, id"
    _rec_name = "address"

    address = fields.Char(
        required=True,
        help="An e-mail address, or @domain for everybody who writes from that domain. "
        "What is said of an address counts more than what is said of its domain.",
    )
    treatment = fields.Selection(
        selection=[
            (INQUIRY, "Always inquiries"),
            (ASIDE, "Always set aside"),
        ],
        string="His letters are",
        required=True,
        default=ASIDE,
        help="Letters that begin something. An answer in a conversation continues it, "
        "whoever writes.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        default=lambda self: self.env.company,
        index=True,
        help="The company whose addresses he writes to. Empty: all of them.",
    )
    note = fields.Char(help="Why, for colleagues who wonder.")
    active = fields.Boolean(default=True)
    aside_count = fields.Integer(
        string="Letters set aside",
        compute="_compute_aside_count",
        help="Letters of this sender that stand aside and are no inquiries yet.",
    )

    _address_uniq = models.UniqueIndex(
        "(address, COALESCE(company_id, 0))",
        "There is a rule for this sender already.",
    )

    def _compute_aside_count(self):
        for sender in self:
            sender.aside_count = self.env["mail.intake.entry"].search_count(
                sender._get_aside_domain()
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_clean_address(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_clean_address(vals))

    @api.model
    def _with_clean_address(self, vals):
        """However it was typed, an address is kept as letters are compared with it."""
        if "address" not in vals:
            return vals
        typed = (vals["address"] or "").strip().lower()
        is_domain = WHOLE_DOMAIN.fullmatch(typed)
        address = typed if is_domain else email_normalize(typed)
        if not address or not is_domain and address.startswith("@"):
            raise ValidationError(
                self.env._(
                    "%(address)s is neither an e-mail address nor a domain such as "
                    "@example.com.",
                    address=typed or "?",
                )
            )
        return {**vals, "address": address}

    @api.model
    def _find(self, email, company):
        """What was said of this sender in letters to that company; or nothing.

        The address goes before its domain, the company before all of them.
        """
        if not email:
            return self.browse()
        domain = f"@{email.partition('@')[2]}"
        # sudo: mail.intake.sender: the gateway asks for whoever fetched the letter
        rules = self.sudo().search(
            [
                ("address", "in", [email, domain]),
                ("company_id", "in", [company.id, False]),
            ]
        )
        return rules.sorted(lambda one: (one.address == domain, not one.company_id))[:1]

    @api.model
    def _set(self, email, treatment, company):
        """Say of a sender what his letters are, whatever was said before."""
        if not email:
            raise UserError(self.env._("This letter names no sender's address."))
        known = self.with_context(active_test=False).search(
            [("address", "=", email), ("company_id", "=", company.id)]
        )
        values = {"treatment": treatment, "active": True}
        if known:
            known.write(values)
            return known
        return self.create({**values, "address": email, "company_id": company.id})

    def _get_aside_domain(self):
        """His letters that stand in the list of what was set aside."""
        self.ensure_one()
        address = self.address or ""
        of_sender = Domain("sender_email", "=", address)
        if address.startswith("@"):
            literal = re.sub(r"([\\%_])", r"\\\1", address)
            of_sender = Domain("sender_email", "=like", f"%{literal}")
        companies = [False, *(self.company_id or self.env.companies).ids]
        return (
            of_sender
            & self.env["mail.intake.entry"]._get_set_aside_domain()
            & Domain("company_id", "in", companies)
        )

    def action_open_aside(self):
        """The letters of this sender that stand aside."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.mail_intake_entry_action_aside"
        )
        return {**action, "domain": list(self._get_aside_domain())}

    def action_take_earlier(self):
        """Make inquiries of his letters that were set aside before."""
        self.ensure_one()
        entries = self.env["mail.intake.entry"].search(self._get_aside_domain())
        return entries.action_make_inquiry()

    def _ask_for_earlier(self, known):
        """Ask whether his other letters that stand aside are inquiries too.

        :param known: entries that are being worked on already
        :return: an action that asks, or False when there are none
        """
        domain = self._get_aside_domain() & Domain("id", "not in", known.ids)
        if not self.env["mail.intake.entry"].search_count(domain, limit=1):
            return False
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Earlier letters of this sender"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [
                (
                    self.env.ref("audiomania_routing.mail_intake_sender_view_ask").id,
                    "form",
                )
            ],
            "target": "new",
        }

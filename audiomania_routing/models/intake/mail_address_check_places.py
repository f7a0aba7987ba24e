# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import api, models
from odoo.tools import SQL, email_normalize

from .mail_address_place import (
    ALIAS,
    COMPANY,
    DOMAIN,
    EMPLOYEE,
    MAILBOX,
    PAGE,
    TEMPLATE,
    Place,
)

LOCAL = r"[a-z0-9][a-z0-9._%+-]*"

TEXTS = (
    (
        TEMPLATE,
        "mail.template",
        ("email_from", "reply_to", "email_to", "email_cc", "body_html"),
    ),
    (COMPANY, "res.company", ("report_header", "report_footer", "company_details")),
    (PAGE, "ir.ui.view", ("arch_db",)),
)
"""Texts that customers get to read: their columns are searched for addresses."""


class MailAddressCheck(models.Model):
    """Where addresses of ours stand. Called as the superuser."""

    _inherit = "mail.address.check"

    @api.model
    def _find_places(self):
        """Every place where an address of ours stands, a few queries for all."""
        names = self._get_own_names()
        yield from self._find_alias_places()
        yield from self._find_domain_places()
        yield from self._find_company_places()
        yield from self._find_mailbox_places()
        if names:
            yield from self._find_employee_places(names)
            for kind, model, columns in TEXTS:
                yield from self._find_text_places(kind, model, columns, names)

    @api.model
    def _get_own_names(self):
        return set(self.env["mail.alias.domain"].search([]).mapped("name"))

    @api.model
    def _find_alias_places(self):
        aliases = self.env["mail.alias"].search([("alias_name", "!=", False)])
        owners = self._get_alias_owners(aliases)
        for alias in aliases:
            address = alias.alias_full_name.lower()
            record = owners.get(alias.id, alias)
            name = record.display_name if record != alias else address
            yield Place(address, ALIAS, name, record._name, record.id)

    @api.model
    def _get_alias_owners(self, aliases):
        """{id of an alias: what it belongs to, where one sees its address}"""
        ids = {}
        for alias in aliases:
            model, record_id = (
                alias.alias_parent_model_id.model,
                alias.alias_parent_thread_id,
            )
            if model in self.env and record_id:
                ids.setdefault(model, {})[record_id] = alias.id
        return {
            ids[model][record.id]: record
            for model in ids
            for record in self.env[model].browse(ids[model]).exists()
        }

    @api.model
    def _find_domain_places(self):
        for domain in self.env["mail.alias.domain"].search([]):
            for email in (
                domain.catchall_email,
                domain.bounce_email,
                domain.default_from_email,
            ):
                if address := email_normalize(email or ""):
                    yield Place(address, DOMAIN, domain.name, domain._name, domain.id)

    @api.model
    def _find_company_places(self):
        for company in self.env["res.company"].search([]):
            if address := email_normalize(company.email or ""):
                yield Place(address, COMPANY, company.name, company._name, company.id)

    @api.model
    def _find_mailbox_places(self):
        servers = self.env["fetchmail.server"].with_context(active_test=False)
        for server in servers.search([("server_type", "!=", "local")]):
            address = server._get_mailbox_address()
            yield Place(address, MAILBOX, server.name, server._name, server.id)

    @api.model
    def _find_employee_places(self, names):
        """The addresses of who works here now, in domains of ours."""
        users = self.env["res.users"].search([("share", "=", False)])
        found = {}
        for employee in self.env["hr.employee"].search([("work_email", "!=", False)]):
            found.setdefault(email_normalize(employee.work_email), employee)
        for user in users:
            for email in (user.email, user.login):
                found.setdefault(email_normalize(email or ""), user)
        for address, record in found.items():
            if address and address.partition("@")[2] in names:
                yield Place(
                    address, EMPLOYEE, record.display_name, record._name, record.id
                )

    @api.model
    def _find_text_places(self, kind, model, columns, names):
        """Where an address of one of these domains stands in a text, in any language.

        The database picks the few texts that name a domain.
        """
        pattern = re.compile(
            rf"{LOCAL}@(?:{'|'.join(map(re.escape, sorted(names)))})"
            r"(?![\w-]|\.[a-z0-9])",
            re.IGNORECASE,
        )
        texts = dict(self._select_texts(model, columns, names))
        for record in self.env[model].browse(texts):
            found = pattern.findall(texts[record.id])
            for address in sorted({one.lower() for one in found}):
                yield Place(address, kind, record.display_name, model, record.id)

    @api.model
    def _select_texts(self, model, columns, names):
        table = self.env[model]
        table.flush_model()
        text = SQL(
            "concat_ws(' ', %s)",
            SQL(", ").join(SQL("%s::text", SQL.identifier(name)) for name in columns),
        )
        self.env.cr.execute(
            SQL(
                "SELECT id, %(text)s FROM %(table)s"
                " WHERE %(where)s AND %(text)s ILIKE ANY(%(names)s) ORDER BY id",
                text=text,
                table=SQL.identifier(table._table),
                where=self._get_text_condition(model),
                names=[f"%@{_literal(name)}%" for name in sorted(names)],
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _get_text_condition(self, model):
        """Screens of Odoo itself are no pages; what is archived nobody reads."""
        if model == "ir.ui.view":
            return SQL("active AND type = 'qweb'")
        return SQL("active")


def _literal(text):
    return re.sub(r"([\\%_])", r"\\\1", text)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import ormcache

from ...letter.mentions import form_of


class CustomerDocumentMixin(models.AbstractModel):
    """A document that a letter may name by its number.

    A model takes part by saying how its numbers look (``_get_number_forms``) and, where
    it is not ``name``, ``_get_numbered_domain``.
    """

    _inherit = "customer.document.mixin"

    @api.model
    def _get_number_forms(self, company):
        """The forms (``letter.mentions.Form``) of the numbers in a company."""
        return ()

    @api.model
    def _get_numbered_domain(self, numbers, company):
        """Which documents have these numbers."""
        return [("name", "in", numbers), ("company_id", "=", company.id)]

    @api.model
    def _get_numbered_fields(self):
        """What is read of them, in one query with the search."""
        return ["name", "partner_id", "user_id"]

    @api.model
    def _find_numbered(self, numbers, company):
        """{number: document}; of two with one number neither is meant."""
        found = self.search_fetch(
            self._get_numbered_domain(numbers, company), self._get_numbered_fields()
        )
        named = {}
        for document in found:
            known = named.get(document.name, document.browse())
            named[document.name] = known | document
        return {name: some for name, some in named.items() if len(some) == 1}

    @api.model
    def _get_forms_of_sequences(self, kind, sequences):
        """Those of numbers that sequences of Odoo give."""
        forms = {
            form_of(self._name, kind, one.prefix or "", one.suffix or "", one.padding)
            for one in sequences
        }
        return tuple(sorted(forms, key=lambda form: form.pattern))


class RoutingFacts(models.AbstractModel):
    _inherit = "routing.facts"

    @api.model
    def _get_all_number_forms(self, company):
        """Of every kind of document; worked out once a day for each company."""
        # The day is a part of the key: a year in a prefix changes with it.
        return self._get_number_forms_on(company.id, self._get_day())

    @api.model
    @ormcache("company_id", "day")
    def _get_number_forms_on(self, company_id, day):
        # sudo: ir.sequence, account.journal: how numbers look is no secret
        env = self.sudo().env
        company = env["res.company"].browse(company_id)
        mixin = env.registry["customer.document.mixin"]
        models_ = sorted(
            name
            for name, model in env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        )
        return tuple(
            form for name in models_ for form in env[name]._get_number_forms(company)
        )

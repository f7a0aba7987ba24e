# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from ...letter.mentions import form_like


class AccountMove(models.Model):
    """Invoices and refunds are named by their number."""

    _inherit = "account.move"

    @api.model
    def _get_number_forms(self, company):
        """As the last invoice of each journal is numbered, in any year."""
        journals = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", company.id)]
        )
        forms = {
            form_like(self._name, "invoice", prefix)
            for prefix in self._get_number_prefixes(journals)
        }
        return tuple(sorted(forms, key=lambda form: form.pattern))

    @api.model
    def _get_number_prefixes(self, journals):
        """What is before the number: in use, or by the journal's code."""
        usual = {f"{journal.code}/2000/" for journal in journals}
        usual |= {f"R{each}" for each in usual}
        if not journals:
            return usual
        self.flush_model(["journal_id", "sequence_prefix"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT latest.sequence_prefix
                  FROM account_journal journal
                 CROSS JOIN LATERAL (
                       SELECT sequence_prefix
                         FROM account_move
                        WHERE journal_id = journal.id
                          AND sequence_prefix IS NOT NULL
                        ORDER BY sequence_prefix DESC
                        LIMIT 1
                       ) AS latest
                 WHERE journal.id IN %s
                """,
                tuple(journals.ids),
            )
        )
        used = {prefix for (prefix,) in rows if any(map(str.isalpha, prefix))}
        return usual | used

    @api.model
    def _get_numbered_domain(self, numbers, company):
        domain = super()._get_numbered_domain(numbers, company)
        kinds = self.get_sale_types(include_receipts=True)
        return [*domain, ("state", "=", "posted"), ("move_type", "in", kinds)]

    @api.model
    def _get_numbered_fields(self):
        return ["name", "partner_id", "invoice_user_id"]

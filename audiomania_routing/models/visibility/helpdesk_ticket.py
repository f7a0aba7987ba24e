# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain
from odoo.tools import SQL


class HelpdeskTicket(models.Model):
    """What is seen of a conversation by who may not read it: its number, no more."""

    _inherit = "helpdesk.ticket"

    _customer_idx = models.Index("(partner_id) WHERE partner_id IS NOT NULL")
    _waiting_customer_idx = models.Index(
        "(commercial_partner_id) WHERE inquiry_state = 'pending'"
    )

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Odoo shows the names of linked records to everybody, and the name of a
        record that one may not read in the very sentence that says so."""
        result = super()._compute_display_name()
        for ticket in self._get_hidden_from_reader():
            ticket.display_name = ticket.number
        return result

    def _get_hidden_from_reader(self):
        """Those whose names the system is about to tell an employee who may not read
        them. Where he reads himself, the rules have been asked already."""
        user = self.env.user
        if not self.env.su or user.id == SUPERUSER_ID or not user._is_internal():
            return self.browse()
        real = self.filtered(lambda ticket: isinstance(ticket.id, int))
        reader = real.with_env(self.env(su=False))
        return reader._get_hidden_by_ladder().with_env(self.env)

    @api.model
    def _readable_to_sql(self, ticket_id):
        """SQL: whether this employee may read the conversation with that id, or no
        ladder decides and the host does; asked at each row, by the primary key.

        :param ticket_id: SQL of the id in the outer query
        """
        rules = self.env["ir.rule"]._compute_domain(self._name, "read")
        # sudo: helpdesk.ticket: the rules of the employee are in the domain
        tickets = self.sudo().with_context(active_test=False)
        query = tickets._search(Domain("ladder_active", "=", False) | rules)
        query.add_where(
            SQL("%s = %s", SQL.identifier(self._table, "id"), ticket_id),
        )
        return SQL("EXISTS (%s)", query.select(SQL("1")))

    def action_open_document(self):
        """Which document a hidden conversation is about is hidden with it."""
        self.check_access("read")
        return super().action_open_document()

    def activity_search(self, *args, **kwargs):
        """Who may not read a conversation is refused, and is not told that his call
        has done what it found nothing to do with."""
        if not self.env.su and self.env.user._is_internal():
            self._get_hidden_by_ladder().check_access("read")
        return super().activity_search(*args, **kwargs)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain
from odoo.tools import SQL

CONVERSATION = "helpdesk.ticket"


def get_untold(records):
    """Those whose names the system is about to tell an employee who may not read them.

    Odoo shows the names of linked records to everybody: who links one to a record of
    his own would read how a customer has named it (rule 14). Where he reads himself,
    his rights have been asked already.
    """
    user = records.env.user
    if not records.env.su or user.id == SUPERUSER_ID or not user._is_internal():
        return records.browse()
    real = records.filtered(lambda one: isinstance(one.id, int))
    readable = real.with_env(records.env(su=False))._filtered_access("read")
    return real - readable.with_env(records.env)


class ConversationPart(models.AbstractModel):
    """What hangs on a record by its model and id, and is hidden with a conversation.

    Odoo lets recipients, authors, followers and assignees read much of what hangs on a
    record whatever the rules of that record say. Of conversations this takes it back
    (rule 14): who may not read one reads nothing of it. Customers keep what the host
    gives them, and so does everybody where no ladder decides.

    A model inherits this one *after* itself::

        class MailMessage(models.Model):
            _name = "mail.message"
            _inherit = ["mail.message", "conversation.part"]
            _part_model = "model"
    """

    _name = "conversation.part"
    _description = "What is hidden with its conversation"

    _part_model = "res_model"
    _part_id = "res_id"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not bypass_access and self._is_limited_by_ladder():
            shown = Domain.custom(to_sql=self._shown_to_sql)
            domain = Domain(domain) & shown
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if not self._is_limited_by_ladder():
            return result
        allowed = self - result[0] if result else self
        hidden = allowed._get_hidden_by_ladder()
        if not hidden:
            return result
        if result:
            return result[0] + hidden, result[1]
        return hidden, lambda: hidden._make_access_error(operation)

    @api.model
    def _is_limited_by_ladder(self):
        return not self.env.su and self.env.user._is_internal()

    def _get_hidden_by_ladder(self):
        """Those of a conversation that this employee may not read: one query."""
        ids = [id_ for id_ in self._ids if isinstance(id_, int)]
        if not ids:
            return self.browse()
        hidden = Domain.custom(
            to_sql=lambda *where: SQL("NOT %s", self._shown_to_sql(*where))
        )
        # sudo: conversation.part: which are hidden, not what they say
        every = self.sudo().with_context(active_test=False)
        return every.search(Domain("id", "in", ids) & hidden).with_env(self.env)

    def _shown_to_sql(self, model, alias, query):
        """Whether a row belongs to no conversation, or to one that he may read."""
        document = model._field_to_sql(alias, self._part_model, query)
        document_id = model._field_to_sql(alias, self._part_id, query)
        return SQL(
            "(%s IS DISTINCT FROM %s OR COALESCE(%s, 0) = 0 OR %s)",
            document,
            CONVERSATION,
            document_id,
            self.env[CONVERSATION]._readable_to_sql(document_id),
        )

    def _make_access_error(self, operation):
        if hasattr(super(), "_make_access_error"):
            return super()._make_access_error(operation)
        return self.env["ir.rule"]._make_access_error(operation, self)

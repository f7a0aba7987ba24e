# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ...names import (
    CAUSES,
    MERGED,
    OTHER,
    RELEASED,
    SPLIT_FROM,
    SPLIT_OFF,
    TAKEN,
    TAKEN_AWAY,
    TRANSFERRED,
)


class HelpdeskTicketTransition(models.Model):
    """One line of the history: who got a conversation from whom, and why."""

    _name = "helpdesk.ticket.transition"
    _description = "Transition of a Conversation"
    _order = "at desc, id desc"
    _rec_name = "kind"

    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket",
        string="Conversation",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True)
    at = fields.Datetime(
        string="When", required=True, default=fields.Datetime.now, readonly=True
    )
    kind = fields.Selection(
        selection=[
            (TAKEN, "Taken"),
            (TAKEN_AWAY, "Taken away"),
            (TRANSFERRED, "Transferred"),
            (RELEASED, "Released"),
            (MERGED, "Merged"),
            (SPLIT_OFF, "Split off"),
            (SPLIT_FROM, "Split off from another"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Who", readonly=True, index="btree_not_null"
    )
    from_user_id = fields.Many2one(
        comodel_name="res.users",
        string="From",
        readonly=True,
        index="btree_not_null",
        help="Who had it before; empty: nobody had taken it.",
    )
    to_user_id = fields.Many2one(comodel_name="res.users", string="To", readonly=True)
    from_team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team", string="From team", readonly=True
    )
    to_team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team", string="To team", readonly=True
    )
    cause = fields.Selection(
        selection=CAUSES,
        readonly=True,
        help="'Wrong audience' teaches: what this customer writes about is the "
        "audience of the new team, while his orders say nothing.",
    )
    reason = fields.Char(readonly=True, help="What was said of it.")

    @api.model
    def _get_cause_label(self, cause):
        """The cause in the words of the reader."""
        return dict(self._fields["cause"]._description_selection(self.env)).get(cause)

    def _describe_reason(self):
        """The cause and what was said of it, as one text."""
        texts = [self.reason]
        if self.cause != OTHER or not self.reason:
            texts.insert(0, self._get_cause_label(self.cause))
        return ". ".join(filter(None, texts))

    def _describe(self):
        """The line of the history, in the words of the reader."""
        _ = self.env._
        sentences = {
            TAKEN: _("%(who)s has taken it."),
            TAKEN_AWAY: _("%(who)s has taken it away from %(former)s: %(why)s."),
            TRANSFERRED: _("%(who)s has transferred it to %(target)s: %(why)s."),
            RELEASED: _("%(who)s has given it back."),
            MERGED: _("%(who)s has merged %(why)s into it."),
            SPLIT_OFF: _("%(who)s has split off %(why)s."),
            SPLIT_FROM: _("%(who)s has split it off from %(why)s."),
        }
        if self.kind == RELEASED and (self.from_user_id != self.user_id):
            sentences[RELEASED] = _("It was taken back from %(former)s: %(why)s.")
        target = (self.to_user_id.name, self.to_team_id.name)
        return sentences[self.kind] % {
            "who": self.user_id.name,
            "former": self.from_user_id.name,
            "target": ", ".join(filter(None, target)),
            "why": self._describe_reason().rstrip("."),
        }

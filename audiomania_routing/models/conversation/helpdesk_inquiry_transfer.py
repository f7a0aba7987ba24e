# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskInquiry(models.Model):
    """What employees said of a letter by transferring it: facts of the engine."""

    _inherit = "helpdesk.inquiry"

    transferred_to_id = fields.Many2one(
        comodel_name="res.users",
        string="Transferred to",
        readonly=True,
        index="btree_not_null",
        help="The colleague to whom it was transferred; he is asked first.",
    )
    transferred_team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        string="Transferred to team",
        readonly=True,
        index="btree_not_null",
        help="The team to which it was transferred, whatever the audience says.",
    )
    corrected_audience_id = fields.Many2one(
        comodel_name="customer.audience",
        string="Corrected audience",
        readonly=True,
        index="btree_not_null",
        help="What it is about, as said by who transferred it because of the wrong "
        "audience.",
    )

    def _keep_released(self):
        """What nobody has any more is its team's at once, and nobody's alone."""
        self.write({"transferred_to_id": False})
        decisions = self.env["routing.facts"]._decide_released(self)
        quiet = self.env["helpdesk.ticket"]._get_quiet_context()
        for inquiry in self.with_context(**quiet):
            inquiry._keep_decision(decisions[inquiry.id])

    def _teach_audience(self, team):
        """'Wrong audience' teaches: it is about what the new team serves, and so are
        letters of this customer while his orders say nothing."""
        audiences = self.env["customer.audience"].search(
            [("team_id", "=", team.id)], limit=2
        )
        if len(audiences) == 1:
            self.corrected_audience_id = audiences
            self.partner_id.audience_taught_id = audiences

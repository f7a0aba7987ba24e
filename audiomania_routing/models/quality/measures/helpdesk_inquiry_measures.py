# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class HelpdeskInquiry(models.Model):
    """What is measured of an inquiry (rule 26): columns, so that a year is added up in
    one statement. A measure of what has not happened is NULL, and no average counts it.
    """

    _inherit = "helpdesk.inquiry"

    type_id = fields.Many2one(
        comodel_name="helpdesk.inquiry.type",
        ondelete="restrict",
        index="btree_not_null",
        help="What it is about: chosen by an employee, or else by a rule.",
    )
    type_rule_id = fields.Many2one(
        comodel_name="helpdesk.inquiry.type.rule",
        string="Type by rule",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        groups="helpdesk_mgmt.group_helpdesk_manager",
        help="The rule that matched, also where an employee chose another type.",
    )
    is_type_by_hand = fields.Boolean(
        string="Type chosen by hand",
        readonly=True,
        help="An employee has chosen its type: no rule changes it any more.",
    )
    team_id = fields.Many2one(
        comodel_name="helpdesk.ticket.team",
        index="btree_not_null",
        readonly=True,
        help="The team of the conversation. Once worked out, the team it had then.",
    )
    first_seen_at = fields.Datetime(string="First seen at", readonly=True)
    first_seen_by_id = fields.Many2one(comodel_name="res.users", readonly=True)
    taken_at = fields.Datetime(string="Taken at", readonly=True)
    taken_by_id = fields.Many2one(
        comodel_name="res.users", string="Taken by", readonly=True
    )
    first_answered_at = fields.Datetime(
        string="First answered at",
        readonly=True,
        help="When the first reply reached the customer, one with a promise too.",
    )
    first_answered_by_id = fields.Many2one(
        comodel_name="res.users", string="First answered by", readonly=True
    )
    hours_to_seen = fields.Float(string="Hours to first sight", readonly=True)
    hours_to_taken = fields.Float(string="Hours to taking", readonly=True)
    hours_to_answered = fields.Float(string="Hours to first answer", readonly=True)
    hours_to_worked_out = fields.Float(string="Hours to worked out", readonly=True)
    working_hours_to_seen = fields.Float(
        string="Working hours to first sight", readonly=True
    )
    working_hours_to_taken = fields.Float(
        string="Working hours to taking", readonly=True
    )
    working_hours_to_answered = fields.Float(
        string="Working hours to first answer", readonly=True
    )
    working_hours_to_worked_out = fields.Float(
        string="Working hours to worked out", readonly=True
    )
    window_result = fields.Selection(
        selection=[
            ("inside", "Inside the window"),
            ("after", "After the window"),
            ("none", "Without a window"),
        ],
        string="Exclusive window",
        readonly=True,
        help="Whether the first answer left within the exclusive window.",
    )
    answered_by_kind = fields.Selection(
        selection=[
            ("reserved", "Whom it was reserved for"),
            ("other", "Another"),
            ("none", "Reserved for nobody"),
        ],
        string="Answered by",
        readonly=True,
    )
    transfer_count = fields.Integer(
        string="Transfers",
        readonly=True,
        help="How often it went to another employee or team before it was worked out.",
    )
    is_reopening = fields.Boolean(
        string="Re-opened",
        readonly=True,
        help="The customer came back to what was closed.",
    )
    open_question_count = fields.Integer(
        string="Questions left open",
        readonly=True,
        help="Of several questions listed beside the reply, those that were not ticked "
        "when it was answered.",
    )
    quality_mark = fields.Integer(
        readonly=True,
        help="What the customer gave for the answer, from 1 to 5. 0: no mark counts.",
    )
    speed_mark = fields.Integer(
        readonly=True,
        help="What the customer gave for its speed, from 1 to 5. 0: no mark counts.",
    )

    _unmeasured_idx = models.Index("(id DESC) WHERE transfer_count IS NULL")

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ...names import NONE, PENDING, WORKED_OUT


class HelpdeskConversationLine(models.Model):
    """One line without content for every conversation (rule 14).

    On the customer and on his documents it tells everybody that there is one, with
    whom, since when and in which state, so that two employees do not write to one
    customer unawares. Only who may read the conversation opens it from here.
    Conversations without a ladder are left to the host: who may not read one there
    does not learn of it here.
    """

    _name = "helpdesk.conversation.line"
    _description = "Conversation in one line"
    _auto = False
    _order = "is_pending desc, since desc, id desc"
    _rec_name = "id"
    _depends = {
        "helpdesk.ticket": [
            "active",
            "addressee_id",
            "assigned_date",
            "commercial_partner_id",
            "company_id",
            "document_id",
            "document_model",
            "exclusive_until",
            "inquiry_state",
            "ladder_active",
            "partner_id",
            "stage_id",
            "team_id",
            "user_id",
            "waiting_since",
        ],
        "helpdesk.ticket.stage": ["closed"],
        "helpdesk.inquiry": ["ticket_id", "worked_out_at"],
    }

    ticket_id = fields.Many2one("helpdesk.ticket", "Conversation", readonly=True)
    active = fields.Boolean(readonly=True)
    ladder_active = fields.Boolean("Ladder decides", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", "Customer's company", readonly=True
    )
    document_model = fields.Char("Kind of document", readonly=True)
    document_id = fields.Integer(readonly=True)
    state = fields.Selection(
        [(NONE, "No inquiry"), (PENDING, "Pending"), (WORKED_OUT, "Worked out")],
        readonly=True,
    )
    is_pending = fields.Boolean("Pending", readonly=True)
    is_closed = fields.Boolean("Closed", readonly=True)
    user_id = fields.Many2one("res.users", "Answered by", readonly=True)
    addressee_id = fields.Many2one("res.users", readonly=True)
    team_id = fields.Many2one("helpdesk.ticket.team", readonly=True)
    exclusive_until = fields.Datetime(readonly=True)
    since = fields.Datetime(
        readonly=True,
        help="Taken: since when he has it. Not taken: since when it waits. Worked out: "
        "when.",
    )
    text = fields.Char(
        "Who and since when",
        compute="_compute_text",
        help="With whom, since when and in which state it is; nothing of what is said.",
    )
    may_read = fields.Boolean("You may read it", compute="_compute_may_read")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT ticket.id, ticket.id AS ticket_id, ticket.active,
                   ticket.ladder_active, ticket.company_id, ticket.partner_id,
                   ticket.commercial_partner_id, ticket.document_model,
                   ticket.document_id, COALESCE(ticket.inquiry_state, %s) AS state,
                   COALESCE(ticket.inquiry_state = %s, FALSE) AS is_pending,
                   COALESCE(stage.closed, FALSE) AS is_closed, ticket.user_id,
                   ticket.addressee_id, ticket.team_id, ticket.exclusive_until,
                   ticket.about_user_id,
                   CASE WHEN ticket.inquiry_state = %s AND ticket.user_id IS NULL
                        THEN ticket.waiting_since
                        WHEN ticket.inquiry_state = %s
                        THEN (SELECT max(inquiry.worked_out_at)
                                FROM helpdesk_inquiry AS inquiry
                               WHERE inquiry.ticket_id = ticket.id)
                        ELSE COALESCE(ticket.assigned_date, ticket.create_date)
                    END AS since
              FROM helpdesk_ticket AS ticket
              LEFT JOIN helpdesk_ticket_stage AS stage ON stage.id = ticket.stage_id
            """,
            NONE,
            PENDING,
            PENDING,
            WORKED_OUT,
        )

    @api.depends("state", "since", "user_id", "addressee_id", "team_id")
    @api.depends_context("lang", "tz")
    def _compute_text(self):
        for line in self:
            line.text = line._describe()

    @api.depends("ticket_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_may_read(self):
        tickets = self.env["helpdesk.ticket"].with_context(active_test=False)
        readable = set(tickets.search([("id", "in", self.ids)]).ids)
        for line in self:
            line.may_read = line.id in readable

    @api.depends("text")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.text

    def _describe(self):
        """ "NAME has been answering since 10:02": no word of what it is about."""
        # sudo: res.users, helpdesk.ticket.team: names of employees and teams
        line = self.sudo()
        time = self.env["helpdesk.ticket"]._format_moment(line.since)
        if line.state == PENDING and not line.user_id:
            return line._describe_waiting(time)
        name = line.user_id.name
        if line.state == WORKED_OUT:
            if name:
                return self.env._(
                    "Worked out by %(name)s, %(time)s", name=name, time=time
                )
            return self.env._("Worked out, %(time)s", time=time)
        if not name:
            return self.env._("Nobody has taken it, %(time)s", time=time)
        return self.env._(
            "%(name)s has been answering since %(time)s", name=name, time=time
        )

    def _describe_waiting(self, time):
        if self.exclusive_until and self.exclusive_until > fields.Datetime.now():
            return self.env._(
                "Reserved for %(name)s, waiting since %(time)s",
                name=self.addressee_id.name,
                time=time,
            )
        if self.team_id:
            return self.env._(
                "Nobody of %(name)s has taken it, waiting since %(time)s",
                name=self.team_id.name,
                time=time,
            )
        return self.env._("Nobody has taken it, waiting since %(time)s", time=time)

    @api.model
    def _get_action_if_hidden(self, domain):
        """The list of these lines, if the reader may not read all conversations."""
        lines = self.search(domain)
        if all(line.may_read for line in lines):
            return None
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.helpdesk_conversation_line_action"
        )
        return {**action, "domain": list(domain)}

    def action_open(self):
        """The conversation for its readers; for others that line, and no more."""
        self.ensure_one()
        self.check_access("read")
        if self.may_read:
            return self.ticket_id.get_formview_action()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "title": self.text,
                "message": self.env._("You cannot open this conversation now."),
            },
        }

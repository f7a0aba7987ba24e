# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formataddr, make_msgid

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools.mail import email_split

from ...engine.decision import decide
from ..intake.course import COURSE, Course

TRIAL = "routing_trial"
TRIED = object()
"""The value of the key: nobody outside can put it into a context."""

STRANGER = "stranger@customer.invalid"


def is_tried(env):
    """Whether what happens now is only tried, and will never have been."""
    return env.context.get(TRIAL) is TRIED


class RoutingTrialMixin(models.AbstractModel):
    """A letter that nobody has written, and how it would be decided.

    It goes the way of any letter, in a transaction of its own that is never committed:
    no conversation, inquiry or alert is made and nothing is sent.
    """

    _name = "routing.trial.mixin"
    _description = "How a letter would be decided"

    trial_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="From the customer",
        store=False,
        domain=[("partner_share", "=", True)],
        help="Empty: somebody unknown writes.",
    )
    trial_emails = fields.Char(
        string="To",
        store=False,
        help="Addresses, separated by commas. Empty: a letter that names nobody.",
    )
    trial_subject = fields.Char(string="Subject", store=False)
    trial_body = fields.Text(string="Text", store=False)
    trial_at = fields.Datetime(
        string="Comes in", store=False, help="Empty: it comes in now."
    )
    trial_result = fields.Html(
        string="Decision", compute="_compute_trial_result", sanitize=False
    )

    @api.model
    def _get_trial_fields(self):
        return [
            "trial_partner_id",
            "trial_emails",
            "trial_subject",
            "trial_body",
            "trial_at",
        ]

    @api.depends(lambda self: self._get_trial_fields())
    @api.depends_context("uid", "lang", "tz")
    def _compute_trial_result(self):
        for trial in self:
            trial.trial_result = trial._is_filled() and trial._render_trial()

    def _is_filled(self):
        """There is something to try."""
        names = ("trial_partner_id", "trial_emails", "trial_subject", "trial_body")
        return any(self[name] for name in names)

    def _get_trial_company(self):
        """To which company it is written, where no address tells."""
        return self.env.company

    def _get_trial_policy(self, facts, inquiry, case):
        """By which policy it is decided: the one that is in force for it."""
        return facts._get_case_policy(inquiry, case)

    def _render_trial(self):
        """The decision in words and in figures, as HTML."""
        facts = self.env["routing.facts"]
        decision = self._try()
        values = {"sentences": [], "figures": None, "is_changed": False}
        if decision:
            values["sentences"] = facts._explain_without_figures(decision)
            values["figures"] = facts._prepare_figures(decision)
        return self.env["ir.qweb"]._render(
            "audiomania_routing.trial_result", {**values, "decision": decision}
        )

    def _try(self):
        """The decision on the letter; None where it would become no inquiry."""
        now = self.trial_at or fields.Datetime.now()
        with self._rehearse() as env:
            inquiry = self._receive(env)
            if not inquiry:
                return None
            facts = env["routing.facts"]
            case = facts._gather(inquiry, now)[inquiry.id]
            policy = self._get_trial_policy(facts, inquiry, case)
            return decide(case.inquiry, case.customer, case.staff, policy, now)

    @contextmanager
    def _rehearse(self):
        """The system in a transaction of its own, of which nothing is left."""
        company = self._get_trial_company()
        context = {
            TRIAL: TRIED,
            COURSE: Course(entry_id=0, forced=True, asks=True),
            "allowed_company_ids": company.ids,
            "tracking_disable": True,
            "lang": self.env.context.get("lang"),
        }
        cr = self.env.registry.cursor()
        try:
            yield api.Environment(cr, SUPERUSER_ID, context)
        finally:
            cr.rollback()
            cr.close()

    def _receive(self, env):
        """The inquiry that the letter becomes; an empty one where it becomes none, or
        is that of a company in which he who tries it does not work."""
        env["mail.thread"].message_process(False, self._write_letter())
        message = env.context[COURSE].message
        inquiry = env["helpdesk.inquiry"].search(
            [("message_id", "=", message.id if message else False)], limit=1
        )
        if message and inquiry and self.trial_partner_id:
            customer = env["res.partner"].browse(self.trial_partner_id.id)
            inquiry.partner_id = customer
            inquiry.ticket_id.partner_id = customer
        is_readable = inquiry.company_id.id in self.env.user.company_ids.ids
        return inquiry if message and is_readable else inquiry.browse()

    def _write_letter(self):
        letter = EmailMessage()
        customer = self.trial_partner_id
        sender = (email_split(customer.email or "") or [STRANGER])[0]
        letter["From"] = formataddr((customer.name or "", sender))
        letter["To"] = ", ".join(email_split(self.trial_emails or ""))
        letter["Subject"] = " ".join((self.trial_subject or "").split())
        letter["Message-ID"] = make_msgid()
        letter.set_content(self.trial_body or "")
        return letter.as_bytes()

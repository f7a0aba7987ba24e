# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ...engine.facts import Away

ALERT_LETTER_FOR_YOU = "letter_for_you"


class HelpdeskInquiry(models.Model):
    """To whom a letter was sent, in other words than its own."""

    _inherit = "helpdesk.inquiry"

    hinted_emails = fields.Char(
        string="Probably meant",
        readonly=True,
        help="Addresses of ours that were probably meant by misspelt ones in the "
        "letter. Their owners count as named, after those who are really named.",
    )
    forwarded_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Forwarded by",
        readonly=True,
        index="btree_not_null",
        help="The colleague who has sent the customer's letter on.",
    )

    @api.depends("decision", "hinted_emails", "forwarded_by_id", "recipient_emails")
    @api.depends_context("lang", "tz")
    def _compute_decision_text(self):
        """What the addresses say comes before what was decided of it (rule 13)."""
        result = super()._compute_decision_text()
        former = self._get_former_names()
        # sudo: helpdesk.inquiry: whether it was decided is no secret, the facts are
        for inquiry in self.sudo().filtered("decision").with_env(self.env):
            texts = [*inquiry._describe_addresses(former), inquiry.decision_text]
            inquiry.decision_text = "\n".join(filter(None, texts))
        return result

    def _describe_addresses(self, former):
        """Sentences on misspelt addresses, on forwards and on who is gone for good."""
        if self.hinted_emails:
            yield self.env._(
                "An address of the letter is misspelt; probably meant: %(emails)s.",
                emails=", ".join(_split(self.hinted_emails)),
            )
        if self.forwarded_by_id:
            # sudo: res.users: the name of a colleague
            yield self.env._(
                "%(name)s has forwarded it.", name=self.forwarded_by_id.sudo().name
            )
        for email in self._get_emails():
            if email in former:
                yield self.env._(
                    "%(email)s was the address of %(name)s, who is not here any more.",
                    email=email,
                    name=former[email],
                )

    def _get_emails(self):
        return [*_split(self.recipient_emails), *_split(self.hinted_emails)]

    def _get_former_names(self):
        """{address: whose it was}, of those whose accounts were deleted"""
        emails = {email for inquiry in self for email in inquiry._get_emails()}
        # sudo: mail.former.address: whoever may read the inquiry
        addresses = self.env["mail.former.address"].sudo()
        gone = [("user_id", "=", False), ("employee_id", "=", False)]
        found = addresses.search([("email", "in", list(emails)), *gone])
        return {one.email: one.name for one in reversed(found)}

    # Whoever is named but may not see it

    def _apply_decision(self, decision):
        result = super()._apply_decision(decision)
        self._tell_outsiders(decision)
        return result

    def _tell_outsiders(self, decision):
        """An employee outside of customer service learns that a letter to him was
        taken: he cannot open it."""
        inquiry = decision.facts.inquiry
        named = set(inquiry.named) - {inquiry.document}
        keys = [
            one.id
            for one in decision.facts.staff
            if one.away is Away.NO_ACCESS and one.id in named
        ]
        if not keys or not self._get_emails():
            return
        ticket = self.ticket_id
        self.env["alert.type"]._alert(
            ALERT_LETTER_FOR_YOU,
            users=self.env["res.users"].browse(keys),
            key=f"inquiry-{self.id}",
            sender=ticket.sender or "",
            subject=self.subject or "",
            team=(ticket.department_id or ticket.team_id).name or "",
        )


def _split(text):
    return [email for email in (text or "").split(",") if email]

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, email_normalize

from .course import CONTINUED, FAILED, NEW, TICKET
from .mail_intake_sender import ASIDE, INQUIRY

_logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100
"""So many letters a click processes; for more it is pressed again."""

MAY_ACT = ("helpdesk_mgmt.group_helpdesk_manager", "base.group_system")


class MailIntakeEntry(models.Model):
    """What an administrator does with a letter that became nothing (rule 18).

    Each letter is processed in a transaction of its own, as when it arrived: one that
    fails again keeps no other one from becoming a conversation.
    """

    _inherit = "mail.intake.entry"

    is_failed = fields.Boolean(
        compute="_compute_is_failed",
        store=True,
        help="Failed letters stand first.",
    )
    is_kept = fields.Boolean(
        string="Original kept",
        compute="_compute_is_kept",
        search="_search_is_kept",
        help="Without its original a letter cannot be read again.",
    )

    _failed_first_idx = models.Index("(COALESCE(is_failed, FALSE) DESC, id DESC)")

    @api.depends("outcome")
    def _compute_is_failed(self):
        for entry in self:
            entry.is_failed = entry.outcome == FAILED

    @api.depends("outcome")
    def _compute_is_kept(self):
        # sudo: mail.intake.entry: whether the bytes are there, not the bytes
        kept = self.sudo().search([("id", "in", self.ids), ("original", "!=", False)])
        for entry in self:
            entry.is_kept = entry.id in kept._ids

    @api.model
    def _search_is_kept(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: mail.intake.entry: whether the bytes are there, not the bytes
        kept = self.sudo()._search([("original", "!=", False)])
        if True in value and False in value:
            return []
        return [("id", "in" if True in value else "not in", kept)]

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_retry(self):
        """Read failed letters again, as they came."""
        self._check_may_act()
        failed = self.filtered(lambda entry: entry.outcome == FAILED)
        if not failed:
            raise UserError(
                self.env._("Nothing to retry: none of these letters has failed.")
            )
        failed._check_kept()
        return failed._work_on(lambda entry: entry._retry())

    def action_make_conversation(self):
        """Make conversations of failed letters from their raw text."""
        self._check_may_act()
        failed = self.filtered(lambda entry: entry.outcome == FAILED)
        if not failed:
            raise UserError(self.env._("None of these letters has failed."))
        failed._check_kept()
        return failed._work_on(lambda entry: entry._make_anyway())

    def action_make_inquiry(self):
        """Make inquiries of letters that were set aside, whatever they seem."""
        self._check_may_act()
        aside = self.filtered("set_aside")
        if not aside:
            raise UserError(self.env._("None of these letters was set aside."))
        aside._check_kept()
        return aside._work_on(lambda entry: entry._retry(forced=True))

    def action_always_inquiry(self):
        """Never again set aside what these senders write; nor these letters."""
        self._check_may_act()
        rules = self._set_senders(INQUIRY)
        aside = self.filtered("set_aside")
        if aside:
            result = aside._work_on(lambda entry: entry._retry(forced=True))
        else:
            result = self._notify(
                self.env._(
                    "From now on the letters of %(senders)s are inquiries.",
                    senders=", ".join(rules.mapped("address")),
                )
            )
        asked = rules._ask_for_earlier(self) if len(rules) == 1 else False
        return asked or result

    def action_never(self):
        """Set aside whatever these senders begin from now on."""
        self._check_may_act()
        rules = self._set_senders(ASIDE)
        return self._notify(
            self.env._(
                "From now on the letters of %(senders)s are set aside. They stand in "
                "the list of what was set aside; the list of senders takes it back.",
                senders=", ".join(rules.mapped("address")),
            )
        )

    def action_open_result(self):
        """What the letter became."""
        self.ensure_one()
        if not self.res_model or not self.res_id:
            raise UserError(self.env._("The letter became nothing."))
        return self._open(self.res_model, self.res_id)

    # ------------------------------------------------------------------
    # How
    # ------------------------------------------------------------------

    def _check_may_act(self):
        """Helpdesk managers of the letter's company, and system administrators."""
        self.check_access("read")
        user = self.env.user
        if not (self.env.su or any(user.has_group(group) for group in MAY_ACT)):
            raise AccessError(
                self.env._(
                    "Only helpdesk managers and administrators may work on incoming "
                    "e-mail."
                )
            )

    def _set_senders(self, treatment):
        """Rules for who wrote these letters, in the companies that they wrote to."""
        rules = self.env["mail.intake.sender"]
        for entry in self:
            email = email_normalize(entry.sender_email or "")
            rules |= rules._set(email, treatment, entry._get_written_company())
        return rules

    def _get_written_company(self):
        """The company whose address was written to, as the gateway will find it."""
        letter = {"recipients": self.recipients or "", "server_id": self.server_id.id}
        # The gateway runs in the company of the system's own user.
        gateway = self.env["mail.thread"].with_user(SUPERUSER_ID)
        company = self.company_id or gateway._get_letter_company(letter)
        return company.with_env(self.env)

    def _check_kept(self):
        if not any(self.mapped("is_kept")):
            raise UserError(
                self.env._(
                    "The original is no longer kept, so that there is nothing to read "
                    "again: ask the sender to send the letter once more."
                )
            )

    def _work_on(self, method):
        """Process each of these letters, and say what became of them."""
        kept = self.filtered("is_kept").sorted("id")
        chosen = kept[:MOST_AT_ONCE]
        # The gateway's own user and companies, as when the letter arrived.
        gateway = self.env(user=SUPERUSER_ID, context={"lang": self.env.lang})
        for entry in chosen.with_env(gateway):
            entry._count_attempt()
            entry._work_apart(method)
        return self._report_work(chosen, kept)

    def _work_apart(self, method):
        """One letter; when the database is busy it stays as it is."""
        try:
            method(self)
        except psycopg2.OperationalError:
            if not self._has_own_cursors():
                raise
            _logger.info("Letter %s stays as it is", self.id, exc_info=True)

    def _retry(self, forced=False):
        self._handle(self.id, self._get_letter(), self.options or {}, forced=forced)

    def _count_attempt(self):
        with self._apart() as cr:
            cr.execute(
                SQL(
                    "UPDATE mail_intake_entry SET attempts = COALESCE(attempts, 0) + 1"
                    " WHERE id = %s",
                    self.id,
                )
            )

    def _read_results(self):
        """[(outcome, id of the conversation)] as they are now: what was made in other
        transactions cannot be seen in this one."""
        if not self:
            return []
        with self._apart() as cr:
            cr.execute(
                SQL(
                    "SELECT outcome, ticket_id FROM mail_intake_entry WHERE id IN %s",
                    tuple(self.ids),
                )
            )
            return cr.fetchall()

    # ------------------------------------------------------------------
    # What is said about it
    # ------------------------------------------------------------------

    def _report_work(self, chosen, kept):
        """Open the conversation of a single letter; else say how many became one."""
        results = chosen._read_results()
        made = [ticket for outcome, ticket in results if outcome in (NEW, CONTINUED)]
        is_manager = self.env.user.has_group(MAY_ACT[0])
        if len(self) == 1 and any(made) and is_manager:
            return self._open(TICKET, made[0])
        failed = sum(outcome == FAILED for outcome, _ticket in results)
        texts = self._describe_work(len(made), failed, chosen, kept)
        kind = "success" if len(made) == len(self) else "warning"
        return self._notify(" ".join(texts), kind)

    def _describe_work(self, made, failed, chosen, kept):
        """A sentence for each thing that somebody who pressed the button must know."""
        yield self.env._(
            "%(made)s of %(count)s letters became conversations.",
            made=made,
            count=len(self),
        )
        if failed:
            yield self.env._("%(count)s could not be read.", count=failed)
        if gone := len(self) - len(kept):
            yield self.env._("Of %(count)s the original is no longer kept.", count=gone)
        if left := len(kept) - len(chosen):
            yield self.env._("%(count)s are left: press the button again.", count=left)

    @api.model
    def _notify(self, text, kind="success"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": text,
                "sticky": kind != "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _open(self, model, res_id):
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": res_id,
            "views": [(False, "form")],
        }

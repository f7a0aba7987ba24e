# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..clock import find_next
from ..states import AT_ONCE, HOURLY, NO_DIGEST, SEVERITIES

_logger = logging.getLogger(__name__)

LETTERS = 20
# An answer of a machine to a letter of a machine is nobody's question.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class AlertWayDigest(models.AbstractModel):
    """One letter with everything new: immediately, every hour, or once a day at the
    employee's hour, in his language and time zone."""

    _name = "alert.way.digest"
    _inherit = "alert.way"
    _description = "Alerts by e-mail"

    @api.model
    def _deliver(self, deliveries):
        self.env.cr.execute(
            SQL(
                "SELECT id, user_id, digest FROM (%s) AS choice WHERE digest <> %s",
                self.env["alert.preference"]._select_choices(deliveries),
                NO_DIGEST,
            )
        )
        chosen = self.env.cr.fetchall()
        if chosen:
            self._schedule(chosen)

    @api.model
    def _schedule(self, chosen):
        """Note the moment of the letter; an earlier one that is noted stays."""
        users = {user.id: user for user in self._browse_users(chosen)}
        moments = [
            self._get_moment(users[user_id], often) for _, user_id, often in chosen
        ]
        self.env.cr.execute(
            SQL(
                """
                UPDATE alert_delivery AS delivery
                   SET digest_at = LEAST(delivery.digest_at, letter.moment)
                  FROM unnest(%s, %s::timestamp[]) AS letter (id, moment)
                 WHERE delivery.id = letter.id
                """,
                [id_ for id_, _, _ in chosen],
                moments,
            )
        )
        self.env["alert.delivery"].invalidate_model(["digest_at"])

    @api.model
    def _browse_users(self, chosen):
        return self.env["res.users"].browse({user_id for _, user_id, _ in chosen})

    @api.model
    def _get_moment(self, user, often):
        """When a letter with what is new now goes to this employee."""
        now = fields.Datetime.now()
        if often == AT_ONCE:
            return now
        if often == HOURLY:
            return now.replace(minute=0, second=0) + timedelta(hours=1)
        return find_next(now, user.tz, user._get_alert_digest_hour())

    @api.model
    def _send_some(self):
        deliveries = self.env["alert.delivery"]._find_due_digests(LETTERS)
        for user, mine in deliveries.grouped("user_id").items():
            try:
                with self.env.cr.savepoint():
                    self._send_letter(user, mine)
            except Exception:
                # One letter that cannot be written keeps no colleague from his.
                _logger.exception("No digest of alerts for user %s", user.id)
        deliveries._clear_due("digest_at")
        return len(deliveries)

    @api.model
    def _send_letter(self, user, deliveries):
        """The letter of one employee: what is still new and he may read now."""
        mine = deliveries._as_owner(user)
        mine = mine.filtered_domain(mine._get_unseen_domain())
        mine = mine.filtered(lambda delivery: not delivery.is_hidden)
        if not mine or not user.active or not user.email:
            return self.env["mail.mail"]
        mail = self.env["mail.mail"].create(self._prepare_letter(user, mine))
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        return mail

    @api.model
    def _prepare_letter(self, user, deliveries):
        sender = self._get_sender(user.company_id)
        texts = self.with_context(lang=user.lang)
        return {
            "subject": texts._get_subject(deliveries),
            "body_html": texts._render_letter(user, deliveries),
            "email_from": sender,
            "reply_to": user.company_id.catchall_formatted or sender,
            "email_to": user.email_formatted,
            "headers": repr(HEADERS),
            "auto_delete": True,
        }

    @api.model
    def _get_subject(self, deliveries):
        if len(deliveries) == 1:
            return deliveries.title
        return self.env._("%(count)s new alerts", count=len(deliveries))

    @api.model
    def _render_letter(self, user, deliveries):
        severities = dict(
            self.env["alert.delivery"]
            ._fields["severity"]
            ._description_selection(self.env)
        )
        values = {
            "user": user,
            "sections": [
                (severities[severity], mine)
                for severity, _ in reversed(SEVERITIES)
                if (mine := deliveries.filtered_domain([("severity", "=", severity)]))
            ],
            "base_url": self.env["alert.delivery"].get_base_url(),
        }
        return self.env["ir.qweb"]._render(
            "audiomania_alerts.digest_letter", values, lang=user.lang
        )

    @api.model
    def _get_sender(self, company):
        """Rule 21: every letter can be answered. The company's address, else that of
        an alert administrator, never one that nobody reads."""
        group = self.env.ref("audiomania_alerts.group_alert_administrator")
        administrators = group.user_ids.filtered("email")
        return (
            company.email_formatted
            or company.catchall_formatted
            or administrators[:1].email_formatted
        )

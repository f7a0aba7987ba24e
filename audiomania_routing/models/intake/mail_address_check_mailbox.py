# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

from .mail_address_check import NOBODY, WARNING

QUIET_DAYS = "audiomania_routing.mailbox_quiet_days"
DEFAULT_QUIET_DAYS = 7
NOT_ASKED = timedelta(hours=2)
"""A mailbox is asked every few minutes: not asked for so long, the job stands."""
STILL_FAILS = timedelta(days=1)


class MailAddressCheck(models.Model):
    """Whether letters are fetched from a mailbox, and worked out."""

    _inherit = "mail.address.check"

    @api.model
    def _add_mailbox(self, verdict, server, directory):
        for trouble in (
            self._find_stop(server) or self._find_failure(server),
            self._find_silence(server, directory),
        ):
            if trouble:
                verdict.add(*trouble)
        self._add_waiting(verdict, directory.waiting.get(("server", server.id)))

    @api.model
    def _find_stop(self, server):
        """(state, sentence) of a mailbox that nobody asks, or None."""
        name = {"name": server.name}
        if not server.active:
            return NOBODY, self.env._(
                "The mailbox %(name)s is stopped, its letters are not fetched: restore "
                "it, or delete it when it is not used.",
                **name,
            )
        if server.state != "done":
            return NOBODY, self.env._(
                "The mailbox %(name)s is not confirmed, its letters are not fetched: "
                "test and confirm it.",
                **name,
            )
        cron = self.env.ref("mail.ir_cron_mail_gateway_action", False)
        if not cron or not cron.active:
            return NOBODY, self.env._(
                "The job that fetches letters is stopped: start it."
            )
        if not server.date or server.date < fields.Datetime.now() - NOT_ASKED:
            return WARNING, self.env._(
                "The mailbox %(name)s has not been asked for letters for hours: see "
                "whether scheduled jobs run.",
                **name,
            )
        return None

    @api.model
    def _find_failure(self, server):
        if not server.error_date:
            return None
        lasts = server.error_date < fields.Datetime.now() - STILL_FAILS
        return NOBODY if lasts else WARNING, self.env._(
            "Letters cannot be fetched from the mailbox %(name)s: %(error)s",
            name=server.name,
            error=server.error_message or "",
        )

    @api.model
    def _get_quiet_days(self):
        return self.env["mail.intake.entry"]._get_days(QUIET_DAYS, DEFAULT_QUIET_DAYS)

    @api.model
    def _get_quiet_since(self):
        return fields.Datetime.now() - timedelta(days=self._get_quiet_days())

    @api.model
    def _find_heard_mailboxes(self):
        """Ids of the mailboxes by which a letter has come lately."""
        groups = self.env["mail.intake.entry"]._read_group(
            [
                ("server_id", "!=", False),
                ("received_at", ">=", self._get_quiet_since()),
            ],
            ["server_id"],
        )
        return {server.id for (server,) in groups}

    @api.model
    def _find_silence(self, server, directory):
        is_heard = (
            server.id in directory.heard
            or server.create_date >= self._get_quiet_since()
        )
        if is_heard or server.state != "done" or not server.active:
            return None
        return WARNING, self.env._(
            "No letter has come by the mailbox %(name)s for %(days)s days: send a "
            "probe to see whether letters arrive.",
            name=server.name,
            days=self._get_quiet_days(),
        )

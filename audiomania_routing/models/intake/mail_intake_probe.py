# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import re
import secrets
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models

from ...addresses import add_tag, get_domain

_logger = logging.getLogger(__name__)

HEADER = "X-Audiomania-Probe"
TOKEN = re.compile(r"<?probe-([0-9a-f]{32})@")
TAG = "probe"

PLAIN = "plain"
PLUS = "plus"

SENT = "sent"
RETURNED = "returned"
LOST = "lost"
BOUNCED = "bounced"
UNSENT = "unsent"
PROBE_STATES = [
    (SENT, "On its way"),
    (RETURNED, "Came back"),
    (LOST, "Did not come back"),
    (BOUNCED, "Was returned as undeliverable"),
    (UNSENT, "Could not be sent"),
]

HOURS = "audiomania_routing.probe_hours"
DEFAULT_HOURS = 2
WEEKLY = "audiomania_routing.probe_weekly"

KNOWN_FOR = timedelta(days=30)
"""So long a letter with the token of a probe is that probe; later it is a letter."""
KEPT_FOR = timedelta(days=365)
BATCH = 100


class MailIntakeProbe(models.Model):
    """A letter to an address of ours that shows whether letters to it come here."""

    _name = "mail.intake.probe"
    _description = "Probe of an address"
    _order = "id desc"
    _rec_name = "address"

    address = fields.Char(required=True, readonly=True, index=True)
    tested_address = fields.Char(
        required=True,
        readonly=True,
        index=True,
        help="The address without the part after the plus.",
    )
    kind = fields.Selection(
        selection=[
            (PLAIN, "The address itself"),
            (PLUS, "The address with a plus"),
        ],
        required=True,
        readonly=True,
        default=PLAIN,
    )
    token = fields.Char(
        required=True,
        readonly=True,
        index=True,
        groups="base.group_system",
        help="By which the letter is known when it comes back.",
    )
    sent_at = fields.Datetime(required=True, readonly=True)
    came_back_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        selection=PROBE_STATES,
        required=True,
        readonly=True,
        default=SENT,
        index=True,
    )
    error = fields.Char(
        readonly=True, help="What the mail server said, where it said something."
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)

    _last_idx = models.Index("(tested_address, kind, id DESC)")

    # ------------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------------

    @api.model
    def _send(self, address, kind=PLAIN, company=None):
        """Send a probe to an address of ours.

        It is written down and committed first: were it not known when it comes back,
        it would become a customer's letter.

        :return: what speaks against it when it could not be sent, or None
        """
        entries = self.env["mail.intake.entry"]
        values = self._prepare_probe_vals(address, kind, company)
        with entries._own_environment(SUPERUSER_ID) as env:
            probe_id = env[self._name].create(values).id
        error = self._deliver(values)
        if error:
            with entries._own_environment(SUPERUSER_ID) as env:
                env[self._name].browse(probe_id)._fail(UNSENT, error)
        return error

    @api.model
    def _prepare_probe_vals(self, address, kind, company):
        return {
            "address": add_tag(address, TAG) if kind == PLUS else address,
            "tested_address": address,
            "kind": kind,
            "token": secrets.token_hex(16),
            "sent_at": fields.Datetime.now(),
            "company_id": company.id if company else False,
        }

    @api.model
    def _deliver(self, values):
        """Hand the letter to the mail server; what speaks against it, or None."""
        # sudo: ir.mail_server: whoever may probe need not know the servers
        servers = self.env["ir.mail_server"].sudo()
        try:
            servers.send_email(self._write_letter(values))
        except Exception as error:
            _logger.info("A probe was not sent", exc_info=True)
            return " ".join(str(error).split()) or type(error).__name__
        return None

    @api.model
    def _write_letter(self, values):
        """A letter that no program answers, from an address that gets its report."""
        # sudo: mail.alias.domain: whoever may probe need not read them
        domains = self.env["mail.alias.domain"].sudo()
        name = get_domain(values["address"])
        domain = domains.search([("name", "=", name)], limit=1) or domains.search(
            [], limit=1
        )
        sender = domain.default_from_email or domain.catchall_email
        headers = {HEADER: values["token"], "Auto-Submitted": "auto-generated"}
        if domain:
            headers["Return-Path"] = domain.bounce_email
        # sudo: ir.mail_server: whoever may probe need not know the servers
        return (
            self.env["ir.mail_server"]
            .sudo()
            ._build_email__(
                sender,
                [values["address"]],
                self.env._(
                    "Probe of the address %(address)s", address=values["address"]
                ),
                self.env._(
                    "This letter shows whether letters to this address reach the help "
                    "desk. Nobody has to answer it."
                ),
                message_id=f"<probe-{values['token']}@{domain.name or name}>",
                headers=headers,
            )
        )

    # ------------------------------------------------------------------
    # What comes back
    # ------------------------------------------------------------------

    @api.model
    def _find(self, *texts):
        """The probe that these headers name, among those that may still come."""
        tokens = {found[1] for text in texts for found in TOKEN.finditer(text or "")}
        if not tokens:
            return self.browse()
        since = fields.Datetime.now() - KNOWN_FOR
        # sudo: mail.intake.probe: the gateway asks for whoever fetched the letter
        return self.sudo().search(
            [("token", "in", list(tokens)), ("sent_at", ">=", since)], limit=1
        )

    def _come_back(self):
        """The address works: nothing that was lost before is to be looked at."""
        self.ensure_one()
        if self.state != RETURNED:
            self.write({"state": RETURNED, "came_back_at": fields.Datetime.now()})
        self.env["alert.type"]._withdraw("probe_lost", key=self.address)

    def _fail(self, state, error=False):
        """It did not arrive: the administrators are told once for each address."""
        self.write({"state": state, "error": error})
        for probe in self:
            self.env["alert.type"]._alert("probe_lost", probe, key=probe.address)

    @api.model
    def _cron_find_lost(self):
        """Say of probes that have been on their way for too long that they are lost."""
        entries = self.env["mail.intake.entry"]
        hours = entries._get_days(HOURS, DEFAULT_HOURS)
        before = fields.Datetime.now() - timedelta(hours=hours)
        lost = self.search(
            [("state", "=", SENT), ("sent_at", "<", before)], limit=BATCH + 1
        )
        lost[:BATCH]._fail(LOST)
        done = len(lost[:BATCH])
        self.env["ir.cron"]._commit_progress(done, remaining=len(lost) - done)

    @api.model
    def _cron_probe_all(self):
        """The weekly probe of every public address, where it is switched on."""
        # sudo: ir.config_parameter: a setting that the job needs
        if self.env["ir.config_parameter"].sudo().get_param(WEEKLY):
            checks = self.env["mail.address.check"]
            checks._cron_rebuild()
            checks.search([("is_public", "=", True)])._probe()

    @api.autovacuum
    def _gc_old(self):
        """Probes of a year ago tell nothing."""
        before = fields.Datetime.now() - KEPT_FOR
        old = self.search([("sent_at", "<", before)], limit=10 * BATCH)
        old.unlink()
        return len(old), len(old) == 10 * BATCH

    @api.model
    def _get_last(self, addresses):
        """{(address, kind): the last probe of it}"""
        # sudo: mail.intake.probe: who may check addresses reads what became of probes
        probes = self.sudo()
        groups = probes._read_group(
            [("tested_address", "in", addresses)],
            ["tested_address", "kind"],
            ["id:max"],
        )
        found = probes.browse(last for _address, _kind, last in groups)
        return {(probe.tested_address, probe.kind): probe for probe in found}

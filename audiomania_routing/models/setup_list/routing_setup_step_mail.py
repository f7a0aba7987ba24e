# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..intake.mail_intake_probe import BOUNCED, PLAIN, RETURNED, SENT, UNSENT

ENOUGH = timedelta(minutes=10)
"""So long a test letter may be on its way."""


class RoutingSetupStep(models.Model):
    """Letters come in: shown by a test letter that came back, and by nothing less.

    It is a probe, so it becomes nobody's inquiry and troubles no salesperson.
    """

    _inherit = "routing.setup.step"

    def _check_mail(self):
        addresses = self._get_team_addresses()
        probe = self._get_test_letter(addresses)
        missing = self._find_missing_of_mail(addresses)
        if probe.state == RETURNED and addresses:
            return True, self.env._(
                "The test letter to %(address)s came in on %(moment)s.",
                address=probe.address,
                moment=self._format_moment(probe.came_back_at),
            )
        return False, "\n".join([*missing, *self._describe_test_letter(probe)])

    def _get_team_addresses(self):
        """Of the teams of this company, if it has a domain."""
        if not self.env.company.alias_domain_id:
            return []
        teams = self.env["helpdesk.ticket.team"].search(self._get_company_domain())
        names = teams.alias_id.filtered("alias_name").mapped("alias_full_name")
        return sorted({name.lower() for name in names if name and "@" in name})

    def _get_test_letter(self, addresses):
        """The last one to an address of a team.

        While it is on its way, what the one before it has shown holds.
        """
        probes = self.env["mail.intake.probe"]
        to_teams = [("tested_address", "in", addresses), ("kind", "=", PLAIN)]
        last = probes.search(to_teams, limit=1)
        if self._is_on_its_way(last):
            known = probes.search([*to_teams, ("state", "!=", SENT)], limit=1)
            return known if known.state == RETURNED else last
        return last

    def _is_on_its_way(self, probe):
        return probe.state == SENT and probe.sent_at > fields.Datetime.now() - ENOUGH

    def _find_missing_of_mail(self, addresses):
        missing = []
        if not self.env.company.alias_domain_id:
            missing.append(self.env._("The company has no e-mail domain."))
        elif not addresses:
            missing.append(self.env._("No team has an e-mail address."))
        if not self._has_way_in():
            missing.append(
                self.env._(
                    "No incoming mail server is confirmed, and there is no pipe."
                )
            )
        return missing

    def _has_way_in(self):
        """A mailbox that is fetched, or the pipe of a mail server."""
        servers = self.env["fetchmail.server"]
        ways = ["|", ("state", "=", "done"), ("server_type", "=", "local")]
        return bool(servers.search_count(ways, limit=1))

    def _describe_test_letter(self, probe):
        if not probe:
            return [self.env._("No test letter has been sent yet.")]
        names = {
            "address": probe.address,
            "moment": self._format_moment(probe.sent_at),
            "error": probe.error or "",
        }
        if probe.state == UNSENT:
            text = self.env._(
                "The test letter of %(moment)s to %(address)s could not be sent: look "
                "at the outgoing mail server. %(error)s",
                **names,
            )
        elif probe.state == BOUNCED:
            text = self.env._(
                "The test letter of %(moment)s to %(address)s was returned as "
                "undeliverable. %(error)s",
                **names,
            )
        elif self._is_on_its_way(probe):
            text = self.env._(
                "The test letter of %(moment)s to %(address)s is on its way. Letters "
                "are fetched every few minutes.",
                **names,
            )
        else:
            text = self.env._(
                "The test letter of %(moment)s to %(address)s left, and nothing came "
                "in within 10 minutes: look at the mailbox and at the incoming mail "
                "server.",
                **names,
            )
        return [text.strip()]

    def _format_moment(self, moment):
        local = fields.Datetime.context_timestamp(self, moment)
        return local.strftime("%Y-%m-%d %H:%M")

    def _open_mail(self):
        """A real letter to the first address of a team, by the outgoing server."""
        # sudo: helpdesk.ticket.team, mail.alias: a manager may not read all aliases
        addresses = self.sudo()._get_team_addresses()
        if not addresses:
            raise UserError(
                self.env._(
                    "There is no address to send it to: give the company an e-mail "
                    "domain, and a team an address."
                )
            )
        # sudo: mail.intake.probe: a probe is sent and written down by the system
        probes = self.env["mail.intake.probe"].sudo()
        error = probes._send(addresses[0], company=self.env.company)
        notify = self.env["mail.intake.entry"]._notify
        if error:
            return notify(
                self.env._("The test letter could not be sent: %(error)s", error=error),
                "warning",
            )
        return notify(
            self.env._(
                "A test letter to %(address)s has left. The step is ticked when it has "
                "come in; look again in a few minutes.",
                address=addresses[0],
            )
        )

    def _second_mail(self):
        return self.env["mail.address.check"].action_open_checks()

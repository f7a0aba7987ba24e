# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .mail_intake_entry_actions import MAY_ACT
from .mail_intake_probe import LOST, PLAIN, PLUS, PROBE_STATES, RETURNED, SENT

OK = "ok"
WARNING = "warning"
NOBODY = "nobody"
STATES = (OK, WARNING, NOBODY)
"""From good to bad."""


class MailAddressCheck(models.Model):
    """Whether a letter to an address of ours reaches somebody, and who is named there.

    It is made anew when somebody opens the list, and every day; an address that turned
    bad is told to the administrators once, until it is mended.
    """

    _name = "mail.address.check"
    _description = "Check of an address"
    _order = "severity desc, address, id"
    _rec_name = "address"

    address = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        selection=[
            (OK, "Reaches somebody"),
            (WARNING, "Look at it"),
            (NOBODY, "Reaches nobody"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    severity = fields.Integer(readonly=True, default=0, help="The worst stand first.")
    reaches = fields.Char(
        readonly=True, help="The team, employee or department that gets its letters."
    )
    sentence = fields.Text(
        string="What to do",
        readonly=True,
        help="What is wrong, and what to do about it.",
    )
    place_ids = fields.One2many(
        comodel_name="mail.address.place",
        inverse_name="check_id",
        string="Where it stands",
        readonly=True,
    )
    place_summary = fields.Char(string="Stands in", readonly=True)
    is_public = fields.Boolean(
        string="Public",
        readonly=True,
        help="Customers know it: it is a team's, or stands in a template, on a page or "
        "in the data of the company.",
    )
    is_team_alias = fields.Boolean(readonly=True)
    last_letter_at = fields.Datetime(
        string="Last letter",
        readonly=True,
        help="The last letter that named this address, within the last month.",
    )
    checked_at = fields.Datetime(string="Checked", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)

    probe_state = fields.Selection(
        selection=PROBE_STATES, string="Last probe", compute="_compute_probes"
    )
    probe_at = fields.Datetime(string="Probed", compute="_compute_probes")
    plus_state = fields.Selection(
        selection=[
            ("works", "Plus addresses work"),
            ("fails", "Plus addresses do not arrive"),
            ("waits", "Being probed"),
        ],
        string="Plus",
        compute="_compute_probes",
        help="Whether the last probe of address+probe@domain came back.",
    )

    _address_uniq = models.UniqueIndex("(address)", "An address is checked once.")

    @api.depends("address")
    def _compute_probes(self):
        last = self.env["mail.intake.probe"]._get_last(self.mapped("address"))
        plus = {RETURNED: "works", SENT: "waits"}
        for check in self:
            probe = last.get((check.address, PLAIN))
            check.probe_state = probe and probe.state
            check.probe_at = probe and probe.sent_at
            probe = last.get((check.address, PLUS))
            check.plus_state = probe and plus.get(probe.state, "fails")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def _check_may_act(self):
        user = self.env.user
        if not (self.env.su or any(user.has_group(group) for group in MAY_ACT)):
            raise AccessError(
                self.env._(
                    "Only helpdesk managers and administrators may check addresses."
                )
            )

    @api.model
    def action_open_checks(self):
        """The list, made anew."""
        self.action_rebuild()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_routing.mail_address_check_action"
        )

    def action_rebuild(self):
        """Check all addresses now."""
        self._check_may_act()
        # sudo: mail.address.check: the check reads what a manager may not
        self.sudo()._rebuild()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_probe(self):
        """Send a probe to each of these addresses that customers know."""
        return self._probe_and_tell(PLAIN)

    def action_probe_plus(self):
        """Send a probe to address+probe@domain for each of these team addresses."""
        return self._probe_and_tell(PLUS)

    def _probe_and_tell(self, kind):
        self._check_may_act()
        self.check_access("read")
        allowed = self.filtered("is_team_alias" if kind == PLUS else "is_public")
        if not allowed:
            raise UserError(
                self.env._("Probes go to addresses that customers know, no others.")
            )
        # sudo: mail.address.check: a probe is sent and written down by the system
        errors = allowed.sudo()._probe(kind)
        notify = self.env["mail.intake.entry"]._notify
        if errors:
            return notify(
                self.env._(
                    "%(count)s of %(all)s probes could not be sent: %(error)s",
                    count=len(errors),
                    all=len(allowed),
                    error=errors[0],
                ),
                "warning",
            )
        return notify(
            self.env._(
                "%(count)s probes were sent. Within minutes the list shows which of "
                "them came back.",
                count=len(allowed),
            )
        )

    def _probe(self, kind=PLAIN):
        """Send a probe to each; why some of them could not be sent."""
        probes = self.env["mail.intake.probe"]
        sent = [probes._send(check.address, kind, check.company_id) for check in self]
        return [error for error in sent if error]

    def action_open_probes(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Probes of %(address)s", address=self.address),
            "res_model": "mail.intake.probe",
            "views": [(False, "list")],
            "domain": [("tested_address", "=", self.address)],
        }

    # ------------------------------------------------------------------
    # Making it anew
    # ------------------------------------------------------------------

    @api.model
    def _cron_rebuild(self):
        """By the job: in the language of the company."""
        self.with_context(lang=self.env.company.partner_id.lang)._rebuild()

    @api.model
    def _rebuild(self):
        """Check every address; keep what is as it was, tell what has turned bad."""
        known = {check.address: check for check in self.search([])}
        bad = {check.address for check in known.values() if check.state == NOBODY}
        findings = self._find_all()
        self.browse(
            check.id for address, check in known.items() if address not in findings
        ).unlink()
        missing = [
            {"address": address, "state": OK}
            for address in findings
            if address not in known
        ]
        known |= {check.address: check for check in self.create(missing)}
        for address, (values, places) in findings.items():
            known[address]._update(values, places)
        checks = self.browse(known[address].id for address in findings)
        checks.write({"checked_at": fields.Datetime.now()})
        checks.filtered(
            lambda check: check.state == NOBODY and check.address not in bad
        )._alert_bad()

    def _update(self, values, places):
        """Write what has changed, so that nothing is written where nothing did."""
        changed = {
            name: value
            for name, value in values.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }
        if changed:
            self.write(changed)
        stands = [(one.name, one.kind, one.res_model, one.res_id) for one in places]
        stood = [
            (one.name, one.kind, one.res_model or False, one.res_id or False)
            for one in self.place_ids
        ]
        if sorted(map(str, stands)) != sorted(map(str, stood)):
            self.place_ids.unlink()
            self.env["mail.address.place"].create(
                [place.get_vals(self.id) for place in places]
            )

    def _alert_bad(self):
        for check in self:
            self.env["alert.type"]._alert(
                "address_reaches_nobody", check, key=check.address
            )

    @api.model
    def _find_all(self):
        """{address: (values of its check, places where it stands)}"""
        places = {}
        for place in self._find_places():
            places.setdefault(place.address, []).append(place)
        directory = self._make_directory(places)
        return {
            address: (self._judge_address(address, where, directory), where)
            for address, where in sorted(places.items())
        }

    @api.model
    def _judge_address(self, address, places, directory):
        """The values of the check of one address."""
        verdict = self._find_reach(address, directory)
        probe = directory.probes.get((address, PLAIN))
        if probe and probe.state not in (SENT, RETURNED):
            state = WARNING if probe.state == LOST else NOBODY
            verdict.add(state, self._describe_probe(probe))
        return {
            "state": verdict.state,
            "severity": STATES.index(verdict.state),
            "reaches": verdict.reaches or False,
            "sentence": "\n".join(verdict.sentences) or False,
            "place_summary": ", ".join(dict.fromkeys(one.name for one in places)),
            "is_public": any(place.is_public for place in places),
            "is_team_alias": address in directory.team_of_alias,
            "last_letter_at": directory.arrivals.get(address, False),
            "company_id": directory.company_of(address).id,
        }

    @api.model
    def _describe_probe(self, probe):
        labels = dict(probe._fields["state"]._description_selection(self.env))
        return self.env._(
            "The probe of %(date)s: %(state)s. %(error)s",
            date=fields.Date.to_string(probe.sent_at),
            state=labels[probe.state].lower(),
            error=probe.error or "",
        ).strip()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import ast
import logging
import re
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ....letter.own import own_words
from ....letter.topic import fold, listed, pattern

_logger = logging.getLogger(__name__)

LATELY = timedelta(days=30)
AT_MOST = 5000
STEP = 200


class Rule(NamedTuple):
    """A rule as letters need it: ids, of what is active."""

    id: int
    type_id: int
    company_id: int | None
    team_ids: frozenset[int]
    channel_ids: frozenset[int]
    words: re.Pattern[str] | None
    domain: tuple | None

    def matches(self, case):
        """:param case: what is known of an inquiry, see ``Case``"""
        return (
            self.company_id in (None, case.company_id)
            and (not self.team_ids or case.team_id in self.team_ids)
            and (not self.channel_ids or case.channel_id in self.channel_ids)
            and (not self.words or bool(self.words.search(case.text)))
            and (not self.domain or case.is_in(self))
        )


class HelpdeskInquiryTypeRule(models.Model):
    """By what an inquiry is known to be of a type: the first rule that matches says
    it, as the letter comes in; what an employee chooses stays."""

    _name = "helpdesk.inquiry.type.rule"
    _inherit = ["routing.memory.mixin"]
    _description = "Rule for the type of an inquiry"
    _order = "sequence, id"
    _rec_name = "type_id"

    sequence = fields.Integer(default=10, help="The first rule that matches counts.")
    active = fields.Boolean(default=True)
    type_id = fields.Many2one(
        comodel_name="helpdesk.inquiry.type",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        default=lambda self: self._default_company_id(),
        help="Empty: for every company.",
    )
    words = fields.Text(
        help="The subject, or what the customer wrote himself, names one of these: "
        "separated by commas or lines. Capitals and endings do not count: 'return' "
        "finds 'Returned'. Empty: whatever he writes."
    )
    team_ids = fields.Many2many(
        comodel_name="helpdesk.ticket.team",
        string="Teams",
        help="The conversation is of one of these teams, or of one below. Empty: any.",
    )
    channel_ids = fields.Many2many(
        comodel_name="helpdesk.ticket.channel",
        string="Channels",
        help="It came by one of these channels. Empty: any.",
    )
    domain = fields.Char(
        string="More conditions",
        help="What else must be true of the inquiry. A condition on another record "
        "than the inquiry may cost a query for each letter.",
    )
    match_count = fields.Integer(
        string="Matched",
        compute="_compute_counts",
        help="How many inquiries it has matched so far.",
    )
    corrected_count = fields.Integer(
        string="Corrected",
        compute="_compute_counts",
        help="Of those, how many got another type by hand.",
    )

    @api.model
    def _default_company_id(self):
        """Rules for every company are made by who works in all of them."""
        common = self.env.user._get_changeable_policies_domain()
        return False if common.is_true() else self.env.company

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_counts(self):
        groups = self.env["helpdesk.inquiry"]._read_group(
            [("type_rule_id", "in", self.ids)],
            ["type_rule_id", "type_id", "is_type_by_hand"],
            ["__count"],
        )
        for rule in self:
            found = [one for one in groups if one[0] == rule]
            rule.match_count = sum(count for *_group, count in found)
            rule.corrected_count = sum(
                count
                for _rule, kind, by_hand, count in found
                if by_hand and kind != rule.type_id
            )

    @api.constrains("words", "team_ids", "channel_ids", "domain")
    def _check_conditions(self):
        for rule in self:
            conditions = [rule.team_ids, rule.channel_ids, listed(rule.words)]
            if not any([*conditions, rule._read_domain()]):
                raise ValidationError(
                    self.env._("Say by what the type is known: words, a team, ...")
                )
            rule._check_reach()

    def _check_reach(self):
        """Conditions are compared without regard to rights: so nobody sets one on
        what he himself may not read, and learns it from what matches."""
        # sudo: helpdesk.inquiry: taken back, as Odoo checks constraints with it
        inquiries = self.sudo(False).env["helpdesk.inquiry"]
        _check_readable(inquiries, Domain(self._read_domain()))

    def _read_domain(self):
        """The conditions as a domain, which is checked."""
        try:
            conditions = ast.literal_eval((self.domain or "").strip() or "[]")
            domain = Domain(conditions)
            domain.validate(self.env["helpdesk.inquiry"])
        except (SyntaxError, TypeError, ValueError) as error:
            raise ValidationError(
                self.env._("The conditions cannot be read: %(error)s", error=error)
            ) from error
        return conditions

    # Letters

    @api.model
    @ormcache()
    def _get_rules(self):
        """The rules in their order, kept in memory: asked for each letter."""
        # sudo: helpdesk.inquiry.type.rule: whoever's letter it is
        rules = self.sudo().with_context(active_test=True).search([])
        return tuple(rule._read_rule() for rule in rules if rule.type_id.active)

    def _read_rule(self):
        teams = self.team_ids
        below = teams.search([("id", "child_of", teams.ids)]) if teams else teams
        try:
            domain = self._read_domain()
        except ValidationError:
            # A field has gone since: what cannot be read matches nothing.
            domain = [(0, "=", 1)]
        return Rule(
            self.id,
            self.type_id.id,
            self.company_id.id or None,
            frozenset((below | teams).ids),
            frozenset(self.channel_ids.ids),
            pattern(self.words),
            tuple(domain) or None,
        )

    @api.model
    def _find_rule(self, case):
        """The first rule that matches, or nothing."""
        return next((rule for rule in self._get_rules() if rule.matches(case)), None)

    # Trying it

    def action_try(self):
        """The inquiries of the last 30 days that this rule alone would match, of those
        that its user may read."""
        self.ensure_one()
        self.check_access("read")
        found, is_all = self._find_matched()
        if not found:
            raise UserError(
                self.env._("It would have matched no inquiry of the last 30 days.")
            )
        name = (
            self.env._("%(count)s of the last 30 days match", count=len(found))
            if is_all
            else self.env._(
                "%(count)s of the latest %(most)s match", count=len(found), most=AT_MOST
            )
        )
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "helpdesk.inquiry",
            "views": [
                (
                    self.env.ref("audiomania_routing.helpdesk_inquiry_view_types").id,
                    "list",
                )
            ],
            "domain": [("id", "in", found.ids)],
            "target": "current",
        }

    def _find_matched(self):
        """(inquiries, whether all of the last days were looked at)"""
        # sudo: helpdesk.inquiry.type.rule: as letters read it
        rule = self.sudo()._read_rule()
        inquiries = self.env["helpdesk.inquiry"].search(
            [("received_at", ">=", fields.Datetime.now() - LATELY)], limit=AT_MOST
        )
        found = inquiries.browse()
        for start in range(0, len(inquiries), STEP):
            part = inquiries[start : start + STEP].with_prefetch()
            found += part.filtered(lambda one: rule.matches(Case.of(one)))
        return found, len(inquiries) < AT_MOST


def _check_readable(model, domain):
    """Whether the user of the model may read every field that a domain names."""
    model.check_access("read")
    for condition in domain.optimize(model).iter_conditions():
        field = model._fields[condition.field_expr.partition(".")[0]]
        model._check_field_access(field, "read")
        if isinstance(condition.value, Domain) and field.relational:
            _check_readable(model.env[field.comodel_name], condition.value)


class Case:
    """What rules ask of an inquiry; its text, and the inquiry itself, are made when
    the first of them asks."""

    def __init__(self, make, company_id, team_id, channel_id, letter):
        self._make = make
        self.company_id = company_id
        self.team_id = team_id
        self.channel_id = channel_id
        self._letter = letter

    @classmethod
    def of(cls, inquiry):
        """Of one that is there."""
        # sudo: helpdesk.inquiry: what a rule compares; who is shown it may read it
        one = inquiry.sudo()
        ticket = one.ticket_id
        return cls(
            lambda: one,
            one.company_id.id,
            (one.team_id or ticket.team_id).id,
            (one.channel_id or ticket.channel_id).id,
            lambda: (one.subject, one.message_id.body or one.excerpt),
        )

    @cached_property
    def text(self):
        subject, body = self._letter()
        return fold(f"{subject or ''}\n{own_words(body or '').body}")

    @cached_property
    def inquiry(self):
        return self._make()

    def is_in(self, rule):
        """Whether the further conditions hold; what cannot be compared does not."""
        try:
            return bool(self.inquiry.filtered_domain(list(rule.domain)))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            _logger.info("Rule %s for types cannot be compared: %s", rule.id, error)
            return False

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .helpdesk_inquiry_type_rule import Case


class HelpdeskInquiry(models.Model):
    """The type of a letter is found as it comes in, by rules kept in memory; what an
    employee has chosen is his word."""

    _inherit = "helpdesk.inquiry"

    @api.model
    def _read_new_letters(self, vals_list):
        named = super()._read_new_letters(vals_list)
        rules = self.env["helpdesk.inquiry.type.rule"]
        if not rules._get_rules():
            return named
        letters = self._make_letters(vals_list)
        for vals, letter, facts in zip(vals_list, letters, named, strict=True):
            values = {**facts, **vals}
            if not values.get("type_id"):
                case = self._make_case(values, letter)
                facts.update(_prepare_type(rules._find_rule(case)))
        return named

    @api.model
    def _make_case(self, values, letter):
        """An inquiry that is about to be made."""
        # sudo: helpdesk.inquiry, helpdesk.ticket: whoever's message makes it
        inquiries, tickets = self.sudo(), self.env["helpdesk.ticket"].sudo()
        channel = tickets.browse(values["ticket_id"]).channel_id
        return Case(
            lambda: inquiries.new(values),
            letter.company.id,
            values.get("team_id"),
            values.get("channel_id") or channel.id,
            lambda: (letter.subject, letter.body),
        )

    def _store_decision(self, decision):
        """Another team may have other rules."""
        team = self.team_id
        result = super()._store_decision(decision)
        if self.team_id != team and not self.is_type_by_hand:
            self._find_type()
        return result

    def _find_type(self):
        rules = self.env["helpdesk.inquiry.type.rule"]
        if not rules._get_rules():
            return
        for inquiry in self:
            values = _prepare_type(rules._find_rule(Case.of(inquiry)))
            if values and inquiry.type_rule_id.id != values["type_rule_id"]:
                inquiry.write(values)

    def _choose_type(self, kind):
        """An employee says what it is about."""
        self.write({"type_id": kind.id, "is_type_by_hand": True})


def _prepare_type(rule):
    if not rule:
        return {}
    return {"type_id": rule.type_id, "type_rule_id": rule.id}

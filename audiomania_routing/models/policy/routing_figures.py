# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class RoutingFacts(models.AbstractModel):
    """A decision in figures: every candidate by every criterion. For managers."""

    _inherit = "routing.facts"

    @api.model
    def _render_figures(self, inquiry, decision):
        """The table of candidates and criteria on a real inquiry, as HTML."""
        policy = self._get_case_policy(inquiry, decision.facts)
        return self.env["ir.qweb"]._render(
            "audiomania_routing.decision_figures",
            {
                "figures": self._prepare_figures(decision),
                "is_changed": policy.fingerprint != decision.policy,
            },
        )

    @api.model
    def _prepare_figures(self, decision):
        """What the table shows, formatted for the reader.

        Columns are the criteria that said something of anybody; who is ruled out comes
        last, with why.
        """
        ranking = tuple(decision.ranking)
        terms = ranking[0].terms if ranking else ()
        said = [
            place
            for place in range(len(terms))
            if any(candidate.values[place] for candidate in ranking)
        ]
        labels = self.env["routing.criterion"]._get_labels()
        return {
            "decided_at": self._format_value(decision.decided_at),
            "columns": [self._prepare_column(terms[place], labels) for place in said],
            "rows": self._prepare_rows(decision, ranking, said),
        }

    @api.model
    def _prepare_column(self, term, labels):
        return {
            "label": labels.get(term.criterion, term.criterion),
            "weight": self._format_value(float(term.weight)),
        }

    @api.model
    def _prepare_rows(self, decision, ranking, said):
        names = self._get_employee_names([each.employee_id for each in ranking])
        staff = {each.id: each for each in decision.facts.staff}
        sentences = self._get_reason_sentences()
        return [
            {
                "name": names[each.employee_id],
                "is_addressee": each.employee_id == decision.addressee_id,
                "total": self._format_value(float(each.total)),
                "notes": self._get_row_notes(
                    each, staff.get(each.employee_id), sentences
                ),
                "cells": [
                    self._prepare_cell(each.values[place], each.terms[place])
                    for place in said
                ],
            }
            for each in ranking
        ]

    @api.model
    def _prepare_cell(self, value, term):
        """Empty where the criterion has nothing to say of him."""
        if not value:
            return None
        return {
            "points": self._format_value(float(value * term.weight)),
            "value": self._format_value(float(value)),
            "is_against": value < 0,
        }

    @api.model
    def _get_row_notes(self, candidate, employee, sentences):
        """Why he cannot be asked now, and what rules him out."""
        notes = []
        if employee and employee.away:
            notes.append(self._describe_away(employee.away.value, employee.back_at))
        for reason in candidate.vetoes:
            if "away" not in dict(reason.params):
                notes.append(sentences[reason.code] % self._get_reason_values(reason))
        return notes

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo import api, models
from odoo.tools.misc import format_date, format_datetime, formatLang

from ...engine.criteria import CRITERIA
from ...engine.facts import Away
from ...engine.reasons import Code

EXPLAINED_CANDIDATES = 3


class RoutingFacts(models.AbstractModel):
    """Puts a decision into words, in the language and time zone of the reader."""

    _inherit = "routing.facts"

    @api.model
    def _explain(self, decision, rated=None):
        """Sentences: why him, who was passed over and why, who sees it from when, and
        which facts weighed how much (rule 13).

        What rests on marks is for who may read marks of that employee; no number from
        which they could be worked out is in the sentences of others.

        :param decision: Decision of the engine, also one that was stored
        :param rated: employees of the engine whose marks may be told; None: those whose
            marks the present user may read. Give an empty set for what others read too,
            as a note
        """
        if rated is None:
            rated = self._get_readable_marks(decision)
        return [
            *self._explain_without_figures(decision, rated),
            *self._explain_ranking(decision, rated),
        ]

    @api.model
    def _explain_without_figures(self, decision, rated=None):
        """The same where a table shows what weighed how much."""
        if rated is None:
            rated = self._get_readable_marks(decision)
        return [
            *self._explain_reasons(decision, rated),
            *self._explain_ladder(decision),
        ]

    @api.model
    def _explain_reasons(self, decision, rated=frozenset()):
        places = {
            "audience": self._get_name("customer.audience", decision.audience_id),
            "team": self._get_name("helpdesk.ticket.team", decision.team_id),
        }
        everybody = {each.id for each in decision.facts.staff} <= rated
        sentences, plain = self._get_reason_sentences(), self._get_plain_sentences()
        told = []
        for reason in decision.reasons:
            may_tell = everybody or reason.employee_id in rated
            if not may_tell and self._tells_marks(reason):
                continue
            if reason.code in self._get_codes_of_all():
                may_tell = everybody
            is_plain = not may_tell and reason.code in plain
            sentence = (plain if is_plain else sentences)[reason.code]
            told.append(sentence % {**places, **self._get_reason_values(reason)})
        return told

    @api.model
    def _tells_marks(self, reason):
        """Whether a sentence says what customers gave an employee."""
        rested_on = CRITERIA.get(dict(reason.params).get("criterion"))
        return reason.code.confidential or bool(rested_on and rested_on.confidential)

    @api.model
    def _get_codes_of_all(self):
        """Reasons that tell marks of more than the employee whom they name."""
        return {Code.ALL_RULED_OUT, Code.LEAD_TOO_SMALL, Code.TEAM_EXCLUDED}

    @api.model
    def _get_reason_values(self, reason):
        """What a sentence may name: the employee and the numbers of the reason."""
        params = dict(reason.params)
        values = {name: self._format_value(value) for name, value in params.items()}
        values["employee"] = self._get_employee_name(reason.employee_id)
        if params.get("away"):
            values["away"] = self._describe_away(params["away"], params.get("back_at"))
        if params.get("absent"):
            values["absent"] = self._get_employee_name(params["absent"])
        if params.get("given_at"):
            month = format_date(self.env, params["given_at"], date_format="LLLL yyyy")
            mark, best = (f"{params[name]:g}" for name in ("mark", "best"))
            values.update(month=month, mark=mark, best=best)
        if "criterion" in params:
            labels = self._get_criterion_labels()
            values["criterion"] = labels.get(params["criterion"], params["criterion"])
        return values

    @api.model
    def _get_reason_sentences(self):
        """{code: sentence}; an addon with reasons of its own adds to it."""
        _ = self.env._
        return {
            Code.CONTINUES: _(
                "It continues a conversation of %(employee)s, who is at work."
            ),
            Code.NAMED: _("It is addressed to %(employee)s, who is at work."),
            Code.TRANSFERRED: _("It was transferred to %(employee)s, who is at work."),
            Code.TRANSFERRED_TEAM: _("It was transferred to the team %(team)s."),
            Code.STANDS_OUT: _(
                "Nobody is named; %(employee)s clearly stands out with %(total)s"
                " points."
            ),
            Code.AWAY: _(
                "It is addressed to %(employee)s, who was passed over: %(away)s."
            ),
            Code.NAMED_LATER: _(
                "%(employee)s is named too, but somebody else is named before."
            ),
            Code.NO_WINDOW_FOR_NAMED: _(
                "It is addressed to %(employee)s, but the policy gives nobody an"
                " exclusive window."
            ),
            Code.SUBSTITUTE: _(
                "%(employee)s is at work and stands in for %(absent)s, to whom it is"
                " addressed."
            ),
            Code.BEST_AWAY: _(
                "Nobody is named; %(employee)s fits best, but was passed over:"
                " %(away)s."
            ),
            Code.WOULD_LEAD: _(
                "%(employee)s would be ahead, but was passed over: %(away)s."
            ),
            Code.BELOW_THRESHOLD: _(
                "Nobody is named and nobody stands out: %(employee)s fits best with"
                " %(total)s points, %(threshold)s are needed."
            ),
            Code.LEAD_TOO_SMALL: _(
                "Nobody is named and nobody stands out: %(employee)s is ahead by"
                " %(lead)s points, %(needed)s are needed."
            ),
            Code.OUTRANKED: _(
                "%(employee)s was passed over with fewer points: %(total)s."
            ),
            Code.AT_LIMIT: _(
                "%(employee)s was passed over, because he has %(open)s open inquiries"
                " already (limit: %(limit)s) and others have room."
            ),
            Code.LEAD_BEYOND_LIMIT: _(
                "%(employee)s has %(open)s open inquiries already (limit: %(limit)s),"
                " but is decisively ahead of all who have room."
            ),
            Code.NO_ROOM_ELSEWHERE: _(
                "%(employee)s has %(open)s open inquiries already (limit: %(limit)s),"
                " but nobody else who could answer has room."
            ),
            Code.STAND_OUT_OFF: _(
                "Nobody is named, and the policy lets nobody stand out."
            ),
            Code.NO_STAFF: _("Nobody is named, and no team has a member."),
            Code.ALL_RULED_OUT: _(
                "Nobody is named, and everybody who could be asked is ruled out."
            ),
            Code.RATED_BADLY: _(
                "%(employee)s is not asked first: this customer gave him %(mark)s of"
                " %(best)s in %(month)s."
            ),
            Code.EXCLUDED: _(
                "It is not shown to %(employee)s, because it is about him."
            ),
            Code.RULED_OUT: _("%(employee)s is ruled out: %(criterion)s."),
            Code.HIDDEN: _(
                "%(employee)s, whom this customer rated badly, does not see it before"
                " the department does."
            ),
            Code.CUSTOMER_GUESSED: _(
                "The sender is unknown; a number in the letter suggests which customer"
                " it is."
            ),
            Code.AUDIENCE_KNOWN: _(
                "The customer belongs to the audience %(audience)s, which the team"
                " %(team)s serves."
            ),
            Code.AUDIENCE_FROM_LETTER: _(
                "The customer's audience is unknown; the products in the letter belong"
                " to %(audience)s, which the team %(team)s serves."
            ),
            Code.AUDIENCE_UNKNOWN: _("The customer's audience is unknown."),
            Code.AUDIENCE_WITHOUT_TEAM: _("No team serves the audience %(audience)s."),
            Code.TEAM_EMPTY: _(
                "The team has no member, so the department sees it together with the"
                " team, and the supervisors are told."
            ),
            Code.TEAM_EXCLUDED: _(
                "It is hidden from everybody of the team who could act, so the"
                " department sees it together with the team, and the supervisors are"
                " told."
            ),
            Code.TEAM_CANNOT_ACT: _(
                "Nobody of the team can act, so the department sees it together with"
                " the team, and the supervisors are told."
            ),
            Code.DEPARTMENT_CANNOT_ACT: _(
                "Nobody of the department can act, so the supervisors are told at once."
            ),
            Code.WINDOW_CUT: _(
                "The exclusive window ends early, because %(employee)s is at work until"
                " %(until)s only."
            ),
            Code.WINDOW_KEPT: _(
                "%(employee)s was asked first before and keeps the exclusive window."
            ),
            Code.WINDOW_LOST: _(
                "The exclusive window of %(employee)s is over: %(away)s."
            ),
            Code.WINDOW_ENDED: _(
                "The exclusive window of %(employee)s is over: he cannot be asked first"
                " any more."
            ),
            Code.SEEN_ALREADY: _(
                "Others see it already, so nobody gets an exclusive window."
            ),
        }

    @api.model
    def _get_plain_sentences(self):
        """{code: sentence} without what lets marks be worked out."""
        _ = self.env._
        return {
            Code.STANDS_OUT: _("Nobody is named; %(employee)s clearly stands out."),
            Code.BELOW_THRESHOLD: _(
                "Nobody is named and nobody stands out: %(employee)s fits best, but has"
                " too few points."
            ),
            Code.LEAD_TOO_SMALL: _(
                "Nobody is named and nobody stands out: %(employee)s is ahead, but by"
                " too few points."
            ),
            Code.OUTRANKED: _("%(employee)s was passed over with fewer points."),
            Code.ALL_RULED_OUT: _("Nobody is named and nobody stands out."),
            Code.TEAM_EXCLUDED: _(
                "Nobody of the team can act, so the department sees it together with"
                " the team, and the supervisors are told."
            ),
        }

    @api.model
    def _describe_away(self, away, back_at):
        """Why somebody could not be asked, and until when if that is known."""
        back = self._format_value(back_at)
        if away == Away.ARCHIVED:
            return self.env._("does not work here any more")
        if away == Away.NO_ACCESS:
            return self.env._("does not work with conversations")
        if away == Away.LEAVE and back_at:
            return self.env._("on leave until %(moment)s", moment=back)
        if away == Away.LEAVE:
            return self.env._("on leave")
        if away == Away.STEPPED_OUT:
            return self.env._("away, as he says himself")
        if away == Away.OFFLINE:
            return self.env._("not to be seen for a while")
        if not back_at:
            return self.env._("not at work")
        return self.env._("not at work until %(moment)s", moment=back)

    @api.model
    def _explain_ladder(self, decision):
        """Who sees it from when."""
        ladder, at = decision.ladder, decision.decided_at
        sentences = []
        if ladder.window_runs(at):
            sentences.append(
                self.env._(
                    "Until %(moment)s only %(employee)s and the supervisors see it.",
                    moment=self._format_value(ladder.exclusive_until),
                    employee=self._get_employee_name(decision.addressee_id),
                )
            )
        if ladder.team_visible_from:
            teams = self._describe_teams(decision)
            sentences.append(self._explain_rung(ladder.team_visible_from, at, teams))
        department = self.env._("the whole department")
        sentences.append(
            self._explain_rung(ladder.department_visible_from, at, department)
        )
        sentences.append(self._explain_alert(ladder.supervisors_alerted_from, at))
        return sentences

    @api.model
    def _explain_alert(self, moment, decided_at):
        """When the supervisors are told that nobody has taken it (rule 7)."""
        if moment == decided_at:
            return self.env._("The supervisors are told at once.")
        return self.env._(
            "From %(moment)s, if nobody has taken it: the supervisors are told.",
            moment=self._format_value(moment),
        )

    @api.model
    def _explain_rung(self, moment, decided_at, who):
        if moment == decided_at:
            return self.env._("At once: %(who)s.", who=who)
        return self.env._(
            "From %(moment)s: %(who)s.", moment=self._format_value(moment), who=who
        )

    @api.model
    def _describe_teams(self, decision):
        names = [
            self._get_name("helpdesk.ticket.team", team_id)
            for team_id in (decision.team_id, decision.addressee_team_id)
            if team_id
        ]
        if len(names) > 1:
            return self.env._(
                "the teams %(first)s and %(second)s", first=names[0], second=names[1]
            )
        return self.env._("the team %(team)s", team=names[0])

    @api.model
    def _explain_ranking(self, decision, rated=frozenset()):
        """The best candidates with what spoke for and against each.

        Who may not read everybody's marks has them in the order of what he may read.
        """
        known = [
            (each, self._get_readable_scores(each, rated)) for each in decision.ranking
        ]
        known = [pair for pair in known if pair[1]]
        if not {each.id for each in decision.facts.staff} <= rated:
            known.sort(key=lambda pair: -_sum_points(pair[1]))
        labels = self._get_criterion_labels()
        return [
            self.env._(
                "%(employee)s: %(total)s points (%(scores)s).",
                employee=self._get_employee_name(candidate.employee_id),
                total=self._format_value(_sum_points(scores)),
                scores=", ".join(self._explain_scores(scores, labels)),
            )
            for candidate, scores in known[:EXPLAINED_CANDIDATES]
        ]

    @api.model
    def _get_readable_scores(self, candidate, rated):
        """What weighed, without the marks where the reader may not see them."""
        marks = {code for code, each in CRITERIA.items() if each.confidential}
        hidden = set() if candidate.employee_id in rated else marks
        return [
            score
            for score in candidate.scores
            if score.points and score.criterion not in hidden
        ]

    @api.model
    def _explain_scores(self, scores, labels):
        return [
            self.env._(
                "%(criterion)s: %(value)s × weight %(weight)s",
                criterion=labels.get(score.criterion, score.criterion),
                value=self._format_value(score.value),
                weight=self._format_value(score.weight),
            )
            for score in scores
        ]

    @api.model
    def _get_criterion_labels(self):
        """{criterion: what it says}, as it stands within a sentence"""
        labels = self.env["routing.criterion"]._get_labels()
        return {code: label[:1].lower() + label[1:] for code, label in labels.items()}

    @api.model
    def _format_value(self, value):
        """A moment in the reader's time zone, a number in his language."""
        if isinstance(value, datetime):
            zone = self.env.context.get("tz") or self.env.user.tz
            return format_datetime(self.env, value, tz=zone, dt_format="short")
        if isinstance(value, float):
            return formatLang(self.env, value, digits=2)
        return value

    @api.model
    def _get_employee_name(self, key):
        """The name of an employee of the engine, whether he still works here or not."""
        return self._get_employee_names([key or 0])[key or 0]

    @api.model
    def _get_employee_names(self, keys):
        """{employee of the engine: name}, in two queries for any number"""
        places = {
            "res.users": {key: key for key in keys if key > 0},
            "hr.employee": {-key: key for key in keys if key < 0},
        }
        names = dict.fromkeys(keys, self.env._("(deleted)"))
        for model, ids in places.items():
            # sudo: res.users, hr.employee: nothing but the name
            for record in self.env[model].sudo().browse(ids).exists():
                names[ids[record.id]] = record.display_name
        return names

    @api.model
    def _get_name(self, model, record_id):
        # sudo: all models named in decisions: nothing but the name
        record = self.env[model].sudo().browse(record_id or []).exists()
        return record.display_name or self.env._("(deleted)")


def _sum_points(scores):
    return sum(score.points for score in scores)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2 import OperationalError

from odoo import api, fields, models

from odoo.addons.audiomania_alerts.locking import lock_due

from ....names import STEPS, SUPERVISORS, UNANSWERED
from .aims import TIMED
from .helpdesk_inquiry_target import MISSED, MOMENTS, TARGETS, TOLD

ALERT_NEAR = "inquiry_target_near"
ALERT_MISSED = "inquiry_target_missed"
CODES = (ALERT_NEAR, ALERT_MISSED)


class HelpdeskInquiry(models.Model):
    """Who is to answer is warned before a target is missed, each time once, and the
    supervisors are told when it is.

    Of the same conversation nobody is told twice that he has to answer: whom the
    ladder or the term of an answer has reminded already (rules 7 and 11) gets no
    warning, and supervisors who were told that nobody has taken or answered it are not
    told of the target. What was promised is reminded of as a promise (rule 17).
    """

    _inherit = "helpdesk.inquiry"

    @api.model
    def _tell_targets(self, limit):
        """Tell what is due; return how much it was. What was told is noted in the
        transaction of the alert: there are both or none."""
        now = fields.Datetime.now()
        domain = [("target_tell_at", "<=", now)]
        found = self.search(domain, order="target_tell_at, id", limit=limit)
        due = lock_due(
            found, lambda one: one.target_tell_at and one.target_tell_at <= now
        )
        for inquiry in due:
            inquiry._try_tell_targets(now)
        return len(due)

    def _try_tell_targets(self, now):
        """One that cannot be told is a fault, and keeps nobody else from his alert."""
        reached = {kind: self._get_reached_step(kind, now) for kind in MOMENTS}
        try:
            with self.env.cr.savepoint():
                for kind, step in reached.items():
                    if step > self[TOLD[kind]]:
                        self._tell_target(kind, step)
        except OperationalError:
            raise
        except Exception as error:
            self.env["alert.outbox"]._note_fault(ALERT_NEAR, error, self.ticket_id)
        self.write(
            {TOLD[kind]: max(step, self[TOLD[kind]]) for kind, step in reached.items()}
        )
        self.target_tell_at = self._find_target_tell_at()

    def _get_reached_step(self, kind, now):
        """The highest warning whose moment has come; after a downtime each is told
        once, of what holds by then."""
        aim = dict(self._list_open_aims()).get(kind)
        if not aim or self._is_promised_to(kind):
            return 0
        steps = self._list_steps(kind, aim)
        return max((number for number, at in steps if at <= now), default=0)

    def _tell_target(self, kind, step):
        if self._is_older_one_told(kind, step):
            return
        if step == MISSED:
            self.ticket_id._withdraw_target(ALERT_NEAR, kind)
            self._alert_of_target(ALERT_MISSED, kind, self._get_users_of_missed())
        else:
            self._alert_of_target(ALERT_NEAR, kind, self._get_users_to_warn())

    def _is_older_one_told(self, kind, step):
        """A customer who asks again makes no second series of warnings: one answer
        works out all of it."""
        others = self.ticket_id._get_pending() - self
        return any(
            one[TOLD[kind]] >= step and one.received_at <= self.received_at
            for one in others
        )

    def _get_users_to_warn(self):
        """Who is to answer, if nothing has reminded him of it."""
        ticket = self.ticket_id
        if ticket.told_rung in STEPS or ticket.told_rung == SUPERVISORS:
            return ticket.user_id.browse()
        return ticket._get_users_to_answer()

    def _get_users_of_missed(self):
        """The supervisors, if they do not know that it waits."""
        ticket = self.ticket_id
        if ticket.told_rung in (SUPERVISORS, UNANSWERED):
            return ticket.user_id.browse()
        return ticket._get_late_supervisors()

    def _alert_of_target(self, code, kind, users):
        if not users:
            return
        ticket = self.ticket_id
        self.env["alert.type"]._alert(
            code,
            ticket,
            users=users,
            key=ticket._get_target_key(kind),
            customer=ticket.sender or "",
            holder=ticket.holder_id.name or ticket.team_id.name or "",
            target=self[TARGETS[kind]],
            due=self[MOMENTS[kind]],
        )

    # Taking back

    def _get_told(self):
        """The kinds of targets of which somebody was told."""
        return [kind for kind, name in TOLD.items() if self[name]]

    def _withdraw_of_targets(self):
        """What is answered, or has more time again, nobody has to be told of."""
        for ticket in self.ticket_id:
            pending = ticket._get_pending()
            if not pending:
                ticket._withdraw_targets()
                continue
            for kind in TIMED:
                if all(one._is_told_no_more(kind) for one in pending):
                    for code in CODES:
                        ticket._withdraw_target(code, kind)

    def _is_told_no_more(self, kind):
        """Whether nothing is open of it, its time has begun anew, or it is promised for
        later."""
        is_open = kind in dict(self._list_open_aims()) and self[TOLD[kind]]
        return not is_open or self._is_promised_to(kind)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Conversations that wait while what they rest on changes."""

from datetime import timedelta
from unittest.mock import patch

from ..conversation.common import MONDAY_10, WINDOW, ConversationCase

HALF = timedelta(hours=1)
LEAVE_END = MONDAY_10 + timedelta(days=3)


class AgainCase(ConversationCase):
    """A letter to Anna at ten; something changes at eleven, an hour before her window
    ends."""

    def setUp(self):
        super().setUp()
        # What the class has made is settled before anything is decided.
        self.commit()

    def commit(self):
        """What the end of a transaction sets off."""
        self.env.cr.flush()
        self.env.invalidate_all()

    def run_job(self, method, *args, time_left=1):
        """Run a job; each of its batches is committed.

        :param time_left: 0: it is interrupted after the first batch
        """

        def commit_progress(*_args, **_values):
            self.env.cr.flush()
            return time_left

        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", commit_progress):
            method(*args)
        self.env.invalidate_all()

    def watch(self):
        self.run_job(self.env["helpdesk.ticket"]._cron_watch)

    def wait_for_anna(self, **values):
        ticket = self.receive("anna@hifi.example", **values)
        self.assertEqual(ticket.addressee_id, self.anna)
        self.commit()
        self.at(HALF)
        return ticket

    def leave(self, user, start=MONDAY_10 + HALF, end=LEAVE_END):
        leave = self.take_leave(user, start, end)
        self.commit()
        return leave

    def get_lines(self, ticket):
        """What the history says of deciding again, the latest first."""
        texts = ticket.message_ids.mapped("preview")
        return [text for text in texts if text.startswith("Decided again")]

    def get_readers(self, ticket):
        """Who of those who can log in reads it now, in the companies that are his."""
        people = self.anna | self.boris | self.vera | self.chief | self.leader
        people |= self.outsider | self.manager
        return people.filtered(
            lambda user: (
                user.active
                and ticket.with_user(user)
                .with_context(allowed_company_ids=user.company_ids.ids)
                .has_access("read")
            )
        )

    def assertOpenTo(self, ticket, people):
        """Who of them reads it, besides the supervisors."""
        supervisors = self.chief | self.leader | self.manager
        self.assertEqual(self.get_readers(ticket) - supervisors, people)

    @property
    def window_end(self):
        return self.now + WINDOW

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Targets of a team, and inquiries that keep or miss them."""

from datetime import date, timedelta

from ..conversation.common import ConversationCase

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
SINCE = date(2025, 1, 1)


class TargetCase(ConversationCase):
    @classmethod
    def make_target(cls, kind="answer", team=None, **values):
        team = cls.headphones if team is None else team
        return cls.env["helpdesk.target"].create(
            {
                "kind": kind,
                "company_id": cls.company.id,
                "team_id": team.id,
                "date_from": SINCE,
                **values,
            }
        )

    @classmethod
    def close_on(cls, day):
        """A public holiday."""
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": cls.calendar.id,
                "company_id": cls.company.id,
                "date_from": f"{day} 00:00:00",
                "date_to": f"{day} 23:59:59",
            }
        )

    def make_history(self, received, **values):
        """An inquiry that came in then, with these columns."""
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "A question",
                "description": "When?",
                "company_id": self.company.id,
                "partner_id": self.customer.id,
                "team_id": self.headphones.id,
                "user_id": False,
            }
        )
        inquiry = self.env["helpdesk.inquiry"].create(
            {
                "ticket_id": ticket.id,
                "received_at": received,
                "team_id": self.headphones.id,
            }
        )
        ticket.write({"team_id": self.headphones.id, "addressee_id": False})
        inquiry.write({"team_id": self.headphones.id, "addressee_id": False, **values})
        return inquiry

    def make_answered(self, received, answered, user, **values):
        return self.make_history(
            received,
            state="answered",
            first_answered_at=answered,
            first_answered_by_id=user.id,
            worked_out_at=answered,
            worked_out_by_id=user.id,
            **values,
        )

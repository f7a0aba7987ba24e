# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What became of the bad marks of two years."""

from datetime import timedelta

from .clock import at, played

OUTCOMES = (
    ("justified", "He was right: we have called him and sent a new cable."),
    ("not_justified", "He wanted a discount that nobody has promised him."),
    ("justified", "An apology, and free delivery of his next order."),
    ("accident", "He meant five: one is the best mark at school abroad."),
)


def follow_up(world):
    """Supervisors have called their customers within a few hours."""
    followups = world.model("helpdesk.quality.followup")
    opened = followups.search([("state", "=", "open")], order="opened_at desc")
    with played(world):
        for number, followup in enumerate(reversed(opened)):
            outcome, note = OUTCOMES[number % len(OUTCOMES)]
            with at(world, followup.opened_at + timedelta(hours=3)):
                mine = followup.with_user(followup.supervisor_id)
                mine._note_contact("phone", "He was called back.")
                mine._close(outcome, note)

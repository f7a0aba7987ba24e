# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Names that models share. Here is no model, so that who imports a name does not decide
which continuation of a model is the outermost: that is said by the order in the
``__init__`` of each package.

``BY_TEAM`` and ``HANDED_ON`` stand in models still, and the guard of a conversation
lies outside of what is done by hand because it imports them: who moves them here must
say that order in ``models/__init__.py``.
"""

# States of an inquiry.
PENDING = "pending"
ANSWERED = "answered"
NO_ACTION = "no_action"

# States of a whole conversation, beside PENDING.
NONE = "none"
WORKED_OUT = "worked_out"

# Who sees it.
MINE = "mine"
TEAM = "team"
DEPARTMENT = "department"
WINDOW = "window"
SUPERVISORS = "supervisors"

RUNGS = {
    TEAM: "team_visible_from",
    DEPARTMENT: "department_visible_from",
    SUPERVISORS: "supervisors_alerted_from",
}
"""The rungs that the clock tells, in their order, and the moment of each."""

MOMENTS = {"exclusive_until", *RUNGS.values()}

REMINDED = "reminded"
LATE = "late"
UNANSWERED = "unanswered"

DUE = "answer_due_at"
STEPS = {
    REMINDED: "answer_reminder_at",
    LATE: DUE,
    UNANSWERED: "answer_supervisors_at",
}
"""What the clock tells of what is taken, in its order, and the moment of each."""

# Types of alerts.
ALERT_RESERVED = "inquiry_reserved"
ALERT_WAITING = "inquiry_waiting"
ALERT_OVERDUE = "inquiry_overdue"
ALERT_ANSWER_DUE = "inquiry_answer_due"
ALERT_UNANSWERED = "inquiry_unanswered"

# What happens to a conversation, and why.
TAKEN = "taken"
TAKEN_AWAY = "taken_away"
TRANSFERRED = "transferred"
RELEASED = "released"
MERGED = "merged"
SPLIT_OFF = "split_off"
SPLIT_FROM = "split_from"

WRONG_AUDIENCE = "wrong_audience"
KNOWS_BETTER = "knows_better"
ABSENT = "absent"
OVERLOADED = "overloaded"
NOT_ANSWERED = "not_answered"
IN_FORM = "in_form"
LEFT = "left"
OTHER = "other"

CAUSES = [
    (WRONG_AUDIENCE, "Wrong audience"),
    (KNOWS_BETTER, "A colleague knows it better"),
    (ABSENT, "Absence"),
    (OVERLOADED, "Too much to do"),
    (NOT_ANSWERED, "Not answered in time"),
    (IN_FORM, "Changed in the form"),
    (LEFT, "Does not work here any more"),
    (OTHER, "Another reason"),
]
CHOSEN_CAUSES = [each for each in CAUSES if each[0] not in (IN_FORM, LEFT)]
"""Those that an employee chooses; the others are said by what he does."""

# What our own code says in the context.
ONLY_COLLEAGUES = "routing_only_colleagues"
SOURCE = "routing_source_message"
SEEN = "routing_seen"
"""In the context of a reply: what its writer had seen (see ``seen_token``)."""

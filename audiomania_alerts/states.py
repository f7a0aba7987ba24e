# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The values that states and severities may have, in one place."""

# One employee's copy of an alert (alert.delivery).
NEW = "new"
SEEN = "seen"
SNOOZED = "snoozed"
DONE = "done"
WITHDRAWN = "withdrawn"
DELIVERY_STATES = [
    (NEW, "New"),
    (SEEN, "Seen"),
    (SNOOZED, "Snoozed"),
    (DONE, "Done"),
    (WITHDRAWN, "Withdrawn"),
]
OPEN_STATES = (NEW, SEEN, SNOOZED)

# One event (alert.alert).
ALERT_OPEN = "open"
ALERT_DONE = "done"
ALERT_WITHDRAWN = "withdrawn"
ALERT_STATES = [
    (ALERT_OPEN, "Open"),
    (ALERT_DONE, "Done by everybody"),
    (ALERT_WITHDRAWN, "Withdrawn"),
]

# What was reported and is not yet an alert (alert.outbox).
PENDING = "pending"
FAILED = "failed"
OUTBOX_STATES = [(PENDING, "Pending"), (FAILED, "Failed")]
REPORT = "alert"
WITHDRAW = "withdraw"
OUTBOX_KINDS = [(REPORT, "Alert"), (WITHDRAW, "Withdrawal")]

INFO = "info"
WARNING = "warning"
DANGER = "danger"
SEVERITIES = [(INFO, "Information"), (WARNING, "Warning"), (DANGER, "Danger")]
# Sorts what is most urgent first; stored on each delivery.
URGENCY = {INFO: 1, WARNING: 2, DANGER: 3}

# Spans of time.
PLAIN_UNITS = ("minutes", "hours", "days")
UNITS = [
    ("minutes", "minutes"),
    ("hours", "hours"),
    ("days", "days"),
    ("working_minutes", "working minutes"),
    ("working_hours", "working hours"),
    ("working_days", "working days"),
]

# What becomes of the alert of an employee who is absent.
TELL = "tell"
PASS = "substitute"
WAIT = "wait"
ABSENCES = [
    (TELL, "He is told all the same"),
    (PASS, "It passes to his substitute"),
    (WAIT, "It waits until he is back"),
]

# Why an employee got a delivery that was not meant for him at first.
SUBSTITUTE = "substitute"
ESCALATION = "escalation"
REASONS = [
    (SUBSTITUTE, "In place of an absent colleague"),
    (ESCALATION, "Not done in time"),
]

# When a rule speaks.
CREATED = "created"
CHANGED = "changed"
DATE = "date"
TRIGGERS = [
    (CREATED, "It is created"),
    (CHANGED, "A field of it changes"),
    (DATE, "A date of it is near, or has passed"),
]

# How often an employee gets a type of alert by e-mail.
NO_DIGEST = "none"
AT_ONCE = "now"
HOURLY = "hourly"
DAILY = "daily"
DIGESTS = [
    (NO_DIGEST, "Never"),
    (AT_ONCE, "Immediately"),
    (HOURLY, "Every hour"),
    (DAILY, "Once a day"),
]

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

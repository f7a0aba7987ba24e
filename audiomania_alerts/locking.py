# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""For jobs that several workers run at once."""


def lock_due(records, is_due):
    """Those of these records on which nobody else works and that are due still.

    Another worker may have dealt with a record between the search and the lock: what
    counts is what the database holds once it is locked.
    """
    locked = records.try_lock_for_update()
    locked.invalidate_recordset()
    return locked.filtered(is_due)

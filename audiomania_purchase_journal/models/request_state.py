# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a request's status follows from. Plain functions: no database, no clock."""

ASKED = "asked"
IN_WORK = "in_work"
ORDERED = "ordered"
PARTIALLY_RECEIVED = "partially_received"
RECEIVED = "received"
CANCELLED = "cancelled"

# In the order of progress.
STATES = [
    (ASKED, "Asked"),
    (IN_WORK, "In work"),
    (ORDERED, "Ordered"),
    (PARTIALLY_RECEIVED, "Received in part"),
    (RECEIVED, "Received"),
    (CANCELLED, "Cancelled"),
]
PROGRESS = [state for state, _label in STATES]

# What people decide; the rest follows from the purchase orders.
DESK_STATES = [STATES[0], STATES[1], STATES[5]]

# Somebody has to do something before the goods are on their way.
OPEN_STATES = (ASKED, IN_WORK)

# States of a purchase order: nothing comes of a cancelled one, and only a
# confirmed one is a word given to a vendor.
PURCHASE_CANCELLED = "cancel"
PURCHASE_CONFIRMED = "purchase"


def derive_state(desk_state, asked, ordered, received):
    """The status of a request (rule 38).

    ``desk_state`` is what people decided (asked, in work, cancelled), the rest
    are quantities in one unit, rounded by the caller: asked for, on confirmed
    purchase orders, received.

    >>> derive_state("asked", 5, 0, 0)
    'asked'
    >>> derive_state("in_work", 5, 3, 0)
    'in_work'
    >>> derive_state("in_work", 5, 5, 0)
    'ordered'
    >>> derive_state("in_work", 5, 5, 2)
    'partially_received'
    >>> derive_state("in_work", 5, 5, 5)
    'received'
    >>> derive_state("cancelled", 5, 0, 0)
    'cancelled'
    """
    if received >= asked > 0:
        return RECEIVED
    if received > 0:
        return PARTIALLY_RECEIVED
    if ordered >= asked > 0:
        return ORDERED
    return desk_state


def pour(total, capacities):
    """Give ``total`` to ``capacities`` in their order, each no more than it holds.

    A purchase line serves the requests on it in the order in which they were
    put there; what is above all of them belongs to none.

    >>> pour(5, [3, 3])
    [3, 2]
    >>> pour(9, [3, 3])
    [3, 3]
    >>> pour(0, [3, 3])
    [0, 0]
    """
    poured = []
    for capacity in capacities:
        share = max(min(total, capacity), 0)
        poured.append(share)
        total -= share
    return poured


def least_advanced(states):
    """The status that one mark shows for several requests of one order line:
    the one that is furthest from done; cancelled ones only when nothing else.

    >>> least_advanced(["received", "asked"])
    'asked'
    >>> least_advanced(["received", "cancelled"])
    'received'
    >>> least_advanced([]) is None
    True
    """
    return min(states, key=PROGRESS.index, default=None)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a request's status follows from. Plain functions: no database, no clock."""

ASKED = "asked"
IN_WORK = "in_work"
QUESTION = "question"
OFFER = "offer"
ORDERED = "ordered"
EXPECTED = "expected"
PARTIALLY_RECEIVED = "partially_received"
RECEIVED = "received"
REFUSED = "refused"
CANCELLED = "cancelled"

# In the order of progress.
STATES = [
    (ASKED, "Asked"),
    (IN_WORK, "In work"),
    (QUESTION, "Question"),
    (OFFER, "Offer"),
    (ORDERED, "Ordered"),
    (EXPECTED, "Expected"),
    (PARTIALLY_RECEIVED, "Received in part"),
    (RECEIVED, "Received"),
    (REFUSED, "Refused"),
    (CANCELLED, "Cancelled"),
]
PROGRESS = [state for state, _label in STATES]

# What people decide; the rest follows from the purchase orders.
DESK_STATES = [
    (state, label)
    for state, label in STATES
    if state in (ASKED, IN_WORK, REFUSED, CANCELLED)
]

# What the buyer waits for while he has a request in work: the salesperson's answer to
# a question, or his word on another product.
WAITS_FOR = [(QUESTION, "An answer"), (OFFER, "A word on the offer")]

# Somebody has to do something before the goods are on their way.
OPEN_STATES = (ASKED, IN_WORK, QUESTION, OFFER)

# On confirmed purchase orders, and not all here.
COMING_STATES = (ORDERED, EXPECTED, PARTIALLY_RECEIVED)

# Nobody buys it any more.
ENDED = (REFUSED, CANCELLED)

# States of a purchase order: nothing comes of a cancelled one, and only a
# confirmed one is a word given to a vendor.
PURCHASE_CANCELLED = "cancel"
PURCHASE_CONFIRMED = "purchase"


def derive_state(desk_state, asked, ordered, received, waits_for=None, dated=False):
    """The status of a request (rule 38).

    ``desk_state`` is what people decided (asked, in work, refused, cancelled),
    ``waits_for`` what the buyer waits for while he works on it. The rest are
    quantities in one unit, rounded by the caller: asked for, on confirmed purchase
    orders, received; and whether the day of arrival is the vendor's word.

    >>> derive_state("asked", 5, 0, 0)
    'asked'
    >>> derive_state("in_work", 5, 3, 0)
    'in_work'
    >>> derive_state("in_work", 5, 3, 0, waits_for="offer")
    'offer'
    >>> derive_state("in_work", 5, 5, 0, waits_for="question")
    'ordered'
    >>> derive_state("in_work", 5, 5, 0, dated=True)
    'expected'
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
        return EXPECTED if dated else ORDERED
    if desk_state == IN_WORK and waits_for:
        return waits_for
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

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class Inside:
    """A value in the context that only our own code puts there.

    Odoo takes a context from whoever calls, from customers who write in the portal,
    too; what comes by a call is of plain types, and never one of these.
    """

    def __init__(self, value):
        self.value = value


def get_inside(env, name):
    """The value that our own code has put into the context under that name, or None."""
    found = env.context.get(name)
    return found.value if isinstance(found, Inside) else None

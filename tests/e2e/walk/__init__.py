# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The walk of `docs/*/walk.md`, clicked: a module for each of the four people.

A module has a function for each numbered step of its section, in that order. Each
clicks what the page says, and waits for what the page promises.
"""

from . import anna, pavel, tatiana, yury

PEOPLE = (anna, pavel, yury, tatiana)


def list_steps(person):
    """The functions `step_1`, `step_2`, ... of a module."""
    names = [name for name in vars(person) if name.startswith("step_")]
    assert names == [f"step_{number}" for number in range(1, len(names) + 1)]
    return [getattr(person, name) for name in names]

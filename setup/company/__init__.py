# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A believable retailer of audio equipment, made in a database that is empty.

`build(env)` makes the company and commits after each step; `feed(env)` gives it the
sample letters of `tests/letters` through the mail gateway; `open_pipe(env)` lets a mail
server hand over more. Odoo is imported only then:
`sign_ins` can be read without it.
"""

import time

from .sign_ins import SIGN_INS

__all__ = ("SIGN_INS", "build", "feed", "open_pipe")


def build(env):
    """Make the company; each step is committed and says how long it took."""
    from .steps import STEPS
    from .world import World

    world = World(env)
    if world.model("res.users").search([("login", "=", "anna")]):
        print("  the company is there already")
        return
    for title, step in STEPS:
        start = time.monotonic()
        step(world)
        world.env.flush_all()
        world.env.cr.commit()
        print(f"  {title}: {time.monotonic() - start:.1f} s", flush=True)


def feed(env):
    """Give it every sample letter, and let the day go on from there."""
    from . import letters, settled
    from .world import World

    world = World(env)
    letters.feed(world)
    for step in (settled.settle, letters.send_nothing, settled.tell):
        start = time.monotonic()
        step(world)
        title = step.__doc__.splitlines()[0].rstrip(".")
        print(f"  {title[0].lower()}{title[1:]}: {time.monotonic() - start:.1f} s")


def open_pipe(env):
    """The mail server's pipe, unless there is one."""
    pipes = env["fetchmail.server"]
    if not pipes.search([("server_type", "=", "local")]):
        pipes.create({"name": "Mail server of the demo", "server_type": "local"})
        env.cr.commit()

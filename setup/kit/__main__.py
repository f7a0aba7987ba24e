# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/COMMAND ARGS` starts here: one module a command, each with `main(args)`."""

import importlib
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

COMMANDS = (
    *("demo", "test", "odoo", "bench", "clean", "i18n", "screenshots"),
    "load",
    "neighbours",
)


def main():
    from kit.console import reporting_failures

    name, *args = sys.argv[1:] or [""]
    if name not in COMMANDS:
        sys.exit(f"setup: no command {name!r}; there are {', '.join(COMMANDS)}")
    with reporting_failures(name):
        module = importlib.import_module(f"kit.command_{name}")
        sys.exit(module.main(args))


main()

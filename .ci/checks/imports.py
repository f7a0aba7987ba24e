# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may know whom, where import-linter cannot look.

An addon names another of ours only when its manifest depends on it: by
`odoo.addons.<addon>`, by an external id, by a JavaScript module. The engine
imports the standard library and itself, and reads neither clock nor chance:
the moment is handed to it.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from repository import OURS, Repository, main

PLAIN = ("audiomania_routing/engine", "audiomania_routing/letter")
# Standard, but they bring the outside in: plain packages get facts, `now` and seeds.
IMPURE = {"asyncio", "http", "io", "logging", "os", "pathlib", "random", "secrets"} | {
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "uuid",
}
CLOCKS = {"now", "today", "utcnow"}
NAMED = {
    ".js": re.compile(rf"@({OURS}\w+)/"),
    ".xml": re.compile(rf"\b({OURS}\w+)\.\w"),
    ".csv": re.compile(rf"\b({OURS}\w+)\.\w"),
}
EXTERNAL_ID = re.compile(rf"({OURS}\w+)\.\w+")


def find_problems(repository: Repository) -> Iterator[str]:
    for addon in repository.manifests:
        for path, line, name in _mentions(repository, addon):
            if name in repository.manifests and name not in repository.allowed(addon):
                yield (
                    f"{repository.name(path)}:{line}: {addon} names {name}, "
                    "which is not among what it depends on"
                )
    for package in PLAIN:
        yield from _plain_problems(repository, package)


def _mentions(repository: Repository, addon: str) -> Iterator[tuple[Path, int, str]]:
    for path in repository.inside(addon, ".py"):
        depth = len(path.relative_to(repository.root / addon).parts)
        for node in ast.walk(ast.parse(path.read_text())):
            for name in _named_by(node, depth):
                yield path, node.lineno, name
    for path in repository.inside(addon, *NAMED):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for match in NAMED[path.suffix].finditer(line):
                yield path, number, match[1]


def _named_by(node: ast.AST, depth: int) -> Iterator[str]:
    """Addons of ours that this import or this text names.

    One dot more than the file is deep leads to `odoo.addons`.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if match := EXTERNAL_ID.fullmatch(node.value):
            yield match[1]
    for module in _imported(node, depth + 1):
        parts = module.removeprefix("odoo.addons.").split(".")
        if parts[0].startswith(OURS):
            yield parts[0]


def _imported(node: ast.AST, top: int = 0) -> Iterator[str]:
    """The names that an import statement may bring in: absolute, or from the top."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level in (0, top):
        start = f"{node.module}." if node.module else ""
        yield from (start + alias.name for alias in node.names)


def _plain_problems(repository: Repository, package: str) -> Iterator[str]:
    name = package.rpartition("/")[2]
    for path in repository.inside(package, ".py"):
        depth = len(path.relative_to(repository.root / package).parts)
        for node in ast.walk(ast.parse(path.read_text())):
            for problem in _impurities(node, depth):
                yield f"{repository.name(path)}:{node.lineno}: the {name} {problem}"


def _impurities(node: ast.AST, depth: int) -> Iterator[str]:
    """What in this node reaches out of the package; `depth` dots stay inside it."""
    if isinstance(node, ast.ImportFrom) and node.level > depth:
        yield "imports the addon around it"
    for module in _imported(node):
        root = module.split(".")[0]
        if root not in sys.stdlib_module_names:
            yield f"imports {root}; it may import the standard library only"
        elif root in IMPURE:
            yield f"imports {root}; facts, time and chance are handed to it"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in CLOCKS:
            yield f"reads the clock by .{node.func.attr}(); take `now`"


if __name__ == "__main__":
    main(find_problems)

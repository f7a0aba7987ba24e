# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rules of the house that no common linter knows.

- every addon has what its reader meets first: documentation, an icon, a page, Russian,
  a test of its security;
- no test can be skipped, and none sleeps;
- each `sudo()` says why, on the line above;
- nothing tells on which machine it was made, or where it fetches packages from.
"""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pip._internal.models.index import PyPI
from repository import Repository, main

LICENCE = "# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)."
EXPECTED = [
    "pyproject.toml",
    "readme/DESCRIPTION.md",
    "static/description/icon.png",
    "static/description/index.html",
    "i18n/{addon}.pot",
    "i18n/ru.po",
    "security/ir.model.access.csv",
    "tests/test_security.py",
]
SKIPS = {"expectedFailure", "importorskip", "skip", "skipIf", "skipTest"} | {
    "skipUnless",
    "skipif",
    "xfail",
}
JS_SKIPS = re.compile(r"\b(?:test|describe)\.(?:skip|todo|only|debug)\b")
# `\b` would let `../work/` in a text about relative folders through; this does not.
MACHINE = re.compile(r"(?<![\w.~}])/(?:work|root|home/\w+|Users/\w+|var/tmp/dev)/")
INDEX = re.compile(r'--(?:extra-)?index-url\b|"resolved":')


def find_problems(repository: Repository) -> Iterator[str]:
    for addon in repository.manifests:
        yield from _missing(repository, addon)
    for path in repository.files:
        text = _text(path)
        if text is None:
            continue
        for line, problem in _problems_in(repository, path, text):
            yield f"{repository.name(path)}:{line}: {problem}"


def _missing(repository: Repository, addon: str) -> Iterator[str]:
    for name in EXPECTED:
        path = repository.root / addon / name.format(addon=addon)
        if path not in repository.files:
            yield f"{repository.name(path)} is missing"


def _text(path: Path) -> str | None:
    """The file's text, or None for what is not text of ours (images, letters)."""
    if path.suffix == ".eml":
        return None
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def _problems_in(
    repository: Repository, path: Path, text: str
) -> Iterator[tuple[int, str]]:
    yield from _addresses(text)
    is_test = "tests" in path.relative_to(repository.root).parts
    if path.suffix == ".py" and text.strip():
        tree = ast.parse(text)
        if path.name != "__init__.py" and not text.startswith((LICENCE, "#!")):
            yield 1, "the first line is not the licence"
        yield from _skips(tree)
        if is_test and path.relative_to(repository.root).parts[0] != "tests":
            yield from _sleeps(tree)
        if (
            not is_test
            and path.parts[len(repository.root.parts)] in repository.manifests
        ):
            yield from _unexplained_sudo(tree, text.splitlines())
    elif path.suffix == ".js" and is_test:
        for number, line in enumerate(text.splitlines(), 1):
            if JS_SKIPS.search(line):
                yield number, "a test that does not always run"


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE.search(line):
            yield number, "a path of one machine"
        if INDEX.search(line) and "INDEX = re.compile" not in line:
            yield number, "an address to fetch packages from"
        for host in registry_hosts():
            if host in line:
                yield number, f"names the registry {host}"


@cache
def registry_hosts() -> set[str]:
    """Hosts that this machine's package tools fetch from: asked, not written here."""
    urls = [
        _output("npm", "config", "get", "registry"),
        *_output("apt-get", "indextargets", "--format", "$(SITE)").split(),
    ]
    hosts = {urlsplit(url).hostname for url in urls if "//" in url}
    hosts |= {PyPI.netloc, PyPI.file_storage_domain}
    return {host for host in hosts if host and "." in host}


def _output(*command: str) -> str:
    try:
        return subprocess.run(
            command, check=False, capture_output=True, text=True
        ).stdout.strip()
    except FileNotFoundError:
        return ""


def _skips(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Decorators and calls that make a test not run."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = _last_name(node.func)
            if name in SKIPS and _may_skip(node.func):
                yield node.lineno, f"a test that can be skipped ({name})"
        for decorator in getattr(node, "decorator_list", ()):
            if not isinstance(decorator, ast.Call) and _last_name(decorator) in SKIPS:
                yield decorator.lineno, "a test that is skipped"


def _may_skip(function: ast.expr) -> bool:
    """`skip()` of unittest or pytest, not of some parser or iterator."""
    if isinstance(function, ast.Name):
        return True
    owner = ast.unparse(function.value)
    return function.attr != "skip" or owner in ("unittest", "pytest", "pytest.mark")


def _sleeps(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) == "sleep":
            yield node.lineno, "a test sleeps; freeze the time instead"


def _unexplained_sudo(tree: ast.AST, lines: list[str]) -> Iterator[tuple[int, str]]:
    """`sudo()` without `# sudo: <model>: <why>` above it or above its statement."""
    statements = {}
    for parent in ast.walk(tree):
        for node in ast.iter_child_nodes(parent):
            inherited = statements.get(parent, node)
            statements[node] = node if isinstance(node, ast.stmt) else inherited
    for node, statement in statements.items():
        if isinstance(node, ast.Call) and _last_name(node.func) == "sudo":
            places = {statement.lineno, node.lineno, node.func.end_lineno}
            if not any(_explained(lines, place) for place in places):
                yield node.func.end_lineno, "sudo() without `# sudo: model: why`"


def _explained(lines: list[str], number: int) -> bool:
    """Whether the comment above this line (from 1) says why: right above it, or above
    a run of lines that all use sudo()."""
    index = number - 2
    while index >= 0 and (
        lines[index].lstrip().startswith("#") or "sudo(" in lines[index]
    ):
        if re.match(r"\s*# sudo: \S.*: \S", lines[index]):
            return True
        index -= 1
    return False


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


if __name__ == "__main__":
    main(find_problems)

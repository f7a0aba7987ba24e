# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every check needs: the files, the addons and their manifests."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

OURS = "audiomania_"


class Repository:
    """A checkout, seen as git sees it: tracked files, and new ones not ignored."""

    def __init__(self, root: Path):
        self.root = root

    @cached_property
    def files(self) -> list[Path]:
        command = [
            "git",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]
        listed = subprocess.run(command, cwd=self.root, check=True, capture_output=True)
        names = sorted(set(listed.stdout.decode().split("\0")) - {""})
        return [path for name in names if (path := self.root / name).is_file()]

    @cached_property
    def manifests(self) -> dict[str, dict]:
        """The manifest of each addon of ours, by the addon's name."""
        return {
            path.parent.name: ast.literal_eval(path.read_text())
            for path in self.files
            if path.name == "__manifest__.py" and path.parent.parent == self.root
        }

    def inside(self, addon: str, *suffixes: str) -> Iterator[Path]:
        """The addon's files with one of these suffixes."""
        folder = self.root / addon
        for path in self.files:
            if path.suffix in suffixes and path.is_relative_to(folder):
                yield path

    def allowed(self, addon: str) -> set[str]:
        """The addons of ours that this one may know: itself, and what it depends on."""
        known, waiting = set(), [addon]
        while waiting:
            name = waiting.pop()
            if name not in known and name in self.manifests:
                known.add(name)
                waiting += self.manifests[name].get("depends", [])
        return known

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def main(find_problems: Callable[[Repository], Iterator[str]]) -> None:
    """Print what the check found in this repository, and fail if it is anything."""
    problems = list(find_problems(Repository(Path(__file__).resolve().parents[2])))
    for problem in problems:
        print(problem)
    sys.exit(bool(problems))

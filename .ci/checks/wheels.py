# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each addon builds a wheel, whose contents and requirements are the addon's own.

Built as `pip wheel --no-deps ./<addon>` does it, with the pinned backend instead
of one that is fetched for the occasion.
"""

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

from manifests import requirements
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from repository import Repository, main


def find_problems(repository: Repository) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for addon in repository.manifests:
            for problem in _wheel_problems(repository, addon, Path(folder)):
                yield f"{addon}: {problem}"


def _wheel_problems(repository: Repository, addon: str, folder: Path) -> Iterator[str]:
    target = folder / addon
    built = _build(repository, addon, target)
    if built.returncode:
        yield f"no wheel could be built:\n{built.stdout}{built.stderr}"
        return
    with zipfile.ZipFile(next(target.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        yield from _missing_files(repository, addon, names)
        headers = HeaderParser().parsestr(wheel.read(metadata).decode())
        yield from _wrong_metadata(repository, addon, headers)


def _build(repository: Repository, addon: str, target: Path):
    """Build from what git has, so that nothing of this machine slips in."""
    source = target / "source" / addon
    for path in repository.files:
        if path.is_relative_to(repository.root / addon):
            copy = source / path.relative_to(repository.root / addon)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--wheel-dir", str(target), str(source)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def _missing_files(
    repository: Repository, addon: str, names: set[str]
) -> Iterator[str]:
    for path in repository.files:
        inner = path.relative_to(repository.root).as_posix()
        if inner.startswith(f"{addon}/") and inner != f"{addon}/pyproject.toml":
            if f"odoo/addons/{inner}" not in names:
                yield f"the wheel lacks {inner}"


def _wrong_metadata(
    repository: Repository, addon: str, headers: Message
) -> Iterator[str]:
    manifest = repository.manifests[addon]
    if canonicalize_name(headers["Name"]) != canonicalize_name(f"odoo-addon-{addon}"):
        yield f"the wheel is called {headers['Name']}"
    if not headers["Version"].startswith(manifest["version"]):
        yield f"the wheel's version is {headers['Version']}"
    asked = {
        canonicalize_name(Requirement(line).name)
        for line in headers.get_all("Requires-Dist", [])
    }
    ours = {canonicalize_name(f"odoo-addon-{name}") for name in repository.manifests}
    depends = {canonicalize_name(f"odoo-addon-{name}") for name in manifest["depends"]}
    if "odoo" not in asked:
        yield "the wheel does not require odoo"
    for missing in sorted((depends & ours) - asked):
        yield f"the wheel does not require {missing}"
    offered = requirements(repository.root / "requirements.txt").keys()
    for unknown in sorted(asked - offered - ours - {"odoo"}):
        yield f"the wheel requires {unknown}, which requirements.txt does not bring"


if __name__ == "__main__":
    main(find_problems)

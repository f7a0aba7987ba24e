# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the manifests promise: one series, one licence, and nothing that a user
of Odoo's Community edition and of requirements.txt does not have."""

import re
from collections.abc import Iterator
from pathlib import Path

from manifestoo_core.core_addons import is_core_ce_addon
from manifestoo_core.odoo_series import OdooSeries
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from repository import Repository, main

SERIES = OdooSeries.v19_0
SAME = {
    "license": "AGPL-3",
    "author": "Audiomania",
    "website": "https://www.audiomania.ru",
}
VERSION = re.compile(rf"{re.escape(SERIES.value)}(\.\d+){{3}}")


def find_problems(repository: Repository) -> Iterator[str]:
    offered = requirements(repository.root / "requirements.txt")
    wanted = set()
    for addon, manifest in repository.manifests.items():
        for problem in _differences(manifest):
            yield f"{addon}: {problem}"
        for distribution in _distributions(repository, manifest):
            wanted.add(distribution)
            if distribution not in offered:
                yield f"{addon}: requirements.txt does not bring {distribution}"
        for name in manifest.get("data", []) + manifest.get("demo", []):
            if repository.root / addon / name not in repository.files:
                yield f"{addon}: its manifest loads {name}, which git does not have"
    for distribution in sorted(offered.keys() - wanted):
        yield f"requirements.txt brings {distribution}, which no manifest asks for"
    for distribution, requirement in offered.items():
        if distribution.startswith("odoo-addon-") and "20.0" in requirement.specifier:
            yield f"requirements.txt lets {distribution} of the next Odoo in"


def requirements(path: Path) -> dict[str, Requirement]:
    """What requirements.txt asks for, by its canonical name."""
    lines = [line.split("#")[0].strip() for line in path.read_text().splitlines()]
    found = [Requirement(line) for line in lines if line]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def _differences(manifest: dict) -> Iterator[str]:
    if not VERSION.fullmatch(manifest.get("version", "")):
        yield f"its version is {manifest.get('version')}, not {SERIES.value}.x.y.z"
    for key, value in SAME.items():
        if manifest.get(key) != value:
            yield f"its {key} is {manifest.get(key)}, not {value}"


def _distributions(repository: Repository, manifest: dict) -> Iterator[str]:
    """What pip must bring for this addon: neither Odoo's own, nor ours."""
    for name in manifest.get("depends", []):
        if name not in repository.manifests and not is_core_ce_addon(name, SERIES):
            yield canonicalize_name(f"odoo-addon-{name}")
    for requirement in manifest.get("external_dependencies", {}).get("python", []):
        yield canonicalize_name(Requirement(requirement).name)


if __name__ == "__main__":
    main(find_problems)

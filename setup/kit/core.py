# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where Odoo 19 comes from.

In this order: `ODOO_HOME` (a source checkout that the user has), an `odoo` of series 19
that this Python can import, the copy in the cache, the file `ODOO_DEB`, the
distribution's own archive (package `odoo-19`). A wrong version is refused.
"""

import hashlib
import importlib.util
import os
import runpy
import shutil
import subprocess
from pathlib import Path

from . import cache, undeb
from .console import Failure, run, say, step

SERIES = (19, 0)
SUITE = "sid"
PACKAGE = "odoo-19"
# What the tests of this repository have passed on. A newer 19 is used with a word.
KNOWN = {
    "19.0.0+dfsg-1": "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf",
}
DATA_PACKAGES = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-glyphicons-halflings",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
)
# Every language but Russian: 0.8 of 1.25 GB. English is the source.
OTHER_LANGUAGES = ("*/i18n/[!r]*.po", "*/i18n/r[!u]*.po", "*/i18n_extra/[!r]*.po")
GET_SOURCE = (
    "set ODOO_HOME to a source tree of Odoo 19.0,"
    " or ODOO_DEB to a file of the Debian package odoo-19"
)


def series_of(root):
    """The version of the Odoo below `root`, such as (19, 0), or None."""
    try:
        release = runpy.run_path(str(Path(root) / "odoo" / "release.py"))
        return tuple(release["version_info"][:2])
    except (OSError, KeyError, SyntaxError, ValueError):
        return None


def find_core():
    """The folder that holds `odoo/`, fetched and unpacked if need be."""
    return _from_user() or _importable() or _cached()


def _from_user():
    root = os.environ.get("ODOO_HOME")
    if not root:
        return None
    found = series_of(root)
    if found != SERIES:
        what = _version(found) if found else "no Odoo"
        raise Failure(
            f"ODOO_HOME={root} holds {what}; {_version(SERIES)} is needed.",
            "name a source tree of the branch 19.0; without ODOO_HOME it is fetched.",
        )
    return Path(root).resolve()


def _version(series):
    return "Odoo " + ".".join(str(part) for part in series)


def _importable():
    """An Odoo 19 that this very Python has; another series there is left alone."""
    spec = importlib.util.find_spec("odoo")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if series_of(Path(place).parent) == SERIES:
            return Path(place).parent
    return None


def _cached():
    folder = cache.home() / "core"
    package = os.environ.get("ODOO_DEB")
    if package and not Path(package).is_file():
        raise Failure(f"ODOO_DEB={package} is not a file.", GET_SOURCE)
    made_of = cache.key(Path(package)) if package else None
    if cache.is_made(folder, made_of) if made_of else (folder / cache.STAMP).exists():
        return folder / "usr/lib/python3/dist-packages"
    debs = _user_debs(Path(package)) if package else _download()
    with step("Unpacking Odoo 19"):
        cache.make(folder, made_of or _sha256(debs[0]), lambda to: _unpack(debs, to))
    return folder / "usr/lib/python3/dist-packages"


def _user_debs(package):
    beside = [
        d for n in DATA_PACKAGES for d in sorted(package.parent.glob(n + "_*.deb"))
    ]
    return [package, *beside]


def _download():
    if not shutil.which("apt-get"):
        raise Failure(
            "no Odoo 19 is here, and no apt-get to fetch it with.", GET_SOURCE
        )
    apt = _isolated_apt()
    todo = f"{GET_SOURCE}; or check the network and the machine's apt sources."
    with step("Reading the distribution's index"):
        run([*apt, "update"], "apt-get update", todo)
    debs = cache.home() / "apt" / "debs"
    shutil.rmtree(debs, ignore_errors=True)
    debs.mkdir()
    with step("Downloading Odoo 19 (120 MB)"):
        names = [PACKAGE, *DATA_PACKAGES]
        run([*apt, "download", *names], "apt-get download", todo, cwd=debs)
    files = sorted(debs.glob("*.deb"), key=lambda f: not f.name.startswith(PACKAGE))
    _check_known(files[0])
    return files


def _isolated_apt():
    """apt-get with a state of its own: needs no root, leaves the system's alone."""
    root = cache.home() / "apt"
    for folder in ("state/partial", "archives/partial"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "sources.list").write_text(_source_line())
    options = {
        "Dir::Etc::SourceList": root / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": root / "state",
        "Dir::Cache": root,
        "Dir::Cache::pkgcache": "",
        "Dir::Cache::srcpkgcache": "",
        "Acquire::Languages": "none",
        "APT::Sandbox::User": "",
        "Debug::NoLocking": "true",
    }
    return ["apt-get", "-qq", *(f"-o{name}={value}" for name, value in options.items())]


def _source_line():
    """The machine's own archive, another suite, with the distribution's keys."""
    targets = run(
        ["apt-get", "indextargets", "--no-release-info"]
        + ["--format", "$(REPO_URI)", "Created-By: Packages"],
        "asking apt for the machine's archive",
        GET_SOURCE,
    )
    # apt's warnings, of a source named twice, come along
    addresses = {word for word in targets.split() if "://" in word}
    archives = [a for a in sorted(addresses) if "security" not in a]
    keyrings = Path("/usr/share/keyrings")
    keys = sorted(keyrings.glob("debian-archive-keyring.*"))
    if not archives or not keys:
        raise Failure(
            "this machine has no Debian archive among its sources.", GET_SOURCE
        )
    return f"deb [signed-by={keys[-1]}] {archives[0]} {SUITE} main\n"


def _check_known(deb):
    version = deb.name.split("_")[1].replace("%3a", ":")
    if version not in KNOWN:
        say(f"  Odoo {version} is newer than what this repository was tested on.")
    elif _sha256(deb) != KNOWN[version]:
        raise Failure(
            f"{deb.name} is not the file that is known under this version.", GET_SOURCE
        )


def _sha256(file):
    digest = hashlib.sha256()
    with open(file, "rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _unpack(debs, to):
    for deb in debs:
        if shutil.which("dpkg-deb") and shutil.which("tar"):
            _untar_with_tools(deb, to)
        else:
            undeb.undeb(deb, to, OTHER_LANGUAGES)
    root = to / "usr/lib/python3/dist-packages"
    _repair(root)
    found = series_of(root)
    if found != SERIES:
        what = _version(found) if found else "no Odoo"
        raise Failure(
            f"{debs[0].name} holds {what}, not {_version(SERIES)}.", GET_SOURCE
        )


def _untar_with_tools(deb, to):
    exclude = [f"--exclude={pattern}" for pattern in OTHER_LANGUAGES]
    reader = subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE
    )
    run(
        ["tar", "-x", "--no-same-owner", "-C", to, "--wildcards", *exclude],
        f"unpacking {deb.name}",
        stdin=reader.stdout,
    )
    if reader.wait():
        raise Failure(f"{deb.name} is damaged.", "remove it and start again.")


def _repair(root):
    """Put back what the package leaves out and the browser asks for."""
    addons = root / "odoo" / "addons"
    missing = addons / "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    if not missing.exists():
        missing.parent.mkdir(parents=True, exist_ok=True)
        missing.write_text("/* left out by the distribution's package */\n")
    font = addons / "web/static/src/libs/fontawesome/fonts/fontawesome-webfont.ttf"
    if not font.exists():
        font.unlink(missing_ok=True)
        font.symlink_to("fontawesome-webfont.woff")  # FreeType reads WOFF
    for info in root.glob("odoo-*.egg-info"):
        shutil.rmtree(info)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The private Python environment: Odoo's requirements, OCA addons, test tools."""

import base64
import hashlib
import os
import shutil
import sys
import zipfile
from pathlib import Path

from . import cache
from .console import Failure, run, step
from .core import find_core

LOCK = cache.SETUP / "requirements.lock"
UV = "uv==0.13.9"
TODO = "check the network and that PyPI, or your index, is reachable for pip."


def python():
    """The interpreter that runs Odoo; builds its environment when its parts changed."""
    with cache.lock("setup"):
        core = find_core()
        made_of = cache.key(
            LOCK, sys.version_info[:2], str(core), core / "odoo/release.py"
        )
        folder = cache.home() / "python"
        if not (cache.is_made(folder, made_of) and _runs(folder)):
            folder = _make(folder, made_of, core)
    return folder / "bin" / "python"


def core_of(interpreter):
    """The folder that holds `odoo/` in the environment of `interpreter`."""
    pointer = next(
        interpreter.parent.parent.glob("lib/python*/site-packages/odoo-core.pth")
    )
    return Path(pointer.read_text().strip())


def _runs(folder):
    try:
        run([folder / "bin/python", "-c", "import psycopg2"], "trying the environment")
    except Failure:
        return False
    return True


def _make(folder, made_of, core):
    shutil.rmtree(folder, ignore_errors=True)
    return cache.make(folder, made_of, lambda to: _build(to, core))


def _build(to, core):
    with step("Creating the Python environment"):
        _create(to)
    interpreter = to / "bin" / "python"
    with step("Installing Odoo's requirements and the OCA addons"):
        pointer = _core_wheel(cache.scratch(), core)
        _install(interpreter, pointer, "--no-deps")
        _install(interpreter, "--require-hashes", "--no-deps", "-r", LOCK)


def _create(to):
    todo = "install python3-venv (Debian: apt-get install python3-venv)."
    run([sys.executable, "-m", "venv", to], "creating the Python environment", todo)
    pip = [to / "bin/python", "-m", "pip", "install", "-q", "--no-cache-dir", UV]
    run(pip, "installing uv", TODO)


def _install(interpreter, *what):
    """uv first: it takes seconds; pip where uv cannot."""
    quick = [interpreter, "-m", "uv", "pip", "install", "-q", "--python", interpreter]
    try:
        run([*quick, *what], "uv", env=uv_environment())
    except Failure:
        slow = [interpreter, "-m", "pip", "install", "-q", "--no-cache-dir"]
        run([*slow, *what], "installing Python packages", TODO)


def uv_environment():
    """uv keeps what it fetched in our cache folder, which one command removes."""
    return os.environ | {"UV_CACHE_DIR": str(cache.home() / "uv")}


def _core_wheel(folder, core):
    """A wheel `odoo 19.0` that points to `core`: what OCA's wheels ask for."""
    info = "odoo-19.0.dist-info"
    files = {
        "odoo-core.pth": f"{core}\n",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: odoo\nVersion: 19.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: kit\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(_record(name, text) for name, text in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
    wheel = folder / "odoo-19.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return wheel


def _record(name, text):
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
    return f"{name},sha256={digest.rstrip(b'=').decode()},{len(text.encode())}\n"

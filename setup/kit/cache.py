# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The one folder that holds everything the kit writes, and how its parts are made."""

import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SETUP = REPOSITORY / "setup"
STAMP = ".made-of"


def home():
    """The cache folder: `$XDG_CACHE_HOME/audiomania` or `~/.cache/audiomania`."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base).resolve() / "audiomania"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def key(*parts):
    """A short key of what a part is made of: texts, and the contents of files."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def lock(name, shared=False, wait=True):
    """Hold `name` against other runs of the kit; yields whether it was had."""
    with open(home() / f".{name}.lock", "a") as stream:
        how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(stream, how if wait else how | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def is_made(folder, made_of):
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text() == made_of


def make(folder, made_of, build):
    """Have `folder` made of `made_of`: built aside by `build(path)`, then renamed."""
    if is_made(folder, made_of):
        return folder
    aside = folder.with_name(folder.name + ".making")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    build(aside)
    (aside / STAMP).write_text(made_of)
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)
    return folder


def scratch():
    """Temporary files of what the kit starts, so that they stay in the cache folder."""
    folder = home() / "tmp"
    folder.mkdir(exist_ok=True)
    return folder

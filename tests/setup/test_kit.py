# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What `setup/` promises to somebody on a fresh machine."""

import io
import subprocess
import tarfile
import zipfile

import pytest

from kit import cache, core, odoo, python_env, undeb
from kit.console import Failure, reporting_failures, run

RELEASE = "version_info = ({}, {}, 0, 'final', 0, '')\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return cache.home()


def source_tree(folder, *series):
    (folder / "odoo").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(RELEASE.format(*series))
    return folder


def test_the_users_own_odoo_19_is_taken(tmp_path, monkeypatch):
    tree = source_tree(tmp_path / "mine", 19, 0)
    monkeypatch.setenv("ODOO_HOME", str(tree))
    assert core.find_core() == tree


@pytest.mark.parametrize("series", [(18, 0), (19, 1), ("'saas~19'", 2)])
def test_another_version_is_refused_and_both_are_named(tmp_path, monkeypatch, series):
    monkeypatch.setenv("ODOO_HOME", str(source_tree(tmp_path / "mine", *series)))
    with pytest.raises(Failure, match=r"Odoo 19\.0 is needed") as refused:
        core.find_core()
    assert ".".join(str(part).strip("'") for part in series) in refused.value.what


def test_a_folder_without_odoo_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(Failure, match="no Odoo"):
        core.find_core()


def test_a_package_that_is_missing_is_refused(tmp_path, monkeypatch, home):
    monkeypatch.delenv("ODOO_HOME", raising=False)
    monkeypatch.setattr(core, "_importable", lambda: None)
    monkeypatch.setenv("ODOO_DEB", str(tmp_path / "none.deb"))
    with pytest.raises(Failure, match="not a file"):
        core.find_core()


def test_a_part_is_made_once(home):
    made = []
    for _attempt in range(2):
        cache.make(home / "part", "key", made.append)
    assert len(made) == 1


def test_a_part_is_made_anew_when_what_it_is_made_of_changes(home):
    cache.make(home / "part", "old", lambda to: (to / "old").touch())
    cache.make(home / "part", "new", lambda to: (to / "new").touch())
    assert sorted(f.name for f in (home / "part").iterdir()) == [cache.STAMP, "new"]


def test_a_crash_while_making_leaves_the_old_part_and_no_obstacle(home):
    def crash(to):
        (to / "half").touch()
        raise KeyboardInterrupt

    cache.make(home / "part", "old", lambda to: (to / "old").touch())
    with pytest.raises(KeyboardInterrupt):
        cache.make(home / "part", "new", crash)
    assert (home / "part" / "old").exists()
    cache.make(home / "part", "new", lambda to: (to / "new").touch())
    assert not (home / "part" / "half").exists()


def test_of_two_runs_only_one_holds_a_lock(home):
    with cache.lock("demo", wait=False) as first, cache.lock("demo", wait=False) as two:
        assert (first, two) == (True, False)


def test_a_key_changes_with_the_content_of_a_file(tmp_path):
    file = tmp_path / "lock"
    file.write_text("one")
    before = cache.key(file, "x")
    file.write_text("two")
    assert cache.key(file, "x") != before


def package(folder):
    """A small Debian package, made by hand."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:xz") as archive:
        for name in ("./usr/a.py", "./usr/i18n/ru.po", "./usr/i18n/de.po"):
            archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    content = b"!<arch>\n"
    for name, body in (("debian-binary", b"2.0\n\n"), ("data.tar.xz", data.getvalue())):
        content += (
            f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(body):<10}`\n".encode()
        )
        content += body + b"\n" * (len(body) % 2)
    deb = folder / "odoo-19_1.deb"
    deb.write_bytes(content)
    return deb


def test_a_package_is_unpacked_without_tools_and_without_other_languages(tmp_path):
    undeb.undeb(package(tmp_path), tmp_path / "to", core.OTHER_LANGUAGES)
    found = {f.name for f in (tmp_path / "to").rglob("*") if f.is_file()}
    assert found == {"a.py", "ru.po"}


def test_something_else_is_no_package(tmp_path):
    (tmp_path / "x.deb").write_bytes(b"not a package")
    with pytest.raises(ValueError, match="not a Debian package"):
        undeb.undeb(tmp_path / "x.deb", tmp_path)


def test_the_wheel_that_points_to_odoo_names_its_version(tmp_path):
    wheel = python_env._core_wheel(tmp_path, tmp_path / "core")
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read("odoo-19.0.dist-info/METADATA").decode()
        assert "Name: odoo\nVersion: 19.0\n" in metadata
        assert archive.read("odoo-core.pth").decode().strip() == str(tmp_path / "core")


def test_a_step_that_fails_says_which_why_and_what_to_do(capsys):
    with pytest.raises(SystemExit), reporting_failures("demo"):
        run(["sh", "-c", "echo the reason; exit 3"], "asking", "ask again.")
    told = capsys.readouterr().err
    assert "setup/demo stopped: asking" in told
    assert "the reason" in told
    assert "What to do: ask again." in told


def test_an_unknown_command_is_refused_with_those_that_exist():
    runner = cache.SETUP / "kit" / "run"
    done = subprocess.run(
        [runner, "dance"], check=False, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "demo, test, odoo" in done.stderr


STAMP = "2026-11-22 20:14:31,001 4711"
QUERY = f"{STAMP} ERROR shop odoo.sql_db: bad query: b'UPDATE helpdesk_ticket'"


def write_log(folder, *records):
    log = folder / "odoo.log"
    log.write_text("\n".join(("no record", *records)) + "\n")
    return log


@pytest.mark.parametrize(
    "told",
    [
        "could not serialize access due to concurrent update",
        "deadlock detected\nDETAIL:  Process 1 waits for ShareLock",
        'could not obtain lock on row in relation "helpdesk_ticket"',
    ],
)
def test_a_statement_that_odoo_tries_again_is_no_trouble(tmp_path, told):
    quiet = f"{STAMP} INFO shop odoo.service.model: 4 tries left, try again in 0.5 sec"
    assert odoo.trouble(write_log(tmp_path, f"{QUERY}\nERROR: {told}\n", quiet)) == []


def test_what_odoo_does_not_try_again_is_trouble(tmp_path):
    records = (
        f'{QUERY}\nERROR: null value in column "name"',
        f"{STAMP} WARNING shop odoo.addons.base: slow",
        f"{STAMP} INFO shop odoo.http: could not serialize access",
        f"{STAMP} ERROR shop odoo.http: could not serialize access\nTraceback:\n  all",
        f"{STAMP} CRITICAL shop odoo: out of memory",
    )
    log = write_log(tmp_path, *records)
    wanted = [records[place] for place in (0, 1, 3, 4)]
    assert odoo.records_of_trouble(log) == wanted
    assert odoo.trouble(log) == [one.splitlines()[0] for one in wanted]


def test_what_is_expected_in_a_log_is_no_trouble(tmp_path):
    log = write_log(
        tmp_path, f"{QUERY}\nERROR: no such column", f"{STAMP} ERROR x y: z"
    )
    assert odoo.trouble(log, ("no such column",)) == [f"{STAMP} ERROR x y: z"]

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A database that the kit did not make is never touched."""

import os

import pytest

from kit import databases
from kit.console import Failure
from kit.postgres import server


@pytest.fixture(scope="module")
def postgres():
    with server("test") as found:
        yield found


@pytest.fixture
def foreign(postgres):
    name = f"somebody_elses_{os.getpid()}"
    postgres.sql(f"create database {name} template template0")
    yield name
    postgres.sql(f"drop database {name}")


@pytest.mark.parametrize("deed", ["drop", "exists", "copy"])
def test_a_database_without_our_mark_is_left_alone(postgres, foreign, deed):
    arguments = ("template0", foreign) if deed == "copy" else (foreign,)
    with pytest.raises(Failure, match="not made by this setup"):
        getattr(databases, deed)(postgres, *arguments)
    assert foreign not in databases.ours(postgres)


def test_a_copy_carries_the_files_and_goes_with_them(postgres):
    source, target = f"source_{os.getpid()}", f"target_{os.getpid()}"
    with databases.temporary(postgres, "template0", source):
        files = databases.filestore(postgres, source)
        files.mkdir(parents=True)
        (files / "letter").write_text("text")
        with databases.temporary(postgres, source, target):
            copied = databases.filestore(postgres, target)
            assert (copied / "letter").read_text() == "text"
        assert not copied.exists()
        assert not databases.exists(postgres, target)


def test_what_was_noted_about_a_database_is_read_back(postgres):
    name = f"noted_{os.getpid()}"
    with databases.temporary(postgres, "template0", name):
        databases.mark(postgres, name, "abc123")
        assert databases.note(postgres, name) == "abc123"

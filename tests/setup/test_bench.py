# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What `setup/bench` promises before it measures anything."""

import pytest

from kit import cache, command_bench
from kit.console import Failure


@pytest.fixture
def nothing_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(command_bench, "server", lambda _name: pytest.fail("it runs"))


def test_help_is_printed_and_nothing_runs(nothing_runs, capsys):
    with pytest.raises(SystemExit) as ended:
        command_bench.main(["--help"])
    assert not ended.value.code
    assert "usage: setup/bench" in capsys.readouterr().out


def test_a_second_run_is_told_that_one_runs(nothing_runs):
    with (
        cache.lock("bench"),
        pytest.raises(Failure, match="another setup/bench runs") as refused,
    ):
        command_bench.main(["queue"])
    assert "wait until it has ended" in refused.value.todo


def test_an_unknown_benchmark_is_named_with_those_that_are_there(nothing_runs):
    with pytest.raises(Failure, match="no benchmark warp") as refused:
        command_bench.main(["warp"])
    assert "queue" in refused.value.todo


def test_a_word_that_is_no_option_is_refused(nothing_runs):
    with pytest.raises(SystemExit) as ended:
        command_bench.main(["--smal1"])
    assert ended.value.code

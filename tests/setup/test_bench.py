# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What `setup/bench` promises before it measures anything."""

import json

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


def test_small_data_are_no_result(nothing_runs):
    with pytest.raises(Failure, match="small data say nothing"):
        command_bench.main(["queue", "--small", "--results"])


ROW = {
    "goal": "P2",
    "work": "a letter",
    "ours": "90.0 ms",
    "alternative": "60.0 ms",
    "ratio": "1.50",
    "growth": "",
    "limit": "<= 1.30",
    "met": "no",
}


def test_results_keep_what_was_measured_before_and_stand_in_order(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(command_bench, "describe_machine", lambda: "a machine")
    result = tmp_path / "bench.json"
    command_bench._keep(result, {"alerts": [{**ROW, "goal": "P10", "work": "late"}]})
    command_bench._keep(result, {"letter": [{**ROW, "work": "old"}]})
    command_bench._keep(result, {"letter": [ROW]})
    text = command_bench._describe_results(json.loads(result.read_text()))
    assert "old" not in text
    assert "Measured on a machine." in text
    assert text.index("| P2 | a letter | 90.0 ms | 60.0 ms | 1.50 |") < text.index(
        "P10 | late"
    )

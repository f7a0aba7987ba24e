# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`setup/bench backtest DIR` is the command; the folder is relative to the caller."""

import subprocess
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "setup" / "bench"


def test_the_command_needs_no_database_and_takes_a_folder(written):
    folder = written(
        "2025-03-02,1,ann,,opened,,",
        "2025-03-03,1,ann,eve,taken,,",
        "2025-03-04,2,ann,,opened,,",
        "2025-03-05,2,ann,eve,taken,,",
    )
    done = subprocess.run(
        [BENCH, "backtest", folder.name],
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 cases asked about" in done.stdout


def test_a_folder_without_a_history_is_one_sentence(tmp_path):
    command = [BENCH, "backtest", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"There is no events.csv in {tmp_path}."]

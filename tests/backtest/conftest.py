# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The backtest is imported from where it stands, beside the benchmarks."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

HEAD = "time,case,customer,employee,kind,category,amount"


@pytest.fixture
def written(tmp_path):
    """A folder with a history of these rows."""

    def write(*rows, absences=None, head=HEAD):
        (tmp_path / "events.csv").write_text("\n".join((head, *rows)) + "\n")
        if absences is not None:
            lines = "\n".join(("employee,from,to", *absences)) + "\n"
            (tmp_path / "absences.csv").write_text(lines)
        return tmp_path

    return write

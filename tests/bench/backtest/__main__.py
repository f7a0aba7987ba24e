# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`python -m backtest DIR [--weights FILE] [--json FILE]`"""

import argparse
import json
import sys
from pathlib import Path

from .history import Unreadable, read
from .replay import replay
from .report import lines, numbers
from .weights import read_policy


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="setup/bench backtest", description=__doc__)
    parser.add_argument("dir", type=Path, help="has events.csv, maybe absences.csv")
    parser.add_argument(
        "--weights",
        type=Path,
        help="JSON: weights, or a whole policy, over the defaults",
    )
    parser.add_argument("--json", type=Path, help="where the figures are written to")
    options = parser.parse_args(arguments)
    try:
        policy = read_policy(options.weights)
        history = read(options.dir)
    except Unreadable as problem:
        print(problem, file=sys.stderr)
        return 1
    result = replay(history, policy)
    for line in lines(options.dir, result):
        print(line)
    if options.json:
        options.json.write_text(json.dumps(numbers(result), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

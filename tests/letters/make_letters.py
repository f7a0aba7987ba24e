#!/usr/bin/env python3
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Writes the sample letters and index.json from `samples/`; the same bytes always.

make_letters.py            writes what is new or different, removes what is gone
make_letters.py --check    writes nothing; tells what differs, and exits with 1
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from samples import LETTERS, OURS  # noqa: E402
from wire import address_of  # noqa: E402

INDEX = "index.json"
NOTE = (
    "Written by make_letters.py. `ours`: letters of ours that must exist before, for"
    " the letters that continue them. `letters`: in the order of their arrival."
)


def index_entry(letter):
    """What a test compares with, for one letter."""
    return {
        "file": letter.file,
        "kind": letter.kind,
        "from": letter.address or None,
        "to": [address_of(mailbox) for mailbox in letter.to.split(",") if mailbox],
        "cc": [address_of(mailbox) for mailbox in letter.cc.split(",") if mailbox],
        "delivered_to": letter.mailbox,
        "subject": letter.subject,
        "message_id": letter.own_id,
        "expected": asdict(letter.expect),
    }


def index():
    return {
        "about": NOTE,
        "ours": OURS,
        "letters": [index_entry(letter) for letter in LETTERS],
    }


def index_bytes():
    return (json.dumps(index(), ensure_ascii=False, indent=2) + "\n").encode()


def wanted():
    """Every file that must stand in this folder: its name and its bytes."""
    files = {letter.file: letter.to_bytes() for letter in LETTERS}
    return {**files, INDEX: index_bytes()}


def differences():
    """Names of the files that are missing, different, or too many."""
    files = wanted()
    there = {path.name: path for path in HERE.glob("*.eml")}
    wrong = {name for name in files if _stored(name) != files[name]}
    return sorted(wrong | set(there) - set(files))


def _stored(name):
    path = HERE / name
    return path.read_bytes() if path.exists() else None


def write():
    files = wanted()
    for name in differences():
        if name in files:
            (HERE / name).write_bytes(files[name])
        else:
            (HERE / name).unlink()
        print("written" if name in files else "removed", name)


def main():
    if "--check" not in sys.argv:
        return write()
    wrong = differences()
    print("\n".join(f"differs: {name}" for name in wrong) or "all letters are as made")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

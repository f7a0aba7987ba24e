# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The letters of the repository, and ways to spoil any of them."""

import json
from pathlib import Path

from hypothesis import strategies as st

FOLDER = Path(__file__).parents[3] / "tests" / "letters"
NAMES = sorted(path.name for path in FOLDER.glob("*.eml"))


def letter(name):
    return (FOLDER / name).read_bytes()


def index():
    return json.loads((FOLDER / "index.json").read_bytes())["letters"]


def build(*lines, body="Text"):
    """A letter of these header lines (text or octets), with one line of text."""
    octets = [line if isinstance(line, bytes) else line.encode() for line in lines]
    body = body if isinstance(body, bytes) else body.encode()
    return b"\r\n".join([*octets, b"", body, b""])


@st.composite
def spoilt(draw):
    """A letter of the repository that was cut, doubled or damaged on its way."""
    raw = letter(draw(st.sampled_from(NAMES)))
    at, to = sorted(draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
    how = draw(st.sampled_from(["start", "end", "hole", "twice", "noise", "flip"]))
    if how == "start":
        return raw[at:]
    if how == "end":
        return raw[:at]
    if how == "hole":
        return raw[:at] + raw[to:]
    if how == "twice":
        return raw[:to] + raw[at:]
    if how == "noise":
        return raw[:at] + draw(st.binary(max_size=200)) + raw[at:]
    return raw[:at] + bytes(octet ^ 0x80 for octet in raw[at:to]) + raw[to:]


ANYTHING = st.one_of(st.binary(max_size=2000), spoilt())

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A decision as it was, in a form that can be stored as JSON and read back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from .decision import Candidate, Code, Decision, Reason, Score, Value
from .ladder import Ladder

MOMENT = "moment"


def to_json(decision: Decision) -> dict[str, Any]:
    """Lists, dicts, texts and numbers only; a moment is ``{"moment": iso}``."""
    record: dict[str, Any] = _pack(asdict(decision))
    return record


def from_json(record: dict[str, Any]) -> Decision:
    """The decision that :func:`to_json` stored."""
    values = _unpack(record)
    values["ladder"] = Ladder(**values["ladder"])
    values["ranking"] = tuple(_candidate(each) for each in values["ranking"])
    values["reasons"] = tuple(_reason(each) for each in values["reasons"])
    return Decision(**values)


def _pack(value: Any) -> Any:
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, dict):
        return {key: _pack(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_pack(each) for each in value]
    return value.value if isinstance(value, Code) else value


def _unpack(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {MOMENT}:
            return datetime.fromisoformat(value[MOMENT])
        return {key: _unpack(each) for key, each in value.items()}
    return [_unpack(each) for each in value] if isinstance(value, list) else value


def _candidate(values: dict[str, Any]) -> Candidate:
    scores = tuple(Score(**each) for each in values["scores"])
    return Candidate(values["employee_id"], scores)


def _reason(values: dict[str, Any]) -> Reason:
    params: tuple[tuple[str, Value], ...] = tuple(
        (name, value) for name, value in values["params"]
    )
    return Reason(Code(values["code"]), values["employee_id"], params)

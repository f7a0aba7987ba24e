# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A decision as it was, in a form that can be stored as JSON and read back.

Facts that have their default are left out, working hours too: the moments that follow
from them are stored. What another version of the engine stored and this one does not
know is passed over, so that an old decision can still be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, replace
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from .decision import Decision, Nobody
from .facts import Away, Case, Customer, Employee, Inquiry, Segment
from .ladder import Ladder
from .marks import Mark, Marks
from .ranking import Candidate, Term
from .reasons import Code, Reason

MOMENT = "moment"
NOT_STORED = "hours"
CODES = {code.value for code in Code}
STORED: dict[type, Mapping[str, Any]] = {}

Kind = TypeVar("Kind")


def to_json(decision: Decision) -> dict[str, Any]:
    """Lists, dicts, texts and numbers only; a moment is ``{"moment": iso}``."""
    record = _pack_fields(replace(decision, ranking=()))
    terms = decision.ranking[0].terms if decision.ranking else ()
    record["terms"] = _pack(terms)
    record["ranking"] = [
        [each.employee_id, each.total, list(each.values), _pack(each.vetoes)]
        for each in decision.ranking
    ]
    return record


def from_json(record: Mapping[str, Any]) -> Decision:
    """The decision that :func:`to_json` stored."""
    values = _unpack(record)
    terms = tuple(Term(*each) for each in values["terms"])
    values["ranking"] = tuple(
        Candidate(key, total, points, terms, _reasons(vetoes))
        for key, total, points, vetoes in values["ranking"]
    )
    values["reasons"] = _reasons(values["reasons"])
    values["ladder"] = _make(Ladder, values["ladder"])
    values["nobody"] = values["nobody"] and Nobody(values["nobody"])
    values["facts"] = _case(values["facts"])
    return _make(Decision, values)


# --- storing


def _pack(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, (list, tuple)):
        return [_pack(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _pack(each) for key, each in value.items()}
    return _pack_fields(value)


def _pack_fields(value: Any) -> dict[str, Any]:
    packed = {}
    for name, default in _stored(type(value)).items():
        found = getattr(value, name)
        if found != default:
            packed[name] = _pack(found)
    return packed


def _stored(kind: type[Any]) -> Mapping[str, Any]:
    """{name: default} of each field; one without a default is always stored."""
    if kind not in STORED:
        STORED[kind] = {
            each.name: _default(each)
            for each in fields(kind)
            if each.name != NOT_STORED
        }
    return STORED[kind]


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


# --- reading


def _unpack(value: Any) -> Any:
    if isinstance(value, Mapping):
        moment = value.get(MOMENT)
        if len(value) == 1 and isinstance(moment, str):
            return datetime.fromisoformat(moment)
        return {key: _unpack(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_unpack(each) for each in value)
    return value


def _make(kind: type[Kind], values: Mapping[str, Any]) -> Kind:
    names = _stored(kind)
    return kind(**{name: value for name, value in values.items() if name in names})


def _case(values: Mapping[str, Any]) -> Case:
    inquiry = dict(values["inquiry"])
    inquiry["products"] = tuple(
        _make(Segment, each) for each in inquiry.get("products", ())
    )
    return Case(
        _make(Inquiry, inquiry),
        _make(Customer, values["customer"]),
        tuple(_employee(each) for each in values["staff"]),
    )


def _employee(values: Mapping[str, Any]) -> Employee:
    kinds: dict[str, Callable[[Any], Any]] = {
        "away": Away,
        "mark": _mark,
        "marks": _marks,
    }
    made = {
        name: kinds[name](value) if name in kinds else value
        for name, value in values.items()
    }
    return _make(Employee, made)


def _mark(values: Mapping[str, Any]) -> Mark:
    return _make(Mark, values)


def _marks(values: Mapping[str, Any]) -> Marks:
    return _make(Marks, values)


def _reasons(stored: tuple[Mapping[str, Any], ...]) -> tuple[Reason, ...]:
    return tuple(
        _make(Reason, {**each, "code": Code(each["code"])})
        for each in stored
        if each["code"] in CODES
    )

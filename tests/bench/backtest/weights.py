# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Other weights than the defaults, to see what they would do."""

import json
from math import isfinite

from engine.criteria import CRITERIA
from engine.policy import DEFAULT_WEIGHTS, Policy

from .history import Unreadable


def read_policy(path):
    """The default policy, changed by a JSON file.

    It holds `{criterion: weight}`, or what `Policy.to_json` gives (durations in
    seconds), of which anything may be left out.

    :param path: None: the defaults
    """
    if path is None:
        return Policy()
    values = _object(path)
    if not set(values) & set(Policy().to_json()):
        values = {"weights": values}
    _check(path, values, Policy().to_json(), "no part of a policy")
    weights = values.get("weights", {})
    if not isinstance(weights, dict):
        raise Unreadable(f"{path}: weights is an object of criteria and numbers.")
    _check(path, weights, CRITERIA, "no criterion")
    for name, value in {**values, **weights, "weights": 0}.items():
        if not isinstance(value, (int, float)) or not isfinite(value):
            raise Unreadable(f"{path}: {name} is {value!r}, which is not a number.")
    return Policy.from_json({**values, "weights": {**DEFAULT_WEIGHTS, **weights}})


def _object(path):
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} cannot be read as JSON: {error}.") from error
    if not isinstance(values, dict):
        raise Unreadable(f"{path} is not a JSON object.")
    return values


def _check(path, names, known, what):
    for name in names:
        if name not in known:
            there = ", ".join(known)
            raise Unreadable(f"{path}: {name!r} is {what}; there are {there}.")

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Domains that are asked again and again, and in which only the clock moves.

What an employee may read, and what waits for him, are the same conditions at every
query until a team changes. Odoo puts them in order and writes their SQL anew each
time, which takes longer than the query. Here both are done once::

    @ormcache("self.env.uid")
    def _get_whole_queue_domain(self):
        return ReadyDomain(domain)

`now` in them is the moment of each query all the same (rule 8). Fit for columns of the
model itself; whoever keeps one keeps it no longer than what it was made of.
"""

from datetime import timedelta

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

NOW = "now"
CLOCK = object()
"""In kept SQL: the moment of the query."""


class OrderedDomain(Domain):
    """A part of a domain in which Odoo has nothing left to put in order."""

    __slots__ = ()

    def __new__(cls):
        self = object.__new__(cls)
        object.__setattr__(self, "_opt_level", Domain.TRUE._opt_level)
        return self

    def __iter__(self):
        yield self


class ClockCondition(OrderedDomain):
    """That a moment has come, to the second: Odoo's `(name, '<=', 'now')`."""

    __slots__ = ("_name",)

    def __new__(cls, name):
        self = super().__new__(cls)
        object.__setattr__(self, "_name", name)
        return self

    def __eq__(self, other):
        return isinstance(other, ClockCondition) and self._name == other._name

    def __hash__(self):
        return hash((ClockCondition, self._name))

    def __repr__(self):
        return repr((self._name, "<=", NOW))

    def _as_predicate(self, records):
        name, end = self._name, _get_next_second()
        return lambda record: bool(record[name]) and record[name] < end

    def _to_sql(self, model, alias, query):
        return SQL("%s < %s", model._field_to_sql(alias, self._name, query), CLOCK)


class ReadyDomain(OrderedDomain):
    """A domain that is put in order once, and written once for each alias."""

    __slots__ = ("_domain", "_ordered", "_written")

    def __new__(cls, domain):
        self = super().__new__(cls)
        object.__setattr__(self, "_domain", domain.map_conditions(_read_clock))
        object.__setattr__(self, "_ordered", [])
        object.__setattr__(self, "_written", {})
        return self

    def __eq__(self, other):
        return isinstance(other, ReadyDomain) and self._domain == other._domain

    def __hash__(self):
        return hash((ReadyDomain, self._domain))

    def __repr__(self):
        return repr(self._domain)

    def _put_in_order(self, model):
        if not self._ordered:
            self._ordered.append(self._domain.optimize_full(model))
        return self._ordered[0]

    def _as_predicate(self, records):
        return self._put_in_order(records)._as_predicate(records)

    def _to_sql(self, model, alias, query):
        if alias not in self._written:
            ordered = self._put_in_order(model)
            self._written[alias] = ordered._to_sql(model, alias, query)
        written, end = self._written[alias], _get_next_second()
        params = (end if param is CLOCK else param for param in written.params)
        return SQL(written.code, *params, to_flush=written.to_flush)


def _read_clock(condition):
    """What is compared with the clock, apart from what is not.

    :raise ValueError: what cannot be kept: the condition would stand still, or looks
        into another table
    """
    name, operator, value = condition.field_expr, condition.operator, condition.value
    if (operator, value) == ("<=", NOW):
        return ClockCondition(name)
    if value == NOW or "." in name or "any" in operator:
        raise ValueError(f"{condition!r} cannot be made ready")
    return condition


def _get_next_second():
    return fields.Datetime.now() + timedelta(seconds=1)

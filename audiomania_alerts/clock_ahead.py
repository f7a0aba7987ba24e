# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""After a clock that was put back: what it set while it was ahead is set right."""

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import fields
from odoo.fields import Domain

from .locking import lock_due

_logger = logging.getLogger(__name__)

# The clocks of two servers differ by less than that.
AHEAD = timedelta(minutes=5)


def set_right(records, moment, domain, limit, bring_back):
    """Bring back what has happened in a time to come, as if it happened now. What
    fails for one is told to the log, and keeps no other.

    :param records: their model
    :param moment: the name of the moment at which it happened
    :param domain: where a moment that is wrong does harm
    :param bring_back: called with a record and by how much its moment is ahead
    """
    now = fields.Datetime.now()
    ahead = Domain(domain) & Domain(moment, ">", now + AHEAD)
    found = records.search(ahead, order="id", limit=limit)
    for record in lock_due(found, lambda one: one[moment] and one[moment] > now):
        try:
            with record.env.cr.savepoint():
                bring_back(record, record[moment] - now)
        except OperationalError:
            raise
        except Exception:
            _logger.exception("A clock was ahead, and %s stays so", record)


def get_sooner(record, names, by):
    """Those of these moments that it has, by so much sooner."""
    return {name: record[name] - by for name in names if record[name]}

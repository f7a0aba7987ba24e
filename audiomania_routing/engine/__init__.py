# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The routing engine: facts in, decision out.

Plain Python without Odoo, database, clock or randomness. What is known is handed in as
frozen facts (:mod:`facts`), what the company wants as a frozen :class:`policy.Policy`,
the present moment as ``now``; :func:`decision.decide` answers who is asked first and
who sees the inquiry from when. Every moment is a naive datetime in UTC, as Odoo stores
them.
"""

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Domains that an alert administrator writes: literals, never code."""

import ast

from odoo.fields import Domain

from .placeholders import AlertFault


def parse_domain(env, text):
    """The domain that a text holds; an empty text is every record.

    Moments are written as Odoo writes them in domains: ``"now"``, ``"-2d"``.
    """
    try:
        return Domain(ast.literal_eval(text or "[]"))
    except (ValueError, SyntaxError, TypeError) as error:
        raise AlertFault(
            env._(
                "%(domain)s is no domain: it may hold names of fields, operators and "
                "values, no code.",
                domain=text,
            )
        ) from error


def check_domain(model, text):
    """A fault if the domain is none, or if the user of ``model.env`` may not search
    by it: what nobody may read nobody asks about either."""
    domain = parse_domain(model.env, text)
    try:
        with model.env.cr.savepoint():
            model.search(domain, limit=1)
    except Exception as error:
        raise AlertFault(
            model.env._(
                "Records cannot be found by %(domain)s: %(cause)s",
                domain=text,
                cause=error,
            )
        ) from error

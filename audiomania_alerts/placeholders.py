# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts with ``{placeholders}``: names and dotted field paths, never code."""

import re

PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}(\.?)")
ENDED = ("!", "?", ".", "…")
PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", re.IGNORECASE)
BRACES = {"{{": "{", "}}": "}"}


class AlertFault(Exception):
    """Why an alert could not be delivered, in a sentence for an administrator."""


def find_paths(template):
    """The paths that a template names, in their order.

    >>> find_paths("Order {name} of {partner_id.name}, {{not this}}")
    ['name', 'partner_id.name']
    """
    return [
        match[1].strip()
        for match in PLACEHOLDER.finditer(template or "")
        if match[1] is not None
    ]


def fill(template, resolve):
    """Replace each placeholder by ``resolve(path)``, once: what is put in is
    not looked at again. What ends a sentence by itself gets no full stop.

    >>> fill("{a} and {b}", {"a": "{b}", "b": "2"}.get)
    '{b} and 2'
    >>> fill("{name}. {name}", {"name": "Black or green?"}.get)
    'Black or green? Black or green?'
    """

    def replace(match):
        if match[1] is None:
            return BRACES[match[0]]
        text = resolve(match[1].strip())
        return text if text.endswith(ENDED) else text + match[2]

    return PLACEHOLDER.sub(replace, template or "")

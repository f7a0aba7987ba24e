# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What comes by a call from outside, by which anything may come."""

from odoo.exceptions import UserError


def get_words(env, value):
    """What somebody has written, without the blanks around it; "" if nothing.

    :raise UserError: it is no text at all
    """
    if not value:
        return ""
    if not isinstance(value, str):
        raise UserError(env._("Say it in words."))
    return value.strip()

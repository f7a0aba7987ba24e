# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What everybody may call, and why it does no harm."""

METHODS = {
    "alert.delivery.get_state": "the caller's own alerts: he has none",
    "alert.delivery.get_page": "the caller's own alerts; this place is in no list",
    "alert.preference.action_open_mine": "the caller's own choices are made ready",
}

MODELS = {
    "alert.type": "every employee reads of what he can be told, to choose the ways",
    "alert.delivery": "what an employee was told; a rule leaves him his own",
    "alert.preference": "what he has chosen; a rule leaves him his own",
}

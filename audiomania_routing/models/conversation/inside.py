# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What our own code says in the context, and nobody who calls."""

from odoo.addons.audiomania_alerts.inside import Inside, get_inside

__all__ = ["Inside", "get_inside"]

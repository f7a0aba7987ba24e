# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters are read without Odoo: the package is found beside the addon's models."""

import sys
from pathlib import Path

from hypothesis import settings

# The machine may be busy: what is linear is shown by sizes, not by a clock.
settings.register_profile("letters", deadline=None)
settings.load_profile("letters")

sys.path.insert(0, str(Path(__file__).parents[2]))

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters are read without Odoo: the package is found beside the addon's models."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

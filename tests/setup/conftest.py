# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The kit is imported from where it stands."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "setup"))

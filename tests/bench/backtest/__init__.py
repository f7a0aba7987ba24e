# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How often the engine names who really took it, on a history that is replayed.

Plain Python: no database and no Odoo. `history` reads the rows, `memory` keeps what was
known at a moment as the engine's facts, `replay` asks and counts, `report` prints,
`synthetic` makes histories of a known structure. Started by `setup/bench backtest`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "audiomania_routing"))

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters as they come in: bytes of any kind, read as well as they can be.

Plain Python without Odoo, database, clock or randomness. Nothing here raises for any
bytes, and all of it is bounded in time and memory: what reaches Odoo's own reading is
a letter that it can read.
"""

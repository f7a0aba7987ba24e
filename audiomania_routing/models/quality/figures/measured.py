# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields


class Measured(fields.Float):
    """A figure of what may not have happened: then it is empty, and not 0.

    Odoo reads an empty column of numbers as 0, and "answered after 0 hours" is praise.
    """

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return "" if value is False else super().convert_to_export(value, record)

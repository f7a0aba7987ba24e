# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from ...letter.phones import first_phone, same_phone

PHONE_KEY = r"RIGHT(REGEXP_REPLACE(SUBSTRING(phone FROM '[0-9][0-9 ().-]*'), " + (
    r"'[^0-9]', '', 'g'), 9)"
)
"""The last nine digits of a telephone number: what is before them is written in many
ways. An index over it needs no column, and follows every change by itself."""
MOST_OWNERS = 50


class ResPartner(models.Model):
    """Contacts are found by a telephone number, however it is written."""

    _inherit = "res.partner"

    _phone_key_idx = models.Index(f"({PHONE_KEY}) WHERE phone IS NOT NULL")

    @api.model
    def _find_by_phones(self, numbers, keys):
        """{number: contacts outside of the company who have it}, in one query

        :param numbers: as they stand in a text
        :param keys: ``letter.phones.phone_key`` of each
        """
        self.flush_model(["active", "partner_share", "phone"])
        rows = self.env.execute_query(self._sql_owners_of_phones(keys))
        return {
            number: self.browse(
                id_ for id_, phone in rows if same_phone(first_phone(phone), number)
            )
            for number in numbers
        }

    @api.model
    def _sql_owners_of_phones(self, keys):
        """(contact, telephone) of those outside of the company with these digits."""
        return SQL(
            """
            SELECT partner.id, partner.phone
              FROM res_partner partner
             WHERE partner.phone IS NOT NULL
               AND %s = ANY(%s)
               AND partner.active
               AND partner.partner_share
               AND NOT EXISTS (
                   SELECT 1 FROM res_company company
                    WHERE company.partner_id = partner.commercial_partner_id
               )
             ORDER BY partner.id
             LIMIT %s
            """,
            SQL(PHONE_KEY.replace("phone", "partner.phone")),
            list(keys),
            MOST_OWNERS,
        )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL


class CustomerAffinity(models.Model):
    """What a customer sends back speaks for nobody."""

    _inherit = "customer.affinity"

    @api.model
    def _get_sources(self):
        return {
            **super()._get_sources(),
            "stock.location": ["usage"],
            "stock.move": None,
        }

    @api.model
    def _sql_amount(self, orders):
        """A line is worth what the customer has kept of it, or is still to get."""
        amount = super()._sql_amount(orders)
        if orders is not None and not self._get_returned(orders):
            return amount
        return SQL("(%s * %s)", amount, self._sql_kept())

    @api.model
    def _get_returned(self, orders):
        """Whether something of these orders has come back: of most nothing has."""
        return self.env.execute_query(
            SQL(
                """
                SELECT 1
                  FROM sale_order_line sol
                  JOIN stock_move back ON back.sale_line_id = sol.id
                  JOIN stock_location source ON source.id = back.location_id
                 WHERE sol.order_id IN %s
                   AND back.state = 'done'
                   AND source.usage = 'customer'
                 LIMIT 1
                """,
                tuple(orders.ids),
            )
        )

    @api.model
    def _sql_kept(self):
        """The part of a line that was not sent back for good, from 0 to 1.

        As Odoo counts what is delivered: goods that come back without *Update
        quantities on SO/PO* are to be exchanged or repaired, and are kept. What is
        delivered beyond what was ordered stands in for what came back: an exchange, or
        a return that was returned. Most lines have no return, which is asked first.
        """
        return SQL(
            """
            CASE WHEN EXISTS (
                SELECT 1
                  FROM stock_move back
                  JOIN stock_location source ON source.id = back.location_id
                 WHERE back.sale_line_id = sol.id
                   AND back.state = 'done'
                   AND back.to_refund
                   AND source.usage = 'customer'
            ) THEN COALESCE((
                SELECT LEAST(1, GREATEST(0,
                           1 + (GREATEST(0, sent - ordered) - back) / ordered
                       ))
                  FROM (
                      SELECT SUM(moved) FILTER (WHERE way = 'out') AS sent,
                             SUM(moved) FILTER (WHERE way = 'back') AS back,
                             sol.product_uom_qty::float8 AS ordered
                        FROM (
                            SELECT (move.quantity * unit.factor / sold.factor)::float8
                                       AS moved,
                                   CASE WHEN source.usage = 'customer' THEN 'back'
                                        WHEN target.usage = 'customer' THEN 'out'
                                    END AS way
                              FROM stock_move move
                              JOIN stock_location source ON source.id = move.location_id
                              JOIN stock_location target
                                ON target.id = move.location_dest_id
                              JOIN uom_uom unit ON unit.id = move.product_uom
                              JOIN uom_uom sold ON sold.id = sol.product_uom_id
                             WHERE move.sale_line_id = sol.id
                               AND move.product_id = sol.product_id
                               AND move.state = 'done'
                               AND target.usage != 'inventory'
                               AND (move.to_refund
                                    OR (source.usage != 'customer'
                                        AND move.origin_returned_move_id IS NULL))
                        ) AS done
                  ) AS summed
                 WHERE back > 0 AND ordered > 0
            ), 1) ELSE 1 END
            """
        )

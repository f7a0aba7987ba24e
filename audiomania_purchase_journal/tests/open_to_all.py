# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What somebody outside of the desks may call, and why it does no harm."""

from odoo.fields import Command
from odoo.tests import Form

WINDOW = "opens a list; what stands in it follows the rights of who opens it"

OUTSIDE = {
    "purchase.journal.request.action_comment": "opens a form, which refuses who writes",
    "purchase.journal.rule.action_open_requests": WINDOW,
    "purchase.order.action_open_journal_requests": WINDOW,
}


def furnish(env):
    """A request to buy, of a quotation."""
    product = env["product.product"].create({"name": "Amplifier", "type": "consu"})
    order = env["sale.order"].create(
        {
            "partner_id": env["res.partner"].create({"name": "Petr"}).id,
            "order_line": [Command.create({"product_id": product.id})],
        }
    )
    action = order.order_line.action_buy()
    dialog = env["purchase.journal.ask"].with_context(**action["context"])
    Form(dialog).save().action_ask()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def post_init_hook(env):
    """What came back before the installation is taken back too."""
    recounts = env["customer.affinity.recount"]
    returned = env["stock.move"].search(
        [
            ("state", "=", "done"),
            ("location_id.usage", "=", "customer"),
            ("sale_line_id", "!=", False),
        ]
    )
    if products := returned.product_id.ids:
        recounts._count_at_once("product", products)


def uninstall_hook(env):
    """Nobody knows of returns any more: what was sent back counts again."""
    env["customer.affinity.recount"]._ask("product")

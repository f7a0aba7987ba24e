# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def post_init_hook(env):
    """Orders and conversations of the time before the installation count too, and
    letters name the products that there are."""
    env["customer.affinity"]._rebuild()
    env["conversation.affinity"]._rebuild()
    env["routing.product.phrase"]._rebuild()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def post_init_hook(env):
    """Orders that were confirmed before the installation count too."""
    env["customer.affinity"]._rebuild()

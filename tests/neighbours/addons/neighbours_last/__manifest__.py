# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Neighbours last",
    "summary": "Runs every test after all addons are loaded (for setup/neighbours)",
    "version": "19.0.1.0.0",
    "author": "Audiomania",
    "license": "AGPL-3",
    "depends": ["base"],
    "installable": False,
}

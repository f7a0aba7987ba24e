# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class IrCronProgress(models.Model):
    """A job whose time is over goes on where it was, and not from the beginning: else
    what stands at the end would never have its turn."""

    _inherit = "ir.cron.progress"

    place = fields.Integer(
        readonly=True,
        help="The last record that this run of the job has looked at; zero if it was "
        "through.",
    )

    @api.model
    def _get_place(self):
        """Where the run before this one was cut."""
        run = self._get_run()
        if not run:
            return 0
        earlier = [("cron_id", "=", run.cron_id.id), ("id", "<", run.id)]
        return self.search(earlier, order="id DESC", limit=1).place

    @api.model
    def _set_place(self, place):
        self._get_run().place = place

    @api.model
    def _get_run(self):
        """The run of the job that works now, if it is one."""
        return self.browse(self.env.context.get("ir_cron_progress_id"))

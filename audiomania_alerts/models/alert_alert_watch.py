# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from functools import partial

from psycopg2 import OperationalError

from odoo import api, models

from ..states import ALERT_OPEN
from .alert_outbox import BATCH, run_apart

WATCHED = "audiomania_alerts.watched"
BORN = "audiomania_alerts.born"
# Reading only: as many open alerts are asked for their cause at once.
ASKED = 1000


def end_causeless(registry, watched, born=None):
    """After the commit of a change: end the alerts whose cause it took away. What
    fails here is found by the job within a minute.

    :param watched: sets of record ids by model.
    :param born: those that the same transaction has created. They have no alert that
        it could end: what it reported is asked for its cause when it becomes one.
    """
    for model, changed in watched.items():
        ids = changed - (born or {}).get(model, set())
        if not ids:
            continue
        try:
            run_apart(
                registry,
                lambda env, m=model, ids=ids: env["alert.alert"]._end_causeless_of(
                    m, ids
                ),
            )
        except OperationalError:
            continue


class AlertAlert(models.Model):
    """The job of each minute, and what a change of a record sets off at once."""

    _inherit = "alert.alert"

    @api.model
    def _note_born(self, records):
        born = self.env.cr.postcommit.data.setdefault(BORN, {})
        born.setdefault(records._name, set()).update(records.ids)

    @api.model
    def _watch_after_commit(self, records):
        postcommit = self.env.cr.postcommit
        if WATCHED not in postcommit.data:
            watched = postcommit.data.setdefault(WATCHED, {})
            born = postcommit.data.setdefault(BORN, {})
            postcommit.add(partial(end_causeless, self.env.registry, watched, born))
        ids = postcommit.data[WATCHED].setdefault(records._name, set())
        ids.update(records._origin.ids)

    @api.model
    def _cron_watch(self):
        """Take back what has expired, pass on, remind; then take back what has no
        cause any more. However many stand open, nobody is told later for it: what is
        due is asked for its cause before anybody is told."""
        outbox = self.env["alert.outbox"]
        outbox._drain(lambda env: env["alert.alert"]._expire(BATCH))
        outbox._drain(lambda env: env["alert.alert"]._escalate(BATCH))
        outbox._drain(lambda env: env["alert.delivery"]._remind(BATCH))
        self._ask_causes()

    @api.model
    def _ask_causes(self):
        """Of all that stand open, from where the time was over the last time."""
        outbox, progress = self.env["alert.outbox"], self.env["ir.cron.progress"]
        for ids in self._get_asked(progress._get_place()):
            outbox._run_batch(
                lambda env, ids=ids: env["alert.alert"].browse(ids)._end_causeless()
            )
            progress._set_place(ids[-1])
            if not outbox._has_time_after(len(ids)):
                return
        progress._set_place(0)

    @api.model
    def _get_asked(self, place=0):
        """The ids of those after this one, in batches."""
        domain = [
            ("state", "=", ALERT_OPEN),
            ("res_model", "!=", False),
            ("id", ">", place),
        ]
        found = self.search(domain, order="id").ids
        return [found[i : i + ASKED] for i in range(0, len(found), ASKED)]

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
        """Take back what has no cause any more or has expired, remind, pass on."""
        outbox = self.env["alert.outbox"]
        for ids in self._get_asked():
            outbox._run_batch(
                lambda env, ids=ids: env["alert.alert"].browse(ids)._end_causeless()
            )
            self.env["ir.cron"]._commit_progress(len(ids))
        outbox._drain(lambda env: env["alert.alert"]._expire(BATCH))
        outbox._drain(lambda env: env["alert.alert"]._escalate(BATCH))
        outbox._drain(lambda env: env["alert.delivery"]._remind(BATCH))

    @api.model
    def _get_asked(self):
        domain = [("state", "=", ALERT_OPEN), ("res_model", "!=", False)]
        found = self.search(domain, order="id").ids
        return [found[i : i + ASKED] for i in range(0, len(found), ASKED)]

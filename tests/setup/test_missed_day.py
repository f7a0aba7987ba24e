# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Jobs that did not run for a day, or a clock that jumped a day ahead: each thing is
told once, and nothing is left behind.

The time of a whole company is moved, instead of the clock of the machine: all that its
moments say is a day more ago. The jobs then run as the server runs them.
"""

import json
import os

import pytest
from odoo_shell import shell

from kit import databases, odoo

MOVE = """
DO $$
DECLARE one record;
BEGIN
    FOR one IN
        SELECT c.table_name AS name, string_agg(format(
                   '%1$I = %1$I - interval ''1 day''', c.column_name), ', ') AS changes
          FROM information_schema.columns AS c
          JOIN information_schema.tables AS t USING (table_schema, table_name)
         WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
           AND c.data_type = 'timestamp without time zone'
      GROUP BY c.table_name
    LOOP
        EXECUTE format('UPDATE %I SET %s', one.name, one.changes);
    END LOOP;
    UPDATE ir_cron SET nextcall = (now() AT TIME ZONE 'UTC') - interval '1 day';
END $$
"""
"""Everything happened a day before it did, and every job, also one of each month, was
to run a day ago."""

ONLY_OURS = """
    UPDATE ir_cron SET active = id IN (
        SELECT res_id FROM ir_model_data
         WHERE model = 'ir.cron' AND module LIKE 'audiomania%')
"""

RUN_AND_LOOK = """
import json
from odoo import fields

cron = env["ir.cron"]
began = fields.Datetime.now().replace(microsecond=0)
env.cr.commit()
for _round in range({rounds}):
    cron._process_jobs(env.cr.dbname)
env.cr.rollback()
env.invalidate_all()

OURS = [("module", "=like", "audiomania%"), ("model", "=", "ir.cron")]
jobs = cron.browse(env["ir.model.data"].search(OURS).mapped("res_id"))
env.cr.execute("SELECT id, event_count FROM alert_alert")
events = env.cr.fetchall()
env.cr.execute("SELECT id, notified_at::text FROM alert_delivery")
told = env.cr.fetchall()
env.cr.execute('''
    SELECT mail.id, coalesce(mail.email_to, '') || ' ' || message.subject || ' '
           || coalesce((SELECT string_agg(res_partner_id::text, ',')
                          FROM mail_mail_res_partner_rel
                         WHERE mail_mail_id = mail.id), '') || ' '
           || coalesce(message.model || message.res_id, '')
      FROM mail_mail AS mail JOIN mail_message AS message
           ON message.id = mail.mail_message_id
''')
letters = env.cr.fetchall()
requests = env["purchase.journal.request"].search_count([])
print("LOOKED", json.dumps({{
    "idle": jobs.filtered(lambda job: not job.lastcall or job.lastcall < began
                          ).mapped("cron_name"),
    "overdue": jobs.filtered(lambda job: job.nextcall <= began).mapped("cron_name"),
    "failing": jobs.filtered("failure_count").mapped("cron_name"),
    "inactive": jobs.filtered(lambda job: not job.active).mapped("cron_name"),
    "jobs": len(jobs),
    "events": dict(events), "told": dict(told), "letters": dict(letters),
    "requests": requests,
    "outbox": env["alert.outbox"].search_count([("state", "=", "pending")]),
    "faults": env["alert.outbox"].search([("state", "=", "failed")]).mapped("error"),
}}))
"""


class Company:
    """A database whose time can be moved, and what its jobs do in it."""

    def __init__(self, postgres, name, log):
        self.postgres, self.name, self.log = postgres, name, log
        postgres.sql(ONLY_OURS, name)

    def miss_a_day(self):
        self.postgres.sql(MOVE, self.name)

    def run_jobs(self, rounds=1):
        """Every job that is due, once; what stands in the database then."""
        script = RUN_AND_LOOK.format(rounds=rounds)
        told = shell(self.postgres, self.name, script, self.log)
        assert odoo.trouble(self.log) == []
        return json.loads(told.split("LOOKED ")[1].splitlines()[0])


@pytest.fixture
def company_in_time(company, tmp_path):
    postgres, source = company
    name = f"time_{os.getpid()}"
    with databases.temporary(postgres, source, name):
        yield Company(postgres, name, tmp_path / "odoo.log")


def get_heard(before, after):
    """The deliveries that were told, or told again, between two looks."""
    told = before["told"]
    return {one for one, moment in after["told"].items() if moment != told.get(one)}


def assert_told_once(before, after):
    """Between two looks no event was counted twice, and nobody got a letter twice."""
    known = before["events"]
    counted = {one: n - known.get(one, 0) for one, n in after["events"].items()}
    assert max(counted.values()) == 1, counted
    letters = [
        words for one, words in after["letters"].items() if one not in before["letters"]
    ]
    assert len(letters) == len(set(letters)), letters


def test_after_a_day_without_jobs_each_thing_is_told_once(company_in_time):
    company = company_in_time
    before = company.run_jobs(rounds=2)
    company.miss_a_day()

    first = company.run_jobs()

    assert first["jobs"] > 20
    assert not first["idle"], "these did not run"
    assert not first["overdue"], "these would run again for each hour that was missed"
    assert not first["failing"] and not first["inactive"]
    assert not first["outbox"] and not first["faults"]
    assert_told_once(before, first)
    heard = get_heard(before, first)
    assert heard, "a day passed, and nobody was told of anything"

    second = company.run_jobs(rounds=2)

    assert not heard & get_heard(first, second), "told twice"
    assert_told_once(before, second)
    assert second["requests"] == first["requests"]

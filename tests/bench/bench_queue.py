# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""P1: an employee opens his queue, beside the list of open tickets in stock.

Of 1,000,000 conversations 20,000 are open; of those, in ours, the latest 2,000 wait for
an answer, in history of any length: one of four reserved for somebody, one on the rung
of its team, one of its department, one taken. The reader is in the middle one of the
host's groups, a member of one team of nine.

"Queries": the ids of the first page of 80, and the counts on the tabs (in stock: of the
pager). "Whole": `web_search_read` with the fields of the list. The plans stand below.
"""

from common import OURS, STOCK, environment, in_turn, kept, row, start, write
from lxml import etree

import odoo
from odoo.modules.registry import Registry
from odoo.tools.safe_eval import safe_eval

STORED, STORED_SMALL = 1_000_000, 50_000
TEAMS, MEMBERS, CUSTOMERS, PAGE = 9, 5, 1000, 80
WAITING = 50 * 2000
"""The newest 2,000 of the open ones, of which every fiftieth conversation is one."""
QUERY_GOAL, WHOLE_GOAL, GROWTH_GOAL, RULE_GOAL = 1 / 20, 1 / 8, 1.5, 2.0

TICKETS = """
    INSERT INTO helpdesk_ticket (number, name, description, company_id, partner_id,
        commercial_partner_id, team_id, user_id, stage_id, priority, sequence, active,
        create_date, last_stage_update {columns})
    SELECT 'HB' || lpad(n::text, 7, '0'), 'A question', '<p>When?</p>', %(company)s,
        (%(customers)s)[1 + n %% {customers}], (%(customers)s)[1 + n %% {customers}],
        (%(teams)s)[1 + n / 50 %% {teams}],
        CASE WHEN n %% 50 = 0 AND n / 50 %% 4 != 3 THEN NULL
             ELSE (%(members)s)
                 [1 + n / 50 %% {teams} * {members} + n / 450 %% {members}]
        END,
        CASE WHEN n %% 50 = 0 THEN %(open)s ELSE %(closed)s END, '1', 10, TRUE,
        moment, moment {values}
    FROM (SELECT n, now() at time zone 'UTC' - n * interval '1 minute' AS moment
            FROM generate_series(1, %(stored)s) AS n) AS letter
"""
COLUMNS = """, inquiry_state, waiting_since, ladder_active, department_id, addressee_id,
        exclusive_until, team_visible_from, department_visible_from"""
VALUES = """,
        CASE WHEN n %% 50 = 0 AND n <= {waiting} THEN 'pending' ELSE 'worked_out' END,
        CASE WHEN n %% 50 = 0 AND n <= {waiting} THEN moment END, TRUE, %(department)s,
        (%(members)s)[1 + n / 50 %% {teams} * {members} + n / 450 %% {members}],
        CASE WHEN n %% 200 = 0 THEN now() at time zone 'UTC' + interval '9 years' END,
        now() at time zone 'UTC' + CASE WHEN n %% 200 = 0 THEN 1 ELSE -1 END
            * interval '9 years',
        now() at time zone 'UTC' + CASE WHEN n %% 200 = 100 THEN -1 ELSE 2 END
            * interval '9 years'"""


def fill(database, stored):
    """So many conversations of the teams; the id of an employee of one of them."""
    with environment(database) as env:
        department = env["helpdesk.ticket.team"].create({"name": "Sales"})
        members = _make_members(env)
        teams = env["helpdesk.ticket.team"].create(
            [
                {
                    "name": f"Team {number}",
                    "parent_id": department.id,
                    "user_ids": [(6, 0, members[number * MEMBERS :][:MEMBERS].ids)],
                }
                for number in range(TEAMS)
            ]
        )
        customers = env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(CUSTOMERS)]
        )
        env.flush_all()
        stages = env["helpdesk.ticket.stage"].search([])
        ours = "inquiry_state" in env["helpdesk.ticket"]._fields
        sizes = {"customers": CUSTOMERS, "teams": TEAMS, "members": MEMBERS}
        sizes["waiting"] = WAITING
        statement = TICKETS.format(
            columns=COLUMNS if ours else "",
            values=VALUES.format(**sizes) if ours else "",
            **sizes,
        )
        env.cr.execute("DELETE FROM helpdesk_ticket")
        env.cr.execute(
            statement,
            {
                "stored": stored,
                "company": env.company.id,
                "department": department.id,
                "teams": teams.ids,
                "members": members.ids,
                "customers": customers.ids,
                "open": stages.filtered(lambda stage: not stage.closed)[:1].id,
                "closed": stages.filtered("closed")[:1].id,
            },
        )
    with Registry(database).cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE helpdesk_ticket")
    return members[0].id


def have(template, stored):
    """The kept database with so many conversations, and an employee of it."""
    name = f"{template}_queue_{stored}"
    return name, kept(template, name, lambda database: fill(database, stored))


def _make_members(env):
    group = env.ref("helpdesk_mgmt.group_helpdesk_user_team")
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": f"Employee {number}",
                    "login": f"bench{number}",
                    "group_ids": [(4, group.id)],
                }
                for number in range(TEAMS * MEMBERS)
            ]
        )
    )


class Screen:
    """A list as one employee opens it: its action, its view and its order."""

    def __init__(self, database, user_id, action, view=False):
        self.database, self.user_id = database, user_id
        self.context = {}
        with self.reader() as env:
            # sudo: ir.actions.act_window: what the client reads of it
            self.domain = safe_eval(env.ref(action).sudo().domain or "[]")
            view_id = env.ref(view).id if view else False
            arch = etree.fromstring(
                env["helpdesk.ticket"].get_view(view_id, "list")["arch"]
            )
            order = env["helpdesk.ticket"]._order
            self.order = arch.get("default_order") or order
            names = {node.get("name") for node in arch.iter("field")}
            fields = env["helpdesk.ticket"].fields_get(names, ["relation"])
            self.fields = {
                name: {"fields": {"display_name": {}}} if "relation" in field else {}
                for name, field in fields.items()
            }
            companies = env.user.company_ids.ids
        # what the client sends with every call
        self.context = {
            "lang": "en_US",
            "tz": "Europe/Moscow",
            "uid": user_id,
            "allowed_company_ids": companies,
        }

    def reader(self):
        """A fresh environment of the employee, as each call of a client has."""
        cr = Registry(self.database).cursor()
        return _Reading(cr, self.user_id, self.context)

    def find(self, env, sudo=False):
        # sudo: helpdesk.ticket: the same query without rules, for comparison
        tickets = env["helpdesk.ticket"].sudo(sudo)
        return tickets._search(self.domain, limit=PAGE, order=self.order)

    def query(self, sudo=False):
        """A function that runs the query of the page, and the counts beside it."""

        def work(_round):
            with self.reader() as env:
                found = self.find(env, sudo=sudo).get_result_ids()
                assert found
                if not sudo:
                    self.count(env)

        return work

    def page(self, sudo):
        """A function that runs the query of the page only."""

        def work(_round):
            with self.reader() as env:
                self.find(env, sudo=sudo).get_result_ids()

        return work

    def count(self, env):
        tickets = env["helpdesk.ticket"]
        if "queue" in tickets._fields:
            tickets.search_panel_select_range(
                "queue", enable_counters=True, search_domain=self.domain
            )
        else:
            tickets.search_count(self.domain)

    def whole(self):
        """A function that fetches the page as the client does."""

        def work(_round):
            with self.reader() as env:
                page = env["helpdesk.ticket"].web_search_read(
                    self.domain,
                    self.fields,
                    limit=PAGE,
                    order=self.order,
                    count_limit=10001,
                )
                assert page["records"]

        return work

    def explain(self):
        """The plan of the page's query, with the rules of the employee."""
        with self.reader() as env:
            query = self.find(env)
            sql = query.select()
            env.cr.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql.code}", sql.params)
            return [line for (line,) in env.cr.fetchall()]


class _Reading:
    """An environment that is rolled back: reading leaves nothing."""

    def __init__(self, cr, user_id, context):
        self.cr, self.user_id, self.context = cr, user_id, context

    def __enter__(self):
        return odoo.api.Environment(self.cr, self.user_id, self.context)

    def __exit__(self, *_error):
        self.cr.rollback()
        self.cr.close()


def open_queue(database, user_id):
    return Screen(
        database,
        user_id,
        "audiomania_routing.helpdesk_ticket_action_queue",
        "audiomania_routing.helpdesk_ticket_view_list_queue",
    )


def main():
    options = start()
    stored = STORED_SMALL if options.small else STORED
    queue_of_few = open_queue(*have(OURS, stored // 10))
    queue = open_queue(*have(OURS, stored))
    stock = Screen(*have(STOCK, stored), "helpdesk_mgmt.helpdesk_ticket_action_opened")
    repetitions = options.repetitions
    works = queue.query(), stock.query(), queue_of_few.query()
    query, query_stock, query_few = in_turn(repetitions, *works)
    works = queue.whole(), stock.whole(), queue_of_few.whole()
    whole, whole_stock, whole_few = in_turn(repetitions, *works)
    ruled, free = in_turn(repetitions, queue.page(False), queue.page(True))
    plan = queue.explain()
    plan_stock = stock.explain()
    beside = f"(ours, {stored // 10:,})"
    rows = [
        row("P1", f"the queue's queries, {stored:,}", query, query_stock, QUERY_GOAL),
        row("P1", "the whole page of the queue", whole, whole_stock, WHOLE_GOAL),
        row(
            "P1",
            "the queries, ten times as many",
            query,
            query_few,
            GROWTH_GOAL,
            beside,
        ),
        row(
            "P1",
            "the whole page, ten times as many",
            whole,
            whole_few,
            GROWTH_GOAL,
            beside,
        ),
        row(
            "P1",
            "the page's query, with the rules",
            ruled,
            free,
            RULE_GOAL,
            "(no rule)",
        ),
    ]
    rows[0]["plan"] = plan
    rows[1]["plan"] = ["(stock)", *plan_stock]
    write(options.output, rows)


if __name__ == "__main__":
    main()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""P10: a manager opens the pivots of a year of inquiries.

1,000,000 inquiries came in within a year, one in each conversation, to nine teams of
five; one of fifty of the newest waits still. Each row carries the facts of its decision
as the engine stores them. The pivots are fetched as the client does, in one call: teams
by month, and employees by week, each with its totals, its numbers and three measures.
Beside stock: the same rows and columns over its tickets, with three measures of theirs.
A leader reads the same pivot of his team through the rule of the report.
"""

import functools

from bench_queue import fill as fill_conversations
from common import OURS, STOCK, environment, in_turn, kept, row, start, write

import odoo
from odoo.modules.registry import Registry

STORED, STORED_SMALL = 1_000_000, 50_000
GOAL_MS, GROWTH = 2000, 10
IN_LINE = 1.2 * GROWTH
"""In line: ten times as many take ten times as long, and some noise."""
MEASURES = [
    "__count",
    "working_hours_to_answered:avg",
    "inside_share:avg",
    "quality_mark:avg",
]
MEASURES_STOCK = [
    "__count",
    "assigned_date:max",
    "last_stage_update:max",
    "sequence:sum",
]

INQUIRIES = """
    INSERT INTO helpdesk_inquiry (ticket_id, subject, excerpt, recipient_emails,
        company_id, partner_id, team_id, audience_id, addressee_id, received_at,
        received_on, state, decision, is_public, taken_at, taken_by_id,
        first_answered_at,
        first_answered_by_id, worked_out_at, worked_out_by_id, hours_to_taken,
        hours_to_answered, hours_to_worked_out, working_hours_to_taken,
        working_hours_to_answered, working_hours_to_worked_out, window_result,
        answered_by_kind, transfer_count, is_reopening, open_question_count,
        quality_mark, speed_mark)
    SELECT ticket_id, 'A question about my turntable', %(excerpt)s,
        'sales@shop.example', company_id, partner_id, team_id,
        (%(audiences)s)[1 + n %% 9], user_id, received_at, received_at::date,
        CASE WHEN waits THEN 'pending' WHEN n %% 9 = 0 THEN 'no_action'
             ELSE 'answered' END,
        %(decision)s::jsonb || jsonb_build_object('n', n), n %% 20 = 0, answered_at,
        answerer_id, CASE WHEN n %% 9 > 0 THEN answered_at END,
        CASE WHEN n %% 9 > 0 THEN answerer_id END, answered_at, answerer_id,
        hours, CASE WHEN n %% 9 > 0 THEN hours END, hours, hours / 3,
        CASE WHEN n %% 9 > 0 THEN hours / 3 END, hours / 3,
        CASE WHEN waits OR n %% 9 = 0 THEN 'none' WHEN n %% 3 = 0 THEN 'after'
             ELSE 'inside' END,
        CASE WHEN waits OR n %% 9 = 0 THEN 'none' WHEN n %% 4 = 0 THEN 'other'
             ELSE 'reserved' END,
        n %% 3, n %% 11 = 0, n %% 2, CASE WHEN n %% 10 = 0 THEN 1 + n %% 5 ELSE 0 END,
        CASE WHEN n %% 10 = 0 THEN 1 + n %% 5 ELSE 0 END
      FROM (SELECT *, CASE WHEN NOT waits THEN received_at + hours * interval '1 hour'
                      END AS answered_at,
                   CASE WHEN NOT waits THEN user_id END AS answerer_id
              FROM (SELECT id AS ticket_id, company_id, partner_id, team_id, n,
                           COALESCE(user_id, %(member)s) AS user_id,
                           n %% 50 = 0 AND n <= 100000 AS waits,
                           (n %% 60 + 1)::float8 AS hours,
                           now() at time zone 'UTC'
                               - n * interval '365 days' / %(stored)s AS received_at
                      FROM (SELECT *, substr(number, 3)::int AS n
                              FROM helpdesk_ticket) AS numbered) AS ticket) AS letter
     ORDER BY n DESC"""
EXCERPT = "Good afternoon, the belt of my turntable slips. Do you have one in stock?"


def fill(database, stored):
    """Conversations, in ours with an inquiry each; who reads them, by role."""
    member_id = fill_conversations(database, stored)
    with environment(database) as env:
        readers = _make_readers(env, env["res.users"].browse(member_id))
        if "helpdesk.inquiry" in env:
            _make_inquiries(env, stored, member_id)
        else:
            _spread(env, stored)
    with Registry(database).cursor() as cr:
        cr._cnx.autocommit = True
        for table in ("helpdesk_ticket", "helpdesk_inquiry"):
            cr.execute("SELECT to_regclass(%s)", [table])
            if cr.fetchone()[0]:
                cr.execute(f"VACUUM ANALYZE {table}")
    return readers


def _make_readers(env, member):
    team = env["helpdesk.ticket.team"].search([("user_ids", "in", member.ids)])
    users = {
        role: env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": role,
                "login": f"bench_{role}",
                "group_ids": [(4, env.ref(f"helpdesk_mgmt.group_helpdesk_{group}").id)],
            }
        )
        for role, group in (("manager", "manager"), ("leader", "user_own"))
    }
    if "user_id" in team._fields:
        team.user_id = users["leader"]
    return {**{role: user.id for role, user in users.items()}, "member": member.id}


def _make_inquiries(env, stored, member_id):
    """One in each conversation, with facts as the engine wrote them of one. Whose they
    are is known to exist, and not looked up a million times."""
    audiences = env["customer.audience"].create(
        [{"name": f"Audience {number}"} for number in range(9)]
    )
    decision = _get_decision(env)
    env.cr.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid = 'helpdesk_inquiry'::regclass"
    )
    for (name,) in env.cr.fetchall():
        env.cr.execute(f'ALTER TABLE helpdesk_inquiry DROP CONSTRAINT "{name}"')
    env.cr.execute(
        INQUIRIES,
        {
            "audiences": audiences.ids,
            "decision": decision,
            "excerpt": EXCERPT,
            "member": member_id,
            "stored": stored,
        },
    )


def _get_decision(env):
    """The text of a decision over all employees, of a letter that is forgotten."""
    ticket = env["helpdesk.ticket"].search([], limit=1)
    inquiry = env["helpdesk.inquiry"].create({"ticket_id": ticket.id})
    env.flush_all()
    env.cr.execute(
        "DELETE FROM helpdesk_inquiry WHERE id = %s RETURNING decision::text",
        [inquiry.id],
    )
    (decision,) = env.cr.fetchone()
    env.invalidate_all()
    return decision


def _spread(env, stored):
    """The tickets of stock over one year, as the inquiries."""
    env.cr.execute(
        "UPDATE helpdesk_ticket SET create_date = now() at time zone 'UTC'"
        " - substr(number, 3)::int * interval '365 days' / %s",
        [stored],
    )


def have(template, stored):
    name = f"{template}_analysis_{stored}"
    filler = functools.partial(fill, stored=stored)
    return name, kept(template, name, filler)


def pivot(place, role, model, rows, columns, measures):
    """A function that fetches a pivot of the last year as the client does."""
    database, readers = place
    sets = [[], [rows], [columns], [rows, columns]]
    day = columns.partition(":")[0]

    def work(_round):
        with Registry(database).cursor() as cr:
            env = odoo.api.Environment(cr, readers[role], {"tz": "Europe/Moscow"})
            groups = env[model].formatted_read_grouping_sets(
                [(day, ">=", "today -370d")], sets, measures
            )
            assert groups[0][0]["__count"] and len(groups[3]) > len(groups[1])
            cr.rollback()

    return work


def ours(place, role, rows, interval):
    column = f"received_on:{interval}"
    return pivot(place, role, "helpdesk.inquiry.report", rows, column, MEASURES)


def stock(place, rows, interval):
    column = f"create_date:{interval}"
    return pivot(place, "manager", "helpdesk.ticket", rows, column, MEASURES_STOCK)


def first_page(place, role):
    """A function that fetches the first rows of the list behind a figure."""
    database, readers = place

    def work(_round):
        with Registry(database).cursor() as cr:
            env = odoo.api.Environment(cr, readers[role], {"tz": "Europe/Moscow"})
            page = env["helpdesk.inquiry.report"].web_search_read(
                [("received_on", ">=", "today -370d")],
                {"conversation": {}, "team_id": {"fields": {"display_name": {}}}},
                limit=80,
                count_limit=10001,
            )
            assert page["records"]
            cr.rollback()

    return work


def main():
    options = start()
    stored = STORED_SMALL if options.small else STORED
    few, many = have(OURS, stored // GROWTH), have(OURS, stored)
    host = have(STOCK, stored)
    repetitions = min(options.repetitions, 15)
    works = (
        ours(many, "manager", "team_id", "month"),
        stock(host, "team_id", "month"),
        ours(few, "manager", "team_id", "month"),
        ours(many, "manager", "user_id", "week"),
        stock(host, "user_id", "week"),
        ours(few, "manager", "user_id", "week"),
        ours(many, "leader", "team_id", "month"),
        first_page(many, "manager"),
        first_page(few, "manager"),
    )
    (
        teams,
        teams_stock,
        teams_few,
        people,
        people_stock,
        people_few,
        leader,
        page,
        page_few,
    ) = in_turn(repetitions, *works)
    size, goal = f"{stored:,}", "(the goal)"
    beside = f"(ours, {stored // GROWTH:,})"
    label = f"teams by month, {size}"
    rows = [
        row("P10", label, teams, GOAL_MS, 1, goal),
        row("P10", f"employees by week, {size}", people, GOAL_MS, 1, goal),
        row("P10", "the pivot of a leader", leader, GOAL_MS, 1, goal),
        row("P10", "teams by month, beside tickets", teams, teams_stock, 1.5),
        row("P10", "employees by week, beside tickets", people, people_stock, 1.5),
        row("P10", "teams by month, growth", teams, teams_few, IN_LINE, beside),
        row("P10", "employees by week, growth", people, people_few, IN_LINE, beside),
        row("P10", "first page of the list, growth", page, page_few, IN_LINE, beside),
    ]
    write(options.output, rows)


if __name__ == "__main__":
    main()

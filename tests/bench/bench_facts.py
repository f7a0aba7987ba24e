# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""P3: the facts of one inquiry, of 50 employees, as the history grows.

A company with 200,000 customers and 1,000,000 orders, their conversations and marks,
beside the same company with 10,000 orders. The inquiries are of customers with the same
number of orders in both. Counted is the number of statements, too: it is to be equal.
"""

from common import (
    OURS,
    copied,
    environment,
    in_turn,
    multiply,
    row,
    start,
    top,
    write,
)

EMPLOYEES = 50
FEW, MANY, MANY_SMALL = 10_000, 1_000_000, 20_000
ORDERS_EACH = 5
LARGE = "bench_facts_large"
GOAL = 1.5


def prepare(database):
    """A department of five teams, an audience of each, and one record of each kind
    that is multiplied."""
    with environment(database) as env:
        staff = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                [
                    {
                        "name": f"Employee {number}",
                        "login": f"facts{number}",
                        "email": f"facts{number}@facts.example",
                        "group_ids": [
                            (4, env.ref("base.group_user").id),
                            (4, env.ref("helpdesk_mgmt.group_helpdesk_user_own").id),
                        ],
                    }
                    for number in range(EMPLOYEES)
                ]
            )
        )
        for user in staff:
            user.action_create_employee()
        root = env["helpdesk.ticket.team"].create({"name": "Sales"})
        for number in range(5):
            members = staff[number::5]
            env["helpdesk.ticket.team"].create(
                {
                    "name": f"Team {number}",
                    "parent_id": root.id,
                    "user_ids": [(6, 0, members.ids)],
                }
            )
        category = env["product.category"].create({"name": "Goods"})
        team = env["helpdesk.ticket.team"].search([], limit=1, order="id desc")
        env["customer.audience"].create(
            {"name": "All", "category_ids": [(4, category.id)], "team_id": team.id}
        )
        product = env["product.product"].create(
            {"name": "A thing", "categ_id": category.id}
        )
        customer = env["res.partner"].create(
            {"name": "The first", "email": "first@facts.example"}
        )
        order = env["sale.order"].create(
            {
                "partner_id": customer.id,
                "user_id": staff[0].id,
                "order_line": [(0, 0, {"product_id": product.id, "price_unit": 100})],
            }
        )
        order.action_confirm()
        ticket = env["helpdesk.ticket"].create(
            {
                "name": "A question",
                "description": "When?",
                "partner_id": customer.id,
                "team_id": team.id,
            }
        )
        inquiry = env["helpdesk.inquiry"].create(
            {"ticket_id": ticket.id, "partner_id": customer.id}
        )
        inquiry._set_worked_out("answered", staff[0])
        rating = env["rating.rating"].create(
            {
                "res_model_id": env["ir.model"]._get_id("helpdesk.ticket"),
                "res_id": ticket.id,
                "rated_partner_id": staff[0].partner_id.id,
                "partner_id": customer.id,
                "rating": 5,
                "consumed": True,
            }
        )
        return {
            "staff": staff.ids,
            "raters": staff.partner_id.ids,
            "res_partner": customer.id,
            "sale_order": order.id,
            "sale_order_line": order.order_line.id,
            "helpdesk_ticket": ticket.id,
            "helpdesk_inquiry": inquiry.id,
            "rating_rating": rating.id,
        }


def fill(database, first, orders):
    """So many orders, five of each customer, a conversation for each five orders and a
    mark for each tenth conversation; then the sums of all that are built."""
    customers = orders // ORDERS_EACH
    with environment(database) as env:
        base = {name: top(env, name) for name in first if name in KINDS}
        params = {**base, **{key: first[key] for key in ("staff", "raters")}}
        params["customers"] = customers
        for name, (number, values) in KINDS.items():
            multiply(
                env, name, first[name], base[name], number(customers), values, params
            )
        env.cr.execute("ANALYZE")
        env.invalidate_all()
        env["customer.affinity"]._rebuild()
        env["conversation.affinity"]._rebuild()
        env.cr.execute("ANALYZE customer_affinity, conversation_affinity")
        return [base["res_partner"] + number for number in range(1, 101)]


STAFF = "(%(staff)s::integer[])[1 + (n %% 50)]"
RATERS = "(%(raters)s::integer[])[1 + (n %% 50)]"
CUSTOMER = "%(res_partner)s + 1 + (n - 1) %% %(customers)s"
AGO = "now() AT TIME ZONE 'UTC' - (n %% 1000) * interval '1 day'"
KINDS = {
    "res_partner": (
        lambda customers: customers,
        {
            "name": "'Customer ' || n",
            "complete_name": "'Customer ' || n",
            "email": "'c' || n || '@facts.example'",
            "email_normalized": "'c' || n || '@facts.example'",
            "commercial_partner_id": "%(res_partner)s + n",
        },
    ),
    "sale_order": (
        lambda customers: customers * ORDERS_EACH,
        {
            "name": "'FACTS' || n",
            "partner_id": CUSTOMER,
            "partner_invoice_id": CUSTOMER,
            "partner_shipping_id": CUSTOMER,
            "user_id": STAFF,
            "date_order": AGO,
            "access_token": "NULL",
        },
    ),
    "sale_order_line": (
        lambda customers: customers * ORDERS_EACH,
        {"order_id": "%(sale_order)s + n", "order_partner_id": CUSTOMER},
    ),
    "helpdesk_ticket": (
        lambda customers: customers,
        {
            "number": "'FACTS' || n",
            "partner_id": CUSTOMER,
            "commercial_partner_id": CUSTOMER,
            "user_id": STAFF,
            "assigned_date": AGO,
            "access_token": "NULL",
        },
    ),
    "helpdesk_inquiry": (
        lambda customers: customers,
        {
            "ticket_id": "%(helpdesk_ticket)s + n",
            "partner_id": CUSTOMER,
            "worked_out_by_id": STAFF,
            "worked_out_at": AGO,
            "message_id": "NULL",
            "source_message_id": "NULL",
        },
    ),
    "rating_rating": (
        lambda customers: customers // 10,
        {
            "res_id": "%(helpdesk_ticket)s + n",
            "rated_partner_id": RATERS,
            "partner_id": CUSTOMER,
            "rating": "1 + n %% 5",
            "rated_on": AGO,
            "access_token": "md5('facts' || n)",
        },
    ),
}
"""{table: (how many for so many customers, {column: of the n-th copy})}"""


def ask(database, customers):
    """A function that gathers the facts of one inquiry, each time of another customer;
    and the number of statements that it takes."""
    with environment(database) as env:
        inquiries = env["helpdesk.inquiry"]
        for customer_id in customers[:40]:
            ticket = env["helpdesk.ticket"].create(
                {
                    "name": "A question",
                    "description": "When?",
                    "partner_id": customer_id,
                }
            )
            inquiries |= inquiries.create(
                {
                    "ticket_id": ticket.id,
                    "partner_id": customer_id,
                    "recipient_emails": "facts7@facts.example",
                }
            )
        ids = inquiries.ids

    def work(round_):
        with environment(database) as env:
            inquiry = env["helpdesk.inquiry"].browse(ids[round_ % len(ids)])
            before = env.cr.sql_log_count
            case = env["routing.facts"]._gather(inquiry)[inquiry.id]
            counts.add(env.cr.sql_log_count - before)
            known.append(sum(1 for one in case.staff if one.handled))

    counts, known = set(), []
    for round_ in range(3):
        work(round_)
    counts.clear()
    return work, counts, known


def main():
    options = start()
    many = MANY_SMALL if options.small else MANY
    first = prepare(OURS)
    with copied(OURS, LARGE):
        works, statements = [], []
        for database, orders in ((LARGE, many), (OURS, FEW)):
            work, counts, known = ask(database, fill(database, first, orders))
            works.append(work)
            statements.append(counts)
        large, small = in_turn(options.repetitions, *works)
    beside = f"(ours, {FEW:,} orders)"
    rows = [
        row("P3", f"facts of an inquiry, {many:,} orders", large, small, GOAL, beside)
    ]
    ours, stock = (max(counts) for counts in statements)
    what = f"its statements ({EMPLOYEES} employees)"
    rows.append(row("P3", what, ours, stock, 1.0, beside, unit="", digits=0))
    if not any(known):
        raise SystemExit("no employee knows a customer: the data are not as meant")
    write(options.output, rows)


if __name__ == "__main__":
    main()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The company that is loaded: employees in teams, customers with orders, and a past.

    company.py DATABASE OUTPUT --employees N --stored CONVERSATIONS

One record of each kind is made as people make it; its copies are made by set-based
SQL, and the sums that routing weighs are then rebuilt from all of them. OUTPUT is a
JSON file with what those who work there, and those who write to them, must know.

OCA has no load tool for Odoo 19, and `odoo populate` copies whole rows: all would have
been worked out by the same person at the same moment.
"""

import argparse
import json
import os
import sys
from datetime import datetime, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

from common import environment, multiply, top

from odoo.modules.registry import Registry
from odoo.tools import config

DOMAIN = "load.example"
PASSWORD = "load"
TEAM_SIZE = 6
WAITING = 10
"""So many conversations wait for each employee's team when the day begins."""
CUSTOMERS_EACH = 5
"""Conversations that a customer has had."""

STAFF = (
    "(%(staff)s::integer[])[1 + n %% {teams} + n / {teams} %% {size} * {teams}]"
    # staff stands in turns: one of each team, then the next one of each
)
TEAM = "(%(teams)s::integer[])[1 + n %% {teams}]"
CUSTOMER = "%(res_partner)s + 1 + (n - 1) %% %(customers)s"
AGO = "now() AT TIME ZONE 'UTC' - n * interval '1 year' / %(stored)s"

NEW_DAY = """
    WITH ticket AS (
        UPDATE helpdesk_ticket
           SET inquiry_state = 'pending', user_id = NULL, stage_id = %(open)s,
               waiting_since = now() AT TIME ZONE 'UTC' - interval '10 minutes',
               team_visible_from = now() AT TIME ZONE 'UTC' - interval '10 minutes',
               department_visible_from = now() AT TIME ZONE 'UTC' + interval '2 hours',
               supervisors_alerted_from = now() AT TIME ZONE 'UTC' + interval '4 hours',
               told_rung = 'team'
         WHERE id BETWEEN %(first)s AND %(last)s
     RETURNING id
    )
    UPDATE helpdesk_inquiry
       SET state = 'pending', worked_out_at = NULL, worked_out_by_id = NULL,
           received_at = now() AT TIME ZONE 'UTC' - interval '10 minutes',
           received_on = (now() AT TIME ZONE 'UTC')::date
      FROM ticket
     WHERE ticket_id = ticket.id
"""
ONLY_NEEDED = """
    UPDATE ir_cron SET active = FALSE WHERE id NOT IN (
        SELECT res_id FROM ir_model_data
         WHERE model = 'ir.cron'
           AND (module LIKE 'audiomania%%' OR name = 'ir_cron_mail_scheduler_action')
    )
"""
"""A job of Odoo asks a server of Odoo's."""


def main():
    options = _parse()
    config.parse_config(["-c", os.environ["ODOO_RC"], "--log-level", "warn"])
    with environment(options.database) as env:
        env.cr.execute(ONLY_NEEDED)
        made = have_company(env, options.employees)
        ids = have_first(env, made)
        env.flush_all()
        day = have_past(env, made, ids, options.stored)
        given = describe(env, made, ids, options.stored)
    # what waits came after all of them were there: nothing is to be decided again
    with environment(options.database) as env:
        env.cr.execute(NEW_DAY, day)
    with Registry(options.database).cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE")
    options.output.write_text(json.dumps(given))


def _parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("output", type=Path)
    parser.add_argument("--employees", type=int, required=True)
    parser.add_argument("--stored", type=int, required=True)
    return parser.parse_args()


def noon_zone():
    """A time zone where it is about noon now, so that everybody is at work."""
    hours = 12 - datetime.now(timezone.utc).hour
    return f"Etc/GMT{-hours:+d}"


def have_company(env, employees):
    """The department, its teams with an audience each, and who works in them."""
    env.company.alias_domain_id = env["mail.alias.domain"].create({"name": DOMAIN})
    number = max(1, employees // TEAM_SIZE)
    staff = _have_staff(env, employees)
    head = staff[-1]
    head.group_ids += env.ref("helpdesk_mgmt.group_helpdesk_manager")
    teams = env["helpdesk.ticket.team"]
    department = teams.create(
        {"name": "Sales", "alias_name": "shop", "user_id": head.id}
    )
    products = env["product.product"]
    for place in range(number):
        category = env["product.category"].create({"name": f"Goods {place}"})
        products += products.create(
            {"name": f"Goods {place}", "categ_id": category.id, "list_price": 900}
        )
        teams += teams.create(
            {
                "name": f"Team {place}",
                "alias_name": f"team{place}",
                "parent_id": department.id,
                "user_ids": [(6, 0, staff[place::number].ids)],
            }
        )
        env["customer.audience"].create(
            {
                "name": f"Audience {place}",
                "team_id": teams[-1].id,
                "category_ids": [(4, category.id)],
            }
        )
    env["fetchmail.server"].create({"name": "Pipe", "server_type": "local"})
    return {
        "department": department,
        "teams": teams,
        "staff": staff,
        "products": products,
    }


def _have_staff(env, employees):
    zone = noon_zone()
    hours = {"name": "day", "hour_from": 1, "hour_to": 23}
    calendar = env["resource.calendar"].create(
        {
            "name": "Every day",
            "tz": zone,
            "attendance_ids": [
                (0, 0, {**hours, "dayofweek": str(day)}) for day in range(7)
            ],
        }
    )
    groups = (
        "helpdesk_mgmt.group_helpdesk_user_team",
        "sales_team.group_sale_salesman",
    )
    staff = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": f"Employee {number}",
                    "login": f"employee{number}",
                    "email": f"employee{number}@{DOMAIN}",
                    "notification_type": "inbox",
                    "tz": zone,
                    "group_ids": [(4, env.ref(group).id) for group in groups],
                }
                for number in range(employees)
            ]
        )
    )
    for user in staff:
        user.action_create_employee()
    staff.employee_ids.write({"resource_calendar_id": calendar.id, "tz": zone})
    # the same for all: to make each one's own would take half a minute
    password = env.user._crypt_context().hash(PASSWORD)
    env.flush_all()
    env.cr.execute(
        "UPDATE res_users SET password = %s WHERE id IN %s", [password, staff._ids]
    )
    return staff


def have_first(env, made):
    """A customer with an order and a conversation that was answered; their ids."""
    seller = made["staff"][0]
    customer = env["res.partner"].create(
        {"name": "The first", "email": f"first@{DOMAIN}.customers"}
    )
    product = made["products"][0]
    order = env["sale.order"].create(
        {
            "partner_id": customer.id,
            "user_id": seller.id,
            "order_line": [(0, 0, {"product_id": product.id, "price_unit": 900})],
        }
    )
    order.action_confirm()
    ticket = env["helpdesk.ticket"].create(
        {
            "name": "A question about my turntable",
            "description": "The belt slips.",
            "partner_id": customer.id,
            "partner_email": customer.email,
            "team_id": made["teams"][0].id,
        }
    )
    letter = ticket.message_post(
        body="The belt of my turntable slips. Do you have one in stock?",
        message_type="email",
        author_id=customer.id,
        email_from=customer.email,
        subtype_xmlid="mail.mt_comment",
    )
    inquiry = ticket.inquiry_ids[:1] or env["helpdesk.inquiry"].create(
        {"ticket_id": ticket.id, "partner_id": customer.id}
    )
    inquiry.message_id = letter
    answer = ticket.with_user(seller).message_post(
        body="Yes, two of them.",
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )
    ticket.inquiry_ids.filtered(lambda one: one.state == "pending")._set_worked_out(
        "answered", seller
    )
    return {
        "res_partner": customer.id,
        "sale_order": order.id,
        "sale_order_line": order.order_line.id,
        "helpdesk_ticket": ticket.id,
        "mail_message": letter.id,
        "helpdesk_inquiry": inquiry.id,
        "answer": answer.id,
    }


def have_past(env, made, ids, stored):
    """So many conversations of a year; which of them wait when the day begins."""
    teams = len(made["teams"])
    sizes = {"teams": teams, "size": max(1, len(made["staff"]) // teams)}
    staff, team = STAFF.format(**sizes), TEAM.format(**sizes)
    customers = count_customers(stored, teams)
    kinds = [
        (
            "res_partner",
            customers,
            {
                "name": "'Customer ' || n",
                "complete_name": "'Customer ' || n",
                "email": f"'customer' || n || '@{DOMAIN}.customers'",
                "email_normalized": f"'customer' || n || '@{DOMAIN}.customers'",
                "commercial_partner_id": "%(res_partner)s + n",
            },
        ),
        (
            "sale_order",
            customers,
            {
                "name": "'LOAD' || n",
                "partner_id": CUSTOMER,
                "partner_invoice_id": CUSTOMER,
                "partner_shipping_id": CUSTOMER,
                "user_id": staff,
                "date_order": AGO,
                "access_token": "NULL",
            },
        ),
        (
            "sale_order_line",
            customers,
            {
                "order_id": "%(sale_order)s + n",
                "order_partner_id": CUSTOMER,
                "product_id": team.replace("teams)s", "products)s"),
            },
        ),
        (
            "helpdesk_ticket",
            stored,
            {
                "number": "'LOAD' || n",
                "partner_id": CUSTOMER,
                "commercial_partner_id": CUSTOMER,
                "partner_email": "'customer' || (1 + (n - 1) %% %(customers)s)"
                f" || '@{DOMAIN}.customers'",
                "team_id": team,
                "department_id": "%(department)s",
                "stage_id": "%(closed)s",
                "user_id": staff,
                "assigned_date": AGO,
                "create_date": AGO,
                "last_stage_update": AGO,
                "access_token": "NULL",
            },
        ),
        (
            "mail_message",
            stored,
            {
                "res_id": "%(helpdesk_ticket)s + n",
                "author_id": CUSTOMER,
                "email_from": f"'customer' || n || '@{DOMAIN}.customers'",
                "date": AGO,
                "message_id": f"'<asked' || n || '@{DOMAIN}.customers>'",
            },
        ),
        (
            "helpdesk_inquiry",
            stored,
            {
                "ticket_id": "%(helpdesk_ticket)s + n",
                "partner_id": CUSTOMER,
                "team_id": team,
                "message_id": "%(mail_message)s + n",
                "source_message_id": "NULL",
                "received_at": AGO,
                "received_on": f"({AGO})::date",
                "worked_out_at": f"{AGO} + interval '1 hour'",
                "worked_out_by_id": staff,
            },
        ),
    ]
    stages = env["helpdesk.ticket.stage"].search([])
    params = {
        "staff": made["staff"].ids,
        "teams": made["teams"].ids,
        "products": made["products"].ids,
        "department": made["department"].id,
        "closed": stages.filtered("closed")[:1].id,
        "open": stages.filtered(lambda stage: not stage.closed)[:1].id,
        "customers": customers,
        "stored": stored,
    }
    for table, number, values in kinds:
        params[table] = top(env, table)
        multiply(env, table, ids[table], params[table], number, values, params)
    answers = top(env, "mail_message")
    values = {
        "res_id": "%(helpdesk_ticket)s + n",
        "date": f"{AGO} + interval '1 hour'",
        "message_id": f"'<answered' || n || '@{DOMAIN}>'",
    }
    multiply(env, "mail_message", ids["answer"], answers, stored, values, params)
    first = params["helpdesk_ticket"] + 1
    waiting = min(stored // 2, WAITING * len(made["staff"]))
    env.cr.execute("ANALYZE")
    env.invalidate_all()
    env["customer.affinity"]._rebuild()
    env["conversation.affinity"]._rebuild()
    return {"open": params["open"], "first": first, "last": first + waiting - 1}


def count_customers(stored, teams):
    """All orders of a customer are of one team's goods."""
    return max(1, stored // CUSTOMERS_EACH // teams) * teams


def describe(env, made, ids, stored):
    pipe = env["fetchmail.server"].search([("server_type", "=", "local")], limit=1)
    return {
        "domain": DOMAIN,
        "employees": made["staff"].mapped("login"),
        "password": PASSWORD,
        "teams": len(made["teams"]),
        "customers": count_customers(stored, len(made["teams"])),
        "stored": stored,
        "secret": pipe.pipe_secret,
    }


if __name__ == "__main__":
    main()

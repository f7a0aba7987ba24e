# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who works here: employees with their users, and who is away today."""

from datetime import timedelta

from .clock import at, played
from .office import make_shifts
from .world import DOMAIN, rows

SALES = ("base.group_user", "sales_team.group_sale_salesman_all_leads")
BUYING = ("base.group_user", "purchase.group_purchase_user", "stock.group_stock_user")
GROUPS = {
    "seller": (*SALES, "helpdesk_mgmt.group_helpdesk_user_team"),
    "former": (*SALES, "helpdesk_mgmt.group_helpdesk_user_team"),
    "leader": (*SALES, "helpdesk_mgmt.group_helpdesk_user"),
    "head": (
        "base.group_user",
        "sales_team.group_sale_manager",
        "helpdesk_mgmt.group_helpdesk_manager",
    ),
    "buyer": BUYING,
}

# The screen that a sign-in opens
QUEUE = "audiomania_routing.helpdesk_ticket_action_queue"
JOURNAL = "audiomania_purchase_journal.purchase_journal_request_action"

# Who is away: for how many days already, for how many more, and why
ABSENT = (
    ("larisa", 6, 9, "Annual leave"),
    ("stepan", 4, 1, "Sick leave"),
)


def make_staff(world):
    people = rows("employees")
    users = world.model("res.users").create([_prepare_user(world, p) for p in people])
    world.users = {user.login: user for user in users}
    _make_employees(world, people)
    _sign_in_before(world, users)


def _sign_in_before(world, users):
    """All of them have been here before: of who signs in for the first time Odoo takes
    the browser's time zone, and by that change all that waits is decided again, by the
    clock of the day on which somebody looks at the demo."""
    with played(world), at(world, world.ago(days=30)):
        for user in users:
            # sudo: res.users.log: as Odoo writes it at a sign-in
            world.model("res.users.log").with_user(user).sudo().create({})


def _prepare_user(world, person):
    return {
        "name": full_name(person),
        "login": person["login"],
        "password": person["login"],
        "email": f"{person['login']}@{DOMAIN}",
        "lang": person["lang"],
        "tz": world.screen_zone,
        "notification_type": "inbox",
        "odoobot_state": "disabled",
        "action_id": world.ref(JOURNAL if person["role"] == "buyer" else QUEUE).id,
        "group_ids": [(6, 0, [world.ref(x).id for x in GROUPS[person["role"]]])],
    }


def full_name(person):
    """A name as its owner writes it: in the alphabet of his language."""
    suffix = "" if person["lang"] == "ru_RU" else "_en"
    return f"{person['first' + suffix]} {person['last' + suffix]}"


def _make_employees(world, people):
    shifts = make_shifts(world)
    selling, buying = world.model("hr.department").create(
        [{"name": "Sales"}, {"name": "Purchasing"}]
    )
    employees = world.model("hr.employee").create(
        [
            {
                "name": full_name(person),
                "user_id": world.users[person["login"]].id,
                "work_email": f"{person['login']}@{DOMAIN}",
                "job_title": person["job"],
                "department_id": (selling if person["team"] else buying).id,
                "resource_calendar_id": shifts[person["calendar"]].id,
            }
            for person in people
        ]
    )
    # Odoo gives a new employee the zone in which his user reads; he works in another.
    employees.resource_id.tz = world.zone
    _seat(dict(zip((p["login"] for p in people), employees, strict=True)), people)


def _seat(employees, people):
    """Everybody's manager: the leader of his team, and theirs the head of sales."""
    leaders = {p["team"]: p["login"] for p in people if p["role"] == "leader"}
    for person in people:
        if person["role"] in ("seller", "former"):
            employees[person["login"]].parent_id = employees[leaders[person["team"]]]
        elif person["role"] == "leader":
            employees[person["login"]].parent_id = employees["tatiana"]


def make_absences(world):
    for login, since, until, reason in ABSENT:
        employee = world.users[login].employee_id
        world.model("resource.calendar.leaves").create(
            {
                "name": reason,
                "resource_id": employee.resource_id.id,
                "calendar_id": employee.resource_calendar_id.id,
                "date_from": world.ago(days=since),
                "date_to": world.now + timedelta(days=until),
            }
        )


def dismiss_former(world):
    """Who left is archived; his address still gets letters (rule 1)."""
    for person in rows("employees"):
        if person["role"] == "former":
            user = world.users[person["login"]]
            user.employee_id.active = False
            user.active = False

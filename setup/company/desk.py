# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sales department, its teams, and the audiences that they serve."""

from .world import rows, russian

TYPE_WORDS = {
    "documents": "invoice, certificate, счёт, акт сверки, договор, счёт-фактура",
    "return": "return, exchange, damaged, broken, возврат, вернуть, поменять, брак",
    "order": "order, delivery, shipping, courier, parcel, заказ, доставка, посылка",
    "service": "warranty, repair, adjust, hum, гарантия, ремонт, починить, гудит",
    "before_buying": "which, would, recommend, price, какой, какие, подойдёт, взять, "
    "сколько",
}


def make_teams(world):
    members = {}
    for person in rows("employees"):
        if person["team"] and person["role"] != "head":
            members.setdefault(person["team"], []).append(
                world.users[person["login"]].id
            )
    for row in rows("teams"):
        parent = world.teams.get(row["parent"])
        team = world.model("helpdesk.ticket.team").create(
            {
                "name": row["name"],
                "parent_id": parent.id if parent else False,
                "user_id": world.users[row["leader"]].id,
                "user_ids": [(6, 0, members.get(row["key"], []))],
                "alias_name": row["alias"],
            }
        )
        russian(team, row["name_ru"])
        world.teams[row["key"]] = team


def make_audiences(world):
    for row in rows("teams"):
        if row["audience"]:
            audience = world.model("customer.audience").create(
                {
                    "name": row["audience"],
                    "team_id": world.teams[row["key"]].id,
                    "category_ids": [(6, 0, world.categories[row["categories"]].ids)],
                }
            )
            if audience._fields["name"].translate:
                russian(audience, row["audience_ru"])


def make_type_rules(world):
    """By which words the type of an inquiry is known; the first that matches counts."""
    rules = world.model("helpdesk.inquiry.type.rule")
    for sequence, (kind, words) in enumerate(TYPE_WORDS.items(), start=1):
        rules.create(
            {
                "type_id": world.ref(f"audiomania_routing.inquiry_type_{kind}").id,
                "words": words,
                "sequence": sequence,
                "company_id": False,
            }
        )


def make_targets(world):
    """The targets that ship hold for the two years of the past, too; Hi-Fi wants to
    answer in two hours."""
    targets = world.model("helpdesk.target")
    since = world.ago(days=730).date().replace(day=1)
    targets.search([]).write({"date_from": since})
    hifi = world.teams["hifi"]
    targets.create(
        {
            "kind": "answer",
            "team_id": hifi.id,
            "company_id": hifi.company_id.id or world.env.company.id,
            "hours": 2,
            "percent": 80,
            "date_from": since,
        }
    )

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sales department, its teams, and the audiences that they serve."""

from .world import rows, russian


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

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The tables of the demo company agree with each other and with the letters."""

import csv
import json
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SETUP = HERE.parents[1] / "setup"
DATA = SETUP / "company" / "data"
INDEX = json.loads((HERE / "index.json").read_bytes())


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def column(name, key):
    return {row[key] for row in rows(name)}


@pytest.mark.parametrize(
    ("table", "key", "other", "other_key"),
    [
        ("products", "category", "categories", "key"),
        ("products", "vendor", "vendors", "key"),
        ("products", "kind", "kinds", "kind"),
        ("categories", "parent", "categories", "key"),
        ("teams", "leader", "employees", "login"),
        ("teams", "categories", "categories", "key"),
        ("employees", "team", "teams", "key"),
        ("customers", "company", "customers", "name"),
        ("dialogues", "team", "teams", "key"),
    ],
)
def test_a_table_names_only_what_another_one_has(table, key, other, other_key):
    assert column(table, key) - column(other, other_key) <= {""}


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("products", "model"),
        ("employees", "login"),
        ("customers", "email"),
        ("customers", "phone"),
        ("teams", "alias"),
    ],
)
def test_a_key_stands_once(table, key):
    assert len(column(table, key)) == len(rows(table))


def test_the_company_is_as_large_as_a_demo_needs():
    assert len(rows("customers")) == 60
    assert len(rows("products")) >= 60
    assert len(rows("vendors")) >= 6
    assert sum(int(row["orders"]) for row in rows("customers")) >= 400


def test_each_audience_has_a_team_with_a_leader_and_three_more():
    served = [row for row in rows("teams") if row["audience"]]
    assert len(served) == 4
    for team in served:
        people = [row for row in rows("employees") if row["team"] == team["key"]]
        roles = sorted(row["role"] for row in people if row["role"] != "former")
        assert roles == ["leader", "seller", "seller", "seller"]
        assert {row["login"]: row["role"] for row in people}[team["leader"]] == "leader"


def test_customers_are_served_by_employees_and_buy_what_a_team_sells():
    logins, teams = column("employees", "login"), column("teams", "key")
    for row in rows("customers"):
        assert set(row["served_by"].split()) <= logins
        assert set(row["taste"].split()) <= teams


def test_a_dialogue_exists_for_each_team_in_each_language():
    found = {(row["team"], row["lang"]) for row in rows("dialogues")}
    for row in rows("customers"):
        if row["taste"]:
            assert (row["taste"].split()[0], row["lang"]) in found


def test_letters_name_employees_of_the_company():
    logins = column("employees", "login")
    for entry in INDEX["letters"]:
        for address in entry["expected"]["names"]:
            assert address.partition("@")[0] in logins


def test_our_own_letters_were_written_by_employees_to_customers():
    teams = {row["login"]: row["team"] for row in rows("employees")}
    emails = column("customers", "email")
    for ours in INDEX["ours"]:
        assert teams[ours["employee"]] == ours["team"]
        assert any(email in ours["customer"] for email in emails)


def test_whom_to_sign_in_as_can_be_read_without_odoo(monkeypatch):
    monkeypatch.syspath_prepend(SETUP)
    monkeypatch.setitem(sys.modules, "odoo", None)
    from company import SIGN_INS

    logins = column("employees", "login") | {"admin"}
    former = {row["login"] for row in rows("employees") if row["role"] == "former"}
    assert {sign_in[0] for sign_in in SIGN_INS} <= logins - former
    assert all(login == password for login, password, *_what in SIGN_INS)

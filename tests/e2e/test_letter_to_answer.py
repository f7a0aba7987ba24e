# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From a customer's letter to the answer to his answer, over real mail servers."""

from datetime import datetime, timezone
from email.message import EmailMessage

import pytest
from browser import Refused

from conftest import DOMAIN

CUSTOMER = "pavel@customer.example"


def ref(admin, xmlid):
    module, _, name = xmlid.partition(".")
    domain = [("module", "=", module), ("name", "=", name)]
    return admin.search("ir.model.data", domain, "res_id")[0]["res_id"]


def noon_zone():
    """A time zone where it is about noon now, so that everybody is at work."""
    hours = 12 - datetime.now(timezone.utc).hour
    return f"Etc/GMT{-hours:+d}"


def letter(subject, text, to, **headers):
    message = EmailMessage()
    message["From"] = f"Pavel <{CUSTOMER}>"
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = f"<{abs(hash((subject, text)))}@customer.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


@pytest.fixture
def shop(company):
    """A sales department with one team, two salespeople, and a customer of Anna's."""
    admin = company.admin
    alias_domain = admin.create("mail.alias.domain", name=DOMAIN)
    admin.call("res.company", "write", [1], {"alias_domain_id": alias_domain})
    calendar = admin.create(
        "resource.calendar",
        name="Every day",
        tz=noon_zone(),
        attendance_ids=[
            (0, 0, {"name": "day", "dayofweek": str(d), "hour_from": 1, "hour_to": 23})
            for d in range(7)
        ],
    )
    people = {name: salesperson(admin, name, calendar) for name in ("anna", "boris")}
    department = admin.create(
        "helpdesk.ticket.team", name="Sales", alias_name="shop", user_ids=[]
    )
    team = admin.create(
        "helpdesk.ticket.team",
        name="Hi-Fi",
        parent_id=department,
        alias_name="hifi",
        user_ids=list(people.values()),
    )
    category = admin.create("product.category", name="Amplifiers")
    admin.create(
        "customer.audience", name="Hi-Fi", team_id=team, category_ids=[category]
    )
    ordered_before(admin, category, people["anna"])
    return company


def salesperson(admin, name, calendar):
    groups = (
        "helpdesk_mgmt.group_helpdesk_user_team",
        "sales_team.group_sale_salesman",
    )
    user = admin.create(
        "res.users",
        name=name.title(),
        login=name,
        password=name,
        email=f"{name}@{DOMAIN}",
        notification_type="inbox",
        tz=noon_zone(),
        group_ids=[(4, ref(admin, xmlid)) for xmlid in groups],
    )
    admin.create(
        "hr.employee",
        name=name.title(),
        user_id=user,
        resource_calendar_id=calendar,
        tz=noon_zone(),
    )
    return user


def ordered_before(admin, category, seller):
    customer = admin.create("res.partner", name="Pavel", email=CUSTOMER)
    product = admin.create(
        "product.product", name="Amplifier A1", categ_id=category, list_price=900
    )
    order = admin.create(
        "sale.order",
        partner_id=customer,
        user_id=seller,
        order_line=[(0, 0, {"product_id": product, "product_uom_qty": 1})],
    )
    admin.call("sale.order", "action_confirm", [order])


def conversations(who, *fields):
    return who.search(
        "helpdesk.ticket", [("partner_email", "ilike", CUSTOMER)], *fields
    )


def test_a_letter_is_reserved_taken_answered_and_its_answer_comes_back(shop):
    anna, boris = shop.sign_in("anna"), shop.sign_in("boris")

    # The letter arrives: reserved for Anna, who sold to him; Boris sees nothing of it.
    shop.relay.send(
        letter("The belt slips", "Is there one in stock?", f"shop@{DOMAIN}")
    )
    shop.fetch_mail()
    (ticket,) = conversations(anna, "addressee_id", "exclusive_until", "team_id")
    assert ticket["addressee_id"][0] == anna.user_id
    assert ticket["exclusive_until"]
    assert ticket["team_id"][1].endswith("Hi-Fi")
    assert conversations(boris, "name") == []
    with pytest.raises(Refused) as refused:
        boris.call("helpdesk.ticket", "read", [ticket["id"]], ["name"])
    assert refused.value.name == "AccessError"
    (alert,) = anna.search("alert.delivery", [("state", "=", "new")], "title", "res_id")
    assert (alert["res_id"], "Pavel" in alert["title"]) == (ticket["id"], True)
    assert boris.search("alert.delivery", [], "state") == []

    # Odoo's own letters to its employees came to the same mailbox, and made nothing.
    assert len(shop.admin.search("helpdesk.ticket", [], "name")) == 1

    # She takes it and answers; the answer leaves from an address of ours.
    anna.call("helpdesk.ticket", "action_take", [ticket["id"]])
    customer = anna.search("res.partner", [("email", "=", CUSTOMER)], "id")[0]["id"]
    anna.reply("helpdesk.ticket", ticket["id"], "Yes, two of them.", [customer])
    answer = shop.relay.wait_for_letter_to(CUSTOMER)
    assert "two of them" in answer.get_body(("html",)).get_content()
    assert answer["Reply-To"].endswith(f"@{DOMAIN}>")
    assert inquiry_states(anna, ticket) == ["answered"]

    # His answer comes back into the same conversation, as a new inquiry.
    back = letter(
        "Re: The belt slips",
        "Thank you very much!",
        answer["Reply-To"],
        In_Reply_To=answer["Message-ID"],
        References=answer["Message-ID"],
    )
    shop.relay.send(back)
    shop.fetch_mail()
    assert [t["id"] for t in conversations(anna, "id")] == [ticket["id"]]
    assert inquiry_states(anna, ticket) == ["answered", "pending"]

    # A thank-you letter needs no answer.
    anna.call("helpdesk.ticket", "action_no_action_required", [ticket["id"]])
    assert inquiry_states(anna, ticket) == ["answered", "no_action"]
    assert anna.search("alert.delivery", [("state", "in", ["new", "seen"])], "id") == []


def inquiry_states(who, ticket):
    domain = [("ticket_id", "=", ticket["id"])]
    found = who.call("helpdesk.inquiry", "search_read", domain, ["state"], order="id")
    return [inquiry["state"] for inquiry in found]

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sample letters become two months of work that is done; some of them wait today.

All of them came in the minute in which the demo was made. Who looks at it should find
a day's work in the queue, and a past in the figures.
"""

import json
from datetime import timedelta
from pathlib import Path

from . import conversations, gateway, past
from .clock import at, played, working_afternoon
from .staff import ABSENT

INDEX = Path(__file__).resolve().parents[2] / "tests" / "letters" / "index.json"
WAITING = {
    "plain-text.eml",
    "three-questions.eml",
    "misspelt-address.eml",
    "to-former-employee.eml",
    "public-mailing-list-in-copy.eml",
    "phone-in-signature.eml",
    "thanks.eml",
    "vendor-person.eml",
    "html-only.eml",
}
ANSWERS = {
    "ru_RU": (
        "Добрый день! Да, всё верно, ждём вас.",
        "Здравствуйте! Проверили: есть на складе, отложили для вас.",
        "Добрый день! Отправили вам документы этим же письмом.",
    ),
    "en_US": (
        "Good afternoon, yes, that is right.",
        "Hello, we have checked: it is in stock, and kept for you.",
        "Good afternoon, the papers are on their way to you.",
    ),
}
SEEN = ("inquiry_waiting", "purchase_journal_asked")
"""Of these everybody has opened his bell already."""
MARKS = (5, 5, 4, 5, 3, 4)


def settle(world):
    """Work out what does not wait today, each on a day of the last eight weeks."""
    people, tickets = _find_people(world), _find_worked_out(world)
    moments = [_choose_moment(world, number) for number in range(len(tickets))]
    with played(world):
        for ticket, asked in zip(tickets, moments, strict=True):
            came = max(ticket.inquiry_ids.mapped("received_at"))
            past.move(world, ticket, asked - came)
            with at(world, asked + timedelta(minutes=5)):
                user = _choose_employee(world, ticket, people)
            _work_out(world, ticket, asked, user)
    world.env.cr.commit()


def tell(world):
    """What the clock has to tell of this day stands in the bells from the start."""
    world.model("helpdesk.ticket")._cron_tell()
    told = world.model("alert.delivery").search([("alert_id.type_id.code", "in", SEEN)])
    for user, deliveries in told.grouped("user_id").items():
        deliveries.with_user(user).action_seen()
    world.env.cr.commit()


def _find_worked_out(world):
    letters = json.loads(INDEX.read_text(encoding="utf-8"))["letters"]
    entries = world.model("mail.intake.entry").search(
        [("source", "=", "call")], order="id desc", limit=len(letters)
    )
    named = zip(letters, reversed(entries), strict=True)
    waiting = world.model("helpdesk.ticket").union(
        *(entry.ticket_id for letter, entry in named if letter["file"] in WAITING)
    )
    pending = entries.ticket_id.inquiry_ids.filtered(lambda one: one.state == "pending")
    return pending.ticket_id.sorted("id") - waiting


def _find_people(world):
    """Who may answer, without who is away."""
    group = world.ref("helpdesk_mgmt.group_helpdesk_user_team")
    away = {login for login, *_rest in ABSENT}
    logins = ("admin", "tatiana", *away)
    return group.all_user_ids.filtered(lambda user: user.login not in logins)


def _choose_moment(world, number):
    """Half on the day of the week that is today: beside these it is compared."""
    if number % 24 == 0:
        return working_afternoon(world) - timedelta(
            minutes=world.random.randint(190, 320)
        )
    days = 7 * (1 + number % 8)
    if number % 16 < 8:
        days -= world.random.randint(1, 6)
    earlier = timedelta(minutes=world.random.randint(0, 380))
    return working_afternoon(world, days) - earlier


def _choose_employee(world, ticket, people):
    """Whose it is, else one of the team, else the head of sales."""
    mine = ticket.user_id or ticket.addressee_id
    team = ticket.team_id.user_ids & people
    chosen = mine or world.random.choice(team or people)
    can_read = ticket.with_user(chosen).has_access("read")
    head = world.model("res.users").search([("login", "=", "tatiana")])
    return chosen if can_read else head


def _work_out(world, ticket, asked, user):
    minutes = timedelta(minutes=world.random.randint(8, 120))
    if not ticket.user_id:
        gateway.take(world, asked + minutes, ticket, user)
    lang = ticket.partner_id.lang or "ru_RU"
    text = world.random.choice(ANSWERS[lang])
    answered = asked + minutes * 1.4
    gateway.reply(world, answered, ticket, user, text)
    if ticket.inquiry_state == "pending":
        gateway.no_action(world, answered, ticket, user)
    elif world.random.random() < 0.4:
        mark = world.random.choice(MARKS)
        evening = answered + timedelta(hours=4)
        conversations.rate(world, evening, ticket, lang, mark)

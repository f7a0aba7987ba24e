# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two years of conversations with their marks, and one in every state of the ladder."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo.tools import SQL

from . import gateway
from .clock import at, played, working_afternoon
from .stories import STORIES
from .world import DOMAIN, rows

PAST = 36
MARKS = (5, 5, 5, 5, 4, 4, 3, 5, 2, 1)
COMMENTS = {
    5: ("Thank you, exactly what I needed.", "Спасибо, очень помогли!"),
    4: ("Good, a little slow.", "Хорошо, но можно быстрее."),
    3: ("I had to ask twice.", "Пришлось переспрашивать."),
    2: ("Waited for two days.", "Ждал ответа два дня."),
    1: ("Nobody called me back.", "Так и не перезвонили."),
}
SPEEDS = {5: 5, 4: 3, 3: 4, 2: 1, 1: 2}
"""The mark for the speed that goes with a mark for the quality."""

# Moments that move when a played morning is moved to today
MOMENTS = {
    "mail_intake_entry": ("ticket_id", ("received_at",)),
    "helpdesk_ticket": (
        "id",
        (
            "create_date",
            "write_date",
            "assigned_date",
            "closed_date",
            "last_stage_update",
            "waiting_since",
            "exclusive_until",
            "team_visible_from",
            "department_visible_from",
            "supervisors_alerted_from",
            "tell_at",
        ),
    ),
    "helpdesk_inquiry": (
        "ticket_id",
        ("create_date", "write_date", "received_at", "worked_out_at"),
    ),
    "mail_message": ("res_id", ("create_date", "write_date", "date")),
}


@dataclass
class Talk:
    """A conversation of the past before it happens."""

    customer: object
    user: object
    team: str
    days: int
    mark: int


def make_past(world):
    """Asked, taken, answered, closed; two of three customers gave a mark."""
    writers = _writers(world)
    with played(world):
        for number, row in enumerate(writers):
            talk = _talk(world, row)
            ticket = _hold(world, talk)
            if number % 3:
                _rate(world, talk, ticket)


def _writers(world):
    buyers = [row for row in rows("customers") if int(row["orders"])]
    chosen = world.random.sample(buyers, PAST)
    days = sorted(world.random.sample(range(4, 700), PAST), reverse=True)
    return [{**row, "days": day} for row, day in zip(chosen, days, strict=True)]


def _talk(world, row):
    served_by = [login for login in row["served_by"].split() if login != "fedor"]
    return Talk(
        customer=world.customers[row["email"]],
        user=world.users[served_by[0]],
        team=row["taste"].split()[0],
        days=row["days"],
        mark=world.random.choice(MARKS),
    )


def _hold(world, talk):
    words = world.random.choice(_dialogues(talk))
    asked = working_afternoon(world, talk.days) - timedelta(hours=4)
    to = f"{words['team']}@{DOMAIN}"
    letter = (gateway.mailbox(talk.customer), to, words["subject"], words["question"])
    ticket = gateway.receive(world, asked, letter)
    talk.user = _taker(ticket, talk)
    minutes = timedelta(minutes=world.random.randint(10, 170))
    gateway.take(world, asked + minutes, ticket, talk.user)
    answered = asked + minutes * 1.5
    gateway.reply(world, answered, ticket, talk.user, words["answer"])
    gateway.close(world, answered + timedelta(days=1), ticket, talk.user)
    return ticket


def _taker(ticket, talk):
    """Whom the engine asked, else his consultant, where his team is asked."""
    members = ticket.team_id.user_ids or talk.user
    return ticket.addressee_id or (members & talk.user) or members[0]


def _dialogues(talk):
    key = (talk.team, talk.customer.lang)
    return [row for row in rows("dialogues") if (row["team"], row["lang"]) == key]


def _rate(world, talk, ticket):
    """As by the link in the answer: for its quality and for its speed."""
    english, russian = COMMENTS[talk.mark]
    link = ticket._get_mark_link(ticket._get_answers()[:1])
    with at(world, ticket.closed_date + timedelta(hours=5)):
        world.model("helpdesk.mark")._give(
            link,
            quality=talk.mark,
            speed=SPEEDS[talk.mark],
            comment=russian if talk.customer.lang == "ru_RU" else english,
        )


def make_present(world):
    """A working day of conversations; then the day is moved to end now."""
    played_at = working_afternoon(world)
    tickets = world.model("helpdesk.ticket")
    with played(world):
        for story in STORIES:
            tickets |= _play(world, story, played_at)
    _move(world, tickets, world.now - played_at)


def _play(world, story, now):
    known = world.customers.get(story.sender)
    sender = gateway.mailbox(known) if known else story.sender
    letter = (sender, f"{story.to}@{DOMAIN}", story.subject, story.text)
    ticket = gateway.receive(world, now - timedelta(minutes=story.ago), letter)
    ours = None
    for step in story.steps:
        moment = now - timedelta(minutes=step.ago)
        if step.action == "writes":
            letter = (sender, f"sales@{DOMAIN}", f"Re: {story.subject}", step.text)
            gateway.receive(world, moment, letter, answers=ours.message_id)
        else:
            user = world.users[step.login]
            done = ACTIONS[step.action](world, moment, ticket, user, step.text)
            ours = done or ours
    return ticket


ACTIONS = {
    "takes": gateway.take,
    "replies": gateway.reply,
    "sees nothing to do": gateway.no_action,
    "closes": gateway.close,
}


def _move(world, tickets, delta):
    """Let it have happened today: every moment of these conversations, alike."""
    world.env.flush_all()
    for table, (key, columns) in MOMENTS.items():
        moved = SQL(", ").join(
            SQL("%s = %s + %s", SQL.identifier(c), SQL.identifier(c), delta)
            for c in columns
        )
        where = SQL("%s IN %s", SQL.identifier(key), tuple(tickets.ids))
        if table == "mail_message":
            where = SQL("%s AND model = 'helpdesk.ticket'", where)
        world.env.cr.execute(
            SQL("UPDATE %s SET %s WHERE %s", SQL.identifier(table), moved, where)
        )
    world.env.invalidate_all()
    tickets.inquiry_ids._compute_received_on()
    for inquiry in tickets.inquiry_ids.filtered("decision"):
        inquiry.decision = _moved(inquiry.decision, delta)


def _moved(value, delta):
    """A stored decision with its moments moved: `{"moment": "2026-11-20T13:10:00"}`."""
    if isinstance(value, list):
        return [_moved(each, delta) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"moment"}:
        moment = datetime.fromisoformat(value["moment"]) + delta
        return {"moment": moment.isoformat()}
    return {key: _moved(each, delta) for key, each in value.items()}

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two years of conversations with their marks, and one in every state of the ladder."""

from dataclasses import dataclass
from datetime import timedelta

from . import gateway
from .clock import played, working_afternoon
from .stories import STORIES
from .world import DOMAIN, rows

PAST = 54
DAYS = 720
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
                evening = ticket.closed_date + timedelta(hours=5)
                rate(world, evening, ticket, talk.customer.lang, talk.mark)


def _writers(world):
    buyers = [row for row in rows("customers") if int(row["orders"])]
    chosen = world.random.choices(buyers, k=PAST)
    days = (3 + int(DAYS * world.random.random() ** 1.5) for _each in chosen)
    days = sorted(days, reverse=True)
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
    earlier = timedelta(minutes=world.random.randint(60, 360))
    asked = working_afternoon(world, talk.days) - earlier
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


def rate(world, moment, ticket, lang, mark):
    """As by the link in the answer: for its quality and for its speed."""
    english, russian = COMMENTS[mark]
    comment = russian if lang == "ru_RU" else english
    gateway.rate(world, moment, ticket, (mark, SPEEDS[mark]), comment)


def make_present(world):
    """The working day until now."""
    with played(world):
        for story in STORIES:
            _play(world, story, world.now)


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
            user = world.users.get(step.login)
            done = ACTIONS[step.action](world, moment, ticket, user, step.text)
            ours = done or ours


def _complain(world, moment, ticket, _user, text):
    gateway.rate(world, moment, ticket, (2, 2), text)


ACTIONS = {
    "takes": gateway.take,
    "replies": gateway.reply,
    "promises": gateway.promise,
    "rates it badly": _complain,
    "sees nothing to do": gateway.no_action,
    "closes": gateway.close,
}

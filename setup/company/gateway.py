# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters in and answers out, by the ways that the product uses."""

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr

from .clock import at


def receive(world, moment, letter, answers=None):
    """A letter of a customer through the mail gateway; its conversation."""
    raw = _raw(letter, moment, answers)
    with at(world, moment):
        entry = hand_over(world, raw)
    if not entry.ticket_id:
        said = entry.error or entry.reason_words
        raise ValueError(f"no conversation: {letter}, {entry.outcome}: {said}")
    return entry.ticket_id


def hand_over(world, raw):
    """The bytes of a letter into the gateway, which has transactions of its own.

    What was made before must be committed for them, and what they made is seen by the
    transaction that follows.
    """
    world.env.cr.commit()
    world.model("mail.thread").message_process(False, raw)
    world.env.cr.commit()
    world.env.invalidate_all()
    return world.model("mail.intake.entry").search([], order="id desc", limit=1)


def mailbox(partner):
    return formataddr((partner.name, partner.email))


def _raw(letter, moment, answers):
    sender, to, subject, text = letter
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(moment)
    address = parseaddr(sender)[1]
    message["Message-ID"] = f"<{moment:%Y%m%d.%H%M%S}.{address}>"
    if answers:
        message["In-Reply-To"] = message["References"] = answers
    message.set_content(text)
    return message.as_bytes()


def reply(world, moment, ticket, user, text, **values):
    """An answer to the customer, as the employee writes it in the conversation."""
    with at(world, moment):
        return _as(ticket, user).message_post(
            body=text,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            **values,
        )


def promise(world, moment, ticket, user, text):
    """An answer that says: tomorrow."""
    until = str(moment + timedelta(days=1))
    promised = ticket.with_context(routing_promise={"until": until})
    return reply(world, moment, promised, user, text)


def rate(world, moment, ticket, marks, comment):
    """The customer's marks for the latest answer, by the link in it."""
    quality, speed = marks
    link = ticket._get_mark_link(ticket._get_answers()[:1])
    with at(world, moment):
        world.model("helpdesk.mark")._give(
            link, quality=quality, speed=speed, comment=comment
        )
        world.env.cr.commit()  # now supervisors are told, not by the next clock


def take(world, moment, ticket, user, _text=""):
    with at(world, moment):
        _as(ticket, user).action_take()


def no_action(world, moment, ticket, user, _text=""):
    with at(world, moment):
        _as(ticket, user).action_no_action_required()


def close(world, moment, ticket, user, _text=""):
    stages = ticket.team_id._get_applicable_stages()
    with at(world, moment):
        _as(ticket, user).stage_id = stages.filtered("closed")[:1]


def _as(ticket, user):
    return ticket.with_user(user).with_context(lang=user.lang)


def hand_over_to_nobody(world):
    """No letter of the demo leaves: what waits to be sent counts as sent."""
    mails = world.model("mail.mail").search([("state", "=", "outgoing")])
    mails.state = "sent"
    mails.notification_ids.filtered(
        lambda one: one.notification_status == "ready"
    ).notification_status = "sent"

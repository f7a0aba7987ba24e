# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""By which ways an employee reads anything of a conversation (rule 14).

``ways(user, ticket)`` tries each of ``WAYS`` as that employee and gives the names of
those by which something came out. What may hang on a conversation is hung on it by
``furnish``: without it a way may be closed only because nothing is there.
"""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import mute_logger

from odoo.addons.mail.tools.discuss import Store

CONVERSATION = "helpdesk.ticket"

WAYS = {}
"""{name: function(env of the employee, conversation) -> what came out}"""

RECORDS = {
    CONVERSATION: lambda ticket: Domain("id", "=", ticket.id),
    "helpdesk.inquiry": lambda ticket: Domain("ticket_id", "=", ticket.id),
    "helpdesk.ticket.transition": lambda ticket: Domain("ticket_id", "=", ticket.id),
    "mail.message": lambda ticket: _of("model", ticket),
    "ir.attachment": lambda ticket: _of("res_model", ticket),
    "mail.activity": lambda ticket: _of("res_model", ticket),
    "mail.followers": lambda ticket: _of("res_model", ticket),
    "mail.scheduled.message": lambda ticket: _of("model", ticket),
    "rating.rating": lambda ticket: _of("res_model", ticket),
    "mail.notification": lambda ticket: Domain(
        "mail_message_id", "in", ticket.message_ids.ids
    ),
    "routing.channel.answer": lambda ticket: Domain("ticket_id", "=", ticket.id),
}
"""{model of what hangs on a conversation: function(conversation) -> which they are}"""


def _of(name, ticket):
    return Domain(name, "=", CONVERSATION) & Domain("res_id", "=", ticket.id)


def furnish(ticket, *users):
    """Hang on the conversation all that these employees could read it by: a follower,
    a recipient, an activity, a notification and a star of each; a file and marks."""
    env = ticket.env
    partners = env["res.partner"].union(*(user.partner_id for user in users))
    message = ticket.message_ids[-1:]
    message.write(
        {
            "partner_ids": [(4, partner.id) for partner in partners],
            "starred_partner_ids": [(4, partner.id) for partner in partners],
        }
    )
    ticket.message_subscribe(partners.ids)
    env["mail.notification"].create(
        [
            {"mail_message_id": message.id, "res_partner_id": partner.id}
            for partner in partners
        ]
    )
    for user in users or (env.user,):
        _hang_activity(ticket, user)
    _hang_file(ticket)
    _hang_marks(ticket)
    _hang_scheduled(ticket)
    _hang_answer(ticket)
    ticket.env["helpdesk.ticket.transition"].create(
        {"ticket_id": ticket.id, "kind": "released", "reason": ticket.name}
    )


def _hang_activity(ticket, user):
    ticket.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
        {
            "res_model_id": ticket.env["ir.model"]._get_id(CONVERSATION),
            "res_id": ticket.id,
            "summary": f"Ask about {ticket.name}",
            "user_id": user.id,
        }
    )


def _hang_file(ticket):
    ticket.env["ir.attachment"].create(
        {
            "name": f"{ticket.name}.txt",
            "raw": b"In green",
            "res_model": CONVERSATION,
            "res_id": ticket.id,
        }
    )


def _hang_marks(ticket):
    ticket.env["rating.rating"].create(
        {
            "res_model_id": ticket.env["ir.model"]._get_id(CONVERSATION),
            "res_id": ticket.id,
            "rating": 1,
            "feedback": ticket.name,
            "consumed": True,
        }
    )


def _hang_scheduled(ticket):
    ticket.env["mail.scheduled.message"].create(
        {
            "model": CONVERSATION,
            "res_id": ticket.id,
            "subject": ticket.name,
            "body": "Later",
            "author_id": ticket.env.user.partner_id.id,
            "scheduled_date": fields.Datetime.add(fields.Datetime.now(), days=1),
        }
    )


def _hang_answer(ticket):
    """One that went to a channel of another kind."""
    answers = ticket.env["routing.channel.answer"]
    answers.create(
        {
            "message_id": ticket.message_ids[-1:].id,
            "ticket_id": ticket.id,
            "channel_model": "res.company",
            "channel_res_id": ticket.company_id.id,
            "channel_name": ticket.name,
            "channel_thread": str(answers.search_count([])),
            "state": "sent",
        }
    )


@mute_logger(
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.models",
)
def ways(user, ticket, names=None):
    """The names of the ways by which this employee reads anything of it now.

    :param names: the ways to try; by default all
    """
    ticket = ticket.sudo()
    env = ticket.env(
        user=user.id, su=False, context={"allowed_company_ids": user.company_ids.ids}
    )
    return {name for name in names or WAYS if _comes_out(WAYS[name], env, ticket)}


def _comes_out(way, env, ticket):
    """Each is a call of its own: nothing is in the memory that another one read."""
    env.invalidate_all()
    try:
        return bool(way(env, ticket))
    except AccessError as error:
        return ticket.name in str(error)


def way(name):
    """Register a function as a way of reading."""

    def register(function):
        WAYS[name] = function
        return function

    return register


# Every kind of record that hangs on a conversation, by every way of reading records


def _register(model, find):
    def by_ids(read):
        """Read by their ids, as who learnt them elsewhere."""
        return lambda env, ticket: read(
            env[model].browse(
                ticket.env[model]
                .with_context(active_test=False)
                .search(find(ticket))
                .ids
            )
        )

    def by_domain(search):
        return lambda env, ticket: search(env[model], find(ticket))

    WAYS.update(
        {
            f"{model}: search": by_domain(lambda records, d: records.search(d)),
            f"{model}: count": by_domain(lambda records, d: records.search_count(d)),
            f"{model}: list": by_domain(
                lambda records, d: records.web_search_read(d, {"display_name": {}})[
                    "records"
                ]
            ),
            f"{model}: names": by_domain(
                lambda records, d: records.name_search("", domain=d)
            ),
            f"{model}: groups": by_domain(
                lambda records, d: records.formatted_read_group(d, [], ["__count"])[0][
                    "__count"
                ]
            ),
            f"{model}: grouped list": by_domain(
                lambda records, d: records.web_read_group(
                    d, [_get_group_field(records)], ["__count"]
                )["groups"]
            ),
            f"{model}: read": by_ids(lambda records: records.read(["display_name"])),
            f"{model}: form": by_ids(
                lambda records: records.web_read({"display_name": {}})
            ),
            f"{model}: export": by_ids(_export),
        }
    )


def _get_group_field(records):
    return "res_partner_id" if "res_partner_id" in records else _get_any_field(records)


def _get_any_field(records):
    names = ("partner_id", "create_uid")
    return next(name for name in names if name in records)


def _export(records):
    """What the export button of a list gives; Odoo lets administrators only export
    messages and what hangs on them."""
    if not records.env.user.has_group("base.group_allow_export"):
        return records.read(["display_name"])
    return records and records.export_data(["display_name"])["datas"]


for _model, _find in RECORDS.items():
    _register(_model, _find)


# By its text, and by what else stands beside it


@way("by its subject")
def _by_its_subject(env, ticket):
    return env[CONVERSATION].name_search(ticket.name)


@way("by a field of it from an inquiry")
def _from_an_inquiry(env, ticket):
    return env["helpdesk.inquiry"].search([("ticket_id.name", "=", ticket.name)])


@way("by a field of it from its customer")
def _from_its_customer(env, ticket):
    return env["res.partner"].search([("helpdesk_ticket_ids.name", "=", ticket.name)])


@way("by a field of it from its team")
def _from_its_team(env, ticket):
    return env["helpdesk.ticket.team"].search([("ticket_ids.name", "=", ticket.name)])


@way("name of a linked conversation")
def _name_of_a_link(env, ticket):
    return ticket.name in env[CONVERSATION].browse(ticket.id).sudo().display_name


@way("texts of its messages")
def _texts_of_messages(env, ticket):
    bodies = [("body", "like", "green"), ("res_id", "=", ticket.id)]
    return env["mail.message"].search([*bodies, ("model", "=", CONVERSATION)])


@way("chatter")
def _chatter(env, ticket):
    thread = env[CONVERSATION]._get_thread_with_access(ticket.id)
    return (
        thread
        and env["mail.message"]._message_fetch(
            domain=[("res_id", "=", ticket.id), ("model", "=", CONVERSATION)],
            thread=thread,
        )["messages"]
    )


@way("discuss inbox")
def _inbox(env, ticket):
    found = env["mail.message"]._message_fetch(domain=[("needaction", "=", True)])
    return found["messages"].sudo() & ticket.message_ids


@way("number on the inbox")
def _inbox_counter(env, ticket):
    unread = ticket.env["mail.notification"].search_count(
        [
            ("mail_message_id", "in", ticket.message_ids.ids),
            ("res_partner_id", "=", env.user.partner_id.id),
            ("is_read", "=", False),
        ]
    )
    return unread and env.user.partner_id._get_needaction_count()


@way("starred messages")
def _starred(env, ticket):
    found = env["mail.message"]._message_fetch(domain=[("starred", "=", True)])
    return found["messages"].sudo() & ticket.message_ids


@way("activities in the toolbar")
def _activities_in_the_toolbar(env, ticket):
    mine = ticket.activity_ids.filtered(lambda one: one.user_id == env.user)
    groups = env["res.users"]._get_activity_groups()
    shown = [one for one in groups if one["model"] in (CONVERSATION, "mail.activity")]
    return mine and sum(one["total_count"] for one in shown)


@way("activity view")
def _activity_view(env, ticket):
    data = env["mail.activity"].get_activity_data(
        CONVERSATION, [("id", "=", ticket.id)]
    )
    return data["grouped_activities"]


@way("failures of sending")
def _failures(env, ticket):
    store = Store()
    messages = env["mail.message"].browse(ticket.message_ids.ids)
    messages._message_notifications_to_store(store)
    return store.get_result()


@way("alerts")
def _alerts(env, ticket):
    deliveries = env["alert.delivery"].search([("user_id", "=", env.uid)])
    about = deliveries.filtered(
        lambda one: (
            one.sudo().alert_id.res_model == CONVERSATION
            and one.sudo().alert_id.res_id == ticket.id
        )
    )
    return [one for one in about if one.title or one.body or one.record_name]


@way("numbers on the team")
def _numbers_on_the_team(env, ticket):
    """Of a test in which this is the only conversation of its team."""
    return env["helpdesk.ticket.team"].browse(ticket.team_id.id).todo_ticket_count


@way("its customer's link")
def _its_customers_link(env, ticket):
    return env[CONVERSATION]._get_thread_with_access(
        ticket.id, token=ticket._portal_ensure_token()
    )


@way("a link for others")
def _a_link_for_others(env, ticket):
    return env[CONVERSATION].browse(ticket.id).get_portal_url()


@way("a copy")
def _a_copy(env, ticket):
    with env.cr.savepoint() as savepoint:
        copy = env[CONVERSATION].browse(ticket.id).copy()
        savepoint.rollback()
    return copy

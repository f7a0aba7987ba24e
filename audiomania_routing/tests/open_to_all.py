# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What somebody outside of the desks may call, and why it does no harm."""

from odoo.tests import new_test_user

LETTER = b"""\
From: Petr <petr@access.example>
To: desk@access.example
Subject: Green ones
Message-ID: <access@access.example>
Content-Type: text/plain

Do you have it in green?
"""

WINDOW = "opens a list; what stands in it follows the rights of who opens it"
EMPTY = "says that there is nothing, and nothing of the record"

METHODS = {
    "account.move.action_view_conversations": WINDOW,
    "customer.document.mixin.action_view_conversations": WINDOW,
    "res.partner.action_view_conversations": WINDOW,
    "sale.order.action_view_conversations": WINDOW,
    "stock.picking.action_view_conversations": WINDOW,
    "res.users.action_show_marks": WINDOW,
    "res.users.action_show_own_marks": "the caller's own marks: he has none",
    "helpdesk.conversation.line.action_open": "one line without content, for employees",
}

OUTSIDE = {
    "helpdesk.inquiry.action_show_decision": "opens a form, which refuses who asks",
    "helpdesk.ticket.get_customer_panel": EMPTY,
    "helpdesk.ticket.get_next_moment": EMPTY,
}

MODELS = {
    "helpdesk.conversation.line": "who answers a customer, without content (rule 14)",
    "helpdesk.inquiry.type": "the words for kinds of questions, of no customer",
}


def furnish(env):
    """A conversation with an inquiry, the entry of its letter, an answer and a mark.

    :return: what fits into the addresses of this addon
    """
    manager = "helpdesk_mgmt.group_helpdesk_manager"
    user = new_test_user(env, "access_manager", manager)
    ticket = env["helpdesk.ticket"].browse(
        env["mail.thread"].message_process(False, LETTER)
    )
    answer = ticket.with_user(user).message_post(
        body="Yes, in green.", message_type="comment", subtype_xmlid="mail.mt_comment"
    )
    link = ticket._get_mark_link(answer.sudo())
    env["helpdesk.mark"]._give(link, 1, 2, "Words")
    return {
        "token": env["helpdesk.mark"]._make_token(link, 30),
        "ticket_id": str(ticket.id),
    }

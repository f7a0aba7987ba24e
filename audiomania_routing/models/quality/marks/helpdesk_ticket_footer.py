# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from markupsafe import Markup

from odoo import models

FOOTER = "audiomania_routing.answer_marks"
MARKS = "answer_marks"
"""In a group of recipients: what its copies carry below the answer."""

SCALE = range(1, 6)
END = Markup("</body>")
BETWEEN_TAGS = re.compile(r"(>)\s+|\s+(<)")
"""The letter as plain text has a line for each row."""


class HelpdeskTicket(models.Model):
    """Every answer carries two marks, one click each, and a way to write to the manager
    (rule 23): in the customer's copy, below what was written, and nowhere else."""

    _inherit = "helpdesk.ticket"

    def _notify_get_recipients_classify(
        self, message, recipients_data, model_description, msg_vals=False
    ):
        """The customer's copy of an answer has its marks, a copy of others none."""
        groups = super()._notify_get_recipients_classify(
            message, recipients_data, model_description, msg_vals=msg_vals
        )
        if len(self) != 1 or not self._carries_marks(message):
            return groups
        marks = self._prepare_answer_marks(message)
        if not marks:
            return groups
        # sudo: helpdesk.ticket: who writes a reply may not be shown the inquiries
        ticket = self.sudo()
        ids, emails = set(ticket._get_customers().ids), ticket._get_customer_addresses()
        return split_for_marks(groups, marks, ids, emails)

    def _carries_marks(self, message):
        """An answer of an employee to his customer alone; not a note, not what a
        machine writes or gets, not what outsiders read."""
        # sudo: helpdesk.ticket, mail.message: whoever of the employees answers
        ticket, message = self.sudo(), message.sudo()
        return (
            ticket._is_reply(
                message.message_type, message.subtype_id, message.author_id.id
            )
            and ticket.team_id._is_asking_for_marks()
            and not ticket.is_public
            and not any(ticket._get_answered_next().mapped("is_from_machine"))
        )

    def _prepare_answer_marks(self, message):
        """What the footer names; None where there is nothing to rate."""
        link = self._get_mark_link(message)
        if not link:
            return None
        # sudo: res.company: a number of days
        days = self.company_id.sudo().mark_link_days
        url = self._get_mark_url(link, days)
        return {"url": url, "scale": SCALE, "is_order": False}

    def _get_mark_url(self, link, days):
        token = self.env["helpdesk.mark"]._make_token(link, days)
        return f"{self.get_base_url()}/mark/{token}"

    def _notify_by_email_render_layout(
        self, message, recipients_group, msg_vals=False, render_values=None
    ):
        """Below the signature, whichever layout the answer has."""
        html = super()._notify_by_email_render_layout(
            message, recipients_group, msg_vals=msg_vals, render_values=render_values
        )
        return add_marks(self.env, html, recipients_group, render_values)


def split_for_marks(groups, marks, ids, emails):
    """Those copies that go to the customer are rendered with the marks.

    :param ids: contacts of the customer
    :param emails: his normalized addresses
    """
    split = []
    for group in groups:
        everybody = group["recipients_data"]
        his = [one for one in everybody if _is_customer(one, ids, emails)]
        others = [one for one in everybody if one not in his]
        if others:
            split.append(_narrow(group, others))
        if his:
            split.append({**_narrow(group, his), MARKS: marks})
    return split


def add_marks(env, html, recipients_group, render_values):
    """The letter with the two rows, in the language of the customer, if they are for
    this group."""
    marks = recipients_group.get(MARKS)
    if not marks:
        return html
    lang = (render_values or {}).get("lang") or env.lang
    footer = env["ir.qweb"]._render(FOOTER, marks, minimal_qcontext=True, lang=lang)
    footer = Markup(BETWEEN_TAGS.sub(r"\1\2", str(footer)))
    head, end, tail = html.rpartition(END)
    return head + footer + end + tail if end else html + footer


def _is_customer(recipient, ids, emails):
    """Whether a copy goes to the customer himself, and to no colleague."""
    if recipient["uid"] and not recipient["share"]:
        return False
    return recipient["id"] in ids or recipient["email_normalized"] in emails


def _narrow(group, recipients):
    """A group of recipients with these only."""
    return {
        **group,
        "recipients_data": recipients,
        "recipients_ids": [one["id"] for one in recipients if one["id"]],
        "recipients_emails": [
            one["email_normalized"] for one in recipients if not one["id"]
        ],
    }

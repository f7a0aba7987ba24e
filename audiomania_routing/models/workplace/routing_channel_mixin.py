# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.tools import (
    SQL,
    clean_context,
    html2plaintext,
    html_sanitize,
    is_html_empty,
    plaintext2html,
)

from odoo.addons.audiomania_alerts.inside import Inside

from ...names import ONLY_COLLEAGUES

FROM_CHANNEL = "routing_from_channel"
"""In the context of a message: values of its inquiry that say where it came from."""

TITLE_LENGTH = 80


class ChannelRefused(UserError):
    """The channel will never take this answer: it is not tried again, and the inquiry
    waits again."""


class RoutingChannelMixin(models.AbstractModel):
    """A way by which customers ask and are answered, beside e-mail (rule 15).

    A record is one place to which an addon of its own listens: an account of a
    marketplace, a bot of a messenger, the questions below the products of a website.
    Such a model needs two methods::

        class MarketplaceAccount(models.Model):
            _name = "marketplace.account"
            _inherit = "routing.channel.mixin"
            _description = "Account of a marketplace"

            name = fields.Char(required=True)

            def _fetch(self):
                for question in self._call("questions"):
                    self._receive_inquiry(
                        {
                            "id": question["id"],
                            "thread": question["product"],
                            "body": question["text"],
                            "author_name": question["user"],
                        }
                    )

            def _send_answer(self, message):
                text = self._get_answer_text(message)
                return self._call("answer", message.routing_thread, text)

    All else follows: the question is routed like a letter, an employee answers it in
    the conversation, the answer goes out by the channel and by nothing else, what
    cannot be sent is seen and tried again.
    """

    _name = "routing.channel.mixin"
    _description = "Channel of inquiries"

    is_public = fields.Boolean(
        string="Public",
        help="Other people read the answers, too. Whoever answers is warned.",
    )
    channel_id = fields.Many2one(
        comodel_name="helpdesk.ticket.channel",
        string="Shown as",
        help="The channel of its inquiries, in lists and reports.",
    )

    # What comes in

    def _receive_inquiry(self, values):
        """Make an inquiry of what a customer has written, once.

        :param values: a dictionary

            * ``id``: by which the channel knows this message. The same one is never
              two inquiries, however often and by however many workers it is handed in
            * ``body``: what he wrote, as plain text, or as ``Markup``
            * ``thread``: by which the channel knows what it belongs to; a later message
              of the same thread continues the conversation. Without it each message is
              a thread of its own
            * ``subject``, ``author_name``, ``author_email``: as far as they are known
            * ``partner``: the contact who wrote it (``res.partner``), if he is known
            * ``at``: when he wrote it, in UTC
            * ``attachments``: [(name, bytes)]
            * ``team``: the team to which he wrote (``helpdesk.ticket.team``)

        :return: its ``helpdesk.inquiry``, the former one where it has come before
        """
        self.ensure_one()
        self._touch_channel()
        values = {**values, "id": str(values["id"])}
        values["thread"] = str(values.get("thread") or values["id"])
        # As the system: the channel's own user may read none of it.
        channel = self.with_user(SUPERUSER_ID).with_context(
            clean_context(self.env.context)
        )
        place = channel._get_place()
        inquiries = channel.env["helpdesk.inquiry"]
        if known := inquiries._find_of_channel(place, channel_key=values["id"]):
            return known
        ticket = inquiries._find_of_channel(
            place, channel_thread=values["thread"]
        ).ticket_id
        if not ticket:
            ticket = channel._open_conversation(values)
        return channel._post_question(ticket, values)

    def _touch_channel(self):
        """Of two workers who hand in the same message the second starts again, and
        finds what the first has made."""
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET id = id WHERE id = %s",
                SQL.identifier(self._table),
                self.id,
            ),
            log_exceptions=False,
        )

    def _get_place(self):
        return {"channel_model": self._name, "channel_res_id": self.id}

    def _open_conversation(self, values):
        quiet = {"mail_create_nolog": True, "mail_create_nosubscribe": True}
        tickets = self.env["helpdesk.ticket"].with_context(**quiet)
        ticket = tickets.create(self._prepare_conversation_vals(values))
        return ticket.with_env(self.env)

    def _prepare_conversation_vals(self, values):
        """The conversation that a message opens: hook."""
        team = values.get("team") or self.env["helpdesk.ticket.team"]
        company = team.company_id or self._get_channel_company()
        partner = values.get("partner") or self.env["res.partner"]
        body = self._get_question_body(values)
        words = " ".join(html2plaintext(body).split())[:TITLE_LENGTH]
        return {
            "name": values.get("subject") or words or self.display_name,
            "description": words and body or self.display_name,
            "company_id": company.id,
            "team_id": (team or company._get_inquiry_department()).id,
            "user_id": False,
            "channel_id": self.channel_id.id,
            "partner_id": partner.id,
            "partner_name": values.get("author_name") or partner.name,
            "partner_email": values.get("author_email") or partner.email,
        }

    def _get_channel_company(self):
        """Whose inquiries these are: hook."""
        company = self.company_id if "company_id" in self._fields else None
        return company or self.env.company

    def _get_question_body(self, values):
        body = values.get("body") or ""
        if hasattr(body, "__html__"):
            return html_sanitize(body)
        return plaintext2html(body)

    def _post_question(self, ticket, values):
        """The customer's message in the conversation, which makes the inquiry."""
        source = {
            **self._get_place(),
            "channel_thread": values["thread"],
            "channel_key": values["id"],
            "channel_id": self.channel_id.id,
            "is_public": self._is_public_thread(values["thread"]),
        }
        partner = values.get("partner") or self.env["res.partner"]
        name, email = values.get("author_name"), values.get("author_email")
        message = ticket.with_context(
            mail_auto_subscribe_no_notify=True,
            mail_post_autofollow=False,
            **{FROM_CHANNEL: Inside(source), ONLY_COLLEAGUES: True},
        ).message_post(
            body=self._get_question_body(values),
            subject=values.get("subject"),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=partner.id,
            email_from=email or name or partner.email_formatted or self.display_name,
            attachments=values.get("attachments") or [],
            **({"date": values["at"]} if values.get("at") else {}),
        )
        return self.env["helpdesk.inquiry"].search(
            [("message_id", "=", message.id)], limit=1
        )

    def _is_public_thread(self, thread):
        """Whether others read what is written there: hook."""
        return self.is_public or self.channel_id.is_public

    # What goes out

    def _send_answer(self, message):
        """Hand an employee's answer to the channel: hook, to be overridden.

        It is called by a job, in a transaction of its own, which is committed when it
        returns. Where it raises, it is called again later, with growing pauses;
        :class:`ChannelRefused` says that there is no use in that. A process that is
        killed between sending and the commit calls it again, too:
        ``message.message_id`` is the same then, by which a channel may know it.

        :param message: the ``mail.message``, with its attachments;
            ``message.routing_thread`` is the thread to which it goes
        :return: by which the channel knows the answer, or nothing
        """
        raise NotImplementedError(f"{self._name} does not send answers")

    def _get_answer_text(self, message):
        """The words of an answer, for channels that know no layout."""
        if is_html_empty(message.body):
            return ""
        return html2plaintext(message.body, include_references=False).strip()

    # The way back

    def _get_thread_url(self, thread):
        """Where a thread can be opened outside of Odoo: hook; False: nowhere."""
        return False

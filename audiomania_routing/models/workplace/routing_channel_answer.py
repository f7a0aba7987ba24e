# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.audiomania_alerts.inside import Inside
from odoo.addons.audiomania_alerts.locking import lock_due

from ...names import ANSWERED
from ..intake.helpdesk_ticket_bounce import ANSWER
from .routing_channel_mixin import ChannelRefused

_logger = logging.getLogger(__name__)

WAITING = "waiting"
SENT = "sent"
FAILED = "failed"

PAUSES = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 240))
"""After so long it is tried again; after the last one it has failed."""

LONGEST = PAUSES[-1] + timedelta(minutes=5)
"""Nothing is planned for later, unless by a clock that was put back since."""

BATCH = 50


class RoutingChannelAnswer(models.Model):
    """An answer on its way to a channel: written down with it, sent by a job."""

    _name = "routing.channel.answer"
    _description = "Answer by a channel"
    _order = "id desc"
    _rec_name = "channel_name"

    message_id = fields.Many2one(
        comodel_name="mail.message",
        string="Answer",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    ticket_id = fields.Many2one(
        comodel_name="helpdesk.ticket",
        string="Conversation",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True)
    channel_model = fields.Char(
        string="Model of the channel", required=True, readonly=True
    )
    channel_res_id = fields.Many2oneReference(
        string="Record of the channel",
        model_field="channel_model",
        required=True,
        readonly=True,
    )
    channel_name = fields.Char(string="Channel", readonly=True)
    channel_thread = fields.Char(string="Thread", required=True, readonly=True)
    state = fields.Selection(
        selection=[(WAITING, "Being sent"), (SENT, "Sent"), (FAILED, "Not sent")],
        required=True,
        default=WAITING,
        readonly=True,
        index=True,
    )
    try_at = fields.Datetime(
        string="Next attempt", readonly=True, default=fields.Datetime.now
    )
    attempts = fields.Integer(readonly=True, help="How often sending has failed.")
    error = fields.Char(string="Why not", readonly=True)
    sent_at = fields.Datetime(string="Sent at", readonly=True)
    external_key = fields.Char(
        string="Known there as", readonly=True, help="The channel's own id of it."
    )

    _once = models.Constraint(
        "UNIQUE (message_id, channel_model, channel_res_id, channel_thread)",
        "An answer goes once to each thread.",
    )
    _waiting_idx = models.Index("(try_at, id) WHERE state = 'waiting'")

    # Sending

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        if answers:
            answers._ask_job()
        return answers

    def _ask_job(self):
        # sudo: ir.cron: the job is the system's, whoever writes an answer
        self.env.ref("audiomania_routing.ir_cron_send_answers").sudo()._trigger()

    @api.model
    def _cron_send(self):
        """Send what waits, each answer in a transaction of its own: what was sent is
        noted for good before the next one is touched."""
        self.env["alert.outbox"]._drain(
            lambda env: env["routing.channel.answer"]._send_next()
        )

    @api.model
    def _send_next(self):
        """Send one answer that is due; return how many that were."""
        now = fields.Datetime.now()
        for answer in self._find_due(now):
            if lock_due(answer, lambda one: one._is_due(now)):
                answer._try_send()
                return 1
        return 0

    def _is_due(self, now):
        waits = now < self.try_at <= now + LONGEST
        return self.state == WAITING and not waits

    @api.model
    def _find_due(self, now):
        """Those to be sent now, the earliest first; in a thread one after the other.

        However many wait for a channel that is out of order, they keep no other one.
        """
        self.flush_model()
        query = SQL(
            """
            SELECT id
              FROM (SELECT DISTINCT ON (channel_model, channel_res_id, channel_thread)
                           id, try_at
                      FROM routing_channel_answer
                     WHERE state = %s
                     ORDER BY channel_model, channel_res_id, channel_thread, id
                   ) AS first_of_thread
             WHERE try_at <= %s OR try_at > %s
             ORDER BY id
             LIMIT %s
            """,
            WAITING,
            now,
            now + LONGEST,
            BATCH,
        )
        return self.browse(id_ for (id_,) in self.env.execute_query(query))

    def _try_send(self):
        """Whatever the channel's code raises is a failure of this answer only."""
        try:
            with self.env.cr.savepoint():
                key = self._get_channel()._send_answer(self._get_message())
        except OperationalError:
            raise
        except ChannelRefused as error:
            self._give_up(error)
        except Exception as error:
            _logger.info("%s could not be sent", self, exc_info=True)
            self._note_failure(error)
        else:
            self._note_sent(key)

    def _get_channel(self):
        if self.channel_model in self.env:
            if channel := self.env[self.channel_model].browse(self.channel_res_id):
                if channel.exists():
                    return channel
        raise ChannelRefused(self.env._("The channel does not exist any more."))

    def _get_message(self):
        return self.message_id.with_context(routing_thread=self.channel_thread)

    # What became of it

    def _note_sent(self, key):
        self.write(
            {
                "state": SENT,
                "sent_at": fields.Datetime.now(),
                "external_key": str(key) if key else False,
                "error": False,
            }
        )
        ticket = self.ticket_id
        if not ticket._get_unsent():
            ticket._forget_undelivered()
        self._answer_again()

    def _answer_again(self):
        """What waits again because the answer had failed is answered now, unless the
        customer has written since, or it has promised more."""
        ticket, message = self.ticket_id, self.message_id
        pending = ticket._get_pending().filtered(lambda one: not one.promised_for)
        if pending and max(pending.mapped("received_at")) <= message.create_date:
            user = ticket._get_employee(message.author_id.id)
            answered = ticket.with_context(**{ANSWER: Inside(message.id)})
            answered._work_out(ANSWERED, user or self.env.user)

    def _note_failure(self, error):
        if self.attempts >= len(PAUSES):
            self._give_up(error)
            return
        self.write(
            {
                "try_at": fields.Datetime.now() + PAUSES[self.attempts],
                "attempts": self.attempts + 1,
                "error": _say(error),
            }
        )
        self.ticket_id.undelivered = self.env._(
            "The answer is not sent yet (%(channel)s): %(reason)s It is tried again.",
            channel=self.channel_name,
            reason=_say(error),
        )

    def _give_up(self, error):
        """It is no answer: what it worked out waits again, and who wrote it is told."""
        self.write({"state": FAILED, "error": _say(error)})
        self.ticket_id._take_back_answer(
            self.message_id, self.channel_name, _say(error)
        )

    def action_retry(self):
        """Send again at once what could not be sent."""
        self.ticket_id.check_access("write")
        # sudo: routing.channel.answer: whoever may answer may try it again
        unsent = self.sudo().filtered(lambda one: one.state != SENT)
        unsent.write({"state": WAITING, "try_at": fields.Datetime.now(), "attempts": 0})
        unsent._ask_job()


def _say(error):
    """What went wrong, as one sentence."""
    said = " ".join(str(error).split()) or type(error).__name__
    return said if said.endswith((".", "!", "?")) else f"{said}."

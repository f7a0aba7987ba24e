# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from contextlib import contextmanager
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.affinity import FORGOTTEN, DecayedSum

FOLLOWED = "audiomania_routing.followed_conversations"

KEY = ("partner_id", "category_id", "audience_id", "channel_id")
"""One of these at most tells which conversations are summed up."""


class Sums(NamedTuple):
    """What one employee has handled of some conversations.

    :param value: decayed with ``Policy.conversation_half_life``
    :param recent: decayed with ``Policy.recent_half_life``
    """

    value: DecayedSum
    recent: DecayedSum


class ConversationAffinity(models.Model):
    """How many conversations an employee has handled, recent ones counting more: those
    of a customer, of a category, an audience, a channel, or all.

    Running decayed sums, as ``customer.affinity`` has them of orders: whoever takes a
    conversation or works an inquiry out has one more; nothing is summed up again.
    """

    _name = "conversation.affinity"
    _description = "Conversations handled"
    _order = "value desc, id"
    _log_access = False

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Employee",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
        help="Who took the conversations or worked them out.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        help="The customer's company: conversations of all its contacts count"
        " together.",
    )
    category_id = fields.Many2one(
        comodel_name="helpdesk.ticket.category",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        help="Conversations of this category, whoever asked.",
    )
    audience_id = fields.Many2one(
        comodel_name="customer.audience",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        help="Conversations with customers of this audience.",
    )
    channel_id = fields.Many2one(
        comodel_name="helpdesk.ticket.channel",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        help="Conversations that came this way.",
    )
    value = fields.Float(
        readonly=True,
        digits=0,
        help="How many they are; old ones count less and less.",
    )
    recent = fields.Float(
        readonly=True,
        digits=0,
        help="The same, where only what is recent counts.",
    )
    valued_at = fields.Datetime(
        required=True, readonly=True, help="At which moment they were worth that much."
    )
    conversations = fields.Integer(
        readonly=True, help="How many conversations count here."
    )

    _either_check = models.Constraint(
        "CHECK (num_nonnulls(partner_id, category_id, audience_id, channel_id) <= 1)",
        "Conversations are summed up by one thing at a time.",
    )
    _key_uniq = models.UniqueIndex(
        "(user_id, COALESCE(partner_id, 0), COALESCE(category_id, 0),"
        " COALESCE(audience_id, 0), COALESCE(channel_id, 0))",
        "An employee has one sum of the same conversations.",
    )
    _all_idx = models.Index(
        "(user_id) WHERE num_nonnulls(partner_id, category_id, audience_id, channel_id)"
        " = 0"
    )

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _get_half_lives(self):
        """Sums are common to all companies: the policy without a company counts."""
        policy = self.env["routing.facts"]._get_policy()
        return policy.conversation_half_life, policy.recent_half_life

    @api.model
    def _get_sums(self, keys):
        """{key: {employee: Sums}} in one query

        :param keys: {"partner_id": ids, ...}, without empty ones; the sums of all
            conversations have the key (None, None)
        """
        self.flush_model()
        everything = SQL("num_nonnulls(%s) = 0", _columns("sums"))
        parts = [self._sql_sums(SQL("NULL"), SQL("NULL::integer"), everything)]
        for name, ids in keys.items():
            column = SQL.identifier("sums", name)
            condition = SQL("%s IN %s", column, tuple(ids))
            parts.append(self._sql_sums(SQL("%s", name), column, condition))
        sums = defaultdict(dict)
        query = SQL(" UNION ALL ").join(parts)
        for name, key, user_id, value, recent, at in self.env.execute_query(query):
            totals = Sums(DecayedSum(value, at), DecayedSum(recent, at))
            sums[name, key][user_id] = totals
        return sums

    @api.model
    def _sql_sums(self, name, key, condition):
        """Of employees only: a customer who closes his own conversation is none."""
        return SQL(
            """
            SELECT %s AS name, %s AS key, users.id, sums.value, sums.recent,
                   sums.valued_at
              FROM conversation_affinity sums
              JOIN res_users users ON users.id = sums.user_id AND NOT users.share
             WHERE %s
            """,
            name,
            key,
            condition,
        )

    # ------------------------------------------------------------------
    # Running sums
    # ------------------------------------------------------------------

    @contextmanager
    def _follow(self, tickets):
        """Whatever the block does to the conversations, the sums follow.

        What counted before is taken back and what counts after is added, in one
        statement, and none where nothing changes. A conversation that an outer block
        follows already is left to it.
        """
        followed = self.env.cr.cache.setdefault(FOLLOWED, set())
        mine = tickets.filtered(lambda ticket: ticket.id not in followed)
        followed.update(mine.ids)
        try:
            before = mine._get_handlings()
            yield
            self._replace(before, mine._get_handlings())
        finally:
            followed.difference_update(mine.ids)

    @api.model
    def _replace(self, before, after):
        """Take back what counted and add what counts now, where it differs.

        :param before: as ``helpdesk.ticket._get_handlings`` gives it
        """
        changes = defaultdict(list)
        for counted, other, sign in ((before, after, -1), (after, before, 1)):
            for entry, at in counted.items():
                if other.get(entry) != at:
                    _ticket_id, user_id, key = entry
                    changes[(user_id, *key)].append((at, sign))
        if changes:
            self._add(changes)

    @api.model
    def _add(self, changes):
        """Add to the sums in one statement; a sum of no conversations is no sum.

        Two who change what the same employee has collide here, and the second one's
        transaction starts again: no fault that a log has to tell.

        :param changes: {(employee, *key): [(moment, 1 or -1), ...]}
        """
        rows, shrinking = [], []
        for key in sorted(changes, key=lambda each: [part or 0 for part in each]):
            latest = max(at for at, _sign in changes[key])
            worths = []
            for half_life in self._get_half_lives():
                total = DecayedSum(0.0, latest)
                for at, sign in changes[key]:
                    total = total.add(sign, at, half_life)
                worths.append(total.value)
            count = sum(sign for _at, sign in changes[key])
            rows.append(SQL("%s", (*key, *worths, latest, count)))
            if count < 0:
                shrinking.append(key[0])
        self.flush_model()
        self.env.cr.execute(self._sql_upsert(rows), log_exceptions=False)
        if shrinking:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM conversation_affinity"
                    " WHERE conversations <= 0 AND user_id IN %s",
                    tuple(shrinking),
                ),
                log_exceptions=False,
            )
        self.invalidate_model(flush=False)

    # ------------------------------------------------------------------
    # Rebuild
    # ------------------------------------------------------------------

    @api.model
    def _rebuild_soon(self):
        """Count everything anew in the background."""
        cron = self.env.ref("audiomania_routing.ir_cron_rebuild_conversations")
        # sudo: ir.cron: only asks for an earlier run
        cron.sudo()._trigger()

    @api.model
    def _cron_rebuild(self):
        self._rebuild()

    @api.model
    def _rebuild(self, partners=None):
        """Sum up all conversations anew: one statement clears, one fills.

        :param partners: only what is kept of these customers and of their companies;
            None: everything
        """
        old, new = SQL("TRUE"), SQL("TRUE")
        if partners is not None:
            customers = partners | partners.commercial_partner_id
            if not customers:
                return
            ids = tuple(customers.ids)
            old = SQL("partner_id IN %s", ids)
            new = SQL("key.partner_id IN %s", ids)
        self._flush_sources()
        self.env.cr.execute(SQL("DELETE FROM conversation_affinity WHERE %s", old))
        self.env.cr.execute(self._sql_fill(new))
        self.invalidate_model(flush=False)

    @api.model
    def _forget(self, partners):
        """Drop the sums of customers who are about to be no customers."""
        # sudo: conversation.affinity: sums of the system, whoever merges customers
        self.sudo().search([("partner_id", "in", partners.ids)]).unlink()

    @api.model
    def _flush_sources(self):
        """SQL reads what the ORM still holds back."""
        for model in (self._name, "helpdesk.ticket", "helpdesk.inquiry", "res.partner"):
            self.env[model].flush_model()

    # ------------------------------------------------------------------
    # SQL
    # ------------------------------------------------------------------

    @api.model
    def _sql_fill(self, condition):
        """What ``helpdesk.ticket._get_handlings`` says, of all conversations."""
        slow, fast = self._get_half_lives()
        return SQL(
            """
            WITH worked AS (
                SELECT ticket_id, worked_out_by_id AS user_id, MAX(worked_out_at) AS at
                  FROM helpdesk_inquiry
                 WHERE worked_out_by_id IS NOT NULL AND worked_out_at IS NOT NULL
                 GROUP BY ticket_id, worked_out_by_id
            ), handled AS (
                SELECT * FROM worked
                 UNION ALL
                SELECT id, user_id, COALESCE(assigned_date, create_date)
                  FROM helpdesk_ticket ticket
                 WHERE user_id IS NOT NULL
                   AND NOT EXISTS (
                       SELECT FROM worked
                        WHERE worked.ticket_id = ticket.id
                          AND worked.user_id = ticket.user_id
                   )
            ), dated AS (
                SELECT handled.user_id, %(key)s, date_trunc('second', handled.at) AS at,
                       MAX(date_trunc('second', handled.at)) OVER (
                           PARTITION BY handled.user_id, %(key)s
                       ) AS latest
                  FROM handled
                  JOIN helpdesk_ticket ticket ON ticket.id = handled.ticket_id
                  JOIN LATERAL (
                      VALUES (0, NULL::integer, NULL::integer, NULL::integer,
                              NULL::integer),
                             (1, ticket.commercial_partner_id, NULL, NULL, NULL),
                             (1, NULL, ticket.category_id, NULL, NULL),
                             (1, NULL, NULL, ticket.audience_id, NULL),
                             (1, NULL, NULL, NULL, ticket.channel_id)
                  ) AS key (parts, %(columns)s)
                    ON num_nonnulls(%(key)s) = key.parts
                 WHERE %(condition)s
            )
            INSERT INTO conversation_affinity
                   (user_id, %(columns)s, value, recent, valued_at, conversations)
            SELECT user_id, %(columns)s, SUM(%(slow)s), SUM(%(fast)s), latest, COUNT(*)
              FROM dated
             GROUP BY user_id, %(columns)s, latest
            """,
            key=_columns("key"),
            columns=_columns(),
            condition=condition,
            slow=self._sql_decay(slow, SQL("latest - at")),
            fast=self._sql_decay(fast, SQL("latest - at")),
        )

    @api.model
    def _sql_upsert(self, rows):
        slow, fast = self._get_half_lives()
        latest = SQL("GREATEST(known.valued_at, EXCLUDED.valued_at)")
        known = SQL("%s - known.valued_at", latest)
        added = SQL("%s - EXCLUDED.valued_at", latest)
        return SQL(
            """
            INSERT INTO conversation_affinity AS known
                   (user_id, %(columns)s, value, recent, valued_at, conversations)
            VALUES %(rows)s
            ON CONFLICT (user_id, COALESCE(partner_id, 0), COALESCE(category_id, 0),
                         COALESCE(audience_id, 0), COALESCE(channel_id, 0))
            DO UPDATE SET
                value = known.value * %(slow_known)s + EXCLUDED.value * %(slow_added)s,
                recent = known.recent * %(fast_known)s
                       + EXCLUDED.recent * %(fast_added)s,
                valued_at = %(latest)s,
                conversations = known.conversations + EXCLUDED.conversations
            """,
            columns=_columns(),
            rows=SQL(", ").join(rows),
            slow_known=self._sql_decay(slow, known),
            slow_added=self._sql_decay(slow, added),
            fast_known=self._sql_decay(fast, known),
            fast_added=self._sql_decay(fast, added),
            latest=latest,
        )

    @api.model
    def _sql_decay(self, half_life, age):
        """What is left of one after an interval: the engine's ``decay`` in SQL."""
        halvings = SQL(
            "EXTRACT(EPOCH FROM %s)::float8 / %s::float8",
            age,
            half_life.total_seconds(),
        )
        return SQL(
            "CASE WHEN %s <= %s THEN POWER(2::float8, -(%s)) ELSE 0 END",
            halvings,
            FORGOTTEN,
            halvings,
        )


def _columns(table=None):
    of_table = (table,) if table else ()
    return SQL(", ").join(SQL.identifier(*of_table, name) for name in KEY)

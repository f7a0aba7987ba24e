# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .alert_delivery import SEEN_SHOWN_FOR

PAGE = 30
LONGEST = 10_000
"""Rows that one answer may have: a screen asks anew for all that it shows."""


class AlertDelivery(models.Model):
    """What the toolbar shows of an employee's alerts.

    Alerts about one record are one row with a count. Rows stand by severity, in a
    severity by type (the type with the newest row first), in a type the newest first.
    """

    _inherit = "alert.delivery"

    # What waits, and what was only to be seen: two indexes that history never enters
    # or leaves behind by the time of its seeing.
    _waiting_idx = models.Index(
        "(user_id, snoozed_until)"
        " WHERE state IN ('new', 'snoozed') OR (state = 'seen' AND must_do)"
    )
    _seen_idx = models.Index(
        "(user_id, seen_at) WHERE state = 'seen' AND must_do IS NOT TRUE"
    )

    @api.model
    @api.readonly
    def get_state(self, limit=PAGE):
        """The absolute state of the caller's toolbar: what a screen fetches at its
        start, after a lost connection, and when the bus says that it changed.

        :return: as :meth:`get_page`, and ``unseen`` (alerts), ``total`` (rows) and
            ``next_at`` (when a snoozed one is due).
        """
        self.check_access("read")
        self._check_limit(limit)
        found = self._read_toolbar(limit)
        return {
            **self._prepare_page(found, limit),
            "unseen": found["unseen"],
            "total": found["total"],
            "next_at": fields.Datetime.to_string(found["next_at"]),
        }

    @api.model
    @api.readonly
    def get_page(self, after, limit=PAGE):
        """The rows that follow ``after`` (the ``after`` of the last answer).

        :return: ``version`` (a page of another version does not continue what is
            shown: fetch the state again), ``items``, and ``after``, false at the end.
        """
        self.check_access("read")
        self._check_limit(limit)
        found = self._read_toolbar(limit, self._parse_place(after))
        return self._prepare_page(found, limit)

    def _prepare_page(self, found, limit):
        rows = found["rows"] or []
        deliveries = self.browse(row["id"] for row in rows)
        deliveries.type_id.fetch(["name", "can_mute"])
        return {
            "version": found["version"] or 0,
            "items": [
                delivery._to_item(row)
                for delivery, row in zip(deliveries, rows, strict=True)
            ],
            "after": rows[-1]["place"] if len(rows) == limit else False,
        }

    @api.model
    def _parse_place(self, after):
        """A place in the list as it came back from a client."""
        try:
            urgency, newest, type_id, notified_at, id_ = after
            return SQL(
                "(%s, %s, %s, %s, %s)",
                int(urgency),
                fields.Datetime.to_datetime(newest),
                int(type_id),
                fields.Datetime.to_datetime(notified_at),
                int(id_),
            )
        except (OverflowError, TypeError, ValueError) as error:
            raise self._get_no_page() from error

    @api.model
    def _check_limit(self, limit):
        """How many rows a client asks for: a number of them, and not all there are."""
        if type(limit) is not int or not 0 < limit <= LONGEST:
            raise self._get_no_page()

    @api.model
    def _get_no_page(self):
        return UserError(self.env._("This page of alerts does not exist."))

    @api.model
    def _read_toolbar(self, limit, after=None):
        """Counts and one page of the caller's toolbar, in one statement over his
        open alerts: how many he ever got costs nothing, and all of it is of one
        moment.

        :param after: SQL, the place of the row before the page.
        :return: how many alerts are ``unseen``, how many rows there are in ``total``,
            the ``rows`` of the page, the ``version`` of the employee, and ``next_at``,
            when the first of his snoozed alerts is due. A row has ``id`` of the
            delivery that speaks for it, ``ids`` of all its deliveries, ``unseen``,
            ``count`` (reports), ``place``.
        """
        self.flush_model()
        self.env["alert.alert"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH shown AS (%s), folded AS (%s), row AS (%s)
                SELECT (SELECT COUNT(*) FROM shown WHERE unseen) AS unseen,
                       (SELECT COUNT(*) FROM row) AS total,
                       (SELECT ARRAY_AGG(TO_JSON(page) ORDER BY page.number)
                          FROM (SELECT id, ids, unseen, count, place,
                                       ROW_NUMBER() OVER (%s) AS number
                                  FROM row WHERE %s %s LIMIT %s) AS page) AS rows,
                       (%s) AS version,
                       (%s) AS next_at
                """,
                self._select_shown(),
                self._select_folded(),
                self._select_rows(),
                self._row_order,
                SQL("%s < %s", self._row_key, after) if after else SQL("TRUE"),
                self._row_order,
                limit,
                self.env["alert.inbox"]._select_version(self.env.user),
                self._select_next_moment(),
            )
        )
        return self.env.cr.dictfetchone()

    _row_key = SQL("(urgency, newest, type_id, notified_at, id)")
    _row_order = SQL(
        "ORDER BY urgency DESC, newest DESC, type_id DESC, notified_at DESC, id DESC"
    )

    @api.model
    def _select_shown(self):
        """What stands in the dropdown: what is unseen, what must be done, and for a
        day what was only to be seen. An index serves each of the two parts."""
        columns = SQL(
            "id, alert_id, type_id, urgency, notified_at, state <> 'seen' AS unseen"
        )
        mine = SQL("user_id = %s AND is_quiet IS NOT TRUE", self.env.uid)
        now = fields.Datetime.now()
        return SQL(
            """
            SELECT %(columns)s
              FROM alert_delivery
             WHERE %(mine)s
               AND (state IN ('new', 'snoozed') OR (state = 'seen' AND must_do))
               AND (state <> 'snoozed' OR snoozed_until <= %(now)s)
             UNION ALL
            SELECT %(columns)s
              FROM alert_delivery
             WHERE %(mine)s
               AND state = 'seen' AND must_do IS NOT TRUE AND seen_at > %(since)s
            """,
            columns=columns,
            mine=mine,
            now=now,
            since=now - SEEN_SHOWN_FOR,
        )

    @api.model
    def _select_folded(self):
        """One row for everything about one record; the most urgent and then newest
        alert speaks for it."""
        return SQL(
            """
            SELECT ARRAY_AGG(
                       shown.id ORDER BY urgency DESC, notified_at DESC, shown.id DESC
                   ) AS ids,
                   BOOL_OR(unseen) AS unseen,
                   SUM(alert.event_count) AS count
              FROM shown
              JOIN alert_alert AS alert ON alert.id = shown.alert_id
          GROUP BY alert.res_model, alert.res_id,
                   CASE WHEN alert.res_id IS NULL THEN alert.id END
            """
        )

    @api.model
    def _select_rows(self):
        """The rows with what they are sorted by."""
        return SQL(
            """
            SELECT *, JSON_BUILD_ARRAY(
                          urgency, TO_CHAR(newest, 'YYYY-MM-DD HH24:MI:SS'), type_id,
                          TO_CHAR(notified_at, 'YYYY-MM-DD HH24:MI:SS'), id) AS place
              FROM (SELECT first.id, first.urgency, first.type_id, first.notified_at,
                           folded.ids, folded.unseen, folded.count,
                           MAX(first.notified_at) OVER (
                               PARTITION BY first.urgency, first.type_id) AS newest
                      FROM folded
                      JOIN shown AS first ON first.id = folded.ids[1]) AS sorted
            """
        )

    @api.model
    def _select_next_moment(self):
        """When the first of the caller's snoozed alerts is due."""
        return SQL(
            """
            SELECT MIN(snoozed_until)
              FROM alert_delivery
             WHERE user_id = %s AND is_quiet IS NOT TRUE
               AND state = 'snoozed' AND snoozed_until > %s
            """,
            self.env.uid,
            fields.Datetime.now(),
        )

    def _to_item(self, row):
        """What the toolbar shows of a row (see :meth:`_read_toolbar`)."""
        self.ensure_one()
        return {
            "id": self.id,
            "ids": row["ids"],
            "type_id": self.type_id.id,
            "type": self.type_id.name,
            "can_mute": self.type_id.can_mute,
            "title": self.title,
            "body": self.body,
            "hidden": self.is_hidden,
            "record": self.record_name,
            "severity": self.severity,
            "must_do": self.must_do,
            "unseen": row["unseen"],
            "count": row["count"],
            "at": fields.Datetime.to_string(self.notified_at),
        }

    def action_snooze_tomorrow(self):
        """Hide these alerts until the employee's next working morning."""
        now = fields.Datetime.now()
        morning = self.env["alert.presence"]._find_morning(self.env.user, now)
        return self._snooze(now, morning, since=now)

    @api.model
    def _count_unseen(self, users):
        """What the icon counts: what is kept out of the toolbar does not blink."""
        domain = (
            Domain("user_id", "in", users.ids)
            & Domain("is_quiet", "!=", True)
            & self._get_unseen_domain()
        )
        return dict(self._read_group(domain, ["user_id"], ["__count"]))

    def action_mute(self):
        """Nothing of these types reaches the caller any more."""
        self._set_muted(True)
        return True

    def action_unmute(self):
        """Take :meth:`action_mute` back."""
        self._set_muted(False)
        return True

    def _set_muted(self, muted):
        self.check_access("read")
        preferences = self.env["alert.preference"]._get_mine(self.type_id)
        preferences.write({"muted": muted})
        return preferences

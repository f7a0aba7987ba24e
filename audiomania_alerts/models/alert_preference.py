# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

from ..states import DIGESTS, NO_DIGEST, OPEN_STATES

WAYS = ("toolbar", "digest", "push")


class AlertPreference(models.Model):
    """How one employee wants one type of alert.

    Without a row, and as long as he chose nothing in it, the type decides.
    """

    _name = "alert.preference"
    _description = "Alert setting of an employee"
    _log_access = False
    _order = "type_id, id"
    _rec_name = "type_id"

    user_id = fields.Many2one(
        "res.users",
        "Employee",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.uid,
    )
    type_id = fields.Many2one(
        "alert.type", "Alert", required=True, readonly=True, ondelete="cascade"
    )
    category = fields.Char(related="type_id.category")
    can_mute = fields.Boolean(related="type_id.can_mute")
    is_own = fields.Boolean(
        "Chosen",
        readonly=True,
        help="The employee chose the ways himself; otherwise they follow the type.",
    )
    toolbar = fields.Boolean(
        compute="_compute_ways",
        store=True,
        readonly=False,
        help="In the toolbar, behind the icon that blinks.",
    )
    digest = fields.Selection(
        DIGESTS,
        "E-mail",
        compute="_compute_ways",
        store=True,
        readonly=False,
        help="By e-mail: each one at once, or several of them in one letter.",
    )
    push = fields.Boolean(
        compute="_compute_ways",
        store=True,
        readonly=False,
        help="On the devices on which you allowed the notifications of Odoo.",
    )
    muted = fields.Boolean(help="Nothing of this type reaches you.")

    _user_type_unique = models.UniqueIndex("(user_id, type_id)")
    _muted_idx = models.Index("(type_id, user_id) WHERE muted")

    @api.depends(
        "type_id.default_toolbar", "type_id.default_digest", "type_id.default_push"
    )
    def _compute_ways(self):
        for preference in self.filtered(lambda mine: not mine.is_own):
            preference.toolbar = preference.type_id.default_toolbar
            preference.digest = preference.type_id.default_digest
            preference.push = preference.type_id.default_push

    @api.constrains("toolbar", "digest", "push", "muted")
    def _check_reached(self):
        """What may not be muted reaches the employee in some way."""
        for mine in self.filtered(lambda mine: not mine.can_mute):
            reached = mine.toolbar or mine.push or mine.digest not in (False, NO_DIGEST)
            if mine.muted or not reached:
                raise ValidationError(
                    self.env._(
                        "“%(type)s” cannot be muted: choose at least one way.",
                        type=mine.type_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            type_ = self.env["alert.type"].browse(values.get("type_id"))
            if any(name in values for name in WAYS):
                values["is_own"] = True
                for name in WAYS:
                    values.setdefault(name, type_[f"default_{name}"])
        preferences = super().create(vals_list)
        preferences._apply()
        return preferences

    def write(self, vals):
        if not self.env.su and {"user_id", "type_id"} & vals.keys():
            raise AccessError(self.env._("A setting stays with its employee and type."))
        if any(name in vals for name in WAYS):
            vals = {**vals, "is_own": True}
        result = super().write(vals)
        self._apply()
        return result

    def action_reset(self):
        """Follow the type again."""
        self.write({"is_own": False, "muted": False})
        for name in WAYS:
            self.env.add_to_compute(self._fields[name], self)
        self._apply()
        return True

    @api.model
    def action_open_mine(self):
        """Every type with what the caller chose for it."""
        self._get_mine(self.env["alert.type"].search([]))
        return self.env["ir.actions.act_window"]._for_xml_id(
            "audiomania_alerts.alert_preference_action"
        )

    # -- what the bus asks ---------------------------------------------------

    @api.model
    def _get_mine(self, types):
        """The caller's settings of these types, made where he has none: two tabs
        that do so at once do not fail."""
        self.check_access("create")
        self.flush_model()
        types.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO alert_preference (
                    user_id, type_id, is_own, muted, toolbar, digest, push)
                SELECT %s, id, FALSE, FALSE,
                       default_toolbar, default_digest, default_push
                  FROM alert_type
                 WHERE id = ANY(%s)
              ORDER BY id
                ON CONFLICT DO NOTHING
                """,
                self.env.uid,
                types.ids,
            )
        )
        return self.search(
            [("user_id", "=", self.env.uid), ("type_id", "in", types.ids)]
        )

    @api.model
    def _drop_muted(self, recipients):
        """Of pairs (alert id, user id), those whose user did not mute the type."""
        if not recipients:
            return recipients
        self.flush_model(["muted"])
        alert_ids, user_ids = (list(set(ids)) for ids in zip(*recipients, strict=True))
        self.env.cr.execute(
            SQL(
                """
                SELECT alert.id, preference.user_id
                  FROM alert_preference AS preference
                  JOIN alert_alert AS alert ON alert.type_id = preference.type_id
                 WHERE preference.muted
                   AND alert.id = ANY(%s)
                   AND preference.user_id = ANY(%s)
                """,
                alert_ids,
                user_ids,
            )
        )
        muted = set(self.env.cr.fetchall())
        return [pair for pair in recipients if tuple(pair) not in muted]

    @api.model
    def _select_choices(self, deliveries):
        """SQL: what the owner of each of these deliveries chose, or the type
        instead: ``id``, ``user_id``, ``toolbar``, ``digest``, ``push``."""
        self.flush_model()
        return SQL(
            """
            SELECT delivery.id, delivery.user_id,
                   mine.muted IS NOT TRUE
                       AND COALESCE(mine.toolbar, type.default_toolbar, TRUE)
                       AS toolbar,
                   CASE WHEN mine.muted THEN %s
                        ELSE COALESCE(mine.digest, type.default_digest, %s)
                         END AS digest,
                   mine.muted IS NOT TRUE
                       AND COALESCE(mine.push, type.default_push, FALSE) AS push
              FROM alert_delivery AS delivery
              JOIN alert_type AS type ON type.id = delivery.type_id
         LEFT JOIN alert_preference AS mine
                ON mine.user_id = delivery.user_id AND mine.type_id = delivery.type_id
             WHERE delivery.id = ANY(%s)
            """,
            NO_DIGEST,
            NO_DIGEST,
            list(deliveries.ids),
        )

    @api.model
    def _filter_special(self, deliveries):
        """Those that do not simply go to the toolbar and nowhere else, or did not
        before."""
        self.env.cr.execute(
            SQL(
                """
                SELECT choice.id
                  FROM (%s) AS choice
                  JOIN alert_delivery AS delivery ON delivery.id = choice.id
                 WHERE NOT choice.toolbar OR choice.digest <> %s OR choice.push
                    OR delivery.is_quiet
                """,
                self._select_choices(deliveries),
                NO_DIGEST,
            )
        )
        return deliveries.browse(row[0] for row in self.env.cr.fetchall())

    @api.model
    def _unmute(self, types):
        """These types may not be muted any more: they reach everybody again."""
        preferences = self.search([("type_id", "in", types.ids)])
        unreached = preferences.filtered(
            lambda mine: not (mine.toolbar or mine.push or mine.digest != NO_DIGEST)
        )
        unreached.write({"toolbar": True, "muted": False})
        preferences.filtered("muted").write({"muted": False})

    def _apply(self):
        """What is open follows the choice at once, on every screen."""
        self.flush_recordset()
        self.env["alert.delivery"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE alert_delivery AS delivery
                   SET is_quiet = mine.muted OR NOT mine.toolbar,
                       digest_at = CASE WHEN NOT mine.muted AND mine.digest <> %s
                                        THEN delivery.digest_at END,
                       push_at = CASE WHEN NOT mine.muted AND mine.push
                                      THEN delivery.push_at END
                  FROM (SELECT user_id, type_id, COALESCE(muted, FALSE) AS muted,
                               COALESCE(toolbar, FALSE) AS toolbar,
                               COALESCE(digest, %s) AS digest,
                               COALESCE(push, FALSE) AS push
                          FROM alert_preference WHERE id = ANY(%s)) AS mine
                 WHERE delivery.user_id = mine.user_id
                   AND delivery.type_id = mine.type_id
                   AND delivery.state = ANY(%s)
             RETURNING delivery.id
                """,
                NO_DIGEST,
                NO_DIGEST,
                self.ids,
                list(OPEN_STATES),
            )
        )
        changed = [row[0] for row in self.env.cr.fetchall()]
        deliveries = self.env["alert.delivery"].browse(changed)
        deliveries.invalidate_recordset()
        deliveries._send_state()

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, hmac

from .link import Link, decode

CONVERSATION = "helpdesk.ticket"
ORDER = "sale.order"
SCOPE = "audiomania_routing.mark"
SIGNATURE = 32
"""Characters of it that stand in an address: 128 bits."""

MOST_CHANGES = 20
"""So often a customer may change his mind about one answer; then once a day."""

LONGEST_COMMENT = 4000


class HelpdeskMark(models.Model):
    """What a customer gave for one answer: for its quality, for its speed (rule 23).

    Whatever counts in figures and in routing is in the one ``rating.rating`` that
    belongs to it. No row is made before a mark is sent.
    """

    _name = "helpdesk.mark"
    _description = "Mark of an answer"
    _order = "given_at desc, id desc"

    message_id = fields.Many2one(
        comodel_name="mail.message",
        string="Answer",
        ondelete="set null",
        readonly=True,
    )
    inquiry_id = fields.Many2one(
        comodel_name="helpdesk.inquiry",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        help="What was answered; of several letters that waited, the oldest.",
    )
    ticket_id = fields.Many2one(
        related="inquiry_id.ticket_id", string="Conversation", readonly=True
    )
    sale_order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Delivered order",
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Employee",
        required=True,
        ondelete="restrict",
        index=True,
        readonly=True,
        help="Who answered, also when the conversation has moved on to another.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    quality = fields.Integer(
        readonly=True, help="From 1 to 5. 0: he gave none for the quality."
    )
    speed = fields.Integer(
        readonly=True, help="From 1 to 5. 0: he gave none for the speed."
    )
    comment = fields.Text(readonly=True)
    given_at = fields.Datetime(
        required=True, default=fields.Datetime.now, readonly=True
    )
    changed_at = fields.Datetime(readonly=True)
    change_count = fields.Integer(string="Changes", readonly=True)
    former = fields.Text(
        string="Before",
        readonly=True,
        help="What the customer had given before he changed his mind, a line each.",
    )
    rating_ids = fields.One2many(
        comodel_name="rating.rating", inverse_name="mark_id", readonly=True
    )

    _message_uniq = models.UniqueIndex(
        "(message_id) WHERE message_id IS NOT NULL",
        "An answer has one mark, never two.",
    )
    _order_uniq = models.UniqueIndex(
        "(sale_order_id) WHERE sale_order_id IS NOT NULL",
        "A delivered order has one mark, never two.",
    )
    _quality_check = models.Constraint(
        "CHECK (quality BETWEEN 0 AND 5)", "A mark is from 1 to 5."
    )
    _speed_check = models.Constraint(
        "CHECK (speed BETWEEN 0 AND 5)", "A mark is from 1 to 5."
    )

    @api.depends("quality", "speed")
    def _compute_display_name(self):
        for mark in self:
            mark.display_name = self.env._(
                "quality %(quality)s, speed %(speed)s",
                quality=mark.quality or "–",
                speed=mark.speed or "–",
            )

    # The address

    @api.model
    def _sign(self, text):
        # sudo: ir.config_parameter: the secret of this database, for signing
        return hmac(self.sudo().env, SCOPE, text)[:SIGNATURE]

    @api.model
    def _make_token(self, link, days):
        """The signed text of a link that holds for so many days."""
        until = (fields.Date.today() + timedelta(days=days)).toordinal()
        values = {**vars(link), "until": until}
        return Link(**values).encode(self._sign)

    @api.model
    def _read_token(self, token):
        """The link; None where it was not signed here."""
        return decode(token, self._sign)

    # Giving

    @api.model
    def _get_rated(self, link):
        """The inquiry or the order, and the employee, if all of it is still there."""
        # sudo: helpdesk.inquiry, sale.order, res.users: a signed address was shown
        env = self.sudo().with_context(active_test=False).env
        user = env["res.users"].browse(link.user).exists()
        if link.order:
            return env[ORDER].browse(link.order).exists(), user
        message = env["mail.message"].browse(link.message).exists()
        inquiry = env["helpdesk.inquiry"].browse(link.inquiry).exists()
        return inquiry if message else inquiry.browse(), user

    @api.model
    def _find(self, link):
        """The mark that was given for it before, or nothing."""
        # sudo: helpdesk.mark: a signed address was shown, or it is the customer's own
        marks = self.sudo()
        if link.order:
            return marks.search([("sale_order_id", "=", link.order)])
        return marks.search([("message_id", "=", link.message)])

    @api.model
    def _give(self, link, quality=0, speed=0, comment=""):
        """The customer gives his mark, or changes his mind: one row, one rating.

        :param link: a ``Link``; that it may be used was checked before
        :return: the mark; nothing where what was answered is gone, where nothing was
            given, or where he changed his mind too often
        """
        rated, user = self._get_rated(link)
        if not rated or not user or not (quality or speed):
            return self.browse()
        self._touch_rated(rated)
        values = {
            "quality": quality,
            "speed": speed,
            "comment": (comment or "").strip()[:LONGEST_COMMENT] or False,
        }
        mark = self._find(link)
        if mark._was_changed_often():
            return self.browse()
        if not mark:
            mark = mark.create(self._prepare_given_vals(link, rated, user, values))
        elif not mark._is_same(values):
            mark.write(mark._prepare_changed_vals(values))
        else:
            return mark
        mark._rate()
        mark._given()
        return mark

    @api.model
    def _touch_rated(self, rated):
        """Of two marks for one answer at once the second one starts again, and
        changes what the first one has made."""
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET id = id WHERE id = %s",
                SQL.identifier(rated._table),
                rated.id,
            ),
            log_exceptions=False,
        )

    @api.model
    def _prepare_given_vals(self, link, rated, user, values):
        is_order = rated._name == ORDER
        return {
            **values,
            "message_id": link.message or False,
            "inquiry_id": False if is_order else rated.id,
            "sale_order_id": rated.id if is_order else False,
            "company_id": rated.company_id.id or self.env.company.id,
            "user_id": user.id,
            "partner_id": rated.env["res.partner"].browse(link.partner).exists().id,
        }

    def _was_changed_often(self):
        if self.change_count < MOST_CHANGES:
            return False
        latest = self.changed_at or self.given_at
        return latest > fields.Datetime.now() - timedelta(days=1)

    def _is_same(self, values):
        return all(self[name] == value for name, value in values.items())

    def _prepare_changed_vals(self, values):
        """The new mark, and a line of what it was before."""
        at = fields.Datetime.to_string(self.changed_at or self.given_at)
        line = f"{at} {self.display_name}"
        if self.comment:
            line = f"{line}: {' '.join(self.comment.split())}"
        return {
            **values,
            "changed_at": fields.Datetime.now(),
            "change_count": self.change_count + 1,
            "former": "\n".join(filter(None, (self.former, line))),
        }

    def _rate(self):
        """The one rating of this mark, on the conversation or on the order."""
        if rating := self.rating_ids[:1]:
            rating.write(self._prepare_rating_vals())
        else:
            rating = rating.create(
                {**self._prepare_rated_vals(), **self._prepare_rating_vals()}
            )
        rating._set_figures()

    def _prepare_rating_vals(self):
        """What changes with the customer's mind."""
        return {
            "rating": self.quality,
            "speed": self.speed,
            "feedback": self.comment,
            "consumed": True,
        }

    def _prepare_rated_vals(self):
        """Whom and what it rates."""
        rated = self.sale_order_id or self.inquiry_id.ticket_id
        return {
            "mark_id": self.id,
            "inquiry_id": self.inquiry_id.id,
            "res_model_id": self.env["ir.model"]._get_id(rated._name),
            "res_id": rated.id,
            "rated_partner_id": self.user_id.partner_id.id,
            "partner_id": self.partner_id.id,
        }

    def _given(self):
        """This mark was given or changed just now: hook."""

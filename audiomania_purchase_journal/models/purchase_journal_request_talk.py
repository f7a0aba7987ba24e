# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.audiomania_alerts.asked import get_words

from .purchase_journal_offer import ACCEPTED, DECLINED, OPEN, WITHDRAWN
from .purchase_journal_request_comment import ANSWER, WORD
from .request_state import ASKED, ENDED, OFFER, QUESTION, RECEIVED

ASKED_HIM = "asked"
ASKED_OTHER = "colleague"


class PurchaseJournalRequest(models.Model):
    """Question, offer and answer between buyer and salesperson (rules 37, 40, 41)."""

    _inherit = "purchase.journal.request"

    offer_ids = fields.One2many(
        "purchase.journal.offer", "request_id", string="Offers", readonly=True
    )
    open_offer_id = fields.Many2one(
        "purchase.journal.offer",
        string="Offered",
        compute="_compute_open_offer_id",
        help="What the buyer offers instead, and waits for a word on.",
    )
    qty_from_stock = fields.Float(
        string="Taken from Stock",
        digits="Product Unit",
        readonly=True,
        tracking=True,
        copy=False,
        help="What was not bought, for the offered product was here.",
    )
    tell_user_ids = fields.Many2many(
        "res.users",
        string="Told of the Arrival",
        copy=False,
        help="Who wants to be told when the goods are here.",
    )
    my_word = fields.Selection(
        [(ASKED_HIM, "The reader was asked"), (ASKED_OTHER, "A colleague was asked")],
        compute="_compute_my_word",
        help="Whose word on the order it is, for who reads it. Empty: he may not "
        "change the order.",
    )

    @api.depends("offer_ids.state")
    def _compute_open_offer_id(self):
        for request in self:
            request.open_offer_id = request.offer_ids.filtered(
                lambda offer: offer.state == OPEN
            )[:1]

    @api.depends("requested_by_id", "order_id.user_id", "sale_line_id")
    @api.depends_context("uid")
    def _compute_my_word(self):
        for request in self:
            # sudo: purchase.journal.request: the line is checked right here.
            line = request.sudo().sale_line_id.with_env(self.env)
            if not line or not line.has_access("write"):
                request.my_word = False
            elif self.env.user in request._get_salespeople():
                request.my_word = ASKED_HIM
            else:
                request.my_word = ASKED_OTHER

    # -- The buyer ----------------------------------------------------------------

    def action_question(self):
        """Open the dialog in which a buyer asks the salespeople of these requests."""
        return self._open_many(
            "purchase.journal.question", self.env._("Ask the salesperson")
        )

    def action_offer(self):
        """Open the dialog in which a buyer offers another product."""
        self._check_buyer()
        self.ensure_one()
        self._check_may_offer()
        return self._open_dialog(
            "purchase.journal.offering",
            self.env._("Offer another product"),
            default_request_id=self.id,
        )

    def _check_may_offer(self):
        if not self.sale_line_id:
            raise UserError(
                self.env._("No order line stands behind it: there is nobody to ask.")
            )
        if not self.qty_to_order:
            raise UserError(
                self.env._(
                    "%(request)s is on purchase orders or ended: take off there what "
                    "you want to offer something else for.",
                    request=self.display_name,
                )
            )

    def _ask_question(self, body):
        """Ask the salesperson, who gets an alert for each position (rule 40)."""
        self._check_buyer()
        ended = self.filtered(lambda r: r.desk_state in ENDED or r.state == RECEIVED)
        if ended:
            raise UserError(
                self.env._(
                    "Ended already: %(requests)s.",
                    requests=", ".join(ended.mapped("display_name")),
                )
            )
        self.filtered(lambda r: r.desk_state == ASKED)._take()
        self._comment(body)
        self.filtered(lambda r: not r.open_offer_id).waits_for = QUESTION
        self.needs_decision = True
        for request in self:
            request._alert_salesperson("purchase_journal_question", comment=body)

    def _offer(self, vals):
        """Offer another product instead of what is still to order (rule 41); what was
        offered before is withdrawn."""
        self.ensure_one()
        self._check_buyer()
        self._lock_to_work()
        self._check_may_offer()
        # sudo: purchase.journal.offer: offers are made and settled by actions only.
        offers = self.sudo().offer_ids
        offers.filtered(lambda o: o.state == OPEN)._settle(WITHDRAWN)
        offers.flush_recordset(["state"])
        offer = offers.create(self._prepare_offer(vals))
        self.filtered(lambda r: r.desk_state == ASKED)._take()
        self._comment(offer._describe())
        self.write({"waits_for": OFFER, "needs_decision": True})
        self._alert_salesperson("purchase_journal_offer", offered=offer._describe())
        return offer.with_env(self.env)

    def _prepare_offer(self, vals):
        return {
            "request_id": self.id,
            "instead_of_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "offered_by_id": self.env.user.id,
            **vals,
        }

    # -- The salesperson ----------------------------------------------------------

    def _check_may_decide(self):
        """The word on an order line is that of who may change the order."""
        self.check_access("read")
        # sudo: purchase.journal.request: the line is checked right here.
        line = self.sudo().sale_line_id.with_env(self.env)
        if not line:
            raise UserError(self.env._("The order line is gone."))
        if not line.has_access("write"):
            raise AccessError(
                self.env._("Only who may change the order answers for it.")
            )
        return line

    def action_answer(self, body):
        """The salesperson answers what he was asked; the buyer is told. Who may change
        the order speaks for it, whatever else he may do."""
        self.ensure_one()
        self.check_access("read")
        if not (body := get_words(self.env, body)):
            raise UserError(self.env._("Write an answer."))
        # sudo: purchase.journal.request: whose line it is; read before.
        line = self.sudo().sale_line_id.with_env(self.env)
        speaks_for_it = bool(line) and line.has_access("write")
        answer = ANSWER if speaks_for_it else None
        self.with_context(journal_answer=answer)._comment(body)
        return True

    def action_accept_offer(self, offer_id):
        """Take the offered product: order line, price and request follow (rule 41).

        :param int offer_id: what the salesperson saw; another offer may have taken its
            place meanwhile
        """
        self.ensure_one()
        line = self._check_may_decide()
        offer = self._lock_offer(offer_id)
        # sudo: purchase.journal.request: a salesperson decides, buyers own the journal.
        request = self.sudo()
        replaced = request._get_replaced_qty(offer)
        new_line = line._take_offer(offer, replaced)
        accepted = request._follow_offer(offer, new_line, replaced)
        offer._settle(ACCEPTED)
        (request | accepted)._note_word()
        words = self.env._("Accepted: %(offer)s", offer=offer._describe())
        accepted._post_word(words)
        accepted._alert_buyer("purchase_journal_answered", comment=words)
        return True

    def action_decline_offer(self, offer_id, note=""):
        """Stay with what was asked for, and wait (rule 41)."""
        self.ensure_one()
        self._check_may_decide()
        offer = self._lock_offer(offer_id)
        offer._settle(DECLINED)
        # sudo: purchase.journal.request: a salesperson decides, buyers own the journal.
        request = self.sudo()
        request._note_word()
        words = self.env._("Declined: %(offer)s", offer=offer._describe())
        words = "\n".join(filter(None, [words, get_words(self.env, note)]))
        request._post_word(words)
        request._alert_buyer("purchase_journal_answered", comment=words)
        return True

    def action_accept_open_offer(self):
        """Accept in the form of the request what it shows."""
        return self.action_accept_offer(self.open_offer_id.id)

    def action_decline_open_offer(self):
        """Decline in the form of the request what it shows."""
        return self.action_decline_offer(self.open_offer_id.id)

    def action_tell_me(self, wanted):
        """Ask to be told when the goods are here, or not any more (rule 40)."""
        self.check_access("read")
        command = Command.link if wanted else Command.unlink
        # sudo: purchase.journal.request: one's own wish, and nothing else.
        self.sudo().tell_user_ids = [command(self.env.uid)]
        return True

    def _lock_offer(self, offer_id):
        """The open offer that the salesperson saw; of two who decide, one does."""
        # sudo: purchase.journal.request, purchase.journal.offer: read before.
        request = self.sudo()
        request._lock_to_work()
        request.invalidate_recordset(["offer_ids", "open_offer_id"])
        offer = request.open_offer_id
        if not offer or offer.id != offer_id:
            raise UserError(
                self.env._("This offer no longer stands: look at the order line again.")
            )
        if not request.qty_to_order:
            raise UserError(self.env._("It was ordered meanwhile."))
        return offer

    def _note_word(self):
        """The buyer has his word and waits no more."""
        self.write({"waits_for": False, "needs_decision": False})

    def _post_word(self, words):
        """Say on the request what was decided, as who decided it."""
        self.with_context(journal_word=WORD)._comment(words)

    def _get_replaced_qty(self, offer):
        """How much of what was asked for the offer stands in for, in the unit of the
        request: no more than is still to order; all of it if units do not compare."""
        uom = offer.product_uom_id
        if not uom._has_common_reference(self.product_uom_id):
            return self.qty_to_order
        offered = uom._compute_quantity(offer.product_qty, self.product_uom_id)
        return min(offered, self.qty_to_order)

    def _follow_offer(self, offer, line, replaced):
        """The request goes on for the offered product on ``line``; what of it is
        bought already, or still waited for, stays with the old one.

        :return: the request for the offered product
        """
        rest = self.product_uom_id.round(self.product_qty - replaced)
        if self.product_uom_id.compare(rest, 0.0) <= 0:
            self.write(self._prepare_offered_vals(offer, line))
            return self
        vals = {**line._prepare_purchase_request_vals({"product_qty": 1.0})}
        vals |= {
            "requested_by_id": self.requested_by_id.id,
            "date_wanted": self.date_wanted,
            "buyer_id": self.buyer_id.id,
            "desk_state": self.desk_state,
            **self._prepare_offered_vals(offer, line),
        }
        self.product_qty = rest
        accepted = self.create([vals])
        self._post_word(
            self.env._("Goes on as %(request)s.", request=accepted.display_name)
        )
        return accepted

    def _prepare_offered_vals(self, offer, line):
        vals = {
            "sale_line_id": line.id,
            "product_id": offer.product_id.id,
            "product_qty": offer.product_qty,
            "product_uom_id": offer.product_uom_id.id,
            "buyer_expected_date": offer.date_expected,
            "vendor_id": self._find_vendor(offer).id,
        }
        if offer.from_stock:
            vals["qty_from_stock"] = offer.product_qty
        return vals

    def _find_vendor(self, offer):
        """Whom Odoo would buy the offered product from."""
        product = offer.product_id.with_company(self.company_id)
        seller = product._select_seller(
            quantity=offer.product_qty, uom_id=offer.product_uom_id
        )
        return (seller or product._prepare_sellers()[:1]).partner_id

    def _withdraw_stale_offers(self):
        """What is ordered, ended or another product waits for no word any more."""
        stale = self.open_offer_id.filtered(
            lambda offer: (
                not offer.request_id.qty_to_order
                or offer.request_id.product_id != offer.instead_of_id
            )
        )
        if stale:
            stale._settle(WITHDRAWN)
            stale.request_id._note_word()

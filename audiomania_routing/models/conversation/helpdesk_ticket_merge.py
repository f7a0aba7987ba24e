# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...names import MERGED


class HelpdeskTicket(models.Model):
    """Two conversations about one matter become one: its inquiries wait as before, and
    nobody who could see one of them is locked out."""

    _inherit = "helpdesk.ticket"

    def action_merge(self):
        """Ask which of these conversations goes on."""
        self.check_access("write")
        if len(self) < 2:
            raise UserError(self.env._("Choose two conversations or more."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge"),
            "res_model": "helpdesk.ticket.merge.into",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_ids": self.ids},
        }

    def _merge(self, others):
        """These others go on in this conversation; letters find it by themselves."""
        tickets = self | others
        tickets._lock()
        tickets._check_merge()
        # sudo: helpdesk.ticket: ladders and inquiries are changed by actions only
        survivor, others = self.sudo(), others.sudo()
        former = others.filtered(lambda one: one._is_taken()).user_id
        values = survivor._prepare_merged_ladder(others)
        others._withdraw_alerts()
        line = survivor._note_transition(
            MERGED, reason=", ".join(others.mapped("number"))
        )
        survivor._move_all_from(others)
        quiet = self._get_quiet_context()
        others.with_context(**quiet).write(
            {"duplicate_id": survivor.id, "user_id": False, "active": False}
        )
        if values:
            survivor.with_context(**quiet).write(values)
            survivor._withdraw_alerts()
            survivor._alert_waiting()
        for user in former - survivor.user_id - self.env.user:
            survivor._alert_taken_away(user, line)

    def _check_merge(self):
        """One customer, one company, one department; and he may hand on each."""
        self.check_access("write")
        if len(self.company_id) > 1 or len(self.department_id) > 1:
            raise UserError(
                self.env._(
                    "They belong to different departments. Transfer one of them first."
                )
            )
        if len({ticket._get_merge_key() for ticket in self}) > 1:
            raise UserError(self.env._("They are of different customers."))
        for ticket in self:
            if not ticket._may_transfer():
                holder = ticket._describe_holder() if ticket._is_taken() else ""
                refusal = self.env._("You may not merge it.")
                parts = [ticket.display_name + ":", holder, refusal]
                raise UserError(" ".join(filter(None, parts)))

    def _get_merge_key(self):
        """Whose conversation it is: the customer with his company, else the address."""
        customer = self.partner_id.commercial_partner_id
        return customer.id or email_normalize(self.partner_email or "") or self.id

    def _move_all_from(self, others):
        """Whatever hangs on them hangs on this one from now on."""
        others.inquiry_ids.write({"ticket_id": self.id})
        others.transition_ids.write({"ticket_id": self.id})
        moved = {"res_id": self.id}
        messages = self.env["mail.message"].search(
            [("model", "=", self._name), ("res_id", "in", others.ids)]
        )
        messages.write(moved)
        scheduled = self.env["mail.scheduled.message"].search(
            [("model", "=", self._name), ("res_id", "in", others.ids)]
        )
        if scheduled:
            scheduled._move_to_conversation(self)
        for model in ("ir.attachment", "mail.activity", "rating.rating"):
            records = self.env[model].with_context(active_test=False)
            records.search(
                [("res_model", "=", self._name), ("res_id", "in", others.ids)]
            ).write(moved)
        self.message_subscribe(others.message_partner_ids.ids)

    # The ladder of both

    def _prepare_merged_ladder(self, others):
        """What to write into the survivor; nothing where its own ladder holds."""
        tickets = self | others
        if taken := tickets.filtered(lambda one: one._is_taken()):
            holder = (taken & self or taken[0]).user_id
            term = tickets._join_terms(holder)
            if self in taken:
                return {} if term == self._get_term() else term
            return {"user_id": holder.id, "exclusive_until": False, **term}
        waiting = tickets.filtered(lambda one: one._is_waiting())
        if not waiting - self:
            return {}
        return {"user_id": False, **waiting._join_ladders()}

    def _join_ladders(self):
        """The earliest of each moment: merging locks nobody out (never backwards).

        An exclusive window goes on only where each of them is reserved for the same
        employee. The oldest one says whose it is.
        """
        oldest = self.sorted(lambda one: (one.waiting_since, one.id))[0]
        alone = len(self.addressee_id) == 1 and all(
            ticket._is_reserved() and ticket.addressee_id for ticket in self
        )
        values = {
            "ladder_active": True,
            "audience_id": oldest.audience_id.id,
            "addressee_id": (oldest.addressee_id or self.addressee_id[:1]).id,
            "exclusive_until": self._get_first("exclusive_until") if alone else False,
        }
        for name in ("team_visible_from", "department_visible_from"):
            values[name] = self._get_first(name)
        values["supervisors_alerted_from"] = self._get_first("supervisors_alerted_from")
        values.update(oldest._join_teams(self - oldest))
        if not alone:
            self._open_first_rung(values)
        if values.pop("is_crowded") or not self._are_let_in(values):
            values["department_visible_from"] = fields.Datetime.now()
        return values

    def _get_first(self, name):
        return min(filter(None, self.mapped(name)), default=False)

    def _join_teams(self, others):
        """Two teams stand on a rung; where there are more, the department does."""
        teams = self.team_id | self.addressee_team_id
        teams |= others.team_id | others.addressee_team_id
        return {
            "team_id": teams[:1].id,
            "addressee_team_id": teams[1:2].id,
            "is_crowded": len(teams) > 2,
        }

    def _open_first_rung(self, values):
        """No window goes on: the first rung that there is sees it now."""
        now = fields.Datetime.now()
        rung = "team_visible_from"
        if not values[rung]:
            rung = "department_visible_from"
        values[rung] = min(values[rung] or now, now)

    def _are_let_in(self, values):
        """Whether everybody for whom one of them was reserved sees the whole."""
        teams = self.env["helpdesk.ticket.team"].browse(
            filter(None, [values["team_id"], values["addressee_team_id"]])
        )
        kept = teams.user_ids.ids if values["team_visible_from"] else []
        return all(
            user.id in (values["addressee_id"], *kept) for user in self.addressee_id
        )

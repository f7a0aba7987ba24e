# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class HelpdeskTicket(models.Model):
    """What becomes of a conversation teaches who handles such ones."""

    _inherit = "helpdesk.ticket"

    _held_idx = models.Index(
        "(user_id) WHERE inquiry_state = 'pending' AND user_id IS NOT NULL"
    )
    _customer_taken_idx = models.Index(
        "(commercial_partner_id) WHERE user_id IS NOT NULL AND active"
    )

    @api.model
    def _get_history_fields(self):
        """What of a conversation says who handled it, for whom and of which kind."""
        return {
            "assigned_date",
            "audience_id",
            "category_id",
            "channel_id",
            "partner_id",
            "team_id",
            "user_id",
        }

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        taken = tickets.filtered("user_id")
        if taken:
            self.env["conversation.affinity"]._replace({}, taken._get_handlings())
        return tickets

    def write(self, vals):
        """Taken, transferred, moved to another kind: the sums follow (rule 10)."""
        if not self._get_history_fields() & vals.keys():
            return super().write(vals)
        with self.env["conversation.affinity"]._follow(self):
            return super().write(vals)

    def unlink(self):
        before = self._get_handlings()
        result = super().unlink()
        self.env["conversation.affinity"]._replace(before, {})
        return result

    def _get_handlings(self):
        """{(conversation, employee, key of a sum): the moment that counts}

        Whoever worked out inquiries in it, when he did it last; and who has taken it,
        when he took it, until he works one out.
        """
        found = {}
        # sudo: helpdesk.ticket, helpdesk.inquiry: sums of the system, whoever acts
        for ticket in self.sudo():
            moments = {}
            for inquiry in ticket.inquiry_ids:
                user, at = inquiry.worked_out_by_id, inquiry.worked_out_at
                if user and at:
                    moments[user.id] = max(at, moments.get(user.id, at))
            if ticket.user_id.id:
                taken = ticket.assigned_date or ticket.create_date
                moments.setdefault(ticket.user_id.id, taken.replace(microsecond=0))
            for key in ticket._get_history_keys() if moments else ():
                for user_id, at in moments.items():
                    found[ticket.id, user_id, key] = at
        return found

    def _get_history_keys(self):
        """The sums in which this conversation counts: all conversations; those of the
        customer; those of the same category, of the same audience, on the same channel.

        Each is (customer, category, audience, channel) with one of them at most.
        """
        parts = (
            self.commercial_partner_id.id,
            self.category_id.id,
            self.audience_id.id,
            self.channel_id.id,
        )
        return [
            (None,) * 4,
            *(
                tuple(part if place == each else None for each in range(4))
                for place, part in enumerate(parts)
                if part
            ),
        ]

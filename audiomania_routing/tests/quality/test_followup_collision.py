# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase


@tagged("post_install", "-at_install")
class TestFollowupCollision(TransactionsCase):
    """Two supervisors close one follow-up at once: one wins, the other reads who.

    Real transactions that really commit; what they leave is removed at the end.
    """

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.last_alert = env["alert.alert"].search([], order="id desc", limit=1).id
            managers = [
                new_test_user(
                    env,
                    f"closing_{number}",
                    groups="base.group_user,helpdesk_mgmt.group_helpdesk_manager",
                )
                for number in (1, 2)
            ]
            customer = env["res.partner"].create({"name": "Petr"})
            ticket = env["helpdesk.ticket"].create(
                {"name": "A", "description": "?", "partner_id": customer.id}
            )
            mark = env["rating.rating"].create(
                {
                    "res_model_id": env["ir.model"]._get_id("helpdesk.ticket"),
                    "res_id": ticket.id,
                    "partner_id": customer.id,
                    "rating": 1,
                    "consumed": True,
                }
            )
            mark.followup_ids._note_contact("phone", "On Monday.")
            self.managers = [user.id for user in managers]
            self.made = [mark, ticket, customer]
            self.followup_id = mark.followup_ids.id

    def clean(self):
        with self.transaction() as env:
            env["alert.alert"].search([("id", ">", self.last_alert or 0)]).unlink()
            # The trace is kept for good: nobody but the database removes it.
            env.cr.execute(
                SQL(
                    "DELETE FROM helpdesk_mark_change WHERE user_id IN %s",
                    tuple(self.managers),
                )
            )
            for record in self.made[:2]:
                record.with_env(env).exists().unlink()
            env["helpdesk.quality.followup"].browse(self.followup_id).exists().unlink()
            env["helpdesk.mark.change"].flush_model()
            env.cr.execute("DELETE FROM helpdesk_mark_change WHERE what = 'deleted'")
            self.made[2].with_env(env).unlink()
            users = env["res.users"].browse(self.managers)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def close(self, env, number):
        followup = env["helpdesk.quality.followup"].browse(self.followup_id)
        mine = followup.with_user(self.managers[number])
        mine._close("accident", f"Note {number}")

    def test_of_two_who_close_at_once_one_wins(self):
        with self.registry.cursor() as cr:
            # He has begun before the other one is done.
            cr.execute("SELECT 1")
            with self.transaction() as env:
                self.close(env, 0)
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(SerializationFailure),
            ):
                self.close(self.made[0].env(cr=cr), 1)
            cr.rollback()
        with self.transaction() as env:
            with self.assertRaises(UserError):
                self.close(env, 1)
            followup = env["helpdesk.quality.followup"].browse(self.followup_id)
            self.assertEqual(followup.closed_by_id.id, self.managers[0])
            self.assertEqual(followup.note, "Note 0")
            changes = env["helpdesk.mark.change"].search(
                [("followup_id", "=", followup.id)]
            )
            self.assertEqual(changes.user_id.ids, self.managers[:1])

    def test_two_workers_hand_up_once(self):
        """What one has locked, the other leaves alone."""
        with self.transaction() as env:
            env["helpdesk.quality.followup"].browse(self.followup_id).write(
                {"escalate_at": "2020-01-01 00:00:00"}
            )
        with self.transaction() as first, self.transaction() as second:
            followups = first["helpdesk.quality.followup"]
            ours = followups.browse(self.followup_id)
            self.assertTrue(ours.try_lock_for_update())
            self.assertEqual(second["helpdesk.quality.followup"]._escalate_due(10), 0)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.audiomania_alerts.tests.transactions import TransactionsCase


@tagged("post_install", "-at_install")
class TestTeamsAtOnce(TransactionsCase):
    """Who reads what, while teams are changed: real transactions."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.user_id = env.ref("base.user_admin").id
            team = env["helpdesk.ticket.team"].create({"name": "Left"})
            self.team_id = team.id

    def clean(self):
        with self.transaction() as env:
            env["helpdesk.ticket.team"].browse(self.team_id).unlink()

    def get_teams(self):
        """The teams whose conversations he reads, as his screen asks."""
        with self.transaction() as env:
            return env["res.users"].browse(self.user_id)._get_routing_scope().teams

    def test_who_looks_while_he_leaves_a_team_keeps_nothing_of_it(self):
        sides = (
            ("helpdesk.ticket.team", self.team_id, "user_ids", self.user_id),
            ("res.users", self.user_id, "helpdesk_team_ids", self.team_id),
        )
        for model, record, name, other in sides:
            with self.subTest(model):
                with self.transaction() as env:
                    env[model].browse(record).write({name: [(4, other)]})
                self.assertIn(self.team_id, self.get_teams())
                with self.transaction() as env:
                    env[model].browse(record).write({name: [(3, other)]})
                    env.flush_all()
                    # not committed: another session sees him in it
                    self.assertIn(self.team_id, self.get_teams())
                self.assertNotIn(self.team_id, self.get_teams())

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase, new_test_user, tagged

from .common import trap_alerts


@tagged("post_install", "-at_install")
class TestAlert(TransactionCase):
    def test_smoke(self):
        self.env["alert.type"].create(
            {"code": "t", "name": "T", "title_template": "Hello {name} {x} {create_date}"}
        )
        user = new_test_user(self.env, "emp1", groups="base.group_user")
        other = new_test_user(self.env, "emp2", groups="base.group_user")
        partner = self.env["res.partner"].create({"name": "P"})
        with trap_alerts(self) as trap:
            self.env["alert.type"].with_user(other)._alert("t", partner, users=user, x=5)
        trap.assert_alerted(user, "t", partner)
        trap.assert_not_alerted(other, "t")
        state = self.env["alert.delivery"].with_user(user).get_state()
        print(state)
        self.assertEqual(state["unseen"], 1)
        with trap_alerts(self) as trap:
            self.env["alert.type"]._alert("nope", partner, users=user, x=5)
        print(trap.get_faults())
        with trap_alerts(self) as trap:
            self.env["alert.type"]._withdraw("t", partner)
        trap.assert_withdrawn(user, "t")
        self.env["alert.outbox"]._cron_sweep

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user, tagged

from .common import CODE, make_type, trap_alerts


@tagged("post_install", "-at_install")
class TestTour(HttpCase):
    def setUp(self):
        super().setUp()
        make_type(
            self.env,
            severity="danger",
            must_do=True,
            title_template="{name} waits for an answer",
        )
        self.employee = new_test_user(
            self.env,
            "alert_tour",
            groups="base.group_user,base.group_partner_manager",
        )
        partners = self.env["res.partner"]
        self.edited = partners.create({"name": "Edited Customer"})
        self.waiting = partners.create({"name": "Waiting Customer"})

    def test_alert_sent_while_the_page_is_open_shows_without_reloading(self):
        """Rule 29: it appears on the open tab, blinks until it is seen, and a click
        opens the record."""
        write = self.registry["res.partner"].write
        edited, waiting, employee = self.edited.id, self.waiting.id, self.employee.id

        def alerting_write(partners, values):
            """Business code that alerts when somebody edits that customer."""
            if partners.ids == [edited]:
                env = partners.env
                env["alert.type"]._alert(
                    CODE,
                    partners.browse(waiting),
                    users=env["res.users"].browse(employee),
                )
            return write(partners, values)

        with (
            trap_alerts(self) as trap,
            patch.object(self.registry["res.partner"], "write", alerting_write),
        ):
            self.start_tour(
                f"/odoo/res.partner/{edited}",
                "audiomania_alerts_live",
                login="alert_tour",
            )
        trap.assert_alerted(self.employee, CODE, self.waiting)
        delivery = self.env["alert.delivery"].search([("user_id", "=", employee)])
        self.assertEqual(delivery.state, "done")
        self.assertTrue(delivery.seen_at)

    def test_request_delivers_as_it_commits(self):
        """What the kit promises to other addons' HTTP tests."""
        self.authenticate("alert_tour", "alert_tour")
        write = self.registry["res.partner"].write

        def alerting_write(partners, values):
            partners.env["alert.type"]._alert(CODE, partners, users=partners.env.user)
            return write(partners, values)

        with (
            trap_alerts(self) as trap,
            patch.object(self.registry["res.partner"], "write", alerting_write),
        ):
            for method, args in (
                ("res.partner/write", [[self.edited.id], {"city": "Tver"}]),
                ("alert.delivery/get_state", []),
            ):
                model, name = method.split("/")
                answer = self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/{method}",
                    {"model": model, "method": name, "args": args, "kwargs": {}},
                )
        self.assertEqual(answer["unseen"], 1)
        trap.assert_alerted(self.employee, CODE, self.edited)

    def test_snooze_mute_and_settings(self):
        """Rule 29: "done, snooze and mute are one click"; rule 33 in the settings."""
        make_type(
            self.env, "noise", name="Noisy type", title_template="{name} is noise"
        )
        partners = self.env["res.partner"]
        twice, later, noise = partners.create(
            [{"name": "Twice"}, {"name": "Later"}, {"name": "Noise"}]
        )
        with trap_alerts(self):
            for code, record, key in (
                (CODE, twice, "first"),
                (CODE, twice, "second"),
                (CODE, later, None),
                ("noise", noise, None),
            ):
                self.env["alert.type"]._alert(
                    code, record, users=self.employee, key=key
                )
        self.start_tour("/odoo", "audiomania_alerts_settings", login="alert_tour")
        deliveries = self.env["alert.delivery"].search(
            [("user_id", "=", self.employee.id)]
        )
        states = {(mine.type_id.code, mine.state) for mine in deliveries}
        self.assertEqual(states, {(CODE, "snoozed"), ("noise", "seen")})
        preference = self.env["alert.preference"].search(
            [("user_id", "=", self.employee.id), ("type_id.code", "=", "noise")]
        )
        self.assertTrue(preference.muted)

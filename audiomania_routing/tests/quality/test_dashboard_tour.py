# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from ..conversation.browser import BrowserCase


@tagged("post_install", "-at_install")
class TestDashboardTour(BrowserCase):
    def test_a_manager_looks_at_the_whole_and_at_his_own(self):
        self.make_conversation()
        self.env.flush_all()
        self.start_tour(
            "/odoo/inquiries-dashboard",
            "audiomania_routing_dashboard",
            login=self.manager.login,
        )

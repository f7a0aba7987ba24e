# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import tagged

from ..common import MONDAY_10
from .followup_common import MarkCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestAverages(MarkCase):
    """Averages with a prior, and the number behind them (rules 24 and 25)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ratings = cls.env["rating.rating"]
        cls.env["routing.policy"].search([]).active = False
        cls.policy = cls.env["routing.policy"].create(
            {"company_id": cls.company.id, "prior_strength": 2}
        )

    def setUp(self):
        super().setUp()
        self.ticket = self.make_conversation(audience_id=self.audience.id)

    def averages(self, by="user", **values):
        return self.ratings._get_averages(by, **values)

    def get_weighed(self, user):
        """The average with which routing weighs him, and the number behind it."""
        batch = self.env["routing.facts"]._employee_facts_marks(
            type("Batch", (), {"user_ids": user.ids})
        )
        marks = batch[user.id]["marks"]
        return marks.averaged(2), marks.number

    def test_usual_marks_are_added_to_everybody_s(self):
        for mark in (5, 5, 5):
            self.rate(self.anna, mark)
        self.rate(self.boris, 1)
        # The mean of all four is 4: two of these are added to each.
        self.assertEqual(
            self.averages(),
            {
                self.anna.id: ((15 + 2 * 4) / 5, 5.0, 3),
                self.boris.id: (3.0, 1.0, 1),
            },
        )

    def test_the_value_that_routing_used_is_the_value_shown(self):
        for mark, user in ((5, self.anna), (2, self.anna), (4, self.boris)):
            self.rate(user, mark)
        for user in (self.anna, self.boris):
            shown = self.averages()[user.id]
            self.assertEqual((shown.average, shown.number), self.get_weighed(user))

    def test_a_mark_that_was_not_justified_is_in_no_figure(self):
        self.rate(self.anna, 5)
        voided = self.rate(self.anna, 1)
        voided.counts = "pair"
        self.assertEqual(self.averages(), {self.anna.id: (5.0, 5.0, 1)})
        latest = self.ratings._get_latest_marks(self.customer)
        self.assertEqual([row[2] for row in latest], [1.0])
        self.assertEqual(self.ratings._get_marks_of_all()[self.anna.id], (5.0, 1))

    def test_a_mark_given_by_accident_counts_nowhere(self):
        mark = self.rate(self.anna, 1)
        self.assertEqual(self.averages()[self.anna.id].number, 1)
        mark.counts = "none"
        self.assertEqual(self.averages(), {})
        self.assertEqual(self.ratings._get_latest_marks(self.customer), [])
        self.assertEqual(self.ratings._get_marks_of_all(), {})

    def test_a_period_has_its_marks_and_the_usual_ones_until_its_end(self):
        self.rate(self.anna, 5, at=MONDAY_10 - 40 * DAY)
        self.rate(self.boris, 2, at=MONDAY_10 - 3 * DAY)
        self.rate(self.boris, 1, at=MONDAY_10)
        found = self.averages(start=MONDAY_10 - 7 * DAY, end=MONDAY_10)
        # Usual until then: (5 + 2) / 2; one mark of the week and two usual ones.
        self.assertEqual(found, {self.boris.id: (3.0, 2.0, 1)})

    def test_a_domain_takes_marks_and_leaves_the_usual_ones(self):
        self.rate(self.anna, 5)
        self.rate(self.boris, 2)
        domain = [("rated_partner_id", "=", self.anna.partner_id.id)]
        found = self.averages(domain=domain)
        self.assertEqual(found, {self.anna.id: (4.0, 5.0, 1)})

    def test_teams_and_audiences_have_averages_with_the_same_prior(self):
        vinyl = self.make_conversation(team_id=self.vinyl.id, audience_id=False)
        self.rate(self.anna, 5)
        self.rate(self.vera, 2, vinyl)
        # Usual: 3.5; of each one mark and two usual ones.
        self.assertEqual(
            self.averages("team"),
            {self.headphones.id: (4.0, 5.0, 1), self.vinyl.id: (3.0, 2.0, 1)},
        )
        self.assertEqual(self.averages("audience"), {self.audience.id: (4.0, 5.0, 1)})

    def test_a_team_s_own_policy_says_how_many_are_added(self):
        self.env["routing.policy"].create(
            {
                "company_id": self.company.id,
                "team_id": self.headphones.id,
                "prior_strength": 0,
            }
        )
        self.rate(self.anna, 5)
        self.rate(self.vera, 2)
        found = self.averages()
        self.assertEqual(found[self.anna.id], (5.0, 5.0, 1))
        self.assertEqual(found[self.vera.id], (3.0, 2.0, 1))

    def test_without_a_mark_there_is_no_average(self):
        self.assertEqual(self.averages(), {})
        self.assertEqual(self.averages("team", end=MONDAY_10), {})

    def test_averages_cost_the_same_however_many_there_are(self):
        self.rate(self.anna, 4)
        self.averages()

        def count():
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.averages()
            return self.env.cr.sql_log_count - before

        few = count()
        for user in (self.boris, self.vera, self.chief):
            self.rate(user, 3)
        self.averages()
        self.env.invalidate_all()
        self.averages()
        self.assertEqual(few, count())

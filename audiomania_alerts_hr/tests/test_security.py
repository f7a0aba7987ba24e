# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestSecurity(TransactionCase):
    """Who stands in for whom is seen and said by those who manage employees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "alert_hr_employee")
        cls.officer = new_test_user(
            cls.env, "alert_hr_officer", groups="base.group_user,hr.group_hr_user"
        )
        cls.portal = new_test_user(
            cls.env, "alert_hr_portal", groups="base.group_portal"
        )
        cls.employee = cls.env["hr.employee"].create(
            {"name": "Anna", "user_id": cls.user.id}
        )
        cls.substitute = cls.env["hr.employee"].create({"name": "Boris"})

    def test_officer_chooses_the_substitute(self):
        theirs = self.employee.with_user(self.officer)
        theirs.alert_substitute_id = self.substitute
        self.assertEqual(self.employee.alert_substitute_id, self.substitute)
        read = theirs.read(["alert_substitute_id"])[0]["alert_substitute_id"]
        self.assertEqual(read[0], self.substitute.id)

    def test_nobody_else_reads_or_changes_the_substitute(self):
        for user in (self.user, self.portal):
            with self.subTest(user=user.login):
                theirs = self.employee.with_user(user)
                for way in (
                    lambda theirs=theirs: theirs.read(["alert_substitute_id"]),
                    lambda theirs=theirs: theirs.write(
                        {"alert_substitute_id": self.substitute.id}
                    ),
                ):
                    with self.assertRaises(AccessError):
                        way()

    def test_nobody_else_asks_by_it(self):
        """Odoo answers plain employees from the public copy, which has no such
        field."""
        domain = [("alert_substitute_id", "=", self.substitute.id)]
        with self.assertRaises(ValueError):
            self.env["hr.employee"].with_user(self.user).search(domain)
        with self.assertRaises(AccessError):
            self.env["hr.employee"].with_user(self.portal).search(domain)
